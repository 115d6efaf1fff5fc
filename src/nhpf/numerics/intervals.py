"""Limits for counts and proportions, for one number or for arrays.

SciPy is imported inside the functions: its special functions take a third of a second that
``nhpf --help`` should not pay.
"""

from __future__ import annotations

from statistics import NormalDist

import numpy as np

from nhpf.numerics.inputs import FloatArray

# Below this many events Byar's approximation is replaced by the exact limits, as English public
# health practice does: at zero its lower limit does not exist.
FEWEST_FOR_BYAR = 10


def normal_quantile(level: float) -> float:
    """Return z such that the middle ``level`` of a standard normal lies within plus or minus z."""
    return NormalDist().inv_cdf(0.5 + level / 2)


def exact_poisson(counts: FloatArray, *, level: float) -> tuple[FloatArray, FloatArray]:
    """Return exact (Garwood 1936) limits for the mean of Poisson counts, one pair for each."""
    from scipy.special import gammainccinv, gammaincinv

    tail = (1 - level) / 2
    low = np.where(counts > 0, gammaincinv(np.maximum(counts, 1e-300), tail), 0.0)
    return low, np.asarray(gammainccinv(counts + 1, tail))


def byar_poisson(counts: FloatArray, *, level: float) -> tuple[FloatArray, FloatArray]:
    """Return Byar's limits (Breslow and Day 1987), exact ones below ten events."""
    z = normal_quantile(level)
    safe = np.maximum(counts, 1)
    low = safe * (1 - 1 / (9 * safe) - z / (3 * np.sqrt(safe))) ** 3
    more = counts + 1
    high = more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3
    few = counts < FEWEST_FOR_BYAR
    if few.any():
        exact_low, exact_high = exact_poisson(counts[few], level=level)
        low[few], high[few] = exact_low, exact_high
    return low, high


def wilson(hits: FloatArray, totals: FloatArray, *, level: float) -> tuple[FloatArray, FloatArray]:
    """Return Wilson's (1927) score limits for proportions; totals must be above zero."""
    z2 = normal_quantile(level) ** 2
    centre = hits + z2 / 2
    spread = np.sqrt(z2 * (hits * (totals - hits) / totals + z2 / 4))
    low = np.where(hits == 0, 0.0, (centre - spread) / (totals + z2))
    high = np.where(hits == totals, 1.0, (centre + spread) / (totals + z2))
    return low, high


def exact_binomial(hits: float, total: float, *, level: float) -> tuple[float, float]:
    """Return Clopper and Pearson's (1934) limits for one proportion."""
    from scipy.special import betaincinv

    tail = (1 - level) / 2
    low = float(betaincinv(hits, total - hits + 1, tail)) if hits > 0 else 0.0
    high = float(betaincinv(hits + 1, total - hits, 1 - tail)) if hits < total else 1.0
    return low, high


def exact_binomial_p(hits: float, total: float, share: float) -> float:
    """Return the two-sided p-value that belongs to the Clopper-Pearson interval.

    Twice the smaller tail: it falls below 1 - level exactly where the interval leaves ``share``
    out, so that a sentence and its interval can never contradict each other.
    """
    from scipy.special import betainc, betaincc

    at_most = float(betaincc(hits + 1, total - hits, share)) if hits < total else 1.0
    at_least = float(betainc(hits, total - hits + 1, share)) if hits > 0 else 1.0
    return min(1.0, 2 * min(at_most, at_least))
