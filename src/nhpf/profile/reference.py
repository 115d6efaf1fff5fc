"""Terms of reference: purpose, questions, scope, who asked, partners and the date of review.

What a commission leaves open is taken from the kind of document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from nhpf.profile.commission import TO_BE_NAMED
from nhpf.profile.partners import PARTNERS
from nhpf.profile.wording import listed
from nhpf.reports.tree import Paragraph, Section
from nhpf.reports.words import spoken_date

if TYPE_CHECKING:
    from nhpf.profile.kinds import Kind
    from nhpf.profile.scope import Scope

SECTION = "reference"
CASES_BOUND = (
    "Homicide and the harm that comes before or beside it, as the release named below holds them; "
    "no person, no family and no address"
)


DATES = re.compile(r"\b(\d{4})(?:-(\d\d))?(?:-(\d\d))?\b")


@dataclass(frozen=True, slots=True)
class Terms:
    """What a kind of document is for where nobody says otherwise."""

    purpose: str
    questions: tuple[str, ...]
    partners: tuple[str, ...] = ()


# The screen is one step of a chain, made for those who asked the question that it answers.
DEFAULTS: dict[Kind, Terms] = {
    "profile": Terms(
        "To understand the area's homicide problem well enough to choose what to prevent first, "
        "with whom, and by what measure a change would be seen",
        (
            "How much homicide is there, and has anything changed?",
            "Which kinds of homicide are more frequent here than elsewhere?",
            "Where could it be prevented, and what is being done there now?",
            "What is not known, and who could say?",
        ),
    ),
    "deaths": Terms(
        "To give the chief constable an analysis of death investigations from the records of the "
        "force, health and the local authority, with a test for linked series",
        (
            "What is the pattern of deaths?",
            "Could some of them be linked?",
            "Which deaths do these records not see?",
        ),
    ),
    "needs": Terms(
        "To give the authorities of the Serious Violence Duty one account of the problem, its "
        "causes, what is in the reach of each, and a first draft of their response",
        (
            "What serious violence is there, and who is harmed?",
            "What raises the risk, and what protects, at each stage of life?",
            "What is in the reach of each partner, and what is already done?",
            "Where are the gaps, and what follows?",
        ),
        tuple(each.name for each in PARTNERS),
    ),
}


def section(scope: Scope, kind: Kind) -> Section:
    """Return the terms of reference of one document."""
    given, usual = scope.commission, DEFAULTS[kind]
    partners = given.partners or usual.partners
    lines = (
        ("Purpose", given.purpose or usual.purpose),
        ("Questions", " ".join(given.questions or usual.questions)),
        ("Scope", f"{scope.area.name}. {given.scope or CASES_BOUND}"),
        ("Asked for by", given.asked_by or TO_BE_NAMED),
        ("Partners", listed(list(partners)) if partners else TO_BE_NAMED),
        ("To be looked at again", review_in_words(scope)),
    )
    return Section(SECTION, "Terms of reference", tuple(_line(*each) for each in lines))


def _line(name: str, text: str) -> Paragraph:
    return Paragraph(f"{name}: {text}{'' if text.endswith(('.', '?')) else '.'}")


def review_date(scope: Scope) -> date:
    """Return when the document is looked at again: as commissioned, or a year after its data."""
    return scope.commission.review or _year_after(newest_extract(scope))


def review_in_words(scope: Scope) -> str:
    """Say when the document is looked at again, and where the date comes from."""
    said = spoken_date(review_date(scope).isoformat())
    return said if scope.commission.review else f"{said}, a year after its newest data"


def newest_extract(scope: Scope) -> date:
    """Return the newest date on which a table of the release was extracted, as far as it is known.

    A table that states the year or the month alone counts from its first day.
    """
    tables = scope.release.manifest["tables"].values()
    stated = " ".join(str(table["extract_date"]) for table in tables)
    return max(
        date(int(year), int(month or 1), int(day or 1))
        for year, month, day in DATES.findall(stated)
    )


def _year_after(day: date) -> date:
    # The day after 28 February where the year after has no 29th.
    return date(day.year + 1, day.month, min(day.day, 28))
