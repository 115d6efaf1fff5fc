"""Has it changed? Two periods compared, with limits widened by how much the months scatter."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nhpf.methods import rates
from nhpf.methods.rates import Comparison

if TYPE_CHECKING:
    import numpy.typing as npt

MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A comparison of two periods that allows for more scatter than independent events have.

    Attributes
    ----------
    comparison : Comparison
        The exact comparison, which treats events as independent.
    dispersion : float
        How much more the months scatter than independent events would; at least 1.
    low, high : float
        Limits of the ratio, widened for the dispersion.
    """

    comparison: Comparison
    dispersion: float
    low: float
    high: float

    @property
    def ratio(self) -> float:
        """The rate of the later period over that of the earlier."""
        return self.comparison.estimate

    @property
    def told_from_chance(self) -> bool:
        """Whether the widened interval leaves out a ratio of 1."""
        return not self.low <= 1 <= self.high

    @property
    def method(self) -> str:
        """How it was computed."""
        scatter = f"limits widened for over-dispersion of {self.dispersion:.2f}"
        return f"{self.comparison.method}, {scatter}" if self.widened else self.comparison.method

    @property
    def widened(self) -> bool:
        """Whether the months scatter more than independent events would."""
        return self.dispersion > 1


def dispersion(table: npt.NDArray[np.float64], *, season: bool = True) -> float:
    """Return how much counts by year and month scatter beyond chance, each year's level apart.

    Pearson's chi-squared over its degrees of freedom, not below 1: the dispersion of a
    quasi-Poisson model with an effect for each year and, with ``season``, for each month.

    Parameters
    ----------
    table : ndarray, shape (years, 12)
        Counts. With too few years, or without any event, 1 is returned.
    season : bool
        Whether differences between the months of the year are expected, and taken out.
    """
    years, months = (int(size) for size in table.shape)
    if not table.sum() or (season and years < 2) or years < 1:
        return 1.0
    by_month = table.sum(axis=0) / table.sum() if season else np.full(months, 1 / months)
    expected = np.outer(table.sum(axis=1), by_month)
    possible = expected > 0
    squared = float(((table - expected)[possible] ** 2 / expected[possible]).sum())
    freedom = (years - 1 if season else years) * (months - 1)
    return max(1.0, squared / freedom)


def change(
    count_1: float,
    time_1: float,
    count_2: float,
    time_2: float,
    *,
    dispersion: float = 1.0,
    level: float = 0.95,
) -> Change:
    """Compare a later period with an earlier one.

    Parameters
    ----------
    count_1, count_2 : float
        Events of the earlier and the later period.
    time_1, time_2 : float
        Their lengths, in one unit.
    dispersion : float
        How much more counts scatter than independent events, 1 or above. Each limit moves away
        from the ratio, on the logarithmic scale, by its square root.
    level : float
        Confidence level.

    Raises
    ------
    CannotTell
        If neither period has an event.
    """
    found = rates.compare(count_1, time_1, count_2, time_2, level=level)
    spread = math.sqrt(max(1.0, dispersion))
    return Change(
        comparison=found,
        dispersion=max(1.0, dispersion),
        low=_moved(found.estimate, found.low, spread),
        high=_moved(found.estimate, found.high, spread),
    )


def _moved(ratio: float, limit: float, spread: float) -> float:
    """Move a limit away from its ratio on the logarithmic scale; 0 and infinity stay."""
    if spread == 1 or ratio in (0, math.inf) or limit in (0, math.inf):
        # With no event in one period there is no logarithm to widen: the exact limit stands.
        return limit
    return float(ratio * (limit / ratio) ** spread)
