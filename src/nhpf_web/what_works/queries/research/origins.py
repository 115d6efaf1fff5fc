"""What a question or a call is raised from, as a link to its form says it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nhpf_web.organisations.queries import Visitor
from nhpf_web.what_works.models import Practice
from nhpf_web.what_works.queries.entries import address, edition
from nhpf_web.what_works.queries.practices import options, practice_with, published, version_to_show
from nhpf_web.what_works.rules.research.questions import ORIGINS

LONGEST = 300


def origin_of(asked: Mapping[str, str], user: Visitor) -> dict[str, str]:
    """Return what a link says that a question is raised from; what is not known is left out.

    Parameters
    ----------
    asked : mapping of str
        ``about`` (a permanent id of an entry or a practice), ``from`` (one of ORIGINS), and, where
        it is neither, ``address`` (a page of this service) with ``label``.

    Returns
    -------
    dict of str
        raised_from, raised_id, raised_address and raised_label.
    """
    about, given = asked.get("about", ""), asked.get("from", "")
    kind, where, label = _known(about, user) or ("", "", "")
    if not where:
        where, label = _own_page(asked.get("address", "")), asked.get("label", "")[:200]
    chosen = given if given in ORIGINS else kind or "free"
    return {
        "raised_from": chosen,
        "raised_id": about if kind else "",
        "raised_address": where,
        "raised_label": label if where else "",
    }


def _known(about: str, user: Visitor) -> tuple[str, str, str] | None:
    entry = edition().entries.get(about)
    if entry is not None:
        return "entry", address(about), entry.title
    practice = practice_with(about)
    version = version_to_show(practice, user) if practice else None
    if practice is None or version is None:
        return None
    return "practice", address(practice.permanent_id), version.title


def _own_page(where: str) -> str:
    """Return an address of this service; anything else is as if it were not there."""
    is_own = where.startswith("/") and not where.startswith("//") and "\\" not in where
    return where if is_own and len(where) <= LONGEST else ""


def subject_of(asked: Mapping[str, str]) -> dict[str, str]:
    """Return area of focus, sub-type and level of a link; an area is also taken from ``about``."""
    entry = edition().entries.get(asked.get("about", ""))
    is_area = entry is not None and entry.kind == "area"
    area = asked.get("area") or (asked.get("about", "") if is_area else "")
    held = {"area": area, "subtype": asked.get("subtype", ""), "level": asked.get("level", "")}
    offered = subjects()
    return {name: value for name, value in held.items() if value in offered[name]}


def subjects() -> Mapping[str, Mapping[str, str]]:
    """Return the areas of focus, sub-types and prevention levels with their words."""
    offered = options()
    return {
        "area": offered["area"],
        "subtype": offered["subtype"],
        "level": offered["prevention"],
    }


def practices_offered() -> list[tuple[int, str]]:
    """Return the published practices for a choice: their keys and titles."""
    return [(version.practice_id, version.title) for version in published()]


def practices_with(ids: list[str]) -> list[Practice]:
    """Return the published practices of these permanent ids."""
    readable = published().values("practice")
    found = [practice_with(one) for one in ids]
    known = {one.pk for one in found if one is not None}
    return list(Practice.objects.filter(pk__in=known).filter(pk__in=readable))


def practices_offered_with(keys: list[str]) -> list[Practice]:
    """Return the practices chosen from those offered, by their keys."""
    offered = {str(key) for key, _ in practices_offered()}
    return list(Practice.objects.filter(pk__in=[key for key in keys if key in offered]))


def entries_offered() -> Mapping[str, list[tuple[str, str]]]:
    """Return by kind the entries that research may bear on: their ids and titles."""
    kinds = ("intervention", "area", "toolkit", "theme")
    return {kind: [(one.id, one.title) for one in edition().of_kind(kind)] for kind in kinds}


def titles_of(ids: Any) -> list[tuple[str, str]]:
    """Return address and title of the entries of these ids; one that is gone keeps its id."""
    held = edition().entries
    return [(address(one), held[one].title if one in held else one) for one in ids]
