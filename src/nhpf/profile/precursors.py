"""Harm that comes before or beside homicide, in counts that can show a change within a year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from nhpf.disclosure import Disclosed, disclose, policy_for
from nhpf.errors import CannotTell
from nhpf.indicators import (
    Change,
    Indicator,
    Measurement,
    Monthly,
    change,
    dispersion,
    load_indicators,
)
from nhpf.profile.judging import change_confidence
from nhpf.profile.london_trend import LAST_OF_OLD_FILES, SYSTEM_CHANGE
from nhpf.profile.scope import provenance
from nhpf.profile.wording import (
    big,
    change_in_words,
    change_interval,
    listed,
    small,
    years_before,
    years_to,
)
from nhpf.reports.charts.specs import DotWhiskers, Line, Panel, Point, Trend
from nhpf.reports.dates import MONTHS
from nhpf.reports.tree import Cell, Column, Figure, Judgement, Provenance, Table
from nhpf.reports.words import number

if TYPE_CHECKING:
    from nhpf.profile.scope import Scope

CHANGES = "precursor-change"
TRENDS = "precursor-trends"
YEAR = 12
FEWEST = 20
"""Below this many offences in either year a change is not read."""
YEARS_OF_SCATTER = 5
LONG_RUN = 10
"""A series of fewer years has no record worth naming."""
POLICE_NOTE = "counts what the police look for"
MANIFOLD = 3
"""A count that has grown so many times over is hardly one of harm alone."""
BREAK = "New files and a new records system"
BOTH_AFTER = (
    "The two latest years both lie after the change of files and of records system in February "
    "2024."
)
RECORDING = (
    "Recorded offences follow reporting, recording practice and police activity as well as harm."
)


@dataclass(frozen=True, slots=True)
class Precursor:
    """One indicator of other harm, with the latest year compared with the year before.

    ``years`` are (last month, count) of each twelve months that end where the series ends;
    ``change`` is None where the counts do not bear it.
    """

    measured: Measurement
    series: Monthly
    years: tuple[tuple[date, Disclosed], ...]
    change: Change | None

    @property
    def indicator(self) -> Indicator:
        """The definition."""
        return self.measured.indicator

    @property
    def note(self) -> str:
        """What must be read with it."""
        return POLICE_NOTE if self.indicator.police_generated else ""

    @property
    def has_risen(self) -> bool:
        """Whether it has risen by more than chance."""
        return bool(self.change and self.change.told_from_chance and self.change.ratio > 1)

    @property
    def has_fallen(self) -> bool:
        """Whether it has fallen by more than chance."""
        return bool(self.change and self.change.told_from_chance and self.change.ratio < 1)


def precursors(scope: Scope) -> tuple[Precursor, ...]:
    """Return the precursors that are held by month for this area, in the order of their titles."""
    wanted = [each for each in load_indicators().values() if each.precursor]
    found = [_precursor(scope, each.id) for each in sorted(wanted, key=lambda each: each.title)]
    return tuple(each for each in found if each is not None)


def _precursor(scope: Scope, id: str) -> Precursor | None:
    try:
        measured = scope.measured(id)
    except CannotTell:
        return None
    series = measured.monthly
    if series is None or not series.holds(2 * YEAR):
        return None
    policy = policy_for("recorded_crime", audience=scope.audience)
    years = tuple((end, disclose(count, policy=policy)) for end, count in series.by_latest_years())
    return Precursor(measured, series, years, _change(series))


def _change(series: Monthly) -> Change | None:
    later, _, _ = series.latest(YEAR)
    earlier, _, _ = series.latest(YEAR, before=YEAR)
    if min(later, earlier) < FEWEST:
        return None
    scatter = dispersion(series.year_table(YEARS_OF_SCATTER))
    return change(earlier, YEAR, later, YEAR, dispersion=scatter)


def names(found: list[Precursor]) -> str:
    """Name some precursors inside a sentence."""
    return listed([small(each.indicator.title) for each in found])


def summary(found: tuple[Precursor, ...]) -> str:
    """Say which precursors rose and which fell by more than chance.

    What the police generate by looking for it is told apart, so that it is never read alone.
    """
    harm = [each for each in found if not each.indicator.police_generated]
    looked_for = [each for each in found if each.indicator.police_generated]
    said = _moves(harm) or "no other harm has changed by more than chance"
    beside = _moves(looked_for)
    return f"{said}. Of what the police look for, {beside}" if beside else said


def _moves(found: list[Precursor]) -> str:
    risen = [each for each in found if each.has_risen]
    fallen = [each for each in found if each.has_fallen]
    parts = [f"{names(each)} {verb}" for each, verb in ((fallen, "fell"), (risen, "rose")) if each]
    return "; ".join(parts)


def judgement(scope: Scope, found: tuple[Precursor, ...]) -> Judgement:
    """Judge which other harm has changed; as sure as the least sure of the changes named.

    A change in what the police look for is never held with high confidence.
    """
    told = [each for each in found if each.change and each.change.told_from_chance]
    levels = {
        "moderate" if each.indicator.police_generated else change_confidence(each.change)
        for each in told
        if each.change
    }
    latest = years_to(YEAR, found[0].series.last)
    return Judgement(
        "other-harm",
        f"Other harm in {scope.place}, {latest} against {years_before(YEAR)}: {summary(found)}.",
        "high" if levels == {"high"} else "moderate",
        "Recorded offences with limits widened for how much the months scatter; a change in "
        "recording or in police activity looks the same as a change in harm."
        + (f" {BOTH_AFTER}" if all(map(_both_years_after, found)) else ""),
        (CHANGES, TRENDS),
    )


def change_figure(scope: Scope, found: tuple[Precursor, ...]) -> Figure:
    """Show the change of each precursor over a year, with its interval."""
    latest = years_to(YEAR, found[0].series.last)
    readable = [(each, each.change) for each in found if each.change is not None]
    says = [f"{small(each.indicator.title)} {change_in_words(moved)}" for each, moved in readable]
    return Figure(
        id=CHANGES,
        title=f"In {scope.place}, {latest} against {years_before(YEAR)}: {summary(found)}",
        subtitle="Ratio of recorded offences in the latest twelve months to the twelve before, "
        f"{scope.place}, with 95% intervals; in the order of names",
        reading=big("; ".join(says)) + "." if says else "No count is large enough to be read.",
        chart=_dots(readable) if readable else None,
        table=Table(
            f"Recorded offences, {latest} and {years_before(YEAR)}",
            (
                Column("indicator", "Harm"),
                Column("later", "Latest twelve months", "count"),
                Column("earlier", "Twelve months before", "count"),
                Column("ratio", "Ratio", "ratio"),
                Column("scatter", "Scatter of months", "number"),
                Column("told", "Can it be told from chance?"),
                Column("note", "To be read with"),
            ),
            tuple(_row(each) for each in found),
            note=f"Below {FEWEST} offences in either year no change is read.",
        ),
        provenance=_sources(found),
        caveats=(
            *system_change(found),
            *(f"{each.indicator.title}: {each.indicator.cannot_say}" for each in found),
            *scope.known_faults("restated_counts"),
        ),
        method="Exact conditional comparison; limits widened for the scatter of months over the "
        "latest five years, season and level apart (quasi-Poisson): 1 is what independent events "
        "would show.",
    )


def _dots(readable: list[tuple[Precursor, Change]]) -> DotWhiskers:
    points = tuple(
        Point(
            each.indicator.title,
            moved.ratio,
            moved.low,
            moved.high,
            emphasis=moved.told_from_chance,
            note=each.note,
        )
        for each, moved in readable
    )
    return DotWhiskers(points, unit="ratio to the year before", reference=1, log=True)


def _row(each: Precursor) -> tuple[Cell, ...]:
    later, earlier = each.years[-1][1], each.years[-2][1]
    if each.change is None:
        return (
            each.indicator.title,
            later,
            earlier,
            None,
            "not read",
            "not read: too few",
            each.note,
        )
    told = "yes" if each.change.told_from_chance else "no"
    ratio = change_interval(each.change)
    if ratio is not None:
        # The scatter has a column of its own, so the method is the same in every row.
        ratio = replace(ratio, method=each.change.comparison.method)
    scatter = round(each.change.dispersion, 2)
    return (each.indicator.title, later, earlier, ratio, scatter, told, each.note)


def _sources(found: tuple[Precursor, ...]) -> tuple[Provenance, ...]:
    return provenance(dict.fromkeys(source for each in found for source in each.measured.sources))


def trends_figure(scope: Scope, found: tuple[Precursor, ...]) -> Figure:
    """Show each precursor by years that end where the series ends, as small multiples."""
    last = found[0].series.last
    month = MONTHS[last.month - 1]
    ends = sorted({end for each in found for end, _ in each.years})
    return Figure(
        id=TRENDS,
        title=f"Other harm in {scope.place} over the years: {extremes(found)} (what the police "
        "find by looking is left aside)",
        subtitle=f"Recorded offences in each twelve months to {month}, {scope.place}, series: "
        "Metropolitan Police open data; each panel has its own scale",
        reading=f"The first year held ends in {month} {ends[0].year}, for knife crime with injury "
        f"in {month} {ends[-1].year - 3}; the table gives every count.",
        chart=Panel(tuple((each.indicator.title, _trend(each)) for each in found)),
        table=Table(
            f"Recorded offences in each twelve months to {month}",
            (
                Column("year", f"Year to {month}", "period"),
                *(Column(each.indicator.id, each.indicator.title, "count") for each in found),
            ),
            tuple((str(end.year), *(dict(each.years).get(end) for each in found)) for end in ends),
        ),
        provenance=_sources(found),
        caveats=(
            *system_change(found),
            *grown_manifold(found),
            RECORDING,
            *scope.known_faults("restated_counts"),
        ),
    )


def _trend(each: Precursor) -> Trend:
    points = tuple(
        Point(str(end.year), shown.value, note=shown.withheld) for end, shown in each.years
    )
    since = _first_after(each)
    breaks = ((str(since.year), BREAK),) if since else ()
    return Trend((Line(each.indicator.title, points),), unit="offences a year", breaks=breaks)


def _first_after(each: Precursor) -> date | None:
    """Return the end of the first year with months of the new files; None with none before it."""
    ends = [end for end, _ in each.years]
    after = [end for end in ends if end > LAST_OF_OLD_FILES]
    return after[0] if 0 < len(after) < len(ends) else None


def _both_years_after(each: Precursor) -> bool:
    """Whether the two years that are compared hold no month of the old files."""
    return each.series.month(-2 * YEAR) > LAST_OF_OLD_FILES


def system_change(found: tuple[Precursor, ...]) -> tuple[str, ...]:
    """Return the caveat on the change of files and of system, where a series crosses it."""
    if not any(map(_first_after, found)):
        return ()
    return (
        f"{SYSTEM_CHANGE} {BOTH_AFTER}" if all(map(_both_years_after, found)) else SYSTEM_CHANGE,
    )


def grown_manifold(found: tuple[Precursor, ...]) -> tuple[str, ...]:
    """Say which counts of what the police look for have grown too far to be harm alone."""
    said = []
    for each in found:
        held = [(shown.value, end) for end, shown in each.years if shown.value]
        if not each.indicator.police_generated or not held:
            continue
        (lowest, since), (latest, last) = min(held), held[-1]
        if latest >= MANIFOLD * lowest and last > since:
            month = f"{MONTHS[since.month - 1]} {since.year}"
            said.append(
                f"{each.indicator.title}: {number(latest / lowest, 1)} times its count of the year "
                f"to {month}. A change of recording, of category or of what the police look for is "
                "likely to be a large part of that: no rise in harm can be read from it."
            )
    return tuple(said)


def extremes(found: tuple[Precursor, ...]) -> str:
    """Say which precursors stand at the highest or lowest of ten years or more."""
    parts = []
    for pick, word in ((max, "highest"), (min, "lowest")):
        at = [
            each
            for each in found
            if _is_extreme(each, pick) and not each.indicator.police_generated
        ]
        if at:
            parts.append(f"{names(at)} at {'its' if len(at) == 1 else 'their'} {word}")
    return "; ".join(parts) or "none at the highest or lowest of its series"


def _is_extreme(each: Precursor, pick: Callable[[list[float]], float]) -> bool:
    counts = [shown.value for _, shown in each.years if shown.value is not None]
    whole = len(counts) == len(each.years) >= LONG_RUN
    return whole and counts[-1] == pick(counts)
