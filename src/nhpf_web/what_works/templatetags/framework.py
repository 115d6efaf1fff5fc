"""The framework's words in templates."""

from __future__ import annotations

from collections.abc import Iterable

from django import template

from nhpf.framework import Entry, Evidence, Source
from nhpf_web.what_works import queries
from nhpf_web.what_works.rules import (
    KIND_NAMES,
    LEVEL_WORDS,
    STRENGTH_WORDS,
)

register = template.Library()


@register.filter
def kind_name(kind: str) -> str:
    """Return a kind of entry in words."""
    return KIND_NAMES[kind][0]


@register.filter
def strength_words(strength: str) -> str:
    """Return the strength of evidence in words."""
    return STRENGTH_WORDS.get(strength, "Not stated")


@register.filter
def is_overdue(entry: Entry) -> bool:
    """Whether the day by which an entry was to be reviewed has passed."""
    return queries.is_overdue(entry)


@register.filter
def level_words(level: str) -> str:
    """Return a prevention level with what it means."""
    return LEVEL_WORDS[level]


@register.inclusion_tag("what_works/strength.html")
def evidence_words(evidence: Evidence) -> dict[str, str]:
    """Say how strong evidence is and which way it points; the small bar only repeats it."""
    words = evidence.in_words
    return {
        "strength": evidence.strength,
        "bearing": evidence.bearing,
        "words": words[0].upper() + words[1:],
    }


@register.inclusion_tag("what_works/sources_named.html")
def sources_named(ids: Iterable[str]) -> dict[str, list[Source]]:
    """Link sources by their titles."""
    return {"sources": [queries.edition().sources[one] for one in ids]}
