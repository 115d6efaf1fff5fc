"""The profile of a local authority outside the Metropolitan Police: thin, and honest about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhpf.profile import limits, missing, national_shares, pointing, terms
from nhpf.profile.force import NO_ATTRIBUTES
from nhpf.profile.parts import Parts
from nhpf.reports.tree import Column, Figure, Judgement, Paragraph, Section, Table
from nhpf.reports.words import number

if TYPE_CHECKING:
    from nhpf.profile.scope import Scope

PLACE = "place"


def parts(scope: Scope) -> Parts:
    """Return the parts of a local authority's profile."""
    force = force_name(scope)
    sections = (
        terms.section(
            scope,
            f"No open table counts homicide for {scope.area.name}. Its police force is {force} "
            f"({scope.area.parent}), whose profile holds what is openly known.",
        ),
        Section(
            "trend",
            "Volume and trend: has anything changed?",
            (
                Paragraph(
                    f"Not known for {scope.area.name}: no open figure is held. The force and the "
                    "community safety partnership hold their own counts."
                ),
                _place(scope, force),
            ),
        ),
        Section(
            "national-shares",
            "Who and how, across England and Wales",
            (Paragraph(NO_ATTRIBUTES), national_shares.shares_figure(scope)),
        ),
        limits.section(
            scope,
            "A local authority has so few homicides that its own count, even if it were held, "
            "would hardly ever show a change.",
        ),
        missing.section(scope),
        pointing.section(scope, pointing.of_nation(national_shares.national_shares(scope))),
    )
    return Parts(
        period="mid-2020",
        headline=_headline(scope, force),
        judgements=(national_shares.judgement(scope),),
        sections=sections,
    )


def force_name(scope: Scope) -> str:
    """Return the name of the area's police force."""
    found = scope.release.query("areas")
    names = dict(zip(found["code"].tolist(), found["name"].tolist(), strict=True))
    return str(names[scope.area.parent])


def _headline(scope: Scope, force: str) -> Judgement:
    return Judgement(
        "headline",
        f"Open data cannot say how homicide stands in {scope.area.name}.",
        "high",
        f"No table held counts it below the force. {force} holds the figures.",
        (PLACE,),
    )


def _place(scope: Scope, force: str) -> Figure:
    people = scope.residents[scope.area.code]
    found = scope.release.query("deprivation", area=scope.area.code)
    rows: list[tuple[str, str]] = [
        ("Police force", force),
        ("Residents, mid-2020", number(people)),
    ]
    if len(found["imd_average_score"]):
        share = 100 * float(found["share_in_most_deprived_tenth"][0])
        rows += [
            (
                "Index of Multiple Deprivation 2025, average score",
                number(float(found["imd_average_score"][0]), 1),
            ),
            ("Share of small areas among the most deprived tenth of England", f"{share:.0f}%"),
        ]
    return Figure(
        id=PLACE,
        title=f"{scope.area.name} has {number(people)} residents and is policed by {force}",
        subtitle="What open data hold of the place",
        reading="Deprivation describes places. It does not explain their crime.",
        table=Table(
            f"{scope.area.name}", (Column("what", "What"), Column("value", "Value")), tuple(rows)
        ),
        provenance=scope.provenance("population", "deprivation", "area", period="mid-2020"),
        caveats=scope.known_faults("deprivation_and_crime"),
    )
