"""Entries of the edition that the pages show, their neighbours and their tags."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from django.conf import settings
from django.utils import timezone

from nhpf.framework import Edition, Entry
from nhpf.records.editions import held_edition
from nhpf_web.what_works.rules import (
    KIND_NAMES,
    LEVEL_WORDS,
    SECTORS,
    STRENGTH_WORDS,
    sectors_of,
)

FILTERED_KINDS = ("area", "toolkit", "intervention")


def edition() -> Edition:
    """Return the edition that the pages show: the one that the installation chose."""
    return held_edition(settings.NHPF_EDITION)


def entries_with_slug(slug: str) -> tuple[Entry, ...]:
    """Return the entries that readers know by this address; two kinds may share one."""
    return tuple(found for found in edition().entries.values() if found.slug == slug)


def address(entry_id: str) -> str:
    """Return an entry's permanent address."""
    return f"/what-works/{entry_id}/"


def is_overdue(entry: Entry) -> bool:
    """Whether the day by which an entry was to be reviewed has passed."""
    return entry.review_due < timezone.localdate()


def overdue_last(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return entries in their own order, but those with an overdue review after the others."""
    return tuple(sorted(entries, key=is_overdue))


@cache
def neighbours(entry_id: str) -> Mapping[str, tuple[Entry, ...]]:
    """Return by kind the entries that an entry links to or is linked from."""
    related = {kind: edition().related(entry_id, kind) for kind in KIND_NAMES}
    return {kind: found for kind, found in related.items() if found}


@cache
def interventions_for(entry_id: str) -> tuple[Entry, ...]:
    """Return the interventions that an entry leads to, itself or through its toolkits."""
    near = neighbours(entry_id)
    found = {one.id for one in near.get("intervention", ())}
    for toolkit in near.get("toolkit", ()):
        found |= {one.id for one in neighbours(toolkit.id).get("intervention", ())}
    return tuple(one for one in edition().of_kind("intervention") if one.id in found)


@cache
def tags(entry_id: str) -> Mapping[str, frozenset[str]]:
    """Return what the filters know of an area of focus, a toolkit or an intervention."""
    held = edition().entry(entry_id)
    areas = _areas_of(held)
    rated = (held,) if held.kind == "intervention" else interventions_for(entry_id)
    return {
        "theme": _themes_of(held, areas),
        "area": areas,
        "prevention": frozenset(held.prevention),
        "partner": sectors_of(held.partners),
        "strength": frozenset(one.evidence.strength for one in rated if one.evidence),
    }


def _areas_of(held: Entry) -> frozenset[str]:
    """Return an entry's areas of focus; an intervention serves those of its toolkits too."""
    if held.kind == "area":
        return frozenset({held.id})
    near = neighbours(held.id)
    direct = {one.id for one in near.get("area", ())}
    if held.kind == "intervention":
        for toolkit in near.get("toolkit", ()):
            direct |= {one.id for one in neighbours(toolkit.id).get("area", ())}
    return frozenset(direct)


def _themes_of(held: Entry, areas: frozenset[str]) -> frozenset[str]:
    """Return an entry's own themes, or those of its areas of focus where it names none."""
    own = frozenset(one.id for one in neighbours(held.id).get("theme", ()))
    through_areas = (one.id for area in areas for one in neighbours(area).get("theme", ()))
    return own or frozenset(through_areas)


@cache
def filter_labels() -> Mapping[str, Mapping[str, str]]:
    """Return each filter's values with their words, in the order in which they are offered."""
    held = edition()
    filtered = [one for kind in FILTERED_KINDS for one in held.of_kind(kind)]
    present = sectors_of(partner for one in filtered for partner in one.partners)
    return {
        "theme": {one.id: one.title for one in held.of_kind("theme")},
        "area": {one.id: one.title for one in held.of_kind("area")},
        "prevention": LEVEL_WORDS,
        "partner": {name: words for name, (words, _) in SECTORS.items() if name in present},
        "strength": STRENGTH_WORDS,
    }


@cache
def citing(source_id: str) -> tuple[Entry, ...]:
    """Return the entries with a fact or evidence from a source."""
    return tuple(one for one in edition().entries.values() if source_id in one.sources)
