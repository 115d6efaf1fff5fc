"""Log-linear models of counts: Poisson and negative binomial, with effects of units swept out.

The effects of units are never put into the design: each step of the iteration takes weighted means
within units out of design and target, which gives the same coefficients (Frisch, Waugh and Lovell)
at a cost of rows x columns squared, however many units there are.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from nhpf.errors import CannotTell
from nhpf.numerics.inputs import FloatArray, IntArray

MOST_STEPS = 100
SMALLEST_STEP = 1e-11
# On the log scale an effect this far off has no finite estimate: a group without any event.
RUN_AWAY = 25.0
# Above this size the negative binomial cannot be told from Poisson.
LARGEST_SIZE = 1e7


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A fitted mean of counts.

    Attributes
    ----------
    coefficients : ndarray, shape (p,)
    covariance : ndarray, shape (p, p)
        Model-based, at the stated variance function, without over-dispersion.
    scores : ndarray, shape (n, p)
        Each row's share in the estimating equations.
    mean : ndarray, shape (n,)
    pearson : ndarray, shape (n,)
        Residuals over the square root of the model's variance.
    df : int
        Rows less all estimated effects.
    size : float
        The negative binomial's size; infinite for Poisson.
    """

    coefficients: FloatArray
    covariance: FloatArray
    scores: FloatArray
    counts: FloatArray
    mean: FloatArray
    pearson: FloatArray
    df: int
    size: float

    @property
    def dispersion(self) -> float:
        """Pearson's variance over the model's variance; NaN where nothing is left to see it."""
        return float(self.pearson @ self.pearson / self.df) if self.df > 0 else math.nan

    @property
    def log_likelihood(self) -> float:
        """Logarithm of the likelihood, constants included."""
        from scipy.special import gammaln, xlogy

        y, mean, size = self.counts, self.mean, self.size
        if math.isinf(size):
            return float(np.sum(xlogy(y, mean) - mean - gammaln(y + 1)))
        parts = gammaln(size + y) - gammaln(size) - gammaln(y + 1)
        parts += size * math.log(size) + xlogy(y, mean) - (size + y) * np.log(size + mean)
        return float(parts.sum())

    def robust(self, meat: FloatArray) -> FloatArray:
        """Return the sandwich covariance with this middle."""
        return self.covariance @ meat @ self.covariance


def fit(
    counts: FloatArray,
    design: FloatArray,
    offset: FloatArray,
    *,
    units: IntArray | None = None,
    size: float = math.inf,
) -> Fit:
    """Fit log(mean) = offset + design @ coefficients (+ an effect for each unit) by likelihood.

    Raises
    ------
    CannotTell
        Effects that the rows cannot tell apart, or without finite estimate.
    """
    mean = counts + 0.1
    eta = np.log(mean)
    groups = 0 if units is None else int(units.max()) + 1
    for _ in range(MOST_STEPS):
        weights = mean / (1 + mean / size)
        target = eta - offset + (counts - mean) / mean
        inner, aim = _swept(design, target, weights, units, groups)
        information = inner.T @ (inner * weights[:, None])
        coefficients = _solved(information, inner.T @ (weights * aim))
        moved = offset + target - aim + inner @ coefficients
        step = float(np.abs(moved - eta).max())
        eta, mean = moved, np.exp(np.clip(moved, -300, 300))
        if step < SMALLEST_STEP * (1 + float(np.abs(eta).max())):
            break
    else:
        raise _no_finite_effect()
    if np.abs(coefficients).max(initial=0) > RUN_AWAY and np.ptp(eta - offset) > RUN_AWAY:
        raise _no_finite_effect()
    weights = mean / (1 + mean / size)
    inner, _ = _swept(design, eta, weights, units, groups)
    relative = (counts - mean) * weights / mean
    return Fit(
        coefficients=coefficients,
        covariance=np.asarray(np.linalg.inv(inner.T @ (inner * weights[:, None])), np.float64),
        scores=inner * relative[:, None],
        counts=counts,
        mean=mean,
        pearson=relative / np.sqrt(weights),
        df=counts.size - design.shape[1] - groups,
        size=size,
    )


def fit_negative_binomial(counts: FloatArray, design: FloatArray, offset: FloatArray) -> Fit:
    """Fit coefficients and size of a negative binomial by likelihood, each in turn until still.

    The size is infinite, and the fit Poisson, where the counts vary no more than Poisson.
    """
    fitted = fit(counts, design, offset)
    excess = float(np.sum((counts - fitted.mean) ** 2 - counts))
    if excess <= 0:
        return fitted
    size = float(np.sum(fitted.mean**2)) / excess
    for _ in range(MOST_STEPS):
        fitted = fit(counts, design, offset, size=size)
        before, size = size, _likeliest_size(counts, fitted.mean, size)
        if size > LARGEST_SIZE:
            return fit(counts, design, offset)
        if abs(size / before - 1) < 1e-10:
            return fit(counts, design, offset, size=size)
    raise CannotTell("The over-dispersion of these counts could not be settled.")


def _likeliest_size(counts: FloatArray, mean: FloatArray, size: float) -> float:
    # Newton's steps on the logarithm of the size: it stays above zero.
    from scipy.special import digamma, polygamma

    for _ in range(MOST_STEPS):
        total, shared = size + counts, size + mean
        slope = digamma(total) - digamma(size) + math.log(size) + 1 - np.log(shared)
        slope = float(np.sum(slope - total / shared))
        bend = polygamma(1, total) - polygamma(1, size) + 1 / size - 2 / shared + total / shared**2
        curve = size * size * float(np.sum(bend)) + size * slope
        step = -size * slope / curve if curve < 0 else math.copysign(1.0, slope)
        size *= math.exp(min(max(step, -2.0), 2.0))
        if abs(step) < 1e-12 or size > LARGEST_SIZE:
            break
    return size


def _swept(
    design: FloatArray,
    target: FloatArray,
    weights: FloatArray,
    units: IntArray | None,
    groups: int,
) -> tuple[FloatArray, FloatArray]:
    if units is None:
        return design, target
    total = np.bincount(units, weights, groups)
    centre = np.bincount(units, weights * target, groups) / total
    inner = np.empty_like(design)
    for j in range(design.shape[1]):
        column = design[:, j]
        inner[:, j] = column - (np.bincount(units, weights * column, groups) / total)[units]
    return inner, target - centre[units]


def _solved(information: FloatArray, right: FloatArray) -> FloatArray:
    scale = np.sqrt(np.diag(information))
    if (scale <= 0).any():
        raise _cannot_tell_apart()
    scaled = information / np.outer(scale, scale)
    if np.linalg.cond(scaled) > 1e12:
        raise _cannot_tell_apart()
    return np.asarray(np.linalg.solve(scaled, right / scale) / scale)


def _cannot_tell_apart() -> CannotTell:
    return CannotTell(
        "The effect cannot be told apart from the other changes in the model.",
        next_step="Give more periods or units, or ask for fewer effects.",
    )


def _no_finite_effect() -> CannotTell:
    return CannotTell(
        "One of the groups or periods that are compared has no event, so a ratio has no limit.",
        next_step="Pool periods or areas until each part has events.",
    )
