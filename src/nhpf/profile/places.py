"""The parts of a problem profile for each kind of area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhpf.indicators import METROPOLITAN
from nhpf.profile import borough, force, local_authority, london, nation
from nhpf.profile.shared_sections import with_shared_sections

if TYPE_CHECKING:
    from nhpf.profile.parts import Parts
    from nhpf.profile.scope import Scope


def parts(scope: Scope) -> Parts:
    """Return the parts of the profile of an area, with the sections that all kinds share."""
    return with_shared_sections(scope, _of_kind(scope))


def _of_kind(scope: Scope) -> Parts:
    if scope.area.kind == "nation":
        return nation.parts(scope)
    if scope.area.code == METROPOLITAN:
        return london.parts(scope)
    if scope.area.parent == METROPOLITAN:
        return borough.parts(scope)
    if scope.area.kind == "force":
        return force.parts(scope)
    return local_authority.parts(scope)
