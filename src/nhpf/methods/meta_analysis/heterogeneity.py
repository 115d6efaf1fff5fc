"""The variance between studies, by each estimator, for many syntheses at once.

Closed forms follow their authors. Maximum likelihood, restricted or not, is searched over a
range outside which no stationary point can lie: a few points of it are tried, and from the best
a Newton iteration that cannot leave its bracket finds the maximum, so that it cannot diverge or
oscillate. Paule and Mandel's equation is convex and falling, so Newton's steps from zero reach
its root from one side.
"""

from __future__ import annotations

import numpy as np

from nhpf.methods.meta_analysis.studies import Method
from nhpf.methods.meta_analysis.weighted import Weighted, fit, fit_with, log_determinant
from nhpf.numerics.inputs import FloatArray

MOST_STEPS = 200
# How many parts the range of the likelihood is cut into before Newton's steps begin, and from
# which ratio of the largest to the smallest variance into how many more.
PARTS = 5
UNLIKE = 50.0
PARTS_IF_UNLIKE = 24


def between_studies(
    y: FloatArray, v: FloatArray, design: FloatArray, *, method: Method
) -> FloatArray:
    """Return the variance between studies of each synthesis, shape (n,), never below zero.

    Parameters
    ----------
    y, v : ndarray, shape (k, n)
    design : ndarray, shape (k, p)
    method : Method
    """
    if method == "EE":
        return np.zeros(y.shape[1])
    if method in {"ML", "REML"}:
        return _by_likelihood(y, v, design, restricted=method == "REML")
    if method in {"PM", "EB"}:
        return reach_q(y, v, design, target=float(_df(y, design)))
    closed = {"DL": _dl, "HE": _hedges, "HS": _hunter_schmidt, "SJ": _sidik_jonkman}
    return np.asarray(np.maximum(closed[method](y, v, design), 0.0))


def _dl(y: FloatArray, v: FloatArray, design: FloatArray) -> FloatArray:
    at_zero = fit_with(y, 1 / v, design)
    return np.asarray((at_zero.q - _df(y, design)) / at_zero.traces()[0])


def _hedges(y: FloatArray, v: FloatArray, design: FloatArray) -> FloatArray:
    unweighted = fit_with(y, np.ones_like(v), design)
    # The diagonal of the projection away from the design, times the variances.
    leverage = np.einsum("kp,pq,kq->k", design, unweighted.covariance[0], design)
    return np.asarray((unweighted.q - (1 - leverage) @ v) / _df(y, design))


def _hunter_schmidt(y: FloatArray, v: FloatArray, design: FloatArray) -> FloatArray:
    weights = 1 / v
    return np.asarray((fit_with(y, weights, design).q - len(y)) / weights.sum(axis=0))


def _sidik_jonkman(y: FloatArray, v: FloatArray, design: FloatArray) -> FloatArray:
    start = y.var(axis=0)
    # Effects all alike leave nothing to share out: any weights then give zero.
    weights = 1 / (v + start)
    return np.asarray(start * fit_with(y, weights, design).q / _df(y, design))


def reach_q(y: FloatArray, v: FloatArray, design: FloatArray, *, target: float) -> FloatArray:
    """Return the tau2 at which Q falls to the target (0 where it is below it from the start)."""
    tau2 = np.zeros(y.shape[1])
    columns = np.arange(y.shape[1])
    for _ in range(MOST_STEPS):
        here = fit(y[:, columns], v[:, columns], design, tau2[columns])
        slope = here.squared()
        above = np.maximum(here.q - target, 0.0)
        step = above / np.where(slope > 0, slope, 1.0)
        tau2[columns] += step
        columns = columns[step > _tolerance(tau2[columns], v[:, columns])]
        if columns.size == 0:
            break
    return tau2


