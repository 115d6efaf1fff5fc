"""What acting on an instrument means: false alarms for each true case, and net benefit."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nhpf.errors import CannotTell, InvalidInput
from nhpf.methods.instruments.rows import NOT_CAUSE, frequencies, probabilities, totals, zero_or_one
from nhpf.numerics import Estimate, inputs, intervals
from nhpf.numerics.estimates import in_words, percent
from nhpf.numerics.inputs import FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictiveValues:
    """What a flag means at a base rate; each figure with its interval.

    Attributes
    ----------
    sensitivity, specificity : Estimate
        Share of cases flagged, and of others not flagged.
    positive, negative : Estimate
        Share of the flagged who are cases, and of those not flagged who are not.
    false_alarms : Estimate
        People flagged wrongly for each case flagged; infinite if no case is.
    base_rate : float
    """

    sensitivity: Estimate
    specificity: Estimate
    positive: Estimate
    negative: Estimate
    false_alarms: Estimate
    base_rate: float
    method: str
    caveats: tuple[str, ...]

    def __str__(self) -> str:
        """Return false alarms for each true case first: it is what a reader must know."""
        alarms, found = self.false_alarms, self.sensitivity
        head = (
            f"{in_words(alarms.estimate)} false alarms for each true case "
            f"({alarms.interval_in_words()}) at a base rate of {self.base_rate:.3g}; "
            f"{percent(found.estimate)} of cases are flagged ({self.method})"
        )
        return "\n".join([head, *(f"  Note: {caveat}" for caveat in self.caveats)])


def predictive_values(
    flagged: npt.ArrayLike,
    outcome: npt.ArrayLike,
    *,
    weights: npt.ArrayLike | None = None,
    base_rate: float | None = None,
    level: float = 0.95,
) -> PredictiveValues:
    """Return what a flag means, in the data or where the outcome is rarer or commoner.

    At the data's own base rate limits are Clopper and Pearson's. At another one Bayes' rule is
    applied to the ends of exact intervals of sensitivity and specificity, each at the square root
    of the level, so that both hold together at the level at least. The cost grows with n.

    Parameters
    ----------
    flagged, outcome : array_like, shape (n,)
        1 or 0.
    weights : array_like, shape (n,), optional
        How many people each row stands for: four rows hold a whole table.
    base_rate : float, optional
        Share with the outcome where the instrument is to be used.
    level : float

    Raises
    ------
    InvalidInput
        Values other than 0 and 1, unlike lengths, negative weights, a base rate outside 0 to 1.
    CannotTell
        Everybody or nobody had the outcome; at the data's own base rate also if everybody or
        nobody is flagged.
    """
    flag, happened = zero_or_one(flagged, name="flags"), zero_or_one(outcome, name="outcomes")
    inputs.same_length(flags=flag, outcomes=happened)
    given = frequencies(weights, flag)
    people = np.ones(flag.size) if given is None else given
    inputs.share(level, name="confidence level")
    cases, others = totals(happened, given)
    true_flags = float(people @ (flag * happened))
    false_flags = float(people @ flag) - true_flags
    if base_rate is None:
        positive, negative = _own(true_flags, false_flags, cases, others, level)
        method = "exact limits"
    else:
        inputs.share(base_rate, name="base rate")
        positive, negative = _elsewhere(true_flags, false_flags, cases, others, base_rate, level)
        method = "Bayes' rule on exact limits"
    return PredictiveValues(
        sensitivity=_exact(true_flags, cases, level),
        specificity=_exact(others - false_flags, others, level),
        positive=positive,
        negative=negative,
        false_alarms=Estimate(
            estimate=_odds_against(positive.estimate), low=_odds_against(positive.high),
            high=_odds_against(positive.low), level=level, method=method,
        ),
        base_rate=cases / (cases + others) if base_rate is None else float(base_rate),
        method=method,
        caveats=(NOT_CAUSE,),
    )  # fmt: skip


def _exact(hits: float, total: float, level: float) -> Estimate:
    low, high = intervals.exact_binomial(hits, total, level=level)
    return Estimate(
        estimate=hits / total, low=low, high=high, level=level, method="Clopper-Pearson"
    )


def _own(
    true_flags: float, false_flags: float, cases: float, others: float, level: float
) -> tuple[Estimate, Estimate]:
    flagged = true_flags + false_flags
    rest = cases + others - flagged
    if flagged == 0 or rest == 0:
        raise CannotTell(
            "Everybody or nobody is flagged.", next_step="Give the base rate to compare with."
        )
    return _exact(true_flags, flagged, level), _exact(others - false_flags, rest, level)


def _elsewhere(
    true_flags: float, false_flags: float, cases: float, others: float, rate: float, level: float
) -> tuple[Estimate, Estimate]:
    each = math.sqrt(level)
    found, spared = _exact(true_flags, cases, each), _exact(others - false_flags, others, each)
    positive, negative = [], []
    for end in ("estimate", "low", "high"):
        hit, right = getattr(found, end), getattr(spared, end)
        positive.append(_share(rate * hit, (1 - rate) * (1 - right)))
        negative.append(_share((1 - rate) * right, rate * (1 - hit)))
    return _from_ends(positive, level), _from_ends(negative, level)


def _from_ends(ends: list[float], level: float) -> Estimate:
    return Estimate(estimate=ends[0], low=ends[1], high=ends[2], level=level, method="Bayes' rule")


def _share(part: float, rest: float) -> float:
    return part / (part + rest) if part + rest > 0 else 0.0


def _odds_against(share: float) -> float:
    return (1 - share) / share if share > 0 else math.inf


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionCurve:
    """Net benefit of acting above a threshold: true cases, less false alarms at their exchange.

    Attributes
    ----------
    thresholds : ndarray, shape (m,)
        Probability from which one would act: a threshold of 0.1 takes nine false alarms for one
        case found.
    net_benefit, low, high : ndarray, shape (m,)
        True cases for each person, net of false alarms, with its interval.
    act_on_all : ndarray, shape (m,)
        The same if everybody is acted on; acting on nobody has net benefit 0.
    """

    thresholds: FloatArray
    net_benefit: FloatArray
    low: FloatArray
    high: FloatArray
    act_on_all: FloatArray
    level: float
    method: str
    caveats: tuple[str, ...]

    def useful(self) -> npt.NDArray[np.bool_]:
        """Return at which thresholds the instrument beats acting on all and on nobody."""
        return self.net_benefit > np.maximum(self.act_on_all, 0)

    def __str__(self) -> str:
        """Return where the instrument is of use."""
        kept = self.thresholds[self.useful()]
        span = f"from {kept.min():.2g} to {kept.max():.2g}" if kept.size else "at none of them"
        head = (
            f"Of {self.thresholds.size} thresholds the instrument beats acting on all or nobody "
            f"at {kept.size}, {span} ({self.method})"
        )
        return "\n".join([head, *(f"  Note: {caveat}" for caveat in self.caveats)])


def decision_curve(
    probability: npt.ArrayLike,
    outcome: npt.ArrayLike,
    *,
    thresholds: npt.ArrayLike | None = None,
    weights: npt.ArrayLike | None = None,
    level: float = 0.95,
) -> DecisionCurve:
    """Return the decision curve (Vickers and Elkin 2006).

    People at or above a threshold are acted on. The cost grows with n: all thresholds are counted
    in one pass, so that their number hardly matters.

    Parameters
    ----------
    probability, outcome : array_like, shape (n,)
    thresholds : array_like, shape (m,), optional
        Between 0 and 1; from 0.01 to 0.99 if left out.
    weights : array_like, shape (n,), optional
        How many people each row stands for.
    level : float
        The interval is normal and holds at each threshold alone.

    Raises
    ------
    InvalidInput
        NaN, unlike lengths, probabilities or thresholds outside 0 to 1, negative weights.
    CannotTell
        Everybody or nobody had the outcome.
    """
    chance, happened = probabilities(probability), zero_or_one(outcome, name="outcomes")
    inputs.same_length(probabilities=chance, outcomes=happened)
    people = frequencies(weights, chance)
    z = intervals.normal_quantile(inputs.share(level, name="confidence level"))
    limits = np.arange(1, 100) / 100 if thresholds is None else thresholds
    asked = inputs.finite_array(limits, name="thresholds")
    if asked.min() <= 0 or asked.max() >= 1:
        raise InvalidInput("The thresholds must lie between 0 and 1.")
    cases, others = totals(happened, people)
    number = cases + others
    order = np.argsort(asked)
    at_least = np.empty((2, asked.size))
    at_least[:, order] = _counts_above(chance, happened, people, asked[order])
    exchange = asked / (1 - asked)
    found, alarms = at_least / number
    benefit = found - alarms * exchange
    half = z * np.sqrt(np.maximum(found + alarms * exchange**2 - benefit**2, 0) / number)
    return DecisionCurve(
        thresholds=asked,
        net_benefit=benefit,
        low=benefit - half,
        high=benefit + half,
        act_on_all=(cases - others * exchange) / number,
        level=level,
        method="net benefit, normal interval",
        caveats=("Takes a threshold as the exchange of false alarms for true cases.", NOT_CAUSE),
    )


def _counts_above(
    chance: FloatArray, happened: FloatArray, people: FloatArray | None, limits: FloatArray
) -> FloatArray:
    """Return how many with and without the outcome are at or above each limit, sorted."""
    # How many limits each person reaches, and whether it happened, as one whole number.
    cell = np.searchsorted(limits, chance, side="right") * 2 + happened.astype(np.int64)
    counts = np.bincount(cell, weights=people, minlength=2 * limits.size + 2).reshape(-1, 2)
    above = counts[::-1].cumsum(axis=0)[::-1][1:]
    return np.asarray(above.T[::-1], dtype=np.float64)
