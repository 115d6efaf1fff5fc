"""Add to what is particular to a kind of area the parts that every problem profile has."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nhpf.profile import (
    cases,
    drivers,
    inequalities,
    near_misses,
    pinch_points,
    requirements,
    response,
    similar,
)
from nhpf.profile.local_parts import arranged, placeholders, without_comparisons

if TYPE_CHECKING:
    from nhpf.profile.parts import Parts
    from nhpf.profile.scope import Scope


def with_shared_sections(scope: Scope, parts: Parts) -> Parts:
    """Return the parts with the sections of all kinds of area, in a problem profile's order."""
    held = cases.cases_of(scope)
    beside = similar.section(scope)
    judgements = (*parts.judgements, *(cases.judgements(scope, held) if held else ()))
    own, comparisons = without_comparisons(
        (
            *parts.sections,
            *((beside,) if beside else ()),
            *near_misses.sections(scope),
            drivers.section(scope),
            *(cases.sections(scope, held) if held else ()),
        )
    )
    found = (
        *own,
        pinch_points.section(scope, held),
        inequalities.section(scope, held, comparisons),
    )
    found = (*found, *placeholders(scope, found))
    found = (*found, *response.sections(scope, found))
    asked = requirements.section(scope, found, (parts.headline, *judgements))
    return replace(parts, judgements=judgements, sections=arranged((*found, asked)))
