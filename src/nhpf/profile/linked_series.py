"""Deaths of one signature that gather in place and time beyond chance"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nhpf.methods import scan
from nhpf.numerics.multiplicity import false_discovery
from nhpf.reports.dates import MONTHS

if TYPE_CHECKING:
    from nhpf.profile.scope import Scope

SEED = 20_230_811
"""Replications begin here, so that the same release gives the same report."""
PERMUTATIONS = 999
LONGEST = 12
FEWEST = 3
LARGEST = 0.25
"""The share of a force's usual deaths that the largest circle holds."""
ALPHA = 0.05
PRIOR_DEATHS = 20
"""So many deaths, spread as residents are, stand beside the deaths seen in each place."""


@dataclass(frozen=True, slots=True)
class Series:
    """Deaths of one signature that gather in place and time."""

    signature: str
    deaths: int
    expected: float
    places: tuple[str, ...]
    first: str
    last: str
    p: float
    p_adjusted: float

    @property
    def is_called(self) -> bool:
        """Whether it can be told from chance after adjustment."""
        return self.p_adjusted <= ALPHA


def linked_series(scope: Scope) -> tuple[Series, ...]:
    """Search each signature of the force's deaths for a gathering in place and time.

    Returns
    -------
    tuple of Series
        The likeliest window of each signature with at least three deaths, in the order of the
        signatures' names.
    """
    rows = scope.release.query("death_signatures", force=scope.area.code)
    if not len(rows["signature"]):
        return ()
    months = rows["month"].astype("datetime64[M]")
    first = months.min()
    size = int((months.max() - first).astype(int)) + 1
    spots, people = _spots(scope), scope.residents
    codes = sorted(code for code in spots if people.get(code))
    grids = {name: np.zeros((len(codes), size)) for name in sorted(set(rows["signature"].tolist()))}
    names = rows["local_authority"].tolist(), months, rows["signature"].tolist(), rows["victims"]
    for at, month, name, n in zip(*names, strict=True):
        if at in codes:
            grids[name][codes.index(at), int((month - first).astype(int))] += n
    usual = _usual(sum(grids.values(), np.zeros((len(codes), size))), [people[c] for c in codes])
    xy = np.array([spots[code] for code in codes])
    windows = {name: _window(grid, usual, xy) for name, grid in grids.items()}
    return _judged(scope, {k: v for k, v in windows.items() if v}, codes, first)


def _usual(deaths: np.ndarray, residents: list[int]) -> np.ndarray:
    """Return each place's share of deaths of all kinds, drawn in towards that of its residents."""
    people = np.array(residents, float)
    drawn = deaths.sum(axis=1) + PRIOR_DEATHS * people / people.sum()
    share: np.ndarray = drawn / drawn.sum()
    return share


def _window(grid: np.ndarray, usual: np.ndarray, xy: np.ndarray) -> scan.Cluster | None:
    if grid.sum() < FEWEST or len(grid) < 2 or grid.shape[1] < 2:
        return None
    made = scan.space_time(
        grid,
        usual * 1e6,
        xy,
        max_share=LARGEST,
        max_periods=min(LONGEST, grid.shape[1] - 1),
        permutations=PERMUTATIONS,
        most=1,
        rng=SEED,
    )
    return made.clusters[0] if made.clusters else None


def _judged(
    scope: Scope, found: dict[str, scan.Cluster], codes: list[str], first: np.datetime64
) -> tuple[Series, ...]:
    if not found:
        return ()
    names = _names(scope)
    adjusted = false_discovery(np.array([window.p for window in found.values()]))
    return tuple(
        Series(
            signature,
            int(window.cases),
            float(window.expected),
            tuple(sorted(names[codes[member]] for member in window.members.tolist())),
            _month(first + int(window.start or 0)),
            _month(first + int(window.end or 0)),
            float(window.p),
            float(p),
        )
        for (signature, window), p in zip(found.items(), adjusted, strict=True)
    )


def _month(month: np.datetime64) -> str:
    year, number_ = str(month).split("-")
    return f"{MONTHS[int(number_) - 1]} {year}"


def _names(scope: Scope) -> dict[str, str]:
    from nhpf.records import areas

    return {each.code: each.name for each in areas(scope.release, "local_authority")}


def _spots(scope: Scope) -> dict[str, tuple[float, float]]:
    from nhpf.records import areas

    inside = {
        each.code
        for each in areas(scope.release, "local_authority")
        if each.parent == scope.area.code
    }
    rows = scope.release.query("outlines", kind="local_authority")
    xy = zip(rows["code"].tolist(), rows["label_x"].tolist(), rows["label_y"].tolist(), strict=True)
    return {code: (float(x), float(y)) for code, x, y in xy if code in inside}
