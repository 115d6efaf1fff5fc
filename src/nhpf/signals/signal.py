"""A signal, what to check before believing it, and what a month of watching came to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from nhpf.disclosure.values import Disclosed
from nhpf.reports.numerals import in_words, number
from nhpf.reports.tree import Figure, Interval, Provenance
from nhpf.signals.watch import Detector

if TYPE_CHECKING:
    from nhpf.signals.series import Unwatched


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to rule out before a signal is believed: a question, and what is known of it."""

    id: str
    question: str
    known: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """An indicator that was higher in an area than its past explains.

    Attributes
    ----------
    id : str
        Permanent: made of area, indicator, period and detector.
    area_code, area_name, indicator, title : str
        Where, and what was counted.
    detector, because, method : str
        Which detector, why this one, and how it was set.
    month : date
        First day of the month in which the period ends.
    period : str
        The period in words.
    observed : Disclosed
        The count, or withheld for the audience.
    expected, limit : float
        What the past leads to expect, and the largest count (for a CUSUM: the smallest that
        would have been a signal) or the least sum of gaps that it explains.
    p, p_adjusted : float
        Chance of as much if nothing had changed; adjusted for all series judged in the month.
    run : float
        Periods between false alarms of this watch, on average, as set.
    ratio : Interval or None
        Recorded over expected, over the span; None where it may not be shown.
    span : int
        Over how many periods the excess added up.
    delay : float
        Average periods until this watch finds a rise of a half.
    checks : tuple of Check
    figure : Figure
        Chart, reading, table, provenance and caveats.
    """

    id: str
    area_code: str
    area_name: str
    indicator: str
    title: str
    unit: str
    detector: Detector
    because: str
    method: str
    month: date
    period: str
    step: str
    observed: Disclosed
    expected: float
    limit: float
    p: float
    p_adjusted: float
    run: float
    ratio: Interval | None
    span: int
    delay: float
    is_homicide: bool
    police_generated: bool
    checks: tuple[Check, ...]
    figure: Figure

    @property
    def sentence(self) -> str:
        """What was seen, in a sentence."""
        return self.figure.title

    @property
    def caveats(self) -> tuple[str, ...]:
        """Sentences that must stand wherever the signal stands."""
        return self.figure.caveats

    @property
    def provenance(self) -> tuple[Provenance, ...]:
        """Series, files and release that the counts come from."""
        return self.figure.provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBack:
    """An alarm that was not shown, and why."""

    id: str
    area_code: str
    area_name: str
    indicator: str
    title: str
    period: str
    p: float
    p_adjusted: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulletin:
    """What a month of watching came to for one area and those below it.

    Attributes
    ----------
    month : date
    signals : tuple of Signal
        At most the budget; in the order of areas and indicators, never of size.
    held_back : tuple of HeldBack
    watched : int
        Series judged in this month.
    rises : tuple of float
        For each of them the smallest rise that it could have shown, as a ratio.
    unwatched : tuple of Unwatched
    audience, release : str
    """

    area_code: str
    area_name: str
    month: date
    signals: tuple[Signal, ...]
    held_back: tuple[HeldBack, ...]
    watched: int
    rises: tuple[float, ...]
    unwatched: tuple[Unwatched, ...]
    audience: str
    release: str

    @property
    def sentence(self) -> str:
        """How many signals there are, and what could have been seen."""
        if not self.watched:
            return (
                "Nothing could be watched: the release holds no series of this area that is long "
                "enough to have a past. Its own records, once they are imported, can be."
            )
        count = len(self.signals)
        many = (
            "No signals"
            if not count
            else f"{in_words(count).capitalize()} signal{'s' * (count > 1)}"
        )
        series = "1 series was" if self.watched == 1 else f"{self.watched:,} series were"
        return f"{many} this month. {series} watched; {self._seen()}"

    def _seen(self) -> str:
        if not self.rises:
            return "none could be judged."
        half = float(np.median(self.rises))
        if np.isinf(half):
            return "with these counts, in most of them no rise would have been seen."
        most = max(self.rises)
        told = f"a rise of {percent(half)} would have been seen"
        if len(self.rises) == 1 or percent(most) == percent(half):
            return f"with these counts {told}."
        every = "" if np.isinf(most) else f", and of {percent(most)} in all of them"
        return f"with these counts {told} in half of them{every}."


def percent(ratio: float) -> str:
    """Return a ratio as the rise that it is, in whole per cent."""
    return f"{number(100 * (ratio - 1), 0)}%"
