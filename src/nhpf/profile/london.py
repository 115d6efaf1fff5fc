"""The profile of the Metropolitan Police: homicide in London in depth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhpf.profile import (
    comparison,
    concentration,
    disparities,
    force_year,
    limits,
    london_trend,
    maps,
    missing,
    pointing,
    precursors,
    terms,
    who_how_when,
)
from nhpf.profile.borough import Span, borough_words, compared_boroughs
from nhpf.profile.london_trend import LondonHomicide
from nhpf.profile.parts import Parts
from nhpf.reports.tree import Block, Judgement, Section

if TYPE_CHECKING:
    from nhpf.profile.comparison import Compared
    from nhpf.profile.concentration import Captured
    from nhpf.profile.precursors import Precursor
    from nhpf.profile.scope import Scope

AREA = (
    "London here is the area of the Metropolitan Police: 32 boroughs and 679 wards. The City of "
    "London has a police force of its own."
)


def parts(scope: Scope) -> Parts:
    """Return the parts of London's profile."""
    held = london_trend.london_homicide(scope)
    compared, span = compared_boroughs(scope, held.all)
    other = precursors.precursors(scope)
    captured = concentration.captured(scope)
    reasons = (*pointing.of_london(scope), *pointing.of_rises(other))
    sections = (
        terms.section(scope, AREA, series_in_use()),
        _trend(scope, held),
        _comparison(scope, compared, span),
        _other_harm(scope, other),
        who(scope),
        Section(
            "unsolved",
            "Unsolved, by ethnicity within method",
            (disparities.unsolved_within_method(scope),),
        ),
        Section(
            "concentration",
            "How far places hold homicide",
            (concentration.caution(captured), concentration.figure(scope, captured)),
        ),
        _limits(scope, held),
        missing.section(scope),
        pointing.section(scope, reasons),
    )
    return Parts(
        period=held.span,
        headline=london_trend.headline(held),
        judgements=_judgements(scope, held, other, captured),
        sections=sections,
    )


def series_in_use() -> str:
    """Say which series the profile reads and where each ends."""
    return (
        "Three series of the Metropolitan Police are read, each as a series of its own: recorded "
        "crime by borough and ward (April 2010 on), knife crime (from March 2022), and the "
        "homicide dashboard's victims (2003 to 2023; solved status to June 2022). They differ by "
        "a few a year."
    )


def _trend(scope: Scope, held: LondonHomicide) -> Section:
    return Section(
        "trend",
        "Volume and trend: has anything changed?",
        (
            london_trend.by_year(scope, held),
            london_trend.changes(scope, held),
            london_trend.by_month(scope, held),
        ),
    )


def _comparison(scope: Scope, compared: Compared, span: Span) -> Section:
    first, last = span
    forces = comparison.forces_compared(scope)
    return Section(
        "comparison",
        "Boroughs, and London beside other forces",
        (
            comparison.funnel_figure(compared, borough_words(scope, span)),
            maps.boroughs(scope, compared, first=first, last=last),
            comparison.funnel_figure(forces, comparison.forces_words(scope), code=scope.area.code),
        ),
    )


def _other_harm(scope: Scope, other: tuple[Precursor, ...]) -> Section:
    severity = force_year.severity_figure(scope)
    blocks: tuple[Block, ...] = (
        precursors.change_figure(scope, other),
        precursors.trends_figure(scope, other),
        *((severity,) if severity else ()),
    )
    return Section("precursors", "Other harm that comes before or beside homicide", blocks)


def who(scope: Scope) -> Section:
    """Return who was killed, how and when: shown for London as a whole."""
    return Section(
        "who-how-when",
        "Who, how and when, across London",
        (
            who_how_when.method_by_period(scope),
            who_how_when.method_by_year(scope),
            who_how_when.age_sex(scope, disparities.age_sex(scope.edition)),
            who_how_when.domestic_by_year(scope),
            who_how_when.solved_by_period(scope),
            disparities.ethnicity_rate(scope),
        ),
    )


def _limits(scope: Scope, held: LondonHomicide) -> Section:
    old, since, with_borough = held.split_without_ward()
    return limits.section(
        scope,
        f"{held.without_ward} of {held.all.counts.sum():,} homicides have no ward: {old} to "
        f"February 2024, none of which has a borough either, and {since} since, of which "
        f"{with_borough} have a borough. Deaths in places that no ward is given to, or not yet, "
        "are counted for London and shown in no place.",
        limits.rarity("London", london_trend.yearly_mean(held)),
        faults=(
            "stub_month",
            "restated_counts",
            "wards_without_homicide",
            "knife_crime_without_ward",
            "victims_ethnicity",
            "city_of_london",
        ),
    )


def _judgements(
    scope: Scope,
    held: LondonHomicide,
    other: tuple[Precursor, ...],
    captured: tuple[Captured, ...],
) -> tuple[Judgement, ...]:
    return (
        london_trend.latest_year(held),
        who_how_when.method_judgement(scope),
        precursors.judgement(scope, other),
        disparities.unsolved_judgement(scope),
        concentration.judgement(captured),
    )
