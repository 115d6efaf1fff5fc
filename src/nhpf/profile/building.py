"""Build the profile of an area: one report tree for one audience."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhpf.indicators import METROPOLITAN
from nhpf.profile import annex
from nhpf.profile.flagged import with_flags
from nhpf.profile.parts import Parts
from nhpf.profile.scope import Scope
from nhpf.profile.shared_sections import with_shared_sections
from nhpf.reports.tree import Figure, Report, Section

if TYPE_CHECKING:
    from nhpf.disclosure import Audience
    from nhpf.framework import Edition
    from nhpf.records import Area, Release

MARKINGS = {"public": "OFFICIAL", "restricted": "OFFICIAL-SENSITIVE"}
HANDLING = (
    "for the named recipients and those they must consult; do not publish, forward or leave "
    "unattended"
)
MADE_UP = "made up to show how the profile works; no figure in it is of a real person or place"


def build(
    area: Area, *, release: Release, edition: Edition, audience: Audience = "public"
) -> Report:
    """Build the problem profile of an area.

    Parameters
    ----------
    area : Area
        England and Wales, a police force, or a local authority.
    release : Release
    edition : Edition
        The framework's words that the figures point to.
    audience : {"public", "restricted"}
        Both are computed from the release under the audience's policy; neither is cut from the
        other.

    Returns
    -------
    Report
        Figures that compare groups of people are in it; the renderers leave them out until their
        equality impact assessment is signed.
    """
    scope = Scope(area, release, edition, audience)
    parts = with_shared_sections(scope, _parts(scope))
    sections = (*with_flags(scope, parts.sections), annex.section())
    made_up = "SYNTHETIC " if _is_synthetic(release, sections) else ""
    return Report(
        title=f"{made_up}Homicide problem profile: {_called(area)}",
        area_code=area.code,
        area_name=area.name,
        audience=audience,
        marking=f"{made_up}{MARKINGS[audience]}",
        handling=_handling(audience, made_up),
        period=parts.period,
        release=release.id,
        edition=edition.name,
        code_version=str(release.manifest["code_version"]),
        headline=parts.headline,
        judgements=parts.judgements,
        sections=sections,
    )


def _is_synthetic(release: Release, sections: tuple[Section, ...]) -> bool:
    """Whether a figure rests on rows that were made up; the marking then says so on every page."""
    used = {
        table
        for section in sections
        for block in section.blocks
        if isinstance(block, Figure)
        for source in block.provenance
        for table in source.tables
    }
    return any(release.is_synthetic(table) for table in used)


def _handling(audience: Audience, made_up: str) -> str:
    parts = [MADE_UP] if made_up else []
    return "; ".join([*parts, *([HANDLING] if audience == "restricted" else [])])


def _called(area: Area) -> str:
    """Name an area so that a force is not taken for the county of its name."""
    if area.kind == "force" and not area.name.endswith("Police"):
        return f"{area.name} (police force area)"
    return area.name


def _parts(scope: Scope) -> Parts:
    from nhpf.profile import borough, force, local_authority, london, nation

    if scope.area.kind == "nation":
        return nation.parts(scope)
    if scope.area.code == METROPOLITAN:
        return london.parts(scope)
    if scope.area.parent == METROPOLITAN:
        return borough.parts(scope)
    if scope.area.kind == "force":
        return force.parts(scope)
    return local_authority.parts(scope)
