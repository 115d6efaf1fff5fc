"""Put the sections that profiles of all kinds of area share into their places."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nhpf.profile import cases, near_misses, similar

if TYPE_CHECKING:
    from nhpf.profile.parts import Parts
    from nhpf.profile.scope import Scope
    from nhpf.reports.tree import Section

BEFORE_CASES = ("precursors", "limits")
BEFORE_NEAR_MISSES = ("limits",)


def with_shared_sections(scope: Scope, parts: Parts) -> Parts:
    """Return the parts with the most similar areas and with what the records held allow."""
    beside = similar.section(scope)
    sections = _before(parts.sections, (beside,) if beside else (), BEFORE_CASES)
    sections = _before(sections, near_misses.sections(scope), BEFORE_NEAR_MISSES)
    held = cases.cases_of(scope)
    if held is None:
        return replace(parts, sections=sections)
    return replace(
        parts,
        judgements=(*parts.judgements, *cases.judgements(scope, held)),
        sections=_before(sections, cases.sections(scope, held), BEFORE_CASES),
    )


def _before(
    held: tuple[Section, ...], more: tuple[Section, ...], ids: tuple[str, ...]
) -> tuple[Section, ...]:
    """Return sections with more of them before the first whose id is named, or at the end."""
    at = next((i for i, section in enumerate(held) if section.id in ids), len(held))
    return (*held[:at], *more, *held[at:])
