"""Near misses that a force recorded, and people treated after assault: when, where, how many."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from nhpf.errors import CannotTell
from nhpf.indicators import Change, change, dispersion
from nhpf.methods import rates
from nhpf.methods.aoristic import HoursOfTheWeek, hours_of_the_week
from nhpf.profile.wording import (
    as_interval,
    big,
    change_in_words,
    count_interval,
    percent,
    share_in_words,
    verb,
)
from nhpf.reports.charts.specs import Bars, Line, Point, Trend
from nhpf.reports.dates import MONTHS, period
from nhpf.reports.tree import Block, Cell, Column, Figure, Interval, Paragraph, Section, Table
from nhpf.reports.words import number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nhpf.profile.scope import Scope

EVENTS, HOSPITAL = "crime_events", "hospital_assaults"
KINDS = {
    "2": "Attempted murder",
    "5D": "Assault with intent to cause serious harm",
    "3B": "Threats to kill",
}
"""Home Office offence codes of harm that nearly became homicide."""
YEAR = 12
MOST_MONTHS = 120
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
BLOCKS = {
    "midnight to 6am": (0, 6),
    "6am to noon": (6, 12),
    "noon to 6pm": (12, 18),
    "6pm to midnight": (18, 24),
}
SEED = 20_260_401
"""Resampling begins here, so that the same release gives the same document."""
UNSEEN = (
    "Many people treated after assault never tell the police. Attendances and recorded crime count "
    "different things; neither is a part of the other."
)


@dataclass(frozen=True, slots=True)
class Monthly:
    """Counts of consecutive months by kind, zeros included."""

    first: date
    counts: Mapping[str, np.ndarray]

    @property
    def months(self) -> int:
        """How many months are held."""
        return len(next(iter(self.counts.values())))

    @property
    def last(self) -> date:
        """The first day of the last month."""
        at = np.datetime64(self.first, "M") + self.months - 1
        found: date = at.astype("datetime64[D]").astype(object)
        return found

    def yearly(self, kind: str) -> list[tuple[str, int]]:
        """Return the counts of each twelve months that end where the series ends."""
        held = self.counts[kind]
        whole = self.months // YEAR
        sums = held[self.months - whole * YEAR :].reshape(whole, YEAR).sum(1)
        ends = [int(self.last.year) - whole + 1 + i for i in range(whole)]
        return list(zip(map(str, ends), sums.tolist(), strict=True))

    def change(self, kind: str) -> Change | None:
        """Compare the last twelve months with the twelve before; None where there are none."""
        held = self.counts[kind].astype(float)
        if self.months < 2 * YEAR or not held[-2 * YEAR :].any():
            return None
        whole = self.months // YEAR
        scatter = dispersion(held[self.months - whole * YEAR :].reshape(whole, YEAR))
        later, earlier = held[-YEAR:].sum(), held[-2 * YEAR : -YEAR].sum()
        try:
            return change(earlier, YEAR, later, YEAR, dispersion=scatter)
        except CannotTell:
            return None


def sections(scope: Scope) -> tuple[Section, ...]:
    """Return the sections on near misses and on hospital attendances, where records are held.

    Only the restricted audience sees them: they are the force's own records.
    """
    if scope.audience != "restricted" or scope.area.kind == "nation":
        return ()
    made = (_near_misses(scope), _hospital(scope))
    return tuple(each for each in made if each is not None)


def _near_misses(scope: Scope) -> Section | None:
    where = _where(scope, codes=list(KINDS))
    series = _series(scope, EVENTS, "near_misses", "code", "offences", KINDS, where)
    if series is None:
        return None
    blocks: list[Block] = [
        Paragraph(
            "Each of these could have been a homicide. They come often enough to show a change "
            "within a year or two, which homicide does not."
        ),
        _trend(scope, series, EVENTS, "near-misses", "Near misses", "offences"),
    ]
    hours = _hours(scope, where)
    blocks += [_hours_figure(scope, series, hours)] if hours else []
    blocks += [_parts_figure(scope, series, where)]
    return Section("near-misses", "Near misses: when, where and with what", tuple(blocks))


def _hospital(scope: Scope) -> Section | None:
    series = _series(
        scope, HOSPITAL, "hospital_assaults", "weapon", "attendances", {}, _where(scope)
    )
    if series is None:
        return None
    figure = _trend(
        scope,
        series,
        HOSPITAL,
        "hospital-assaults",
        "Hospital attendances after assault",
        "attendances",
    )
    return Section(
        "hospital", "People treated in hospital after assault", (Paragraph(UNSEEN), figure)
    )


def _where(scope: Scope, **more: Any) -> dict[str, Any]:
    level = "force" if scope.area.kind == "force" else "local_authority"
    return {"level": level, "place": scope.area.code, **more}


def _series(
    scope: Scope,
    table: str,
    query: str,
    kind: str,
    count: str,
    words: Mapping[str, str],
    where: Mapping[str, Any],
) -> Monthly | None:
    """Return the months of a table by kind; None where the release holds none of the place."""
    if table not in scope.release.manifest["tables"]:
        return None
    rows = scope.release.query(query, **where)
    if not len(rows["month"]):
        return None
    months = rows["month"].astype("datetime64[M]")
    first, last = max(months.min(), months.max() - MOST_MONTHS + 1), months.max()
    size = int((last - first).astype(int)) + 1
    names = [words.get(each, big(each)) for each in rows[kind].tolist()]
    counts = {name: np.zeros(size, int) for name in sorted(set(names))}
    for name, month, n in zip(names, months, rows[count].tolist(), strict=True):
        if month >= first:
            counts[name][int((month - first).astype(int))] += n
    return Monthly(first.astype("datetime64[D]").astype(object), counts)


def _trend(scope: Scope, series: Monthly, table: str, id: str, what: str, unit: str) -> Figure:
    span = period(series.first, series.last)
    changes = {kind: series.change(kind) for kind in series.counts}
    told = {kind: each for kind, each in changes.items() if each and each.told_from_chance}
    said = [
        f"{kind} in {scope.place} {verb(each)} over the latest year" for kind, each in told.items()
    ]
    title = (
        "; ".join(said)
        or f"{what} in {scope.place}: no kind has changed detectably over the latest year"
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (kind, end, count_interval(n)) for kind in series.counts for end, n in series.yearly(kind)
    )
    return Figure(
        id=id,
        title=title,
        subtitle=f"{what} by kind and twelve months to {MONTHS[series.last.month - 1]}, "
        f"{scope.place}, {span}, series: {table.replace('_', ' ')} held by this installation; "
        "95% limits",
        reading=" ".join(
            f"{kind}: {change_in_words(each)}." if each else f"{kind}: too few to compare."
            for kind, each in changes.items()
        ),
        chart=Trend(
            tuple(
                Line(
                    kind,
                    tuple(
                        Point(end, n, count_interval(n).low, count_interval(n).high)
                        for end, n in series.yearly(kind)
                    ),
                    emphasis=kind in told,
                )
                for kind in series.counts
            ),
            unit=f"{unit} a year",
        ),
        table=Table(
            f"{what} by kind and year, {scope.place}",
            (
                Column("kind", "Kind"),
                Column("year", f"Twelve months to {MONTHS[series.last.month - 1]}", "period"),
                Column("count", unit.capitalize(), "count"),
            ),
            rows,
        ),
        provenance=scope.provenance(table, period=span),
        caveats=("Recording and reporting change as well as harm does.",),
        method="Twelve months against the twelve before, limits widened for months that scatter "
        "more than independent events would.",
    )


def _hours(scope: Scope, where: Mapping[str, Any]) -> HoursOfTheWeek | None:
    rows = scope.release.query("near_miss_spans", **where)
    times = rows["offences"].astype(int)
    start, end = (
        np.repeat(rows[name].astype(np.int64), times).astype("datetime64[m]")
        for name in ("minute_from", "minute_to")
    )
    try:
        return hours_of_the_week(start, end, block=24 // len(BLOCKS), rng=SEED)
    except CannotTell:
        return None


def _hours_figure(scope: Scope, series: Monthly, hours: HoursOfTheWeek) -> Figure:
    cells = {
        (day, words): Interval(
            float(hours.estimate[at, block]),
            float(hours.low[at, block]),
            float(hours.high[at, block]),
            method="resampling",
        )
        for at, day in enumerate(DAYS)
        for block, words in enumerate(BLOCKS)
    }
    sums = {words: sum(cells[day, words].estimate for day in DAYS) for words in BLOCKS}
    words, most = max(sums.items(), key=lambda each: each[1])
    share = rates.proportion(round(most), hours.events)
    return Figure(
        id="near-miss-hours",
        title=f"{percent(share.estimate)} of near misses in {scope.place} fall from {words}",
        subtitle=f"Near misses by day and time of day, {scope.place}, "
        f"{period(series.first, series.last)}; events whose time is a span are spread over it",
        reading=f"{big(words)}: about "
        f"{share_in_words(round(most), hours.events, share.low, share.high)}; an even spread would "
        f"give {percent(1 / len(BLOCKS))}.",
        chart=Bars(
            tuple(
                Point(f"{day}, {words}", each.estimate, each.low, each.high)
                for (day, words), each in cells.items()
            ),
            unit="near misses",
        ),
        table=Table(
            f"Near misses by day and time, {scope.place}",
            (
                Column("day", "Day"),
                Column("time", "Time"),
                Column("events", "Near misses", "number"),
            ),
            tuple((day, words, each) for (day, words), each in cells.items()),
        ),
        provenance=scope.provenance(EVENTS, period=period(series.first, series.last)),
        caveats=(
            f"{number(hours.exact)} of {number(hours.events)} are known to the hour.",
            *hours.caveats,
        ),
        method="Aoristic sum; limits by resampling events.",
    )


PARTS = {
    "place_type": "Kind of place",
    "method": "What was used",
    "victim_sex": "Sex of the victim",
    "domestic": "Domestic abuse",
}


def _parts_figure(scope: Scope, series: Monthly, where: Mapping[str, Any]) -> Figure:
    rows = scope.release.query("near_miss_parts", **where)
    names = ("breakdown", "category", "offences")
    found = list(zip(*(rows[name].tolist() for name in names), strict=True))
    known = {
        each: sum(n for part, name, n in found if part == each and name != "not known")
        for each in PARTS
    }
    shares = {
        (part, name): rates.proportion(n, known[part])
        for part, name, n in found
        if name != "not known" and part in PARTS
    }
    (part, name), most = max(shares.items(), key=lambda each: each[1].estimate)
    return Figure(
        id="near-miss-parts",
        title=f"{PARTS[part]}: {name} in {number(100 * most.estimate)}% of near misses in "
        f"{scope.place}",
        subtitle=f"Near misses by place, weapon, sex of the victim and domestic abuse, "
        f"{scope.place}, {period(series.first, series.last)}; Wilson 95% intervals",
        reading=f"{PARTS[part]}, {name}: {number(most.count)} of {number(most.total)}.",
        table=Table(
            f"Near misses by circumstances, {scope.place}",
            (
                Column("part", "Circumstance"),
                Column("category", "Category"),
                Column("count", "Near misses", "count"),
                Column("share", "Share where it is known", "share"),
            ),
            tuple(
                (PARTS[part], big(name), int(each.count), as_interval(each))
                for (part, name), each in shares.items()
            ),
        ),
        provenance=scope.provenance(EVENTS, period=period(series.first, series.last)),
        caveats=("Shares of offences, not risks of people.",),
        method="Shares, of offences where it is known, have Wilson intervals.",
    )
