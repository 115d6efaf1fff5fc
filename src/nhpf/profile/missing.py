"""Data that a profile would need: who holds them, and how to add them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhpf.indicators import METROPOLITAN
from nhpf.reports.tree import Missing, Paragraph, Section

if TYPE_CHECKING:
    from nhpf.profile.scope import Scope


def _import(source: str) -> str:
    return (
        f"Try the file with: nhpf records check {source} FILE. Put it in with: nhpf records import "
        f"{source} FILE. It stays on this machine; docs/how-to/import-records.md shows its form."
    )


CHECK = (
    f"{_import('homicide_cases')} To see a profile filled with made-up cases first: nhpf records "
    "synthesise-cases FOLDER."
)
CASES = Missing(
    "How, whom, where and why: the force's own homicide cases by method, age, sex, relationship, "
    "the Home Office's seven sub-types, and place",
    "the force (its return to the Homicide Index) and the Home Office",
    CHECK,
)
YEARS = Missing(
    "Homicides of the force for every year but one",
    "the Home Office, police recorded crime open data tables; the force itself",
    "Download the tables of later years; an importer comes in a later version.",
)
IMPORTED = {
    "homicide_cases": CASES,
    "hospital_assaults": Missing(
        "People treated in hospital for assault, with weapon and place: harm that the police "
        "never hear of",
        "emergency departments of NHS trusts, under Information Sharing to Tackle Violence",
        _import("hospital_assaults"),
    ),
    "ambulance": Missing(
        "Ambulance call-outs for stabbing, shooting and assault",
        "the ambulance service",
        _import("ambulance"),
    ),
    "crime_events": Missing(
        "Near misses: attempted murder, grievous wounding, threats to life and warnings given",
        "the force's crime and intelligence systems",
        _import("crime_events"),
    ),
}
"""What fills a part of the profile once it is imported, by the name of its source."""

SHARED = (
    Missing(
        "What was known before: domestic abuse, mental health, care, probation and prison",
        "the local authority, the NHS mental health trust, the Probation Service, the reviews of "
        "the partnership",
        "Only under a signed sharing agreement and never as names; not in this version.",
    ),
    Missing(
        "Recommendations of reviews after earlier deaths and what became of them",
        "the community safety partnership, safeguarding boards, the coroner",
        "A later version keeps them as records of their own.",
    ),
)
ACTIVITY = Missing(
    "What is being done now, by area of focus and level of prevention",
    "the force, its partners and the police and crime commissioner: their registers of activity "
    "and the practices that they have adopted",
    "Give it with the commission of this document: nhpf profile AREA --commission FILE; "
    "docs/how-to/make-a-profile.md shows its form.",
)


def section(scope: Scope) -> Section:
    """Return what is missing for this area, in the order in which it would help most."""
    held = scope.release.manifest["tables"]
    is_local = scope.area.kind != "nation"
    wanted = [each for source, each in IMPORTED.items() if source not in held]
    if not is_local or scope.area.code == METROPOLITAN:
        wanted = [each for each in wanted if each is not CASES]
    has_years = scope.is_london or not is_local or "homicide_cases" in held
    return Section(
        "missing",
        "Missing data",
        (
            Paragraph("A judgement is only as good as what it could not see. These are missing."),
            *wanted[:1],
            *(() if has_years else (YEARS,)),
            *wanted[1:],
            *SHARED,
        ),
    )
