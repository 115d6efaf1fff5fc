"""Effects nested in clusters: two variances by restricted maximum likelihood.

The covariance of the effects of one cluster is a diagonal (sampling variance plus the variance
within clusters) plus the variance between clusters in every cell. Its inverse is known in closed
form (Sherman and Morrison), so that every step costs time in proportion to the number of effects.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nhpf.methods.meta_analysis.weighted import inverse
from nhpf.numerics.inputs import FloatArray, IntArray

MOST_STEPS = 200


@dataclass(frozen=True, slots=True)
class Nested:
    """Effects, their variances, their design and their clusters (numbered from 0)."""

    y: FloatArray
    v: FloatArray
    design: FloatArray
    cluster: IntArray
    clusters: int

    def sums(self, values: FloatArray) -> FloatArray:
        """Return the sum over each cluster, of one column or of several."""
        if values.ndim == 1:
            return np.bincount(self.cluster, values, self.clusters).astype(np.float64)
        columns = [np.bincount(self.cluster, column, self.clusters) for column in values.T]
        return np.stack(columns, axis=1)


@dataclass(frozen=True, slots=True)
class Fitted:
    """The model at given variances between and within clusters.

    Attributes
    ----------
    weights : ndarray, shape (k,)
        1 / (v + within).
    shared : ndarray, shape (clusters,)
        V^-1 = diag(weights) - shared * weights weights' in each cluster.
    spread_design : ndarray, shape (k, p)
        V^-1 X.
    covariance : ndarray, shape (p, p)
        (X'V^-1 X)^-1.
    projected : ndarray, shape (k,)
        Py = V^-1 (y - X beta).
    log_likelihood : float
        Restricted, with its constants.
    """

    data: Nested
    between: float
    within: float
    weights: FloatArray
    shared: FloatArray
    spread_design: FloatArray
    covariance: FloatArray
    coefficients: FloatArray
    projected: FloatArray
    log_likelihood: float

    def solve(self, values: FloatArray) -> FloatArray:
        """Return V^-1 times the values."""
        return _solve(self.data, self.weights, self.shared, values)

    def project(self, values: FloatArray) -> FloatArray:
        """Return P times the values."""
        fitted = self.covariance @ (self.spread_design.T @ values)
        return self.solve(values) - self.spread_design @ fitted


def fit_nested(data: Nested, between: float, within: float) -> Fitted:
    """Fit the coefficients by generalised least squares at the variances given."""
    weights = 1 / (data.v + within)
    total = data.sums(weights)
    shared = between / (1 + between * total)
    spread = np.stack([_solve(data, weights, shared, column) for column in data.design.T], axis=1)
    information = data.design.T @ spread
    covariance = inverse(information[None])[0]
    coefficients = covariance @ (spread.T @ data.y)
    residuals = data.y - data.design @ coefficients
    projected = _solve(data, weights, shared, residuals)
    log_determinant = np.log1p(between * total).sum() - np.log(weights).sum()
    k, p = data.design.shape
    likelihood = (
        (k - p) * np.log(2 * np.pi)
        + log_determinant
        + np.linalg.slogdet(information)[1]
        - np.linalg.slogdet(data.design.T @ data.design)[1]
        + residuals @ projected
    )
    return Fitted(
        data,
        between,
        within,
        weights,
        shared,
        spread,
        covariance,
        coefficients,
        projected,
        float(-likelihood / 2),
    )


def maximise(data: Nested) -> Fitted:
    """Return the fit of highest restricted likelihood.

    Newton's steps from the best of several starts, with the average information (Gilmour,
    Thompson and Cullis 1995) where the likelihood does not bend down, halved until it rises, and
    variances kept at zero or above.
    """
    size = float(np.var(data.y))
    shares = [(0.5, 0.5), (0.9, 0.02), (0.02, 0.9)]
    starts = [fit_nested(data, one * size, two * size) for one, two in shares]
    start = max(starts, key=lambda fitted: fitted.log_likelihood)
    return _climb(start, np.array([True, True]), tolerance=1e-11)


def maximise_with(best: Fitted, *, between: float | None, within: float | None) -> Fitted:
    """Return the fit of highest likelihood near another, one of the variances given."""
    start = fit_nested(
        best.data,
        best.between if between is None else between,
        best.within if within is None else within,
    )
    # Only the likelihood matters then, which is flat at its top.
    return _climb(start, np.array([between is None, within is None]), tolerance=1e-6)


def _climb(here: Fitted, free: npt.NDArray[np.bool_], *, tolerance: float) -> Fitted:
    scale = float(np.var(here.data.y) + here.data.v.min())
    for _ in range(MOST_STEPS):
        there = _step(here, free)
        moved = max(abs(there.between - here.between), abs(there.within - here.within))
        here = there
        if moved <= tolerance * scale:
            break
    return here


def _step(here: Fitted, free: npt.NDArray[np.bool_]) -> Fitted:
    """Return the fit after one step that does not lower the likelihood."""
    slope, observed, average = _slope_and_information(here)
    at = np.array([here.between, here.within])
    # A variance at zero whose likelihood falls stays there.
    moving = free & ((at > 0) | (slope > 0))
    if not moving.any():
        return here
    inner = observed[np.ix_(moving, moving)]
    if np.linalg.eigvalsh(inner)[0] <= 0:
        inner = average[np.ix_(moving, moving)]
    step = np.zeros(2)
    step[moving] = np.linalg.lstsq(inner, slope[moving], rcond=None)[0]
    rounding = 1e-13 * (here.data.y.size + abs(here.log_likelihood))
    for _ in range(60):
        target = np.maximum(at + step, 0.0)
        there = fit_nested(here.data, float(target[0]), float(target[1]))
        if there.log_likelihood >= here.log_likelihood - rounding:
            return there
        step = step / 2
    return here


def _slope_and_information(here: Fitted) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return the slope of the likelihood in both variances, its observed and average information.

    D stands for the derivatives of the covariance: ones within clusters, and the identity. The
    average information is y'P D P D P y / 2, the observed is twice that less tr(P D P D) / 2.
    """
    data, inner = here.data, here.covariance
    sums = data.sums(here.projected)
    both = [here.spread_design, data.sums(here.spread_design)[data.cluster]]
    crossed = [inner @ both[0].T @ one for one in (both[1], both[0])]
    moved = [sums[data.cluster], here.projected]
    after = [here.project(one) for one in moved]
    average = np.array([[one @ two for two in after] for one in moved]) / 2
    plain, squares = _traces_of_inverse(here)
    quadratic = np.array([sums @ sums, here.projected @ here.projected])
    slope = quadratic - plain + [np.trace(one) for one in crossed]
    expected = squares.copy()
    for i, one in enumerate((both[1], both[0])):
        solved = np.stack([here.solve(column) for column in one.T], axis=1)
        for j, two in enumerate((both[1], both[0])):
            expected[i, j] += np.trace(crossed[i] @ crossed[j]) - 2 * np.trace(
                inner @ solved.T @ two
            )
    return slope / 2, 2 * average - expected / 2, average


def _traces_of_inverse(here: Fitted) -> tuple[FloatArray, FloatArray]:
    """Return tr(V^-1 D), shape (2,), and tr(V^-1 D V^-1 D), shape (2, 2)."""
    one, two, three = (here.data.sums(here.weights**power) for power in (1, 2, 3))
    shared = here.shared
    drawn = 1 / (1 + here.between * one)
    plain = np.array([(drawn * one).sum(), (one - shared * two).sum()])
    mixed = (drawn**2 * two).sum()
    within = (two - 2 * shared * three + (shared * two) ** 2).sum()
    return plain, np.array([[((drawn * one) ** 2).sum(), mixed], [mixed, within]])


def _solve(data: Nested, weights: FloatArray, shared: FloatArray, values: FloatArray) -> FloatArray:
    weighted = weights * values
    return np.asarray(weighted - weights * (shared * data.sums(weighted))[data.cluster])
