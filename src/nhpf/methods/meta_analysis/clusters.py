"""Standard errors that hold when effects within clusters depend on each other in any way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from nhpf.errors import CannotTell, InvalidInput
from nhpf.methods.meta_analysis.levels import nested_data
from nhpf.methods.meta_analysis.nested import Fitted, Nested, maximise
from nhpf.methods.meta_analysis.regression import Coefficient, coefficients
from nhpf.methods.meta_analysis.studies import design_matrix
from nhpf.numerics import inputs
from nhpf.numerics.inputs import FloatArray

CORRECTIONS = {
    "CR0": "cluster-robust, no correction",
    "CR1": "cluster-robust, corrected for the number of clusters",
    "CR2": "cluster-robust, bias-reduced linearisation, Satterthwaite's degrees of freedom",
}
# Below this the t distribution is no guide any more (Tipton 2015).
FEWEST_DEGREES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Robust:
    """Coefficients of the three-level model with cluster-robust standard errors.

    Attributes
    ----------
    coefficients : tuple of Coefficient
        The pooled effect (intercept) first; each with its own degrees of freedom under CR2.
    between, within : float
        Variances of the working model, between and within clusters.
    """

    coefficients: tuple[Coefficient, ...]
    effects: int
    clusters: int
    between: float
    within: float
    level: float
    method: str
    caveats: tuple[str, ...] = ()

    @property
    def pooled(self) -> Coefficient:
        """The intercept: the pooled effect where there are no moderators."""
        return self.coefficients[0]

    def __str__(self) -> str:
        """Return each coefficient with its interval."""
        lines = [
            f"{self.effects} effects in {self.clusters} clusters ({self.method})",
            *(f"  {one}" for one in self.coefficients),
        ]
        return "\n".join([*lines, *(f"  Note: {caveat}" for caveat in self.caveats)])


def robust(
    effects: npt.ArrayLike,
    variances: npt.ArrayLike,
    *,
    cluster: npt.ArrayLike,
    moderators: npt.ArrayLike | None = None,
    names: Sequence[str] | None = None,
    correction: str = "CR2",
    level: float = 0.95,
) -> Robust:
    """Pool or regress clustered effects with standard errors that trust only the clusters.

    The three-level model gives the weights; the standard errors come from how the clusters'
    residuals turn out, so that they hold even where that model is wrong. Cost: in proportion to
    the effects times the size of their clusters squared.

    Parameters
    ----------
    effects, variances : array_like, shape (k,)
        As in :func:`pool`.
    cluster : array_like, shape (k,)
        The cluster of each effect.
    moderators, names
        As in :func:`regress`; without, the pooled effect alone.
    correction : {"CR2", "CR1", "CR0"}
        CR2: bias-reduced with Satterthwaite's degrees of freedom (Pustejovsky and Tipton 2018).
        CR1: the plain sum times m / (m - p), t with m - p degrees of freedom, m clusters and p
        coefficients. CR0: the plain sum (Hedges, Tipton and Johnson 2010), t with m - p.
    level : float
        Confidence level.

    Raises
    ------
    InvalidInput
        As :func:`three_level` and :func:`regress`; an unknown correction.
    CannotTell
        Not more clusters than coefficients, clusters that agree exactly, or as
        :func:`three_level`.
    """
    inputs.share(level, name="confidence level")
    if correction not in CORRECTIONS:
        raise InvalidInput(
            f"There is no correction called {correction}.", next_step="Use CR0, CR1 or CR2."
        )
    data = nested_data(effects, variances, cluster)
    data, labels = _with_moderators(data, moderators, names)
    best = maximise(data)
    covariance, degrees = _sandwich(best, correction)
    if (np.diagonal(covariance) <= 1e-20 * np.diagonal(best.covariance)).any():
        raise CannotTell("The clusters agree exactly, so that chance cannot be judged.")
    return Robust(
        coefficients=coefficients(labels, best.coefficients, covariance, df=degrees, level=level),
        effects=data.y.size,
        clusters=data.clusters,
        between=best.between,
        within=best.within,
        level=level,
        method=f"three levels, {CORRECTIONS[correction]}",
        caveats=_caveats(degrees),
    )


def _with_moderators(
    data: Nested, moderators: npt.ArrayLike | None, names: Sequence[str] | None
) -> tuple[Nested, tuple[str, ...]]:
    labels: tuple[str, ...] = ("intercept",)
    if moderators is not None:
        design, labels = design_matrix(moderators, studies=data.y.size, names=names)
        data = replace(data, design=design)
    if data.clusters <= len(labels):
        raise CannotTell(
            f"{len(labels)} coefficients need more than {len(labels)} clusters.",
            next_step="Use fewer moderators.",
        )
    return data, labels


def _caveats(degrees: FloatArray) -> tuple[str, ...]:
    if degrees.min() < FEWEST_DEGREES:
        return (
            "Fewer than four degrees of freedom: too few clusters inform this for the p-value "
            "to be a guide.",
        )
    return ()


def _sandwich(best: Fitted, correction: str) -> tuple[FloatArray, FloatArray]:
    """Return the robust covariance of the coefficients and the degrees of freedom of each."""
    data = best.data
    clusters, columns = data.clusters, data.design.shape[1]
    residuals = data.y - data.design @ best.coefficients
    if correction == "CR2":
        return _bias_reduced(best, residuals)
    scores = data.sums(best.spread_design * residuals[:, None])
    meat = scores.T @ scores
    scale = clusters / (clusters - columns) if correction == "CR1" else 1.0
    covariance = best.covariance @ meat @ best.covariance * scale
    return covariance, np.full(columns, float(clusters - columns))


def _bias_reduced(best: Fitted, residuals: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return CR2's covariance and Satterthwaite's degrees of freedom.

    With a_j the vector for which cluster j adds (a_j' e_j)^2 to the variance of a coefficient,
    the working model gives the covariance of those terms as
    a_i' (V_ij - X_i (X'V^-1 X)^-1 X_j') a_j, and the degrees of freedom are twice the squared
    mean of their quadratic form over its variance.
    """
    data = best.data
    columns = data.design.shape[1]
    adjusted = np.empty_like(data.design)
    own = np.empty((data.clusters, columns, columns))
    for number in range(data.clusters):
        rows = data.cluster == number
        adjusted[rows], own[number] = _adjusted(best, rows)
    scores = data.sums(adjusted * residuals[:, None])
    covariance = scores.T @ scores
    degrees = np.empty(columns)
    for column in range(columns):
        across = data.sums(adjusted[:, [column]] * data.design)
        terms = -across @ best.covariance @ across.T
        terms[np.diag_indices_from(terms)] += own[:, column, column]
        degrees[column] = np.trace(terms) ** 2 / (terms**2).sum()
    return covariance, degrees


def _adjusted(best: Fitted, rows: npt.NDArray[np.bool_]) -> tuple[FloatArray, FloatArray]:
    """Return A'V^-1 X (X'V^-1 X)^-1 of one cluster, and the same times V times itself."""
    data = best.data
    x = data.design[rows]
    v = np.diag(data.v[rows] + best.within) + best.between
    root = np.linalg.cholesky(v)
    inner = root.T @ (v - x @ best.covariance @ x.T) @ root
    values, vectors = np.linalg.eigh(inner)
    # A cluster that alone carries a coefficient has a direction without spread: left out.
    kept = values > 1e-10 * values.max()
    inverse_root = (vectors[:, kept] / np.sqrt(values[kept])) @ vectors[:, kept].T
    a = root @ inverse_root @ root.T @ best.spread_design[rows] @ best.covariance
    return a, a.T @ v @ a
