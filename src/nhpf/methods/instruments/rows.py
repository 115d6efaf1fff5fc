"""What every measure of an instrument takes: a score, what happened, and how many such people."""

from __future__ import annotations

import numpy.typing as npt

from nhpf.errors import CannotTell, InvalidInput
from nhpf.numerics import inputs
from nhpf.numerics.inputs import FloatArray

NOT_CAUSE = (
    "Outcomes seen after people were helped or watched because of the score make the instrument "
    "look worse than it is."
)


def zero_or_one(values: npt.ArrayLike, *, name: str) -> FloatArray:
    """Return numbers that are all 0 or 1."""
    array = inputs.finite_array(values, name=name)
    if not ((array == 0) | (array == 1)).all():
        raise InvalidInput(f"The {name} must be 0 or 1.")
    return array


def probabilities(values: npt.ArrayLike) -> FloatArray:
    """Return numbers from 0 to 1."""
    array = inputs.finite_array(values, name="probabilities")
    if array.min() < 0 or array.max() > 1:
        raise InvalidInput("The probabilities must lie between 0 and 1.")
    return array


def frequencies(weights: npt.ArrayLike | None, like: FloatArray) -> FloatArray | None:
    """Return how many people each row stands for; rows of nobody are allowed."""
    if weights is None:
        return None
    array = inputs.count_array(weights, name="weights")
    inputs.same_length(weights=array, rows=like)
    return array


def totals(outcome: FloatArray, weights: FloatArray | None) -> tuple[float, float]:
    """Return how many people had the outcome and how many had not; there must be both.

    Raises
    ------
    CannotTell
        Everybody or nobody had the outcome.
    """
    number = float(outcome.size if weights is None else weights.sum())
    cases = float(outcome.sum() if weights is None else weights @ outcome)
    if cases == 0 or cases == number:
        raise CannotTell("The outcome must have happened to some and not to others.")
    return cases, number - cases
