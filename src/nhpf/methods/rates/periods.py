"""Two periods (or places) compared: how large the difference is, and can it be told from chance."""

from __future__ import annotations

import math
from dataclasses import dataclass

from nhpf.errors import CannotTell
from nhpf.methods.rates.estimates import LINKED_EVENTS
from nhpf.numerics import Estimate, inputs, intervals
from nhpf.numerics.estimates import in_words, percent

CHOSEN_PERIODS = (
    "Periods chosen because one looked high or low differ by chance more often than the p-value "
    "says."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison(Estimate):
    """The ratio of the second period's rate to the first's, and whether it can be told from chance.

    Attributes
    ----------
    p : float
        Two-sided p-value of the exact conditional test of equal rates.
    told_from_chance : bool
        Whether the interval leaves out a ratio of 1.
    sentence : str
        The finding in plain words.
    """

    count_1: float
    time_1: float
    count_2: float
    time_2: float
    p: float
    told_from_chance: bool
    sentence: str

    @property
    def change(self) -> float:
        """Change from the first to the second period as a share: -0.12 is 12% lower."""
        return self.estimate - 1

    def __str__(self) -> str:
        """Return the sentence, the ratio, its interval and the caveats."""
        ratio = f"Ratio {in_words(self.estimate)} ({self.interval_in_words()}; {self.method})"
        return "\n".join([self.sentence, ratio, *(f"  Note: {text}" for text in self.caveats)])


def compare(
    count_1: float, time_1: float, count_2: float, time_2: float, *, level: float = 0.95
) -> Comparison:
    """Compare the rate of a second period (or place) with that of a first.

    Given the total, the second count is binomial if the rates are equal; the interval is
    Clopper and Pearson's, turned into a ratio, and the p-value is the one that belongs to it
    (Przyborowski and Wilenski 1940).

    Parameters
    ----------
    count_1, count_2 : float
        Whole numbers of events.
    time_1, time_2 : float
        The time, or person-time, in which they happened, in one unit.
    level : float
        Confidence level; "can be told from chance" uses the same.

    Returns
    -------
    Comparison
        Its estimate is infinite where the first period has no event and the second has.

    Raises
    ------
    InvalidInput
        Negative or fractional counts, a time of zero, NaN.
    CannotTell
        No event in either period.
    """
    first = inputs.events(count_1, name="first count")
    second = inputs.events(count_2, name="second count")
    span_1 = inputs.positive(time_1, name="first time")
    span_2 = inputs.positive(time_2, name="second time")
    inputs.share(level, name="confidence level")
    if first + second == 0:
        raise CannotTell("Neither period has an event, so no change can be measured.")
    scale = span_1 / span_2
    low, high = intervals.exact_binomial(second, first + second, level=level)
    p = intervals.exact_binomial_p(second, first + second, span_2 / (span_1 + span_2))
    low, high = _odds(low, scale), _odds(high, scale)
    ratio = math.inf if first == 0 else (second * span_1) / (first * span_2)
    told = not low <= 1 <= high
    return Comparison(
        estimate=ratio,
        low=low,
        high=high,
        level=level,
        method="exact conditional binomial test",
        caveats=(LINKED_EVENTS, CHOSEN_PERIODS),
        count_1=first,
        time_1=span_1,
        count_2=second,
        time_2=span_2,
        p=p,
        told_from_chance=told,
        sentence=_sentence(first, second, ratio, low, high, told=told, level=level),
    )


def _odds(share: float, scale: float) -> float:
    return math.inf if share == 1 else scale * share / (1 - share)


def _sentence(
    first: float, second: float, ratio: float, low: float, high: float, *, told: bool, level: float
) -> str:
    counts = f"{first:,.0f} then {second:,.0f}"
    if math.isinf(ratio):
        move = "a rise from none"
    elif ratio == 1:
        move = "the same rate"
    else:
        move = f"a rate {percent(abs(ratio - 1))} {'higher' if ratio > 1 else 'lower'}"
    limits = f"{percent(level)} interval {_moved(low)} to {_moved(high)}"
    verdict = "can" if told else "cannot"
    return f"{counts}: {move} ({limits}), which {verdict} be told from chance."


def _moved(ratio: float) -> str:
    if math.isinf(ratio):
        return "no upper limit"
    if ratio == 1:
        return "no change"
    return f"{percent(abs(ratio - 1))} {'higher' if ratio > 1 else 'lower'}"
