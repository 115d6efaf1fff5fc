"""Data that a profile would need: who holds them, and how to add them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhpf.indicators import METROPOLITAN
from nhpf.reports.tree import Missing, Paragraph, Section

if TYPE_CHECKING:
    from nhpf.profile.scope import Scope

CHECK = (
    "Write them in the shape of the source homicide_cases and try the file with: nhpf records "
    "check homicide_cases FILE. Importing it comes in a later version; it stays with the force."
)
LATER = "No importer yet in this version. Ask for it as monthly counts without names."

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
SHARED = (
    Missing(
        "People treated in hospital for assault, with weapon and place: harm that the police "
        "never hear of",
        "emergency departments of NHS trusts, under Information Sharing to Tackle Violence",
        LATER,
    ),
    Missing(
        "Ambulance call-outs for stabbing, shooting and assault",
        "the ambulance service",
        LATER,
    ),
    Missing(
        "Near misses: attempted murder, grievous wounding, threats to life and warnings given",
        "the force's crime and intelligence systems",
        LATER,
    ),
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
    Missing(
        "What is being done now, by area of focus and level of prevention",
        "the force, its partners and the police and crime commissioner",
        "A later version holds plans and practices beside the figures.",
    ),
)


def section(scope: Scope) -> Section:
    """Return what is missing for this area, in the order in which it would help most."""
    local = scope.area.kind != "nation"
    first = (CASES,) if local and scope.area.code != METROPOLITAN else ()
    years = () if scope.is_london or not local else (YEARS,)
    return Section(
        "missing",
        "Missing data",
        (
            Paragraph("A judgement is only as good as what it could not see. These are missing."),
            *first,
            *years,
            *SHARED,
        ),
    )
