"""Thresholds of count sums, so that false alarms stay within what was promised: exact, not tried.

A baseline of few events does not tell the usual rate exactly. The chance of a false alarm is
therefore averaged over the rates that the baseline is compatible with.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from nhpf.errors import CannotTell
from nhpf.methods.surveillance import RunLength, run_length

RATES = 9
MOST_STEPS = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A Poisson CUSUM for one baseline.

    Attributes
    ----------
    expected, k, h, dispersion : float
        Events a period by the baseline, reference value, threshold, variance over mean.
    false_alarms : float
        Chance of a false alarm in a period, averaged over what the baseline leaves open.
    quiet : RunLength
        The chart while the rate is what the baseline says.
    """

    expected: float
    k: float
    h: float
    dispersion: float
    false_alarms: float
    quiet: RunLength

    def risen(self, ratio: float) -> RunLength:
        """Return the chart after a rise to ``ratio`` times the expected rate."""
        return run_length(self.expected * ratio, k=self.k, h=self.h, dispersion=self.dispersion)


def chart(
    events: int, periods: int, *, rise: float, false_alarms: float, dispersion: float = 1.0
) -> Chart:
    """Return the chart that finds a rise soonest among those within the false alarms allowed.

    Parameters
    ----------
    events, periods : int
        Of the baseline; no event counts as half a one.
    rise : float
        The ratio that should be found soonest, above 1.
    false_alarms : float
        Largest chance of a false alarm in a period.
    dispersion : float
        Variance over mean of the counts, at least 1.
    """
    return _chart(events, periods, rise, false_alarms, round(max(1.0, dispersion), 1))


@lru_cache(maxsize=4096)
def _chart(events: int, periods: int, rise: float, false_alarms: float, dispersion: float) -> Chart:
    expected = max(events, 0.5) / periods
    step = 1 if expected >= 20 else 2 if expected >= 2 else 4 if expected >= 0.5 else 10
    best = (rise - 1) * expected / math.log(rise)
    k = max(1, round(best * step)) / step
    rates = _compatible(max(events, 0.5), periods, dispersion)

    def rate(steps: int) -> float:
        h = steps / step
        return float(np.mean([_alarms(each, k=k, h=h, dispersion=dispersion) for each in rates]))

    low, high = 0, 8
    while rate(high) > false_alarms and high < MOST_STEPS:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if rate(middle) > false_alarms else (low, middle)
    h = high / step
    return Chart(
        expected=expected,
        k=k,
        h=h,
        dispersion=dispersion,
        false_alarms=rate(high),
        quiet=run_length(expected, k=k, h=h, dispersion=dispersion),
    )


def _alarms(mean: float, *, k: float, h: float, dispersion: float) -> float:
    """Return how often a sum alarms at one rate; never, where it is too rare to be told."""
    try:
        return 1 / run_length(mean, k=k, h=h, dispersion=dispersion).average
    except CannotTell:
        return 0.0


def _compatible(events: float, periods: int, dispersion: float) -> list[float]:
    """Return rates at equal steps of probability, given the baseline (Jeffreys' gamma)."""
    from scipy.special import gammaincinv

    shares = (np.arange(RATES) + 0.5) / RATES
    shape = events / dispersion + 0.5
    return [float(each) * dispersion / periods for each in gammaincinv(shape, shares)]
