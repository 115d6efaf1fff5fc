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

MOST_STEPS = 500


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


def maximise(data: Nested, *, between: float | None = None, within: float | None = None) -> Fitted:
    """Return the fit of highest restricted likelihood; a variance that is given stays.

    Average-information steps (Gilmour, Thompson and Cullis 1995) from the better of several
    starts, halved until the likelihood rises, with variances kept at zero or above.
    """
    # With one variance given only the likelihood matters, which is flat at its top.
    tolerance = 1e-11 if between is None and within is None else 1e-7
    size = float(np.var(data.y))
    starts = [(0.5 * size, 0.5 * size), (0.9 * size, 0.02 * size), (0.02 * size, 0.9 * size)]
    free = np.array([between is None, within is None])
    here = max(
        (
            fit_nested(data, one if between is None else between, two if within is None else within)
            for one, two in starts
        ),
        key=lambda fitted: fitted.log_likelihood,
    )
    for _ in range(MOST_STEPS):
        there = _step(here, free)
        moved = max(abs(there.between - here.between), abs(there.within - here.within))
        here = there
        if moved <= tolerance * (size + float(data.v.min())):
            break
    return here


def _step(here: Fitted, free: npt.NDArray[np.bool_]) -> Fitted:
    """Return the fit after one step that does not lower the likelihood."""
    slope, information = _slope_and_information(here)
    at = np.array([here.between, here.within])
    # A variance at zero whose likelihood falls stays there.
    moving = free & ((at > 0) | (slope > 0))
    if not moving.any():
        return here
    step = np.zeros(2)
    inner = information[np.ix_(moving, moving)]
    step[moving] = np.linalg.lstsq(inner, slope[moving], rcond=None)[0]
    rounding = 1e-13 * (here.data.y.size + abs(here.log_likelihood))
    for _ in range(60):
        target = np.maximum(at + step, 0.0)
        there = fit_nested(here.data, float(target[0]), float(target[1]))
        if there.log_likelihood >= here.log_likelihood - rounding:
            return there
        step = step / 2
    return here


def _slope_and_information(here: Fitted) -> tuple[FloatArray, FloatArray]:
    """Return the slope of the likelihood in both variances, and the average information."""
    data = here.data
    total, squares = data.sums(here.weights), data.sums(here.weights**2)
    design_sums = data.sums(here.spread_design)
    inner = here.covariance
    # tr(P D) for the two derivatives D of the covariance: ones within clusters, and the identity.
    trace_between = (total / (1 + here.between * total)).sum() - np.einsum(
        "cp,pq,cq->", design_sums, inner, design_sums
    )
    trace_within = (total - here.shared * squares).sum() - np.einsum(
        "kp,pq,kq->", here.spread_design, inner, here.spread_design
    )
    sums = data.sums(here.projected)
    slope = np.array([sums @ sums - trace_between, here.projected @ here.projected - trace_within])
    moved = [sums[data.cluster], here.projected]
    after = [here.project(one) for one in moved]
    information = np.array([[one @ two for two in after] for one in moved])
    return slope / 2, information / 2


def _solve(data: Nested, weights: FloatArray, shared: FloatArray, values: FloatArray) -> FloatArray:
    weighted = weights * values
    return np.asarray(weighted - weights * (shared * data.sums(weighted))[data.cluster])