def _by_likelihood(
    y: FloatArray, v: FloatArray, design: FloatArray, *, restricted: bool
) -> FloatArray:
    tau2, low, high = _bracket(y, v, design, restricted=restricted)
    last = high - low
    columns = np.arange(y.shape[1])
    for _ in range(MOST_STEPS):
        at = tau2[columns]
        here = fit(y[:, columns], v[:, columns], design, at)
        slope, curve = _derivatives(here, restricted=restricted)
        low[columns] = np.where(slope > 0, at, low[columns])
        high[columns] = np.where(slope > 0, high[columns], at)
        step = slope / np.where(curve > 0, curve, np.inf)
        # A step that leaves the bracket, or is not much shorter than the last, halves it instead.
        newton = (curve > 0) & (2 * np.abs(step) < last[columns])
        newton &= (at + step > low[columns]) & (at + step < high[columns])
        tau2[columns] = np.where(newton, at + step, (low[columns] + high[columns]) / 2)
        last[columns] = np.abs(tau2[columns] - at)
        columns = columns[last[columns] > _tolerance(at, v[:, columns])]
        if columns.size == 0:
            break
    return tau2


def _bracket(
    y: FloatArray, v: FloatArray, design: FloatArray, *, restricted: bool
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return the best of a few points, and limits between which its maximum lies."""
    highest, smallest = _highest(y, v, design), v.min(axis=0)
    best, low = np.zeros_like(highest), np.zeros_like(highest)
    # Studies of very unlike precision can give the likelihood several tops: look closer there.
    wide = v.max(axis=0) > UNLIKE * smallest
    for columns, parts in ((~wide, PARTS), (wide, PARTS_IF_UNLIKE)):
        if not columns.any():
            continue
        # Equal steps of log(tau2 + smallest variance), which is the scale the likelihood bends on.
        shares = np.linspace(0, 1, parts + 1)[:, None]
        points = smallest[columns] * np.expm1(
            shares * np.log1p(highest[columns] / smallest[columns])
        )
        part_y, part_v = y[:, columns], v[:, columns]
        tried = [
            log_likelihood(fit(part_y, part_v, design, tau2), restricted=restricted)
            for tau2 in points
        ]
        top = np.argmax(np.stack(tried), axis=0)
        across = np.arange(top.size)
        best[columns] = points[top, across]
        low[columns] = points[np.maximum(top - 1, 0), across]
    return best, low, highest


def _highest(y: FloatArray, v: FloatArray, design: FloatArray) -> FloatArray:
    """Return a tau2 above which the likelihood only falls.

    The slope has the sign of y'PPy - tr(P). With s2 the unweighted residual variance, the first
    is at most (k-p) s2 times the square of the largest weight, the second at least (k-p) times
    the smallest, which gives a quadratic inequality. Without the restriction tr(W) takes the
    place of tr(P) and is larger, so the bound serves both.
    """
    s2 = fit_with(y, np.ones_like(v), design).q / _df(y, design)
    smallest, largest = v.min(axis=0), v.max(axis=0)
    reach = (s2 + np.sqrt(s2**2 + 4 * s2 * (largest - smallest))) / 2
    return np.asarray(np.maximum(reach - smallest, 0.0))


def log_likelihood(here: Weighted, *, restricted: bool) -> FloatArray:
    """Return the log likelihood up to a constant of the data."""
    value = np.log(here.weights).sum(axis=0) - here.q
    if restricted:
        value += log_determinant(here.covariance)
    return np.asarray(value / 2)


def _derivatives(here: Weighted, *, restricted: bool) -> tuple[FloatArray, FloatArray]:
    """Return the slope of the log likelihood in tau2, and minus its second derivative."""
    if restricted:
        trace, square = here.traces()
    else:
        trace, square = here.weights.sum(axis=0), (here.weights**2).sum(axis=0)
    return (here.squared() - trace) / 2, here.cubed() - square / 2


def _tolerance(tau2: FloatArray, v: FloatArray) -> FloatArray:
    return np.asarray(1e-10 * tau2 + 1e-13 * v.min(axis=0))


def _df(y: FloatArray, design: FloatArray) -> int:
    return len(y) - int(design.shape[1])
