"""How well a score ranks: the area under the ROC curve with DeLong's interval."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nhpf.errors import CannotTell
from nhpf.methods.instruments.rows import NOT_CAUSE, frequencies, totals, zero_or_one
from nhpf.numerics import Estimate, inputs, intervals
from nhpf.numerics.inputs import FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Auc(Estimate):
    """The chance that somebody with the outcome scores above somebody without; ties count half."""

    cases: float
    others: float
    variance: float


def auc(
    score: npt.ArrayLike,
    outcome: npt.ArrayLike,
    *,
    weights: npt.ArrayLike | None = None,
    level: float = 0.95,
) -> Auc:
    """Return the area under the ROC curve with DeLong's interval.

    The variance is that of the mean placement of cases among others and of others among cases
    (DeLong, DeLong and Clarke-Pearson 1988). The cost is that of sorting n scores.

    Parameters
    ----------
    score : array_like, shape (n,)
        Higher means more likely.
    outcome : array_like, shape (n,)
        1 where it happened, else 0.
    weights : array_like, shape (n,), optional
        How many people each row stands for, so that grouped counts serve.
    level : float

    Raises
    ------
    InvalidInput
        NaN, unlike lengths, outcomes other than 0 and 1, negative weights.
    CannotTell
        Fewer than two with the outcome, or fewer than two without.
    """
    scores = inputs.finite_array(score, name="scores")
    happened = zero_or_one(outcome, name="outcomes")
    inputs.same_length(scores=scores, outcomes=happened)
    people = frequencies(weights, scores)
    z = intervals.normal_quantile(inputs.share(level, name="confidence level"))
    cases, others = totals(happened, people)
    if cases < 2 or others < 2:
        raise CannotTell("An interval needs two people with the outcome and two without.")
    area, spread_of_cases, spread_of_others = _placements(scores, happened == 1, people)
    variance = spread_of_cases / (cases - 1) + spread_of_others / (others - 1)
    half = z * math.sqrt(variance)
    return Auc(
        estimate=area,
        low=max(0.0, area - half),
        high=min(1.0, area + half),
        level=level,
        method="area under the ROC curve, DeLong",
        caveats=_caveats(area, cases, others),
        cases=cases,
        others=others,
        variance=variance,
    )


def _caveats(area: float, cases: float, others: float) -> tuple[str, ...]:
    caveats = [
        "Says how well people are ranked, not how likely harm is: see false alarms per true case.",
        NOT_CAUSE,
    ]
    if area in (0.0, 1.0):
        caveats.append("All cases lie on one side: the interval has no width and means little.")
    if min(cases, others) < 10:
        caveats.append("With fewer than ten on one side the interval is too narrow.")
    return tuple(caveats)


def _placements(
    scores: FloatArray, happened: npt.NDArray[np.bool_], people: FloatArray | None
) -> tuple[float, float, float]:
    """Return the area, and the variance of placements of cases and of others."""
    from nhpf.methods.instruments.ranking import placements

    values, counts = zip(
        *(_sorted(scores, side, people) for side in (happened, ~happened)), strict=True
    )
    found = placements(values[0], counts[0], values[1], counts[1], people is not None)
    area, of_cases, of_others = found
    return float(area), float(of_cases), float(of_others)


def _sorted(
    scores: FloatArray, side: npt.NDArray[np.bool_], people: FloatArray | None
) -> tuple[FloatArray, FloatArray]:
    """Return one side's scores in order and their weights, of which there is one if all are 1."""
    values = scores[side]
    if people is None:
        # Sorting plain numbers is several times as fast as sorting their order.
        values.sort()
        return values, np.ones(1)
    order = values.argsort()
    return values[order], people[side][order]
