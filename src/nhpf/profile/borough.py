"""The profile of a London borough: totals, its place in London, and other harm that bears it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from nhpf.indicators import METROPOLITAN, Monthly, monthly
from nhpf.profile import (
    borough_trend,
    comparison,
    judging,
    limits,
    maps,
    missing,
    national_shares,
    pointing,
    precursors,
    terms,
)
from nhpf.profile.comparison import Compared, Comparing
from nhpf.profile.force import NO_ATTRIBUTES
from nhpf.profile.judging import years_to_see
from nhpf.profile.parts import Parts
from nhpf.reports.tree import Judgement, Paragraph, Section
from nhpf.reports.words import in_words, number, period

if TYPE_CHECKING:
    from nhpf.profile.precursors import Precursor
    from nhpf.profile.scope import Scope

POOLED_YEARS = 5
Span = tuple[date, date]


def compared_boroughs(scope: Scope, series: Monthly) -> tuple[Compared, Span]:
    """Return London's boroughs over the latest five years, and the months pooled."""
    _, first, last = series.latest(12 * POOLED_YEARS)
    compared = comparison.boroughs_compared(
        scope, categories=("HOMICIDE",), first=first, last=last, years=POOLED_YEARS
    )
    return compared, (first, last)


def borough_words(scope: Scope, span: Span) -> Comparing:
    """Return the words of the funnel of boroughs."""
    pooled = period(*span)
    return Comparing(
        id="borough-funnel",
        what="homicides",
        kind="boroughs",
        against="London",
        period=f"{pooled}, pooled",
        provenance=scope.provenance("london_borough_offences", "population", period=pooled),
        caveats=scope.known_faults("homicides_without_ward", "restated_counts"),
    )


def _series(scope: Scope) -> Monthly:
    found = scope.release.query("london_homicide_by_month")
    return monthly(found["month"], found["homicides"])


def parts(scope: Scope) -> Parts:
    """Return the parts of a borough's profile."""
    measured = scope.measured("homicide-count")
    series = _series(scope)
    compared, span = compared_boroughs(scope, series)
    other = precursors.precursors(scope)
    reasons = (
        *pointing.of_rises(other),
        *pointing.of_nation(national_shares.national_shares(scope)),
    )
    sections = (
        terms.section(scope, _about(scope, series)),
        Section(
            "trend",
            "Volume and trend: has anything changed?",
            (borough_trend.by_year(scope, measured),),
        ),
        Section(
            "comparison",
            "Beside the other boroughs",
            (comparison.funnel_figure(compared, borough_words(scope, span), code=scope.area.code),),
        ),
        _other_harm(scope, other, series),
        _shares(scope),
        limits.section(
            scope,
            limits.rarity(scope.area.name, compared.count(scope.area.code) / POOLED_YEARS),
            faults=("homicides_without_ward", "restated_counts", "victims_without_borough"),
        ),
        missing.section(scope),
        pointing.section(scope, reasons),
    )
    return Parts(
        period=period(series.first, series.last),
        headline=borough_trend.headline(scope, measured, patience=_patience(scope, compared)),
        judgements=_judgements(scope, compared, other),
        sections=sections,
    )


def _patience(scope: Scope, compared: Compared) -> str:
    """Say how long a fall would take to be seen, from the same five years wherever it is said."""
    count = compared.count(scope.area.code)
    if not count:
        return f"With none in the latest {in_words(POOLED_YEARS)} years, no fall could be seen."
    per_year = count / POOLED_YEARS
    return (
        f"With {count} in the latest {in_words(POOLED_YEARS)} years ({number(per_year, 1)} a year) "
        f"a true fall of a fifth would take about {number(round(years_to_see(per_year)))} years of "
        "counts, before and again after, to be seen."
    )


def _about(scope: Scope, series: Monthly) -> str:
    return (
        f"{scope.area.name} is one of 32 boroughs of the Metropolitan Police. Homicide is shown "
        f"here by calendar year and pooled, {period(series.first, series.last)}; never by month "
        "and never by ward."
    )


def _other_harm(scope: Scope, other: tuple[Precursor, ...], series: Monthly) -> Section:
    _, first, last = series.latest(12)
    return Section(
        "precursors",
        "Other harm that comes before or beside homicide",
        (
            precursors.change_figure(scope, other),
            precursors.trends_figure(scope, other),
            maps.wards(scope, first=first, last=last),
        ),
    )


def _shares(scope: Scope) -> Section:
    if scope.audience == "restricted":
        # London's tables, beside the borough's totals, for named readers only.
        from nhpf.profile.london import who

        section = who(scope.of_code(METROPOLITAN))
        return replace(section, blocks=(*section.blocks, national_shares.shares_figure(scope)))
    return Section(
        "national-shares",
        "Who and how, across England and Wales",
        (Paragraph(NO_ATTRIBUTES), national_shares.shares_figure(scope)),
    )


def _judgements(
    scope: Scope, compared: Compared, other: tuple[Precursor, ...]
) -> tuple[Judgement, ...]:
    code, name = scope.area.code, scope.area.name
    where = compared.position(code)
    place = "in line with" if where == "in line" else f"{where} than in"
    count = compared.count(code)
    return (
        Judgement(
            "place",
            f"For its residents, homicide in {name} over five years was {place} London.",
            compared.confidence(code),
            f"{count} homicides where {number(round(compared.expected_of(code), 1))} were expected "
            "at London's rate; the funnel's 99.8% limits decide.",
            ("borough-funnel",),
        ),
        precursors.judgement(scope, other),
        Judgement(
            "patience",
            f"Homicide is too rare in {name} to show by itself whether prevention works.",
            "high",
            f"{_patience(scope, compared)} {judging.chance_in_words(count / POOLED_YEARS)} Other "
            "harm has to be watched beside it.",
            (borough_trend.BY_YEAR,),
        ),
    )
