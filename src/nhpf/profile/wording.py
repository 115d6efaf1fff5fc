"""How findings are put into words: counts with limits, changes, places in a funnel."""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING

from nhpf.disclosure import Disclosed
from nhpf.indicators import limits
from nhpf.reports.dates import MONTHS
from nhpf.reports.tree import Interval
from nhpf.reports.words import in_words, number

if TYPE_CHECKING:
    from nhpf.indicators import Change, PeriodCount
    from nhpf.methods.rates import Proportion, Rate

POISSON = "Byar, exact below ten"
WILSON = "Wilson"


def percent(share: float) -> str:
    """Write a share as a whole percentage, with a decimal below ten per cent."""
    places = 0 if abs(share) >= 0.0995 or share == 0 else 1
    return f"{number(share * 100, places)}%"


def count_interval(count: float) -> Interval:
    """Return a count with the limits of a Poisson count of its size."""
    low, high = limits(count)
    return Interval(count, low, high, method=POISSON)


def interval_of(value: PeriodCount) -> Interval | Disclosed:
    """Return the count of a period with its limits, or why it is withheld."""
    if value.count.value is None or value.low is None or value.high is None:
        return value.count
    return Interval(value.count.value, value.low, value.high, method=POISSON)


def as_interval(found: Rate | Proportion) -> Interval:
    """Return a method's estimate as a cell of a table."""
    return Interval(found.estimate, found.low, found.high, found.level, found.method)


def change_interval(change: Change) -> Interval | None:
    """Return a ratio with its limits as a cell; None where there is no finite ratio."""
    if not math.isfinite(change.ratio) or not math.isfinite(change.high):
        return None
    return Interval(change.ratio, change.low, change.high, method=change.method)


def moved(ratio: float) -> str:
    """Say a ratio as a change: 0.78 is "22% lower", 2.5 is "2.5 times as high"."""
    if math.isinf(ratio):
        return "without upper limit"
    if ratio >= 2:
        return f"{number(ratio, 1)} times as high"
    change = abs(ratio - 1)
    if change < 0.0005:
        return "no different"
    return f"{percent(change)} {'higher' if ratio > 1 else 'lower'}"


def change_in_words(change: Change) -> str:
    """Say a change with its interval: "22% lower (95% interval 35% lower to 7% lower)"."""
    between = f"95% interval {moved(change.low)} to {moved(change.high)}"
    return f"{moved(change.ratio)} ({between})"


def verb(change: Change) -> str:
    """Say which way a change that can be told from chance goes."""
    return "rose" if change.ratio > 1 else "fell"


def told(change: Change) -> str:
    """Say whether a change can be told from chance."""
    return f"{'can' if change.told_from_chance else 'cannot'} be told from chance"


def counted_in_words(count: float) -> str:
    """Say a count with its interval: "96 (95% interval 78 to 117)"."""
    low, high = limits(count)
    return f"{number(count)} (95% interval {number(round(low))} to {number(round(high))})"


def share_in_words(count: int, whole: int, low: float, high: float) -> str:
    """Say a share with what it is made of: "237 of 351 (68%, 95% interval 62% to 72%)"."""
    parts = f"{percent(count / whole)}, 95% interval {percent(low)} to {percent(high)}"
    return f"{number(count)} of {number(whole)} ({parts})"


def years_to(months: int, last: date) -> str:
    """Name a period by its end: "the three years to February 2026"."""
    end = f"{MONTHS[last.month - 1]} {last.year}"
    if months % 12:
        return f"the {in_words(months)} months to {end}"
    years = months // 12
    return f"the year to {end}" if years == 1 else f"the {in_words(years)} years to {end}"


def years_before(months: int) -> str:
    """Name the period of the same length before."""
    years = months // 12
    return "the year before" if years == 1 else f"the {in_words(years)} years before"


def listed(names: list[str]) -> str:
    """Join names as a sentence does: "a, b and c"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def small(title: str) -> str:
    """Put a title inside a sentence: its first letter small."""
    return title[0].lower() + title[1:]


def big(sentence: str) -> str:
    """Begin a sentence with a capital letter."""
    return sentence[0].upper() + sentence[1:]
