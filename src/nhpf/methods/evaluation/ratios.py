"""A change as a ratio: the rate with the measure over the rate without it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypedDict

from nhpf.numerics import Estimate, intervals
from nhpf.numerics.estimates import percent


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio(Estimate):
    """The rate with the measure over the rate without it: below 1 where harm fell.

    Attributes
    ----------
    log_se : float
        Standard error of the logarithm of the ratio.
    """

    log_se: float

    @property
    def change(self) -> float:
        """Change as a share: -0.12 is 12% lower."""
        return self.estimate - 1

    @property
    def told_from_chance(self) -> bool:
        """Whether the interval leaves out a ratio of 1."""
        return not self.low <= 1 <= self.high

    @property
    def sentence(self) -> str:
        """The finding in plain words."""
        limits = f"{percent(self.level)} interval {moved(self.low)} to {moved(self.high)}"
        verdict = "can" if self.told_from_chance else "cannot"
        return f"A rate {moved(self.estimate)} ({limits}), which {verdict} be told from chance."

    def __str__(self) -> str:
        """Return the sentence, the ratio, its interval, the method and the caveats."""
        # A dataclass with slots is a new class, which the bare form of super() does not know.
        return "\n".join([self.sentence, Estimate.__str__(self)])


def moved(ratio: float) -> str:
    """Write a ratio as a change: 0.8 is 20% lower."""
    if math.isinf(ratio):
        return "without upper limit"
    shown = percent(abs(ratio - 1))
    if shown == "0%":
        return "unchanged"
    return f"{shown} {'higher' if ratio > 1 else 'lower'}"


class Limits(TypedDict):
    """The fields of a ratio that come from its logarithm."""

    estimate: float
    low: float
    high: float
    level: float
    log_se: float


def limits(log_ratio: float, log_se: float, *, level: float, df: float) -> Limits:
    """Return a ratio with its limits by t (normal where ``df`` is infinite), as named fields."""
    reach = reach_of(level, df) * log_se
    return {
        "estimate": math.exp(log_ratio),
        "low": math.exp(log_ratio - reach),
        "high": math.exp(log_ratio + reach),
        "level": level,
        "log_se": log_se,
    }


def reach_of(level: float, df: float) -> float:
    """Return how many standard errors an interval reaches: normal for infinite df, else t."""
    if math.isinf(df):
        return intervals.normal_quantile(level)
    from scipy.special import stdtrit

    return float(stdtrit(df, 0.5 + level / 2))
