"""One area at a time: its Poisson count against what all the others say of its risk, compiled.

What the others say (the cavity) is normal on the log scale; times the Poisson likelihood it is
integrated on Gauss-Hermite nodes placed on the present estimate, so that nothing is assumed of
the shape.
"""

from __future__ import annotations

import math

import numba
import numpy as np

from nhpf.numerics.inputs import FloatArray

compiled = numba.njit(cache=True, nogil=True)

NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(21)
LOG_WEIGHTS = np.log(WEIGHTS / math.sqrt(2 * math.pi))


@compiled
def tilted_moments(
    counts: FloatArray,
    expected: FloatArray,
    cavity_mean: FloatArray,
    cavity_variance: FloatArray,
    mean: FloatArray,
    variance: FloatArray,
    nodes: FloatArray,
    log_weights: FloatArray,
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return log mass, mean and variance of cavity times likelihood (its factorial left out).

    ``mean`` and ``variance`` place the nodes: the closer to the answer, the fewer are needed.
    """
    n, k = counts.size, nodes.size
    log_mass, new_mean, new_variance = np.empty(n), np.empty(n), np.empty(n)
    part, log_part = np.empty(k), np.empty(k)
    for i in range(n):
        spread = math.sqrt(variance[i])
        largest = -np.inf
        for j in range(k):
            x = mean[i] + spread * nodes[j]
            away = x - cavity_mean[i]
            value = log_weights[j] + nodes[j] * nodes[j] / 2 + counts[i] * x
            value -= expected[i] * math.exp(x) + away * away / (2 * cavity_variance[i])
            log_part[j] = value
            largest = max(largest, value)
        mass, first, second = 0.0, 0.0, 0.0
        for j in range(k):
            part[j] = math.exp(log_part[j] - largest)
            mass += part[j]
            first += part[j] * nodes[j]
            second += part[j] * nodes[j] * nodes[j]
        first /= mass
        log_mass[i] = largest + math.log(mass) + 0.5 * math.log(variance[i] / cavity_variance[i])
        new_mean[i] = mean[i] + spread * first
        new_variance[i] = variance[i] * (second / mass - first * first)
    return log_mass, new_mean, new_variance


@compiled
def _mean_and_sd(density: FloatArray, low: float, step: float) -> tuple[float, float]:
    mass, first, second = 0.0, 0.0, 0.0
    for g in range(density.size):
        risk = math.exp(low + g * step)
        mass += density[g]
        first += density[g] * risk
        second += density[g] * risk * risk
    first /= mass
    return first, math.sqrt(max(second / mass - first * first, 0.0))


@compiled
def _share_below(density: FloatArray, cumulative: FloatArray, place: float) -> float:
    if place <= 0:
        return 0.0
    if place >= density.size - 1:
        return 1.0
    g = int(place)
    rest = place - g
    slope = density[g + 1] - density[g]
    return float((cumulative[g] + rest * (density[g] + rest * slope / 2)) / cumulative[-1])


@compiled
def _where(cumulative: FloatArray, wanted: float, low: float, step: float) -> float:
    g = int(np.searchsorted(cumulative, wanted))
    if g == 0:
        return low
    rise = cumulative[g] - cumulative[g - 1]
    return float(low + (g - 1 + (wanted - cumulative[g - 1]) / rise) * step)


@compiled
def mixed_summaries(
    counts: FloatArray,
    expected: FloatArray,
    cavity_means: FloatArray,
    cavity_variances: FloatArray,
    log_shares: FloatArray,
    centre: FloatArray,
    spread: FloatArray,
    tails: FloatArray,
    above: float,
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return mean and sd of each relative risk, its quantiles, and the chance that it lies above.

    The marginal of each area is the mixture over fits (rows of ``cavity_means``) with weights
    ``log_shares`` (log weight less log mass and half the log cavity variance), on a fine grid of
    the log risk.
    """
    fits, n = cavity_means.shape
    points = 101
    moments, quantiles = np.empty((n, 2)), np.empty((n, tails.size))
    beyond = np.empty(n)
    density, cumulative = np.empty(points), np.empty(points)
    border = math.log(above)
    for i in range(n):
        step = 14 * spread[i] / (points - 1)
        low = centre[i] - 7.5 * spread[i]
        for g in range(points):
            x = low + g * step
            likelihood = counts[i] * x - expected[i] * math.exp(x)
            total = 0.0
            for f in range(fits):
                away = x - cavity_means[f, i]
                total += math.exp(
                    log_shares[f, i] + likelihood - away * away / (2 * cavity_variances[f, i])
                )
            density[g] = total
        cumulative[0] = 0.0
        for g in range(1, points):
            cumulative[g] = cumulative[g - 1] + (density[g - 1] + density[g]) / 2
        moments[i] = _mean_and_sd(density, low, step)
        for t in range(tails.size):
            wanted = tails[t] * cumulative[points - 1]
            quantiles[i, t] = math.exp(_where(cumulative, wanted, low, step))
        beyond[i] = 1 - _share_below(density, cumulative, (border - low) / step)
    return moments, quantiles, beyond
