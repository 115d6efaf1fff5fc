"""An entry of any edition as its page shows it."""

from __future__ import annotations

from nhpf.framework import Edition, Entry, Fact, Source
from nhpf_web.what_works.rules import KIND_NAMES, PART_HEADINGS


def parts_of(entry: Entry) -> list[tuple[str, str]]:
    """Return the heading and the words of each text part."""
    return [
        (heading, entry.text[part])
        for part, heading in PART_HEADINGS.items()
        if entry.text.get(part)
    ]


def facts_of(entry: Entry, edition: Edition) -> list[tuple[Fact, Source | None]]:
    """Return each fact with its source in that edition."""
    return [(fact, edition.sources.get(fact.source)) for fact in entry.facts]


def related_in(entry: Entry, edition: Edition) -> list[tuple[str, list[Entry]]]:
    """Return by kind the entries of that edition which are linked with this one."""
    if entry.id not in edition.entries:
        return []
    found = [
        (names[1], list(edition.related(entry.id, kind))) for kind, names in KIND_NAMES.items()
    ]
    return [(heading, entries) for heading, entries in found if entries]
