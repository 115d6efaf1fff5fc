"""The strategic needs assessment of the Serious Violence Duty, as linked short modules.

It is composed from what a problem profile holds, computed for the same audience: modules of the
partnership's own (duty, partners, definition, people, stages of life) stand around its figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from nhpf.profile import life_course, partners, requirements, root_causes, terms
from nhpf.profile.inequalities import AGES, age_group
from nhpf.profile.partners import PARTNERS
from nhpf.profile.parts import Parts
from nhpf.profile.response import pointed_openly
from nhpf.profile.wording import listed, small
from nhpf.reports.charts.specs import Bars, Point
from nhpf.reports.tree import (
    Column,
    Figure,
    Inset,
    Missing,
    Paragraph,
    Section,
    Table,
)
from nhpf.reports.words import number

if TYPE_CHECKING:
    from nhpf.profile.scope import Scope

DUTY = (
    "The Serious Violence Duty (Police, Crime, Sentencing and Courts Act 2022, Part 2, Chapter 1) "
    "has specified authorities work together to prevent and reduce serious violence: they assess "
    "what the problem is and what causes it, publish a strategy, and look at it again each year. "
    "This assessment is for that."
)
NO_ROWS = (
    "It is made of counts. Nothing about a patient or a person in care is asked for or shown, and "
    "the Duty’s own powers are not used to share such records."
)
DEFAULT = (
    "The partnership has given no definition of its own yet. Until it does, serious violence means "
    "here homicide and the recorded harm that this document counts: violence with injury, knife "
    "crime with injury, robbery, rape, and stalking and harassment, including domestic abuse."
)
AGREE = (
    "The definition is local: the authorities agree it, with regard to how severe violence is, how "
    "often it happens and what it does to victims and places."
)
COMMUNITY = Missing(
    "What residents, young people and bereaved families say",
    "the voluntary sector, schools, youth services, the local authority’s engagement",
    "As words about places and services, gathered with consent; it is not put into the release.",
)
RESPONSE = (
    "These recommendations are the first draft of the response strategy: each partner takes those "
    "in its reach, changes owner, date and measure where they do not fit, and says yearly what "
    "became of them."
)
HARM = (
    "comparison", "similar", "no-comparison", "trend", "cases-trend", "subtypes", "no-subtypes",
    "who-how-when", "national-shares", "circumstances", "concentration", "precursors",
    "near-misses", "hospital", "no-precursors", "pinch-points", "inequalities", "unsolved",
    "drivers",
)  # fmt: skip
AFTER = ("areas-of-focus", "activity", "gaps", "recommendations", "limits", "missing")
RELATED: dict[str, tuple[str, ...]] = {
    "definition": ("trend", "precursors"),
    "population": ("similar", "inequalities", "partner-local-authority"),
    "trend": ("cases-trend", "subtypes", "precursors"),
    "subtypes": ("pinch-points", "partner-police"),
    "precursors": ("near-misses", "hospital", "partner-police"),
    "hospital": ("partner-health",),
    "inequalities": ("population", "life-course"),
    "drivers": ("root-causes", "population"),
    "root-causes": ("life-course", "drivers"),
    "life-course": ("root-causes", "partner-education", "partner-health"),
    "areas-of-focus": ("activity", "gaps", "recommendations"),
    "activity": ("gaps",),
    "gaps": ("recommendations", "activity"),
    "recommendations": ("gaps", "requirements"),
}


def parts(scope: Scope) -> Parts:
    """Return the parts of an area's needs assessment."""
    from nhpf.profile.places import parts as of_profile

    whole = of_profile(scope)
    held = {each.id: each for each in whole.sections}
    pointed = pointed_openly(whole.sections)
    found = (
        _duty(),
        _involved(),
        _definition(scope),
        _population(scope),
        *(held[id] for id in HARM if id in held),
        held.get("root-causes") or root_causes.section(scope),
        life_course.section(scope),
        *partners.sections(scope, pointed),
        *(_response(held[id]) for id in AFTER if id in held),
    )
    asked = requirements.section(scope, found, (whole.headline, *whole.judgements))
    return replace(whole, sections=tuple(_linked((*found, asked))))


def _duty() -> Section:
    return Section("duty", "Purpose and duty", (Paragraph(DUTY), Inset(NO_ROWS)))


def _involved() -> Section:
    lines = (f"{each.name[0].upper()}{each.name[1:]}: {each.duty}" for each in PARTNERS)
    return Section("involved", "Who is involved", (*map(Paragraph, lines), COMMUNITY))


def _definition(scope: Scope) -> Section:
    own = scope.commission.serious_violence
    said = f"Serious violence, as this partnership has agreed it: {own}." if own else DEFAULT
    return Section(
        "definition",
        "What is counted as serious violence",
        (
            *(Paragraph(each) for each in (said, AGREE, terms.DEFINITION, terms.PEOPLE)),
            Inset(terms.LIMIT),
        ),
    )


def _population(scope: Scope) -> Section:
    found = scope.release.query("population_by_age", area=scope.area.code)
    ages = list(zip(found["age"].tolist(), found["residents"].tolist(), strict=True))
    people = {
        age_group(low, high): int(sum(n for age, n in ages if low <= age <= high))
        for low, high in AGES
    }
    whole = sum(people.values())
    young = people[age_group(*AGES[1])]
    figure = Figure(
        id="population-by-band",
        title=f"{scope.area.name} has about {number(round(whole, -3))} residents, "
        f"{100 * young / whole:.0f}% of them aged 16 to 24",
        subtitle=f"Residents of {scope.area.name}, mid-2020",
        reading="; ".join(f"{band}: {number(n)}" for band, n in people.items()) + ".",
        chart=Bars(tuple(Point(band, n) for band, n in people.items()), unit="residents"),
        table=Table(
            "Residents, mid-2020",
            (
                Column("band", "Years of life"),
                Column("residents", "Residents", "count"),
                Column("share", "Share", "share"),
            ),
            tuple((band, n, n / whole) for band, n in people.items()),
        ),
        provenance=scope.provenance("population", period="mid-2020"),
        caveats=("People who visit, work or study in the area are not among its residents.",),
        method="Estimates as published.",
    )
    return Section("population", "People and place", (figure,))


def _response(section: Section) -> Section:
    if section.id != "recommendations":
        return section
    blocks = (Paragraph(RESPONSE), *section.blocks)
    return replace(section, title="Recommendations and response strategy", blocks=blocks)


def _linked(sections: tuple[Section, ...]) -> Iterator[Section]:
    """Yield each module with a line that names the related ones that are in the document."""
    titles = {each.id: each.title for each in sections}
    see = RELATED | {f"partner-{each.id}": each.see for each in PARTNERS}
    for each in sections:
        named = [f"{small(titles[id])} ({id})" for id in see.get(each.id, ()) if id in titles]
        line = (Paragraph(f"See also: {listed(named)}."),) if named else ()
        yield replace(each, blocks=(*each.blocks, *line))
