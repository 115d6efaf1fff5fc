"""How police and hospitals record a synthetic event: rounded, misplaced, or with parts missing.

The rates of fault are judgements, set so that linkage is neither trivial nor hopeless: a third of
the police's times are spans, hospitals round to the half hour as patients tell it, one place in
six could not be geocoded and as many are unsure.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from nhpf.records.contract import contract

METHODS = ("knife or other sharp object", "blunt object", "firearm", "body part")
SETTINGS = (
    "home", "street or other public space", "licensed premises", "school or college",
    "workplace", "transport",
)  # fmt: skip
SEXES = ("female", "male")


@dataclass(frozen=True, slots=True)
class Events:
    """Events as they happened; each array has one value an event.

    ``minute`` is counted from the first day, ``place`` is a row of the small areas, the others are
    positions in their code lists.
    """

    minute: np.ndarray
    place: np.ndarray
    method: np.ndarray
    age: np.ndarray
    sex: np.ndarray
    setting: np.ndarray
    first_day: np.datetime64

    def of(self, rows: np.ndarray) -> Events:
        """Return some of the events."""
        names = ("minute", "place", "method", "age", "sex", "setting")
        return replace(self, **{name: getattr(self, name)[rows] for name in names})


def recorded_by_police(
    events: Events, areas: np.ndarray, force: str, rng: np.random.Generator
) -> dict[str, Any]:
    """Return the columns of ``crime_events`` that police would fill."""
    n = events.minute.size
    told = _rounded(events.minute + rng.normal(0, 12, n), rng.choice([1, 5, 15, 30], n))
    width = np.where(rng.random(n) < 0.3, rng.choice([60, 120, 360, 720, 1440], n), 0)
    start = np.where(width > 0, events.minute - (rng.random(n) * width).astype(int), told)
    place = _misplaced(events.place, areas, rng.random(n) < 0.06, rng)
    from_, to = _times(events.first_day, start), _times(events.first_day, start + width)
    return {
        "event_id": _words([f"SYN{number}" for number in range(1, n + 1)]),
        "force": _words([force] * n),
        "month": _words([str(day)[:7] for day in from_]),
        "category": _words(["Violence with injury"] * n),
        "time_from": _missing(_spelt(from_), rng.random(n) < 0.01),
        "time_to": _missing(_spelt(to), np.zeros(n, bool)),
        "lsoa": _missing(_words(areas[place]), rng.random(n) < 0.03),
        "place_type": _coded(events.setting, SETTINGS, 0.08, 0.1, rng),
        "method": _coded(events.method, METHODS, 0.05, 0.12, rng),
        "victim_age_band": _coded(_shifted(events.age, 0.02, rng), _age_bands(), 0, 0.04, rng),
        "victim_sex": _coded(events.sex, SEXES, 0.005, 0.02, rng),
    }


def recorded_by_hospital(
    events: Events, areas: np.ndarray, rng: np.random.Generator
) -> dict[str, Any]:
    """Return the columns of ``hospital_assaults`` that an emergency department would fill."""
    n = events.minute.size
    # Most patients know the half hour; some are hours out, a few name the wrong day.
    out = rng.choice([25, 120, 1], n, p=[0.84, 0.13, 0.03])
    slip = np.where(out == 1, rng.choice([-1440, 1440], n), 0)
    told = _rounded(events.minute + rng.normal(0, out) + slip, rng.choice([1, 30, 60], n))
    unsure = rng.random(n) < 0.17
    place = _misplaced(events.place, areas, (rng.random(n) < 0.05) | unsure, rng)
    lost = rng.random(n) < 0.15
    confidence = np.where(unsure, rng.uniform(0.1, 0.5, n), rng.uniform(0.6, 1, n))
    return {
        "site_code": _words(rng.choice(["SYN01", "SYN02", "SYN03"], n)),
        "assault_time": _spelt(_times(events.first_day, told)),
        "assault_method": _coded(events.method, METHODS, 0.05, 0.1, rng, blank="not known"),
        "assault_location_type": _coded(events.setting, SETTINGS, 0.1, 0.1, rng, blank="not known"),
        "lsoa": _missing(_words(areas[place]), lost),
        "geocoding_confidence": _missing(_words(confidence.round(2)), lost),
        "age_band": _coded(_shifted(events.age, 0.02, rng), _age_bands(), 0, 0.02, rng),
        "sex": _coded(events.sex, SEXES, 0.005, 0.01, rng),
    }


def _age_bands() -> tuple[str, ...]:
    return contract("hospital_assaults").field("age_band").choices[:-1]


def _rounded(minutes: np.ndarray, to: np.ndarray) -> np.ndarray:
    return np.asarray((np.round(minutes / to) * to).astype(int))


def _misplaced(
    place: np.ndarray, areas: np.ndarray, wrong: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Move some events a few rows on: rows follow each other by name, so mostly close by."""
    step = rng.integers(1, 12, place.size) * rng.choice([-1, 1], place.size)
    return np.where(wrong, (place + step) % len(areas), place)


def _shifted(age: np.ndarray, share: float, rng: np.random.Generator) -> np.ndarray:
    step = np.where(rng.random(age.size) < share, rng.choice([-1, 1], age.size), 0)
    return np.asarray(np.clip(age + step, 0, 8))


def _coded(
    value: np.ndarray,
    words: tuple[str, ...],
    wrong: float,
    missing: float,
    rng: np.random.Generator,
    blank: str | None = None,
) -> np.ndarray:
    """Return code words, some of them wrong and some blank."""
    drawn = rng.integers(0, len(words), value.size)
    said = np.array(words, dtype=object)[np.where(rng.random(value.size) < wrong, drawn, value)]
    said[rng.random(value.size) < missing] = blank
    return said


def _missing(values: np.ndarray, where: np.ndarray) -> np.ndarray:
    values[where] = None
    return values


def _times(first_day: np.datetime64, minutes: np.ndarray) -> np.ndarray:
    return np.asarray(first_day.astype("datetime64[m]") + minutes.astype("timedelta64[m]"))


def _spelt(times: np.ndarray) -> np.ndarray:
    return _words([str(time).replace("T", " ") for time in times])


def _words(values: Any) -> np.ndarray:
    return np.array(list(values), dtype=object)
