"""The profile of a police force outside London: what is openly known of it, and what is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhpf.indicators import FORCE_YEAR
from nhpf.profile import (
    comparison,
    force_year,
    limits,
    missing,
    nation,
    national_shares,
    pointing,
    terms,
)
from nhpf.profile.parts import Parts
from nhpf.reports.tree import Block, Figure, Judgement, Paragraph, Section

if TYPE_CHECKING:
    from nhpf.profile.force_year import OtherHarm
    from nhpf.profile.scope import Scope

THIN = (
    "Open data hold little about a single force: one year of counts by offence, a severity score "
    "to 2022, and its boundaries and residents. The force itself holds the rest."
)
NO_ATTRIBUTES = (
    "Who was killed, how and by whom is not shown for one force or local authority in public: the "
    "counts are so small that they would point to people. The nation's shares stand here instead."
)


def parts(scope: Scope) -> Parts:
    """Return the parts of a force's profile."""
    held = force_year.force_year(scope)
    compared = comparison.forces_compared(scope)
    harm = force_year.other_harm(scope)
    is_compared = scope.area.code in compared.codes
    funnel = (
        comparison.funnel_figure(
            compared, comparison.forces_words(scope), code=scope.area.code if is_compared else ""
        ),
    )
    reasons = (
        *pointing.of_force(harm),
        *pointing.of_nation(national_shares.national_shares(scope)),
    )
    sections = (
        terms.section(scope, THIN, force_year.NEWEST),
        Section(
            "trend",
            "Volume and trend: has anything changed?",
            (Paragraph(force_year.ONE_YEAR), force_year.homicide_figure(scope, held)),
        ),
        Section("comparison", "Beside other forces", funnel),
        _other_harm(scope, harm),
        _shares(scope),
        limits.section(
            scope, limits.rarity(scope.area.name, held.homicides), faults=("force_without_area",)
        ),
        missing.section(scope),
        pointing.section(scope, reasons),
    )
    return Parts(
        period=FORCE_YEAR,
        headline=force_year.headline(scope, held, compared),
        judgements=_judgements(scope, held, harm),
        sections=sections,
    )


def _other_harm(scope: Scope, harm: tuple[OtherHarm, ...]) -> Section:
    severity = force_year.severity_figure(scope)
    figures: list[Figure | None] = [
        force_year.other_harm_figure(scope, harm) if harm else None,
        severity,
    ]
    blocks: list[Block] = [each for each in figures if each is not None]
    if not blocks:
        blocks.append(
            Paragraph(
                "The City of London Police has no severity score, and its residents are too few "
                "for its counts to be compared."
            )
        )
    title = "Other harm that comes before or beside homicide"
    return Section("precursors", title, tuple(blocks))


def _shares(scope: Scope) -> Section:
    if scope.audience == "restricted":
        return nation.who_how(scope)
    return Section(
        "national-shares",
        "Who and how, across England and Wales",
        (Paragraph(NO_ATTRIBUTES), national_shares.shares_figure(scope)),
    )


def _judgements(
    scope: Scope, held: force_year.ForceYear, harm: tuple[OtherHarm, ...]
) -> tuple[Judgement, ...]:
    judged = [force_year.patience(held)]
    if harm:
        judged.append(
            Judgement(
                "other-harm",
                force_year.other_harm_title(scope.area.name, harm) + f", {FORCE_YEAR}.",
                "moderate",
                "By the limits of the 95% interval of the ratio. Recording differs between forces, "
                "so confidence is never high.",
                (force_year.OTHER_HARM,),
            )
        )
    return (*judged, national_shares.judgement(scope))
