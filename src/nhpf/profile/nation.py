"""The profile of England and Wales."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nhpf.profile import (
    comparison,
    force_year,
    limits,
    missing,
    national_harm,
    national_shares,
    national_spread,
    national_trend,
    pointing,
    priorities,
    root_causes,
    terms,
)
from nhpf.profile.parts import Parts
from nhpf.reports.tree import Block, Judgement, Section

if TYPE_CHECKING:
    from nhpf.profile.comparison import Compared
    from nhpf.profile.scope import Scope

NAME = "England and Wales"


def parts(scope: Scope) -> Parts:
    """Return the parts of the nation's profile."""
    compared = comparison.forces_compared(scope)
    last = national_trend.index_years(scope)[-1]
    who = who_how(scope)
    sections = (
        terms.section(scope, national_trend.SERIES_DIFFER),
        _trend(scope),
        Section(
            "comparison",
            "Forces beside each other",
            (comparison.funnel_figure(compared, comparison.forces_words(scope)),),
        ),
        _other_harm(scope),
        replace(who, blocks=(*who.blocks, national_spread.methods_by_sex(scope))),
        root_causes.section(scope),
        limits.section(
            scope,
            limits.rarity(NAME, last.latest),
            national_trend.ONE_INCIDENT,
            faults=("unknown_years", "method_years", "force_without_area"),
        ),
        missing.section(scope),
        pointing.section(scope, priorities.reasons(scope)),
    )
    return Parts(
        period=f"1898 to March {last.year}",
        headline=national_trend.headline(scope),
        judgements=(
            national_trend.strategy_judgement(scope),
            national_shares.judgement(scope),
            _forces(compared),
        ),
        sections=sections,
    )


def _trend(scope: Scope) -> Section:
    blocks = (
        national_trend.index_figure(scope),
        national_trend.strategy_figure(scope),
        national_trend.series_table(scope),
        national_trend.long_run_figure(scope),
    )
    return Section("trend", "Volume and trend: has anything changed?", blocks)


def _other_harm(scope: Scope) -> Section:
    severity = force_year.severity_figure(scope)
    blocks: tuple[Block, ...] = (
        national_harm.figure(scope),
        *((severity,) if severity else ()),
        national_spread.severity_by_force(scope),
    )
    return Section("precursors", "Other harm that comes before or beside homicide", blocks)


def who_how(scope: Scope) -> Section:
    """Return who was killed and how, for England and Wales."""
    return Section(
        "who-how-when",
        "Who and how, across England and Wales",
        (
            national_shares.shares_figure(scope),
            national_shares.methods_figure(scope),
            national_shares.related_deaths_figure(scope),
            national_shares.ethnicity_figure(scope),
        ),
    )


def _forces(compared: Compared) -> Judgement:
    spread = compared.funnel.dispersion
    return Judgement(
        "forces",
        f"{compared.share_of_spread()} forces were in line with {NAME} in homicide for their "
        "residents in the year ending March 2019.",
        "moderate",
        f"The others lie outside the 99.8% limits of chance. Over all, forces differ {spread:.1f} "
        "times as much as chance alone would make them.",
        ("force-funnel",),
    )
