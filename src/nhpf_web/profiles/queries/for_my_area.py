"""What a profile points to, and the practices and interventions that may serve it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from nhpf.framework import Entry
from nhpf.reports import figures
from nhpf.reports.tree import Pointer
from nhpf_web.organisations.queries import Visitor, taking_part, visible_to
from nhpf_web.profiles.queries.places import Place
from nhpf_web.profiles.queries.reports import Built
from nhpf_web.profiles.rules import (
    SECTOR_OF_KIND,
    Candidate,
    Link,
    Pointed,
    evidence_of,
    evidence_of_practice,
)
from nhpf_web.what_works import queries as what_works
from nhpf_web.what_works.queries import OwnUse, PracticeVersion
from nhpf_web.what_works.rules import BY_CODE, sectors_of

# Which kinds of homicide an area of focus is about, where one is wholly within it: our reading of
# the Home Office's seven. Of the others a place or an age decides, which no area of focus is.
SUBTYPES_OF_AREA = {
    "ar-safeguarding": frozenset({"1", "2"}),
    "ar-youth": frozenset({"3"}),
    "ar-child-protection": frozenset({"7"}),
}
Uses = dict[str, OwnUse]


def pointed_in(built: Built) -> tuple[Pointed, ...]:
    """Return the areas of focus that a public profile points to, with links to its figures."""
    titles = {figure.id: figure.title for figure in figures(built.report)}
    found = (
        block
        for section in built.report.sections
        for block in section.blocks
        if isinstance(block, Pointer)
    )
    return tuple(
        Pointed(
            one.entry,
            one.title,
            one.why,
            tuple(
                Link(titles[id_], f"{built.base}figures/{id_}/")
                for id_ in one.figures
                if id_ in titles
            ),
            SUBTYPES_OF_AREA.get(one.entry, frozenset()),
        )
        for one in found
    )


def partners_of(place: Place) -> frozenset[str]:
    """Return the sectors of the organisations that take part for this very area."""
    kinds = taking_part().filter(area_code=place.code).values_list("kind", flat=True)
    return frozenset(SECTOR_OF_KIND[kind] for kind in kinds)


def own_place_code(user: Visitor) -> str:
    """Return the code of the area of a user's first organisation that has one, else nothing."""
    return visible_to(user).exclude(area_code="").values_list("area_code", flat=True).first() or ""


def candidates(user: Visitor) -> tuple[tuple[Candidate, ...], Uses]:
    """Return all that may serve an area, and how the user's organisations use each practice."""
    published = list(what_works.published())
    uses = dict(what_works.own_uses(user, published))
    interventions = what_works.edition().of_kind("intervention")
    return (*map(_intervention, interventions), *_practices(published, uses)), uses


@cache
def _areas_of(entry_id: str) -> Mapping[str, tuple[str, ...]]:
    """Return an intervention's own areas, or those of its toolkits with these toolkits' titles."""
    near = what_works.neighbours(entry_id)
    if direct := near.get("area"):
        return {one.id: () for one in direct}
    found: dict[str, tuple[str, ...]] = {}
    for toolkit in near.get("toolkit", ()):
        for area in what_works.neighbours(toolkit.id).get("area", ()):
            found[area.id] = (*found.get(area.id, ()), toolkit.title)
    return found


def _intervention(entry: Entry) -> Candidate:
    areas = _areas_of(entry.id)
    held, address = entry.evidence, what_works.address(entry.id)
    return Candidate(
        key=entry.id,
        kind="intervention",
        title=entry.title,
        address=address,
        summary=entry.summary,
        areas=frozenset(areas),
        through=areas,
        evidence=evidence_of(held.strength, held.bearing) if held else "untested",
        evidence_words=held.in_words if held else "no evidence of effect yet",
        evidence_address=f"{address}#evidence" if held else address,
        bearing=held.bearing if held else "",
        levels=frozenset(entry.prevention),
        sectors=sectors_of(entry.partners),
        stale="Its review is overdue" if what_works.is_overdue(entry) else "",
    )


def _practices(published: Sequence[PracticeVersion], uses: Uses) -> Iterator[Candidate]:
    entries = what_works.edition().entries
    for version in published:
        held, address = version.answers, what_works.address(version.practice.permanent_id)
        use = uses.get(version.practice.permanent_id)
        yield Candidate(
            key=version.practice.permanent_id,
            kind="practice",
            title=version.title,
            address=address,
            summary=str(held.get("summary", "")),
            areas=frozenset(held.get("areas", ())),
            evidence=evidence_of_practice(version.finding),
            evidence_words=f"{BY_CODE[version.finding].words}, as assessors judge it",
            evidence_address=f"{address}#assessment",
            subtypes=frozenset(held.get("subtypes", ())),
            levels=frozenset(held.get("prevention", ())),
            sectors=sectors_of(
                partner
                for one in held.get("interventions", ())
                if one in entries
                for partner in entries[one].partners
            ),
            stale=what_works.staleness(version),
            is_example=version.practice.organisation.is_demonstration,
            uses=use.says if use else (),
        )
