"""The largest count that a forecast explains, and the chance of a count as high as the one seen."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np

from nhpf.numerics.inputs import FloatArray


def forecast_limit(
    seen: FloatArray,
    log_mean: FloatArray,
    error: FloatArray,
    dispersion: FloatArray,
    *,
    threshold: str,
    alpha: float,
) -> tuple[FloatArray, FloatArray]:
    """Return the upper limit of a forecast count and the chance of one as high as that seen."""
    if threshold in ("delta", "original"):
        tail = alpha / 2 if threshold == "original" else alpha
        return _two_thirds_power(seen, np.exp(log_mean), error, dispersion, tail)
    z = NormalDist().inv_cdf(1 - alpha) if threshold == "muan" else 0.0
    return _negative_binomial(seen, np.exp(log_mean + z * error), dispersion, alpha)


def _two_thirds_power(
    seen: FloatArray, mean: FloatArray, error: FloatArray, dispersion: FloatArray, tail: float
) -> tuple[FloatArray, FloatArray]:
    from scipy.special import ndtr

    spread = np.sqrt(4 / 9 * np.cbrt(mean) * (dispersion + error**2 * mean))
    middle = mean ** (2 / 3)
    upper = (middle + NormalDist().inv_cdf(1 - tail) * spread) ** 1.5
    return upper, np.asarray(ndtr((middle - seen ** (2 / 3)) / spread))


def _negative_binomial(
    seen: FloatArray, mean: FloatArray, dispersion: FloatArray, alpha: float
) -> tuple[FloatArray, FloatArray]:
    known = np.isfinite(mean)
    upper, p = np.full(mean.shape, np.nan), np.full(mean.shape, np.nan)
    spread = dispersion[known]
    above = at_least(seen[known], mean[known], spread)
    p[known] = above
    upper[known] = _quantile(mean[known], spread, alpha)
    return upper, p


def at_least(count: FloatArray, mean: FloatArray, dispersion: FloatArray) -> FloatArray:
    """Return the chance of a count or more, Poisson where the dispersion is 1."""
    from scipy.special import betainc, pdtrc

    safe = np.maximum(count, 1)
    excess = np.where(dispersion > 1, dispersion - 1, 1)
    spread = betainc(safe, mean / excess, (dispersion - 1) / dispersion)
    chance = np.where(dispersion > 1, spread, pdtrc(safe - 1, mean))
    return np.where(count < 1, 1.0, chance)


def _quantile(mean: FloatArray, dispersion: FloatArray, alpha: float) -> FloatArray:
    """Return the smallest count that is exceeded with a chance of at most alpha."""
    z = NormalDist().inv_cdf(1 - alpha)
    guess = np.maximum(np.floor(mean + z * np.sqrt(mean * dispersion)), 0.0)
    # The normal guess is mostly right to one or two; steps double where it is far off.
    enough, short = guess + 1, np.maximum(guess - 1, -1.0)
    step = 1.0
    while (wide := at_least(enough + 1, mean, dispersion) > alpha).any():
        enough[wide] += step
        step *= 2
    step = 1.0
    while (wide := at_least(short + 1, mean, dispersion) <= alpha).any():
        short[wide] = np.maximum(short[wide] - step, -1)
        step *= 2
    while (wide := enough - short > 1).any():
        middle = np.floor((enough[wide] + short[wide]) / 2)
        fits = at_least(middle + 1, mean[wide], dispersion[wide]) <= alpha
        enough[wide] = np.where(fits, middle, enough[wide])
        short[wide] = np.where(fits, short[wide], middle)
    return enough
