"""Which alarms people are asked to look at: false discoveries, repeats, and a budget a month.

An alarm that is not shown is held back and listed with its reason; nothing is dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nhpf.errors import InvalidInput
from nhpf.methods.surveillance import within_budget
from nhpf.numerics.inputs import FloatArray
from nhpf.numerics.multiplicity import false_discovery
from nhpf.reports.numerals import in_words, number

MOST_A_MONTH = 5
"""Signals a month for one organisation, over all its indicators."""
FALSE_DISCOVERIES = 0.05
REST = 6
"""A series that was shown is not shown again for so many months; homicide is."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether an alarm is shown, and why not; ``p_adjusted`` allows for all series judged."""

    shown: bool
    reason: str
    p_adjusted: float


def adjusted(p: npt.ArrayLike) -> FloatArray:
    """Return p-values adjusted for how many series were judged (Benjamini and Hochberg)."""
    return false_discovery(np.asarray(p, dtype=float))


def decide(
    p: FloatArray,
    p_adjusted: FloatArray,
    *,
    homicide: npt.NDArray[np.bool_],
    rested: Sequence[str],
    series_judged: int,
    most: int = MOST_A_MONTH,
    at: float = FALSE_DISCOVERIES,
) -> tuple[Decision, ...]:
    """Decide which alarms of one month an organisation is shown.

    Homicide has a budget of false alarms of its own, so that it passes before the others and is
    not weighed against them; it counts among the most that are shown.

    Parameters
    ----------
    p, p_adjusted : ndarray, shape (alarms,)
        Chance of what was seen, alone and adjusted for all series judged in the month.
    homicide : ndarray of bool
    rested : sequence of str
        When the same series was shown lately, in words; empty where it was not.
    series_judged : int
        Among how many series the adjustment was made.
    most : int
        Signals that may be shown.
    at : float
        Share of false alarms among those shown that is accepted.

    Raises
    ------
    InvalidInput
        If the lists do not speak of the same alarms.
    """
    if not len(p) == len(p_adjusted) == len(homicide) == len(rested):
        raise InvalidInput("Give one value of each kind for each alarm.")
    chance = ~homicide & (p_adjusted > at)
    again = np.array([bool(when) for when in rested], dtype=bool) & ~homicide
    first = _chosen(p, homicide, most)
    others = ~homicide & ~chance & ~again
    shown = first | _chosen(p, others, most - int(first.sum()))
    reasons = (
        "" if shown[n] else _reason(n, chance, p_adjusted, rested, series_judged, most)
        for n in range(len(p))
    )
    return tuple(
        Decision(shown=bool(shown[n]), reason=reason, p_adjusted=float(p_adjusted[n]))
        for n, reason in enumerate(reasons)
    )


def _chosen(p: FloatArray, among: npt.NDArray[np.bool_], most: int) -> npt.NDArray[np.bool_]:
    """Return the smallest p-values among some, at most so many, ties taken or left together."""
    if most < 1 or not among.any():
        return np.zeros(len(p), dtype=bool)
    return within_budget(np.where(among, p, np.nan), most=most)


def _reason(
    n: int,
    chance: npt.NDArray[np.bool_],
    p_adjusted: FloatArray,
    rested: Sequence[str],
    series_judged: int,
    most: int,
) -> str:
    if chance[n]:
        return (
            f"To be expected by chance among the {series_judged} series judged: its p-value, "
            f"adjusted for them, is {number(float(p_adjusted[n]))}."
        )
    if rested[n]:
        return f"Still high: the same series was shown in {rested[n]}."
    return f"The budget of {in_words(most)} signals a month went to rarer ones."
