"""A synthetic world of violence in which the truth is known, to measure linkage against.

Nothing here describes a real event. Places are real codes, because contracts accept no others;
how much falls on each of them is drawn at random.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from nhpf.records.engine import connect, quoted
from nhpf.records.linkage.events import small_areas
from nhpf.records.linkage.recording import Events, recorded_by_hospital, recorded_by_police
from nhpf.records.parquet import SYNTHETIC

KENT = "E23000032"
FIRST_DAY = np.datetime64("2024-01-01")
# Violence of an evening peaks late and at the end of the week; the figures are made up.
HOURS = np.array([5, 4, 4, 3, 2, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 5, 5, 5, 6, 6, 7, 8, 8, 7], float)
WEEKDAYS = np.array([1.0, 0.9, 0.9, 1.0, 1.3, 1.7, 1.5])


@dataclass(frozen=True, slots=True)
class World:
    """What happened, and what two partners know of it.

    Attributes
    ----------
    events : int
        All violent events.
    police, hospital : dict of str to ndarray
        The two files by column, in the fields of ``crime_events`` and ``hospital_assaults``.
    police_truth, hospital_truth : ndarray of int
        For each row of a file, the number of the event behind it.
    """

    events: int
    police: dict[str, Any]
    hospital: dict[str, Any]
    police_truth: np.ndarray
    hospital_truth: np.ndarray

    @property
    def in_both(self) -> int:
        """Events known to police and to hospital."""
        return int(np.isin(self.police_truth, self.hospital_truth).sum())

    @property
    def in_neither(self) -> int:
        """Events known to neither."""
        return self.events - self.police_truth.size - self.hospital_truth.size + self.in_both

    def write(self, folder: Path) -> tuple[Path, Path]:
        """Write both files, marked synthetic inside and in their names; return their paths."""
        police, hospital = (
            folder / "synthetic_police.parquet",
            folder / "synthetic_hospital.parquet",
        )
        _write(self.police, police)
        _write(self.hospital, hospital)
        return police, hospital


def synthetic_world(
    events: int,
    *,
    police: float = 0.4,
    hospital: float = 0.3,
    odds_ratio: float = 1.0,
    force: str = KENT,
    days: int = 366,
    rng: np.random.Generator | int,
) -> World:
    """Make events, and what police and hospitals record of them, with faults of recording.

    Parameters
    ----------
    events : int
        All violent events.
    police, hospital : float
        Share of them that each records.
    odds_ratio : float
        How much likelier hospitals are to know an event that police know; 1 is independence, which
        the capture-recapture estimate takes for granted.
    force : str
        Code of the force area whose small areas are used.
    days : int
    rng : Generator or int
        Source of chance, or a seed.
    """
    rng = rng if isinstance(rng, np.random.Generator) else np.random.default_rng(rng)
    areas = small_areas(force)
    happened = _happened(events, areas, days, rng)
    known_to_police = rng.random(events) < police
    chance = _conditional(police, hospital, odds_ratio)
    known_to_hospital = rng.random(events) < np.where(known_to_police, *chance)
    seen_by_police = rng.permutation(np.flatnonzero(known_to_police))
    seen_by_hospital = rng.permutation(np.flatnonzero(known_to_hospital))
    return World(
        events,
        recorded_by_police(happened.of(seen_by_police), areas, force, rng),
        recorded_by_hospital(happened.of(seen_by_hospital), areas, rng),
        seen_by_police,
        seen_by_hospital,
    )


def _conditional(police: float, hospital: float, odds_ratio: float) -> tuple[float, float]:
    """Return the hospital's share of events that police know, and of those they do not."""
    low, high = max(0.0, police + hospital - 1), min(police, hospital)
    for _ in range(60):
        both = (low + high) / 2
        ratio = both * (1 - police - hospital + both) / ((police - both) * (hospital - both))
        low, high = (both, high) if ratio < odds_ratio else (low, both)
    return both / police, (hospital - both) / (1 - police)


def _happened(n: int, areas: np.ndarray, days: int, rng: np.random.Generator) -> Events:
    weight = 1 / rng.permutation(np.arange(1, len(areas) + 1)) ** 0.8
    weekday = WEEKDAYS[(FIRST_DAY.astype(int) + 3 + np.arange(days)) % 7]
    hour = HOURS / HOURS.sum()
    minutes = rng.choice(24, n, p=hour) * 60 + rng.integers(0, 60, n)
    return Events(
        minute=rng.choice(days, n, p=weekday / weekday.sum()) * 1440 + minutes,
        place=rng.choice(len(areas), n, p=weight / weight.sum()),
        method=rng.choice(4, n, p=[0.14, 0.13, 0.01, 0.72]),
        age=rng.choice(9, n, p=[0.02, 0.08, 0.07, 0.22, 0.25, 0.17, 0.11, 0.05, 0.03]),
        sex=rng.choice(2, n, p=[0.38, 0.62]),
        setting=rng.choice(6, n, p=[0.32, 0.42, 0.14, 0.05, 0.04, 0.03]),
        first_day=FIRST_DAY,
    )


def _write(columns: dict[str, Any], path: Path) -> None:
    with connect() as con:
        con.register("made", columns)
        mark = f"{{{SYNTHETIC}: 'true'}}"
        con.execute(f"copy (from made) to {quoted(path)} (format parquet, kv_metadata {mark})")
