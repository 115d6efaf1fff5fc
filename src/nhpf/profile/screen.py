"""From a national signal to a local problem: is a sub-type over-represented, and is it true here?

The chain that one force walked by meetings in 2023: told nationally that a sub-type is prevalent,
it checked locally, found a reason, and made a plan. Here it is one document, for named recipients.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from nhpf.errors import CannotTell, InvalidInput
from nhpf.indicators import change
from nhpf.methods import rates
from nhpf.profile import pointing
from nhpf.profile.cases import Cases, cases_of
from nhpf.profile.cases.held import NOT_KNOWN, SUBTYPE, TABLE
from nhpf.profile.cases.subtypes import FIGURE, RULE, Beside, beside_others, figure, named
from nhpf.profile.judging import change_because, change_sentence
from nhpf.profile.parts import Parts
from nhpf.profile.pointing import Reason
from nhpf.profile.scope import Scope
from nhpf.profile.screen_words import CHECKS, NOBODY, OURS
from nhpf.profile.wording import as_interval, big, listed, small
from nhpf.records.subtypes import SUBTYPES
from nhpf.reports.charts.specs import DotWhiskers, Line, Point, Trend
from nhpf.reports.tree import Block, Column, Figure, Judgement, Paragraph, Section, Table
from nhpf.reports.words import number

if TYPE_CHECKING:
    from nhpf.profile.cases.held import Level
    from nhpf.records import Area, Release

AREAS = {
    SUBTYPES[0]: ("ar-safeguarding", "ar-offender"),
    SUBTYPES[1]: ("ar-safeguarding", "ar-offender"),
    SUBTYPES[2]: ("ar-knife", "ar-youth", "ar-gang"),
    SUBTYPES[3]: ("ar-safeguarding", "ar-mental-health"),
    SUBTYPES[4]: ("ar-nte", "ar-alcohol", "ar-knife"),
    SUBTYPES[5]: ("ar-alcohol", "ar-mental-health", "ar-offender"),
    SUBTYPES[6]: ("ar-child-protection",),
}
"""Areas of focus that a sub-type leads to first: our reading, for a person to check."""
DIVIDED = {
    "several_victims": "In an incident with several victims",
    "method": "Method",
    "relationship": "Principal suspect was",
    "alcohol_related": "Alcohol recorded",
    "drug_related": "Drugs recorded",
    "victim_age_band": "Age of the victim",
}


@dataclass(frozen=True, slots=True)
class Signal:
    """A sub-type that is over-represented in an area, and the numbers that say so."""

    area: Area
    beside: Beside

    @property
    def subtype(self) -> str:
        """The sub-type as the Home Office names it, with its number."""
        return self.beside.name

    @property
    def sentence(self) -> str:
        """The signal in words."""
        each = self.beside
        return (
            f"{named(each.name)}: {each.count} victims where other areas’ share would give about "
            f"{number(each.expected)}; drawn in, {number(each.ratio.estimate, 1)} times as many "
            f"(95% interval {number(each.ratio.low, 1)} to {number(each.ratio.high, 1)})."
        )


def signals(scope: Scope) -> tuple[Signal, ...]:
    """Return the sub-types over-represented in the area of a restricted scope.

    Raises
    ------
    CannotTell
        If the release holds no cases of the area, or of fewer than ten areas.
    """
    cases = _held(scope)
    found = [each for each in beside_others(cases) if each.is_over_represented]
    return tuple(Signal(scope.area, each) for each in found)


def _held(scope: Scope) -> Cases:
    cases = cases_of(scope)
    if cases is None or not cases.place:
        raise CannotTell(
            f"The release holds no homicide cases of {scope.area.name} that may be shown here.",
            next_step="Import them with nhpf records import homicide_cases; the screen also needs "
            "the cases of at least nine other areas.",
        )
    return cases


def parts(scope: Scope) -> Parts:
    """Return the parts of the screen of one area.

    Raises
    ------
    CannotTell
        As `signals`.
    """
    return Parts(_held(scope).period, headline(scope), (), sections(scope))


def sections(scope: Scope) -> tuple[Section, ...]:
    """Return the four steps of the screen for one area.

    Raises
    ------
    CannotTell
        As `signals`.
    """
    cases, found = _held(scope), signals(scope)
    checks = [block for each in found for block in _check(scope, cases, each)]
    return (
        Section("nation", "What the nation sees", (_national(scope),)),
        Section(
            "here",
            "Is it true here?",
            (Paragraph(RULE), figure(scope, cases), *_rates(scope, cases)),
        ),
        Section(
            "check",
            "The local check",
            (*map(Paragraph, CHECKS), *checks) if found else (Paragraph(_nothing(scope, cases)),),
        ),
        Section("problem", "The problem, and why", (*_problem(scope, found), Paragraph(NOBODY))),
    )


def _nothing(scope: Scope, cases: Cases) -> str:
    return (
        f"No sub-type is over-represented in {scope.place} by the rule above, so there is nothing "
        f"to check. With {cases.victims} victims in {cases.period} a sub-type twice as frequent as "
        "elsewhere could still be missed; the profile’s other sections say what else to look at."
    )


def headline(scope: Scope) -> Judgement:
    """Return the judgement at the top of the screen."""
    found = signals(scope)
    if not found:
        sentence = f"No homicide sub-type is over-represented in {scope.place} by more than chance."
    else:
        names = listed([small(named(each.subtype)) for each in found])
        verb = "is" if len(found) == 1 else "are"
        sentence = f"{big(names)} {verb} over-represented among homicides in {scope.place}."
    because = " ".join(each.sentence for each in found) or _nothing(scope, _held(scope))
    return Judgement("screen", sentence, "moderate" if found else "low", because, (FIGURE,))


def _national(scope: Scope) -> Figure:
    """Show how each sub-type has changed over all areas together, latest years and before."""
    cases = _held(scope)
    pooled = max(1, len(cases.years) // 2)
    later, earlier = cases.years[-pooled:], cases.years[-2 * pooled : -pooled]
    rows, points = [], []
    for name in SUBTYPES:
        by_year = _by_year(scope, name)
        after, before = (sum(by_year.get(year, 0) for year in years) for years in (later, earlier))
        if not earlier or not (after and before):
            continue
        found = change(before, pooled, after, pooled)
        said = "rose" if found.ratio > 1 else "fell"
        told = said if found.told_from_chance else "cannot be told from chance"
        rows.append((named(name), before, after, round(found.ratio, 2), told))
        points.append(Point(named(name), found.ratio, found.low, found.high))
    risen = [small(row[0]) for row in rows if row[4] == "rose"]
    title = f"Over all areas, {listed(risen)} rose" if risen else "Over all areas no sub-type rose"
    span = f"{later[0]} to {later[-1]} against {earlier[0]} to {earlier[-1]}" if earlier else "one"
    return Figure(
        id="national-subtypes",
        title=f"{title} by more than chance",
        subtitle=f"Victims by sub-type over all areas held, {span}; ratio with 95% interval",
        reading="; ".join(f"{row[0]}: {row[1]} and {row[2]}" for row in rows) + ".",
        chart=DotWhiskers(tuple(points), unit="times as many as before", reference=1.0, log=True),
        table=Table(
            "Victims by sub-type over all areas held",
            (
                Column("subtype", "Sub-type"),
                Column("before", "Earlier years", "count"),
                Column("after", "Later years", "count"),
                Column("ratio", "Ratio", "number"),
                Column("reading", "Reading"),
            ),
            tuple(rows),
        ),
        provenance=scope.provenance(TABLE, period=cases.period),
        method="Two Poisson counts: Clopper and Pearson’s limits of the share.",
    )


def _by_year(scope: Scope, subtype: str, place: str = "") -> dict[int, int]:
    sums: dict[int, int] = {}
    for at, breakdown, category, victims in _rows(scope, subtype):
        if breakdown == "year" and place in ("", at):
            sums[int(category)] = sums.get(int(category), 0) + victims
    return sums


def _rows(scope: Scope, subtype: str) -> list[tuple[str, str, str, int]]:
    cases = _held(scope)
    return _of_subtype(scope.release, cases.level, cases.years, subtype)


@lru_cache(maxsize=16)
def _of_subtype(
    release: Release, level: Level, years: tuple[int, ...], subtype: str
) -> list[tuple[str, str, str, int]]:
    rows = release.query(
        "homicide_cases_of_subtype", level=level, first=years[0], last=years[-1], subtype=subtype
    )
    names = ("place", "breakdown", "category", "victims")
    return list(zip(*(rows[name].tolist() for name in names), strict=True))


def _rates(scope: Scope, cases: Cases) -> Iterator[Figure]:
    """Show rates for residents: a share can be large because other kinds are few."""
    people = _residents(scope, cases)
    here = people.get(cases.place)
    others = sum(n for place, n in people.items() if place != cases.place)
    if not here or not others:
        return
    years = len(cases.years)
    rows, points = [], []
    for name in SUBTYPES:
        counts = cases.by_place(SUBTYPE, name)
        inside = counts[cases.place]
        outside = sum(counts.values()) - inside
        own = rates.rate(inside, here * years, per=1e6)
        other = rates.rate(outside, others * years, per=1e6)
        rows.append((named(name), inside, as_interval(own), as_interval(other)))
        points.append(Point(named(name), own.estimate, own.low, own.high))
    yield Figure(
        id="subtype-rates",
        title=f"Sub-types for their residents: {scope.place} beside all other areas",
        subtitle=f"Victims per million residents a year, {cases.period}; 95% intervals",
        reading="; ".join(f"{row[0]}: {number(row[2].estimate, 1)}" for row in rows)
        + " per million residents a year.",
        chart=DotWhiskers(tuple(points), unit="per million residents a year"),
        table=Table(
            f"Victims by sub-type and residents, {cases.period}",
            (
                Column("subtype", "Sub-type"),
                Column("victims", "Victims", "count"),
                Column("rate", "Rate here", "rate"),
                Column("elsewhere", "Rate in all other areas", "rate"),
            ),
            tuple(rows),
        ),
        provenance=scope.provenance(TABLE, "population", period=cases.period),
        caveats=("Residents of mid-2020; people who visit or work in the area are not in them.",),
        method="Byar’s limits, exact below ten.",
    )


def _residents(scope: Scope, cases: Cases) -> dict[str, int]:
    rows = scope.release.query("area_covariates", kind=cases.level)
    people = dict(zip(rows["code"].tolist(), map(int, rows["residents"].tolist()), strict=True))
    return {place: people[place] for place in cases.places if place in people}


def _check(scope: Scope, cases: Cases, signal: Signal) -> Iterator[Block]:
    """Yield what the cases say of one sub-type here beside the same sub-type elsewhere."""
    rows = _rows(scope, signal.subtype)
    yield _by_year_figure(scope, cases, signal)
    table = []
    for breakdown, heading in DIVIDED.items():
        here, there = _counts(rows, breakdown, cases.place)
        whole, others = sum(here.values()), sum(there.values())
        for category in sorted(set(here) | set(there)):
            if not whole or not others:
                continue
            n = here.get(category, 0)
            own = as_interval(rates.proportion(n, whole))
            other = as_interval(rates.proportion(there.get(category, 0), others))
            table.append((heading, big(category), n, own, other))
    yield Figure(
        id=f"check-{signal.subtype[0]}",
        title=f"{named(signal.subtype)}: the cases here beside those elsewhere",
        subtitle=f"Victims of this sub-type, {scope.place} and all other areas, {cases.period}; "
        "Wilson 95% intervals",
        reading=signal.sentence,
        table=Table(
            f"{named(signal.subtype)}: circumstances here and elsewhere",
            (
                Column("part", "Circumstance"),
                Column("category", "Category"),
                Column("victims", "Victims here", "count"),
                Column("here", "Share here", "share"),
                Column("elsewhere", "Share elsewhere", "share"),
            ),
            tuple(table),
        ),
        provenance=scope.provenance(TABLE, period=cases.period),
        caveats=("Not known is left out of each share.",),
        method="Shares have Wilson intervals.",
    )


def of_subtype(scope: Scope, number: str) -> tuple[Figure, ...]:
    """Return the figures of the local check for a sub-type, whether the screen calls it or not.

    Raises
    ------
    CannotTell
        As `signals`.
    InvalidInput
        If there is no sub-type of this number.
    """
    cases = _held(scope)
    for each in beside_others(cases):
        if each.name[0] == number:
            found = _check(scope, cases, Signal(scope.area, each))
            return tuple(block for block in found if isinstance(block, Figure))
    raise InvalidInput("There is no such sub-type.", next_step="Choose one from 1 to 7.")


def _counts(
    rows: list[tuple[str, str, str, int]], breakdown: str, place: str
) -> tuple[dict[str, int], dict[str, int]]:
    here: dict[str, int] = {}
    there: dict[str, int] = {}
    for at, part, category, victims in rows:
        if part == breakdown and category != NOT_KNOWN:
            held = here if at == place else there
            held[category] = held.get(category, 0) + victims
    return here, there


def _by_year_figure(scope: Scope, cases: Cases, signal: Signal) -> Figure:
    counts = dict.fromkeys(cases.years, 0) | _by_year(scope, signal.subtype, cases.place)
    pooled = max(1, len(cases.years) // 2)
    values = [counts[year] for year in cases.years]
    title = f"{named(signal.subtype)} in {scope.place}, year by year"
    because = ""
    if len(values) > 1 and any(values[-2 * pooled :]):
        found = change(sum(values[-2 * pooled : -pooled]), pooled, sum(values[-pooled:]), pooled)
        title = change_sentence(
            f"{named(signal.subtype)} in {scope.place}",
            found,
            earlier=f"the {pooled} years before",
            later=f"the latest {pooled} years",
        )
        because = change_because(found)
    rows = tuple((str(year), counts[year]) for year in cases.years)
    return Figure(
        id=f"years-{signal.subtype[0]}",
        title=title,
        subtitle=f"Victims by year, {scope.place}, {cases.period}, series: force homicide records",
        reading=because or f"{sum(values)} victims in all.",
        chart=Trend(
            (Line("Victims", tuple(Point(year, n) for year, n in rows)),), unit="victims a year"
        ),
        table=Table(
            "Victims by year",
            (Column("year", "Year", "period"), Column("victims", "Victims", "count")),
            rows,
        ),
        provenance=scope.provenance(TABLE, period=cases.period),
        method="Counts of single years move far by chance.",
    )


def _problem(scope: Scope, found: tuple[Signal, ...]) -> tuple[Block, ...]:
    if not found:
        return (Paragraph("There is no problem to take up from this screen."),)
    reasons = tuple(
        Reason(area, each.sentence, f"check-{each.subtype[0]}")
        for each in found
        for area in AREAS[each.subtype]
    )
    statement = (
        f"In {scope.place} "
        + "; ".join(each.sentence[0].lower() + each.sentence[1:-1] for each in found)
        + ". If the local check finds the same reason behind several of these deaths, that is the "
        "problem to work on: name it, its place and time, who owns it, and the precursor by which "
        "a change could be seen within two years."
    )
    return (Paragraph(statement), Paragraph(OURS), *pointing.pointers(scope.edition, reasons))
