"""Effects and their sampling variances from the tables that studies report.

Each function takes one array element for each study and returns effects on an additive scale,
ready to be pooled: logarithms for ratios. Zero cells: half an event is added to all four cells of
that table alone, and the result says which tables that touched.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nhpf.errors import CannotTell, InvalidInput
from nhpf.numerics import inputs, intervals
from nhpf.numerics.inputs import FloatArray

CHANCE_ALONE = (
    "The variances hold chance alone: how a study chose its groups and measured is not in them."
)
HALF_EVENTS = (
    "Half an event was added to tables with a zero cell: with few events use Mantel and "
    "Haenszel's method, which needs none."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectSizes:
    """Effects of studies with their sampling variances.

    Attributes
    ----------
    effects, variances : ndarray, shape (k,)
        On the scale that ``measure`` names.
    measure : str
        What the effects are.
    half_added : ndarray of bool, shape (k,)
        Studies to whose tables half an event was added.
    """

    effects: FloatArray
    variances: FloatArray
    measure: str
    half_added: npt.NDArray[np.bool_]
    caveats: tuple[str, ...] = (CHANCE_ALONE,)

    def __str__(self) -> str:
        """Return what was computed and for how many studies."""
        head = f"{self.measure.capitalize()} of {self.effects.size} studies"
        return "\n".join([head, *(f"  Note: {caveat}" for caveat in self.caveats)])


def log_odds_ratio(
    events_treatment: npt.ArrayLike,
    n_treatment: npt.ArrayLike,
    events_control: npt.ArrayLike,
    n_control: npt.ArrayLike,
) -> EffectSizes:
    """Return log (ad / bc), with variance 1/a + 1/b + 1/c + 1/d (Woolf 1955).

    Parameters
    ----------
    events_treatment, n_treatment, events_control, n_control : array_like, shape (k,)
        Events and people of each group.

    Raises
    ------
    InvalidInput
        Negative or fractional events, more events than people, an empty group, unlike lengths.
    CannotTell
        A table without events, or with nothing but events: it says nothing about a ratio.
    """
    a, b, c, d, half = _cells(events_treatment, n_treatment, events_control, n_control, ratio=True)
    return _sizes(np.log(a * d / (b * c)), 1 / a + 1 / b + 1 / c + 1 / d, "log odds ratio", half)


def log_risk_ratio(
    events_treatment: npt.ArrayLike,
    n_treatment: npt.ArrayLike,
    events_control: npt.ArrayLike,
    n_control: npt.ArrayLike,
) -> EffectSizes:
    """Return the log of the ratio of risks, with variance 1/a - 1/n1 + 1/c - 1/n2.

    Parameters and errors as :func:`log_odds_ratio`.
    """
    a, b, c, d, half = _cells(events_treatment, n_treatment, events_control, n_control, ratio=True)
    one, two = a + b, c + d
    return _sizes(
        np.log(a / one / (c / two)), 1 / a - 1 / one + 1 / c - 1 / two, "log risk ratio", half
    )


def risk_difference(
    events_treatment: npt.ArrayLike,
    n_treatment: npt.ArrayLike,
    events_control: npt.ArrayLike,
    n_control: npt.ArrayLike,
) -> EffectSizes:
    """Return the difference of risks, with variance ab/n1^3 + cd/n2^3.

    Half events are added to tables with a zero cell, since a variance of zero would claim
    certainty. Parameters and errors as :func:`log_odds_ratio`, without the last.
    """
    a, b, c, d, half = _cells(events_treatment, n_treatment, events_control, n_control, ratio=False)
    one, two = a + b, c + d
    return _sizes(a / one - c / two, a * b / one**3 + c * d / two**3, "risk difference", half)


def log_rate_ratio(
    events_treatment: npt.ArrayLike,
    time_treatment: npt.ArrayLike,
    events_control: npt.ArrayLike,
    time_control: npt.ArrayLike,
) -> EffectSizes:
    """Return the log of the ratio of rates, with variance 1/a + 1/c.

    Parameters
    ----------
    events_treatment, events_control : array_like, shape (k,)
        Whole numbers of events.
    time_treatment, time_control : array_like, shape (k,)
        Time, or person-time, in one unit.

    Raises
    ------
    InvalidInput
        Negative or fractional events, a time of zero, unlike lengths.
    CannotTell
        A study without events.
    """
    a = inputs.event_array(events_treatment, name="events of the treated")
    c = inputs.event_array(events_control, name="events of the comparison")
    one = inputs.positive_array(time_treatment, name="times of the treated")
    two = inputs.positive_array(time_control, name="times of the comparison")
    inputs.same_length(events_treatment=a, time_treatment=one, events_control=c, time_control=two)
    _refuse(a + c == 0, "has no event in either group and says nothing about a ratio.")
    half = (a == 0) | (c == 0)
    a, c = a + 0.5 * half, c + 0.5 * half
    return _sizes(np.log(a / one / (c / two)), 1 / a + 1 / c, "log rate ratio", half)


def standardised_mean_difference(
    mean_treatment: npt.ArrayLike,
    sd_treatment: npt.ArrayLike,
    n_treatment: npt.ArrayLike,
    mean_control: npt.ArrayLike,
    sd_control: npt.ArrayLike,
    n_control: npt.ArrayLike,
) -> EffectSizes:
    """Return Hedges' g: the difference of means over the pooled standard deviation, unbiased.

    g = J d with J = gamma(m/2) / (sqrt(m/2) gamma((m-1)/2)), m = n1 + n2 - 2, and variance
    1/n1 + 1/n2 + g^2 / (2 (n1 + n2)) (Hedges 1981).

    Parameters
    ----------
    mean_treatment, sd_treatment, n_treatment : array_like, shape (k,)
        Mean, standard deviation and size of the treated group.
    mean_control, sd_control, n_control : array_like, shape (k,)
        Those of the comparison.

    Raises
    ------
    InvalidInput
        NaN, a standard deviation of zero, a group of fewer than two, unlike lengths.
    """
    from scipy.special import gammaln

    mean_1 = inputs.finite_array(mean_treatment, name="means of the treated")
    mean_2 = inputs.finite_array(mean_control, name="means of the comparison")
    sd_1 = inputs.positive_array(sd_treatment, name="standard deviations of the treated")
    sd_2 = inputs.positive_array(sd_control, name="standard deviations of the comparison")
    n_1 = _group_sizes(n_treatment)
    n_2 = _group_sizes(n_control)
    inputs.same_length(
        mean_treatment=mean_1,
        sd_treatment=sd_1,
        n_treatment=n_1,
        mean_control=mean_2,
        sd_control=sd_2,
        n_control=n_2,
    )
    degrees = n_1 + n_2 - 2
    pooled = np.sqrt(((n_1 - 1) * sd_1**2 + (n_2 - 1) * sd_2**2) / degrees)
    shrink = np.exp(gammaln(degrees / 2) - gammaln((degrees - 1) / 2)) / np.sqrt(degrees / 2)
    g = shrink * (mean_1 - mean_2) / pooled
    variance = 1 / n_1 + 1 / n_2 + g**2 / (2 * (n_1 + n_2))
    return _sizes(
        g, variance, "standardised mean difference (Hedges' g)", np.zeros(g.size, dtype=bool)
    )


def fisher_z(correlations: npt.ArrayLike, n: npt.ArrayLike) -> EffectSizes:
    """Return Fisher's z of correlations, atanh(r), with variance 1 / (n - 3).

    Parameters
    ----------
    correlations : array_like, shape (k,)
        Strictly between -1 and 1.
    n : array_like, shape (k,)
        People, four or more.

    Raises
    ------
    InvalidInput
        A correlation of one, fewer than four people, unlike lengths.
    """
    r = inputs.finite_array(correlations, name="correlations")
    people = inputs.event_array(n, name="numbers of people")
    inputs.same_length(correlations=r, people=people)
    if (np.abs(r) >= 1).any() or (people < 4).any():
        raise InvalidInput("A correlation must lie inside -1 and 1, from four people or more.")
    return _sizes(np.arctanh(r), 1 / (people - 3), "Fisher's z", np.zeros(r.size, dtype=bool))


def logit_proportion(count: npt.ArrayLike, total: npt.ArrayLike) -> EffectSizes:
    """Return the log odds of proportions, with variance 1/x + 1/(n - x).

    Parameters
    ----------
    count, total : array_like, shape (k,)
        How many of how many; half is added to both sides where one is zero.

    Raises
    ------
    InvalidInput
        Negative or fractional counts, a count above its total, a total of zero, unlike lengths.
    """
    hits = inputs.event_array(count, name="counts")
    whole = inputs.positive_array(total, name="totals")
    inputs.event_array(whole, name="totals")
    inputs.same_length(counts=hits, totals=whole)
    if (hits > whole).any():
        raise InvalidInput("A count is larger than its total.")
    half = (hits == 0) | (hits == whole)
    hits, others = hits + 0.5 * half, whole - hits + 0.5 * half
    return _sizes(np.log(hits / others), 1 / hits + 1 / others, "log odds of a proportion", half)


def from_ratio_interval(
    ratio: npt.ArrayLike, low: npt.ArrayLike, high: npt.ArrayLike, *, level: float = 0.95
) -> EffectSizes:
    """Return log ratios with the variances that their published intervals imply.

    The interval is taken as symmetric on the logarithmic scale: variance
    (log(high / low) / 2z)^2.

    Parameters
    ----------
    ratio, low, high : array_like, shape (k,)
        Published ratios and their limits.
    level : float
        The level of those limits.

    Raises
    ------
    InvalidInput
        A ratio or limit at or below zero, a ratio outside its limits, unlike lengths.
    """
    inputs.share(level, name="confidence level")
    centre = inputs.positive_array(ratio, name="ratios")
    below = inputs.positive_array(low, name="lower limits")
    above = inputs.positive_array(high, name="upper limits")
    inputs.same_length(ratios=centre, lower_limits=below, upper_limits=above)
    if (below >= above).any() or (centre < below).any() or (centre > above).any():
        raise InvalidInput("A ratio must lie between its limits, the lower below the upper.")
    error = np.log(above / below) / (2 * intervals.normal_quantile(level))
    return _sizes(np.log(centre), error**2, "log ratio", np.zeros(centre.size, dtype=bool))


def _sizes(
    effects: FloatArray, variances: FloatArray, measure: str, half: npt.NDArray[np.bool_]
) -> EffectSizes:
    return EffectSizes(
        effects=effects,
        variances=variances,
        measure=measure,
        half_added=half,
        caveats=(CHANCE_ALONE, HALF_EVENTS) if half.any() else (CHANCE_ALONE,),
    )


def _cells(
    events_treatment: npt.ArrayLike,
    n_treatment: npt.ArrayLike,
    events_control: npt.ArrayLike,
    n_control: npt.ArrayLike,
    *,
    ratio: bool,
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray, npt.NDArray[np.bool_]]:
    """Return the four cells, with half events where one is zero, and where that was."""
    a = inputs.event_array(events_treatment, name="events of the treated")
    c = inputs.event_array(events_control, name="events of the comparison")
    one = inputs.positive_array(n_treatment, name="numbers treated")
    two = inputs.positive_array(n_control, name="numbers compared")
    inputs.same_length(events_treatment=a, n_treatment=one, events_control=c, n_control=two)
    b = inputs.event_array(one, name="numbers treated") - a
    d = inputs.event_array(two, name="numbers compared") - c
    if (b < 0).any() or (d < 0).any():
        raise InvalidInput("A group has more events than people.")
    if ratio:
        silent = (a + c == 0) | (b + d == 0)
        _refuse(silent, "has all or none with the event and says nothing about a ratio.")
    half = np.minimum.reduce([a, b, c, d]) == 0
    a, b, c, d = (cell + 0.5 * half for cell in (a, b, c, d))
    return a, b, c, d, half


def _refuse(silent: npt.NDArray[np.bool_], why: str) -> None:
    if silent.any():
        raise CannotTell(
            f"A study {why}",
            where=f"study {int(np.argmax(silent)) + 1}",
            next_step="Leave it out, or use Mantel and Haenszel's method or a difference.",
        )


def _group_sizes(n: npt.ArrayLike) -> FloatArray:
    sizes = inputs.event_array(n, name="group sizes")
    if (sizes < 2).any():
        raise InvalidInput("A group needs at least two people to have a standard deviation.")
    return sizes
