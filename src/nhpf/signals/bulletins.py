"""Month after month: what was judged, which alarms are shown as signals, and which held back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from nhpf.indicators import limits
from nhpf.reports.dates import MONTHS
from nhpf.reports.numerals import number
from nhpf.reports.tree import Interval
from nhpf.signals import budget
from nhpf.signals.checks import check_list
from nhpf.signals.figures import amounts, figure, may_show, observed, policy_of
from nhpf.signals.signal import Bulletin, HeldBack, Signal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nhpf.disclosure import Audience, Disclosed
    from nhpf.records import Area
    from nhpf.signals.watch import Watch
    from nhpf.signals.watching import Watched

SMALLEST_SAID = 1e-6


@dataclass(frozen=True, slots=True)
class Judged:
    """One series in one month: ``at`` is its place among the periods judged."""

    watch: Watch
    at: int

    @property
    def p(self) -> float:
        """Chance of what was seen if nothing had changed."""
        return float(self.watch.p[self.at])

    @property
    def id(self) -> str:
        """The permanent id of the signal that this is or would be."""
        series = self.watch.series
        period = series.code(int(self.watch.position[self.at]))
        parts = (series.area.code, series.indicator.id, period, self.watch.detector)
        return "-".join(parts).lower()


@dataclass(frozen=True, slots=True)
class Outcome:
    """An alarm of one month and what was decided about it."""

    judged: Judged
    decision: budget.Decision


@dataclass(frozen=True, slots=True)
class Month:
    """What one month came to for one organisation, before anything is written of it."""

    month: date
    judged: tuple[Judged, ...]
    outcomes: tuple[Outcome, ...]


def members(area: Area, watched: Watched) -> tuple[Watch, ...]:
    """Return the watches that an organisation answers for: its area and those below it."""
    return tuple(
        each
        for each in watched.watches
        if area.kind == "nation" or area.code in (each.series.area.code, each.series.area.parent)
    )


def months(area: Area, watched: Watched, *, most: int = budget.MOST_A_MONTH) -> tuple[Month, ...]:
    """Decide every month that can be judged for one organisation, oldest first.

    The adjustment for many series is made over all that were judged in the month in the whole
    release, whichever organisation asks; the budget is the organisation's own.
    """
    judged = _by_month(watched.watches)
    own = {each.key for each in members(area, watched)}
    shown: dict[tuple[str, str], date] = {}
    found = []
    for month in sorted(judged):
        everyone = judged[month]
        p_adjusted = budget.adjusted([each.p for each in everyone])
        places = [n for n, each in enumerate(everyone) if each.watch.key in own]
        alarms = [n for n in places if everyone[n].watch.alarm[everyone[n].at]]
        outcomes = tuple(_outcomes(everyone, alarms, p_adjusted, shown, month, most))
        for each in outcomes:
            if each.decision.shown:
                shown[each.judged.watch.key] = month
        found.append(Month(month, tuple(everyone[n] for n in places), outcomes))
    return tuple(found)


def _by_month(watches: Sequence[Watch]) -> dict[date, list[Judged]]:
    found: dict[date, list[Judged]] = {}
    for watch in watches:
        for at, position in enumerate(watch.position):
            found.setdefault(watch.series.month(int(position)), []).append(Judged(watch, at))
    return found


def _outcomes(
    everyone: Sequence[Judged],
    alarms: Sequence[int],
    p_adjusted: np.ndarray,
    shown: dict[tuple[str, str], date],
    month: date,
    most: int,
) -> Iterator[Outcome]:
    chosen = [everyone[n] for n in alarms]
    decisions = budget.decide(
        np.array([each.p for each in chosen]),
        p_adjusted[list(alarms)],
        homicide=np.array([each.watch.series.is_homicide for each in chosen], dtype=bool),
        rested=[_lately(shown.get(each.watch.key), month) for each in chosen],
        series_judged=len(everyone),
        most=most,
    )
    return (Outcome(*pair) for pair in zip(chosen, decisions, strict=True))


def _lately(when: date | None, month: date) -> str:
    if when is None or (month.year - when.year) * 12 + month.month - when.month > budget.REST:
        return ""
    return f"{MONTHS[when.month - 1]} {when.year}"


def bulletins(
    area: Area,
    watched: Watched,
    *,
    audience: Audience = "public",
    release: str,
    latest: int = 1,
    most: int = budget.MOST_A_MONTH,
) -> tuple[Bulletin, ...]:
    """Return the bulletins of the latest months for one organisation, newest first.

    Parameters
    ----------
    area : Area
        A force (with its local authorities), a local authority, or the nation.
    watched : Watched
        What :func:`watch` returned for all areas.
    audience : {"public", "restricted"}
    release : str
        Id of the release.
    latest : int
        How many months.
    most : int
        Signals that may be shown in a month.
    """
    held = months(area, watched, most=most)[-latest:]
    return tuple(
        bulletin(area, each, watched, audience=audience, release=release) for each in reversed(held)
    )


def bulletin(
    area: Area, decided: Month, watched: Watched, *, audience: Audience = "public", release: str
) -> Bulletin:
    """Write the bulletin of one month that was decided; parameters as for :func:`bulletins`."""
    here = {area.code, *(each.series.area.code for each in members(area, watched))}
    return Bulletin(
        area_code=area.code,
        area_name=area.name,
        month=decided.month,
        signals=tuple(
            signal(one.judged, one.decision.p_adjusted, audience=audience)
            for one in decided.outcomes
            if one.decision.shown
        ),
        held_back=tuple(_held(one) for one in decided.outcomes if not one.decision.shown),
        watched=len(decided.judged),
        rises=tuple(one.watch.sight.rise for one in decided.judged),
        unwatched=tuple(each for each in watched.unwatched if each.area in here),
        audience=audience,
        release=release,
    )


def _held(outcome: Outcome) -> HeldBack:
    judged, series = outcome.judged, outcome.judged.watch.series
    return HeldBack(
        id=judged.id,
        area_code=series.area.code,
        area_name=series.area.name,
        indicator=series.indicator.id,
        title=series.indicator.title,
        period=series.label(int(judged.watch.position[judged.at])),
        p=judged.p,
        p_adjusted=outcome.decision.p_adjusted,
        reason=outcome.decision.reason,
    )


def signal(judged: Judged, p_adjusted: float, *, audience: Audience = "public") -> Signal:
    """Write one signal with its chart and check-list, for an audience."""
    watch, at = judged.watch, judged.at
    series = watch.series
    period = series.label(int(watch.position[at]))
    count = observed(watch, at, audience=audience)
    title = f"{series.indicator.title} in {series.area.name}, {period}: {amounts(watch, at, count)}"
    return Signal(
        id=judged.id,
        area_code=series.area.code,
        area_name=series.area.name,
        indicator=series.indicator.id,
        title=series.indicator.title,
        unit=series.indicator.unit,
        detector=watch.detector,
        because=watch.because,
        method=watch.method,
        month=series.month(int(watch.position[at])),
        period=period,
        step=series.step,
        observed=count,
        expected=float(watch.expected[at]),
        limit=float(watch.limit[at]),
        p=judged.p,
        p_adjusted=p_adjusted,
        run=1 / watch.false_alarms,
        ratio=_ratio(watch, at, count, audience),
        span=int(watch.span[at]),
        delay=watch.sight.delay,
        is_homicide=series.is_homicide,
        police_generated=series.indicator.police_generated,
        checks=check_list(watch, at, may_show=may_show(watch, at, audience=audience)),
        figure=figure(
            watch, at, title=title, reading=_reading(watch, at, p_adjusted), audience=audience
        ),
    )


def _ratio(watch: Watch, at: int, count: Disclosed, audience: Audience) -> Interval | None:
    """Return recorded over expected over the span, with limits widened for the dispersion."""
    first = at + 1 - int(watch.span[at])
    events = float(watch.observed[first : at + 1].sum())
    expected = float(watch.expected[first : at + 1].sum())
    withheld = count.is_withheld or policy_of(watch, audience).withholds(int(events))
    if watch.detector == "g-chart" or withheld or not expected or not events:
        return None
    low, high = limits(events)
    spread = float(np.sqrt(watch.dispersion[at]))
    return Interval(
        events / expected,
        events / expected * (low / events) ** spread,
        events / expected * (high / events) ** spread,
        method="Byar, widened for the dispersion",
    )


def _probability(p: float) -> str:
    return number(p) if p >= SMALLEST_SAID else f"below {number(SMALLEST_SAID)}"


def _reading(watch: Watch, at: int, p_adjusted: float) -> str:
    step = watch.series.step
    if watch.series.is_homicide:
        rate = watch.false_alarms * (12 if step == "month" else 1)
        often = f"chance alone gives {number(rate)} such signals a year in this series"
    else:
        often = (
            f"chance alone gives as much with probability {_probability(float(watch.p[at]))} "
            f"({_probability(p_adjusted)} allowing for all series judged)"
        )
    span = int(watch.span[at])
    since = f"The excess added up over {span} {step}s; " if span > 1 else ""
    return f"{since}{often}.".capitalize() if not since else f"{since}{often}."
