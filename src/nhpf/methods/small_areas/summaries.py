"""From the fits over the lattice to what is reported."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np

from nhpf.methods.small_areas import sites
from nhpf.methods.small_areas.lattice import Posterior
from nhpf.methods.small_areas.propagation import Areas
from nhpf.numerics import Estimate
from nhpf.numerics.inputs import FloatArray

# Lattice points with less weight than this do not move any figure.
SMALLEST_WEIGHT = 1e-4
POINTS_BETWEEN = 40


def risks(
    areas: Areas, posterior: Posterior, *, above: float, level: float
) -> dict[str, FloatArray]:
    """Return the fields of the result that there is one of for each area."""
    heavy = np.flatnonzero(posterior.weights > SMALLEST_WEIGHT)
    fits = [posterior.fits[k] for k in heavy]
    weights = posterior.weights[heavy] / posterior.weights[heavy].sum()
    means = np.array([fit.mean for fit in fits])
    centre = weights @ means
    variance = weights @ (np.array([fit.variance for fit in fits]) + (means - centre) ** 2)
    cavity_variances = np.array([fit.cavity_variance for fit in fits])
    log_mass = np.array([fit.log_mass for fit in fits])
    moments, quantiles, beyond = sites.mixed_summaries(
        areas.counts,
        areas.expected,
        np.array([fit.cavity_mean for fit in fits]),
        cavity_variances,
        np.log(weights)[:, None] - log_mass - np.log(cavity_variances) / 2,
        centre,
        np.sqrt(variance),
        np.array([(1 - level) / 2, (1 + level) / 2]),
        above,
    )
    return {
        "relative_risk": moments[:, 0], "sd": moments[:, 1],
        "low": quantiles[:, 0], "high": quantiles[:, 1], "exceedance": beyond,
        "log_risk": centre, "log_risk_sd": np.sqrt(variance),
    }  # fmt: skip


def of_lattice(
    values: FloatArray, weights: FloatArray, *, scale: str, level: float, method: str
) -> Estimate:
    """Return mean and quantiles of the sd or the mixing, whose values lie on a lattice.

    The log density along the lattice's own scale is taken as smooth between points.
    """
    from scipy.interpolate import CubicSpline

    mean = float(weights @ values)
    forth, back = (np.log, np.exp) if scale == "log" else (_angle, _mixing)
    along = np.round(forth(values), 9)
    points, place = np.unique(along, return_inverse=True)
    density = np.bincount(place, weights)
    stride = points[1] - points[0] if points.size > 1 else 0.0
    low, high = points[0] - stride / 2, points[-1] + stride / 2
    fine = np.linspace(low, high, POINTS_BETWEEN * points.size)
    # Beyond the outermost points the density is held: what lies there is next to nothing.
    inner = np.clip(fine, points[0], points[-1])
    smooth = np.exp(CubicSpline(points, np.log(density))(inner)) if points.size > 2 else None
    heights = np.ones_like(fine) if smooth is None else smooth
    cumulative = np.concatenate([[0], np.cumsum((heights[1:] + heights[:-1]) / 2)])
    tails = np.array([(1 - level) / 2, (1 + level) / 2]) * cumulative[-1]
    limits = back(np.interp(tails, cumulative, fine))
    return Estimate(
        estimate=mean, low=float(limits[0]), high=float(limits[1]), level=level, method=method
    )


def _angle(mixing: FloatArray) -> FloatArray:
    return np.asarray(2 / math.pi * np.arcsin(np.sqrt(mixing)))


def _mixing(angle: FloatArray) -> FloatArray:
    return np.asarray(np.sin(math.pi * np.clip(angle, 0, 1) / 2) ** 2)


def ratios(posterior: Posterior, units: FloatArray, *, level: float, method: str) -> list[Estimate]:
    """Return the level, then each covariate's effect for one unit, as ratios of risks."""
    means = np.array([fit.coefficients for fit in posterior.fits])
    spreads = np.sqrt([np.diag(fit.covariance) for fit in posterior.fits])
    found = []
    for j, unit in enumerate(np.append(1.0, units)):
        centre, spread = means[:, j] / unit, spreads[:, j] / unit
        low, high = (
            _quantile(posterior.weights, centre, spread, tail)
            for tail in ((1 - level) / 2, (1 + level) / 2)
        )
        found.append(
            Estimate(
                estimate=math.exp(float(posterior.weights @ centre)),
                low=math.exp(low),
                high=math.exp(high),
                level=level,
                method=method,
            )
        )
    return found


def _quantile(weights: FloatArray, centre: FloatArray, spread: FloatArray, tail: float) -> float:
    """Return a quantile of a mixture of normals by bisection."""
    from scipy.special import ndtr

    away = NormalDist().inv_cdf(tail) * spread
    low, high = float(np.min(centre + away)), float(np.max(centre + away))
    for _ in range(60):
        middle = (low + high) / 2
        if weights @ ndtr((middle - centre) / spread) < tail:
            low = middle
        else:
            high = middle
    return (low + high) / 2
