"""The shape of every estimate: value, interval, how it was made, what to beware of."""

from __future__ import annotations

import math
from dataclasses import dataclass


def in_words(value: float) -> str:
    """Write a number with three figures, thousands separated, as a reader expects it."""
    if math.isinf(value):
        return "no upper limit" if value > 0 else "no lower limit"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    decimals = 2 if abs(value) < 10 else 1
    if 0 < abs(value) < 0.1:
        decimals = 1 - math.floor(math.log10(abs(value)))
    return f"{value:.{decimals}f}"


def percent(share: float) -> str:
    """Write a share as a percentage with at most one decimal."""
    shown = f"{100 * share:.1f}"
    return f"{shown.removesuffix('.0')}%"


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A value with its interval.

    Attributes
    ----------
    estimate, low, high : float
        The value and the limits of its interval, in the unit that the method states.
    level : float
        The confidence level of the interval, such as 0.95.
    method : str
        How it was computed, as a statistician would name it.
    caveats : tuple of str
        Sentences that must stand wherever the figure stands.
    """

    estimate: float
    low: float
    high: float
    level: float
    method: str
    caveats: tuple[str, ...] = ()

    def interval_in_words(self) -> str:
        """Return the interval as it stands in a sentence."""
        return f"{percent(self.level)} interval {in_words(self.low)} to {in_words(self.high)}"

    def __str__(self) -> str:
        """Return the value, its interval, the method and the caveats."""
        head = f"{in_words(self.estimate)} ({self.interval_in_words()}; {self.method})"
        return "\n".join([head, *(f"  Note: {caveat}" for caveat in self.caveats)])
