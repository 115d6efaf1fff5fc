"""Put what the area's own cases say into the parts of its profile, in its place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nhpf.profile.cases.held import cases_of
from nhpf.profile.cases.sections import judgements, sections

if TYPE_CHECKING:
    from nhpf.profile.parts import Parts
    from nhpf.profile.scope import Scope

BEFORE = ("precursors", "limits")
"""The own cases stand before the first of these sections."""


def with_cases(scope: Scope, parts: Parts) -> Parts:
    """Return the parts with the sections and judgements that the cases held allow."""
    cases = cases_of(scope)
    if cases is None:
        return parts
    ids = [section.id for section in parts.sections]
    at = next((ids.index(id) for id in BEFORE if id in ids), len(ids))
    held = parts.sections
    return replace(
        parts,
        judgements=(*parts.judgements, *judgements(scope, cases)),
        sections=(*held[:at], *sections(scope, cases), *held[at:]),
    )
