"""Does harm happen as often as the instrument says it will?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nhpf.errors import CannotTell
from nhpf.methods.instruments.rows import NOT_CAUSE, frequencies, probabilities, totals, zero_or_one
from nhpf.numerics import Estimate, inputs, intervals
from nhpf.numerics.estimates import in_words, percent
from nhpf.numerics.inputs import FloatArray

# Probabilities of 0 and 1 have no logit; they are drawn in by this much.
NEAREST_TO_CERTAIN = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Band(Estimate):
    """The share with the outcome among people of like probability; ``expected`` is their mean."""

    expected: float
    people: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """How probabilities compare with what happened.

    Attributes
    ----------
    slope, intercept : Estimate
        Of the logistic regression of the outcome on the logit of the probability; 1 and 0 if
        right. A slope below 1 means probabilities too extreme.
    in_the_large : Estimate
        Log odds by which all probabilities are too low (above zero) or too high.
    observed_to_expected : Estimate
        How many had the outcome for one expected, with exact Poisson limits.
    brier : float
        Mean squared error of the probability.
    bands : tuple of Band
        People of like probability, with Wilson's interval of the share seen.
    """

    slope: Estimate
    intercept: Estimate
    in_the_large: Estimate
    observed_to_expected: Estimate
    brier: float
    bands: tuple[Band, ...]
    method: str
    caveats: tuple[str, ...]

    def __str__(self) -> str:
        """Return observed for one expected, the slope and the caveats."""
        ratio, slope = self.observed_to_expected, self.slope
        head = (
            f"{in_words(ratio.estimate)} happened for each one expected "
            f"({ratio.interval_in_words()}); slope {in_words(slope.estimate)} "
            f"({slope.interval_in_words()}; {self.method})"
        )
        return "\n".join([head, *(f"  Note: {caveat}" for caveat in self.caveats)])


def calibration(
    probability: npt.ArrayLike,
    outcome: npt.ArrayLike,
    *,
    weights: npt.ArrayLike | None = None,
    bands: int = 10,
    level: float = 0.95,
) -> Calibration:
    """Compare probabilities with what happened (Cox 1958; Steyerberg 2019).

    The cost grows with n; people are sorted once.

    Parameters
    ----------
    probability, outcome : array_like, shape (n,)
        Probabilities from 0 to 1, and 1 where it happened, else 0.
    weights : array_like, shape (n,), optional
        How many people each row stands for.
    bands : int
        How many bands of about as many people each; equal probabilities stay together.
    level : float

    Raises
    ------
    InvalidInput
        NaN, unlike lengths, probabilities outside 0 to 1, negative weights.
    CannotTell
        Everybody or nobody had the outcome, all probabilities alike, or the outcome follows the
        probability without exception.
    """
    chance = probabilities(probability)
    happened = zero_or_one(outcome, name="outcomes")
    inputs.same_length(probabilities=chance, outcomes=happened)
    given = frequencies(weights, chance)
    people = np.ones(chance.size) if given is None else given
    inputs.share(level, name="confidence level")
    bands = inputs.whole(bands, name="number of bands")
    cases, others = totals(happened, given)
    drawn_in = np.clip(chance, NEAREST_TO_CERTAIN, 1 - NEAREST_TO_CERTAIN)
    logit = np.log(drawn_in / (1 - drawn_in))
    if np.ptp(logit[people > 0]) == 0:
        raise CannotTell("All probabilities are alike, so there is no slope.")
    both, errors = _logistic(np.stack([np.ones(logit.size), logit]), happened, people)
    large, large_error = _logistic(np.ones((1, logit.size)), happened, people, offset=logit)
    expected = float(people @ chance)
    low, high = intervals.exact_poisson(np.array([cases]), level=level)
    return Calibration(
        slope=_wald(both[1], errors[1], level),
        intercept=_wald(both[0], errors[0], level),
        in_the_large=_wald(large[0], large_error[0], level),
        observed_to_expected=Estimate(
            estimate=cases / expected, low=float(low[0]) / expected,
            high=float(high[0]) / expected, level=level, method="exact Poisson",
        ),
        brier=float(people @ (chance - happened) ** 2 / (cases + others)),
        bands=_bands(chance, happened, people, number=int(bands), level=level),
        method="logistic recalibration",
        caveats=(NOT_CAUSE,),
    )  # fmt: skip


def _wald(value: float, error: float, level: float) -> Estimate:
    half = intervals.normal_quantile(level) * error
    return Estimate(
        estimate=value, low=value - half, high=value + half, level=level, method="logistic, Wald"
    )


def _logistic(
    design: FloatArray,
    happened: FloatArray,
    people: FloatArray,
    *,
    offset: FloatArray | float = 0.0,
) -> tuple[list[float], list[float]]:
    """Return coefficients and standard errors of a logistic regression, by Newton's method."""
    values = np.zeros(len(design))
    for _ in range(50):
        fitted = 1 / (1 + np.exp(-np.clip(values @ design + offset, -500, 500)))
        curvature = (design * (people * fitted * (1 - fitted))) @ design.T
        try:
            step = np.linalg.solve(curvature, design @ (people * (happened - fitted)))
        except np.linalg.LinAlgError:
            break
        values = values + step
        if np.abs(step).max() < 1e-10:
            return values.tolist(), np.sqrt(np.diag(np.linalg.inv(curvature))).tolist()
    raise CannotTell("The outcome follows the probability without exception: no slope can be told.")


def _bands(
    chance: FloatArray, happened: FloatArray, people: FloatArray, *, number: int, level: float
) -> tuple[Band, ...]:
    # People of one probability stay together, in the band of the middle one of them.
    values, which = np.unique(chance, return_inverse=True)
    many = np.bincount(which, weights=people, minlength=values.size)
    middle = (many.cumsum() - many / 2) / people.sum()
    band = np.minimum(middle * number, number - 1).astype(np.int64)[which]
    size, seen, hoped = (
        np.bincount(band, weights=values, minlength=number).astype(np.float64)
        for values in (people, people * happened, people * chance)
    )
    filled = size > 0
    low, high = intervals.wilson(seen[filled], size[filled], level=level)
    rows = zip(seen[filled], size[filled], hoped[filled], low, high, strict=True)
    return tuple(
        Band(
            estimate=float(hits / many), low=float(lo), high=float(hi), level=level,
            method=f"Wilson, {percent(level)}", expected=float(mean / many), people=float(many),
        )
        for hits, many, mean, lo, hi in rows
    )  # fmt: skip
