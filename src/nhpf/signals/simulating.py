"""Series in which nothing changes, like those of a release; and rises seeded into them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from nhpf.indicators import dispersion
from nhpf.signals.series import PERIODS_IN_A_YEAR, Series

LEVEL_FROM: dict[str, int] = {"month": 60, "year": 10}
FEWEST_FOR_SEASON = 36
BEGINS = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Quiet:
    """What an unchanged series is drawn from: its mean by place in the year, and its scatter."""

    means: np.ndarray
    dispersion: float


def quiet_of(series: Series) -> Quiet:
    """Return the level, season and scatter of the latest years of a series.

    Homicide has no season here: none is told from chance in the release.
    """
    recent = series.counts[-LEVEL_FROM[series.step] :].astype(float)
    level = max(float(recent.mean()), 0.05)
    if series.step == "year":
        return Quiet(np.array([level]), 1.0)
    years = recent[len(recent) % 12 :].reshape(-1, 12)
    season = np.ones(12)
    if not series.is_homicide and len(recent) >= FEWEST_FOR_SEASON and recent.any():
        first = series.month(len(series.counts) - years.size).month - 1
        season = np.roll(years.mean(axis=0) / years.mean(), first)
    scatter = dispersion(years, season=not series.is_homicide) if len(years) > 1 else 1.0
    return Quiet(np.maximum(level * season, 0.01), scatter)


def draw(law: Quiet, periods: int, rng: np.random.Generator, *, ratio: np.ndarray) -> np.ndarray:
    """Draw counts: Poisson, or negative binomial where the scatter is above 1.

    Parameters
    ----------
    ratio : ndarray, shape (periods,)
        By how much the mean of each period is multiplied.
    """
    means = np.resize(law.means, periods) * ratio
    if law.dispersion > 1:
        means = rng.gamma(means / (law.dispersion - 1), law.dispersion - 1)
    return np.asarray(rng.poisson(means))


def unchanged(held: Sequence[Series], *, years: int, rng: np.random.Generator) -> list[Series]:
    """Return one quiet series like each of those given, of so many years."""
    found = []
    for series in held:
        periods = years * PERIODS_IN_A_YEAR[series.step]
        counts = draw(quiet_of(series), periods, rng, ratio=np.ones(periods))
        found.append(replace(series, first=BEGINS, counts=counts, left_out=""))
    return found


def risen(
    quiet: Series, like: Series, *, ratio: float, last: int, rng: np.random.Generator
) -> Series:
    """Return a quiet series with its last periods drawn anew at a higher rate."""
    periods = len(quiet.counts)
    by = np.where(np.arange(periods) >= periods - last, ratio, 1.0)
    drawn = draw(quiet_of(like), periods, rng, ratio=by)
    counts = np.where(by > 1, drawn, quiet.counts)
    return replace(quiet, counts=counts)
