"""Three levels: effects within clusters within the world they stand for."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nhpf.errors import CannotTell
from nhpf.methods.meta_analysis import distributions
from nhpf.methods.meta_analysis.nested import Fitted, Nested, fit_nested, maximise, maximise_with
from nhpf.methods.meta_analysis.studies import cluster_numbers, effects_and_variances
from nhpf.numerics import Estimate, inputs
from nhpf.numerics.estimates import in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreeLevel(Estimate):
    """The pooled effect of effects that come several from one cluster.

    Attributes
    ----------
    se, p : float
        Standard error and two-sided p-value (normal).
    effects, clusters : int
        How many there are.
    between, between_low, between_high : float
        Variance between clusters, with its profile likelihood interval.
    within, within_low, within_high : float
        Variance between the effects of one cluster, beyond sampling.
    prediction_low, prediction_high : float
        Where one effect in a new cluster may lie.
    q, q_df, q_p : float
        Cochran's test that all effects are equal.
    log_likelihood : float
        Restricted log likelihood.
    """

    se: float
    p: float
    effects: int
    clusters: int
    between: float
    between_low: float
    between_high: float
    within: float
    within_low: float
    within_high: float
    prediction_low: float
    prediction_high: float
    q: float
    q_df: int
    q_p: float
    log_likelihood: float

    def __str__(self) -> str:
        """Return the pooled effect and how it varies between and within clusters."""
        lines = [
            f"{in_words(self.estimate)} ({self.interval_in_words()}; {self.effects} effects in "
            f"{self.clusters} clusters; {self.method})",
            f"Variance between clusters {in_words(self.between)}, within {in_words(self.within)}",
            f"In a new place like these: {in_words(self.prediction_low)} to "
            f"{in_words(self.prediction_high)}",
        ]
        return "\n".join([*lines, *(f"  Note: {caveat}" for caveat in self.caveats)])


def three_level(
    effects: npt.ArrayLike,
    variances: npt.ArrayLike,
    *,
    cluster: npt.ArrayLike,
    level: float = 0.95,
) -> ThreeLevel:
    """Pool effects of which several come from one cluster (a trial, a force, a team of authors).

    effect = mean + shift of the cluster + shift of the effect + sampling error, both variances by
    restricted maximum likelihood (Konstantopoulos 2011). Cost: in proportion to the effects.

    Parameters
    ----------
    effects, variances : array_like, shape (k,)
        As in :func:`pool`.
    cluster : array_like, shape (k,)
        The cluster of each effect.
    level : float
        Confidence level of all intervals.

    Raises
    ------
    InvalidInput
        As :func:`pool`; not one cluster for each effect.
    CannotTell
        Fewer than three effects or two clusters; every effect its own cluster.

    Notes
    -----
    Takes sampling errors as independent: effects measured on the same people are not, and
    :func:`robust` allows for that. With few clusters the normal interval is too narrow.
    """
    inputs.share(level, name="confidence level")
    data = nested_data(effects, variances, cluster)
    best = maximise(data)
    between = _profile(
        best, lambda at: maximise_with(best, between=at, within=None), best.between, level
    )
    within = _profile(
        best, lambda at: maximise_with(best, between=None, within=at), best.within, level
    )
    return _result(best, between, within, level)


def _result(
    best: Fitted, between: tuple[float, float], within: tuple[float, float], level: float
) -> ThreeLevel:
    data, at_zero = best.data, fit_nested(best.data, 0.0, 0.0)
    q, q_df = float((data.y - at_zero.coefficients[0]) @ at_zero.projected), data.y.size - 1
    estimate, se = float(best.coefficients[0]), math.sqrt(best.covariance[0, 0])
    reach = distributions.critical(level, None)
    beyond = reach * math.sqrt(se**2 + best.between + best.within)
    return ThreeLevel(
        estimate=estimate,
        low=estimate - reach * se,
        high=estimate + reach * se,
        level=level,
        method="three levels, restricted maximum likelihood",
        caveats=_caveats(data.clusters),
        se=se,
        p=float(distributions.two_sided(estimate / se, None)),
        effects=data.y.size,
        clusters=data.clusters,
        between=best.between,
        between_low=between[0],
        between_high=between[1],
        within=best.within,
        within_low=within[0],
        within_high=within[1],
        prediction_low=estimate - beyond,
        prediction_high=estimate + beyond,
        q=q,
        q_df=q_df,
        q_p=float(distributions.chi2_above(q, q_df)),
        log_likelihood=best.log_likelihood,
    )


def nested_data(effects: npt.ArrayLike, variances: npt.ArrayLike, cluster: npt.ArrayLike) -> Nested:
    """Return checked effects in clusters, with a column of ones as their design.

    Raises
    ------
    InvalidInput, CannotTell
        As :func:`three_level`.
    """
    y, v = effects_and_variances(effects, variances, least=3)
    numbers, clusters = cluster_numbers(cluster, studies=y.size)
    if clusters == y.size:
        raise CannotTell(
            "Every effect is its own cluster, so two levels of variance cannot be told apart.",
            next_step="Pool the effects without clusters.",
        )
    return Nested(y, v, np.ones((y.size, 1)), numbers, clusters)


def _caveats(clusters: int) -> tuple[str, ...]:
    independent = "Sampling errors are taken as independent; effects on the same people are not."
    if clusters < 10:
        return independent, "Fewer than ten clusters: the interval is likely too narrow."
    return (independent,)


def _profile(
    best: Fitted, refit: Callable[[float], Fitted], centre: float, level: float
) -> tuple[float, float]:
    """Return where the profile likelihood of a variance has fallen by half of chi-squared."""
    fall = distributions.chi2_quantile(level, 1) / 2

    def above(variance: float) -> float:
        return refit(variance).log_likelihood - best.log_likelihood + fall

    outside = max(2 * centre, float(np.var(best.data.y)), float(best.data.v.max()))
    while above(outside) > 0:
        outside *= 2
    high = _root(above, centre, outside)
    if centre == 0 or above(0.0) >= 0:
        return 0.0, high
    return _root(above, centre, 0.0), high


def _root(above: Callable[[float], float], inside: float, outside: float) -> float:
    """Return where ``above`` changes sign, by false position with Illinois' correction."""
    ends, values = [inside, outside], [above(inside), above(outside)]
    for _ in range(100):
        middle = (ends[0] * values[1] - ends[1] * values[0]) / (values[1] - values[0])
        value = above(middle)
        if value * values[1] <= 0:
            ends[0], values[0] = ends[1], values[1]
        else:
            # The other end stays: halving its value draws the next guess towards it.
            values[0] /= 2
        ends[1], values[1] = middle, value
        if value == 0 or abs(ends[1] - ends[0]) <= 1e-9 * abs(middle) or abs(value) <= 1e-10:
            break
    return ends[1]
