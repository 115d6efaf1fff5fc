"""Build the profile of an area: one report tree for one audience."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhpf.profile import annex, cover, reference
from nhpf.profile.commission import Commission
from nhpf.profile.flagged import with_flags
from nhpf.profile.kinds import KINDS, Kind, check_audience
from nhpf.profile.scope import Scope
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
    area: Area,
    *,
    release: Release,
    edition: Edition,
    audience: Audience = "public",
    kind: Kind = "profile",
    commission: Commission | None = None,
) -> Report:
    """Build the problem profile of an area, or another kind of document about it.

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
    kind : str
        One of `nhpf.profile.kinds.KINDS`.
    commission : Commission, optional
        Its terms, owners and what is being done; what is left open is taken from the kind.

    Returns
    -------
    Report
        Figures that compare groups of people are in it; the renderers leave them out until their
        equality impact assessment is signed.

    Raises
    ------
    RefusedByDisclosure
        If this kind of document is not made for the audience.
    InvalidInput
        If the commission names an area of focus that the edition does not have.
    CannotTell
        If the release does not hold what it needs.
    """
    check_audience(kind, audience)
    given = commission or Commission()
    given.check_entries(edition)
    return _assembled(Scope(area, release, edition, audience, given), kind)


def _assembled(scope: Scope, kind: Kind) -> Report:
    area, release, audience = scope.area, scope.release, scope.audience
    parts = KINDS[kind].parts(scope)
    made_up = "SYNTHETIC " if _is_synthetic(release, parts.sections) else ""
    title = f"{made_up}{KINDS[kind].title}: {_called(area)}"
    marking = f"{made_up}{MARKINGS[audience]}"
    return Report(
        title=title,
        area_code=area.code,
        area_name=area.name,
        audience=audience,
        marking=marking,
        handling=_handling(audience, made_up),
        period=parts.period,
        release=release.id,
        edition=scope.edition.name,
        code_version=str(release.manifest["code_version"]),
        headline=parts.headline,
        judgements=parts.judgements,
        sections=(
            *_front(scope, kind, title=title, marking=marking, period=parts.period),
            *with_flags(scope, parts.sections),
            annex.section(),
        ),
    )


def _front(
    scope: Scope, kind: Kind, *, title: str, marking: str, period: str
) -> tuple[Section, ...]:
    """Return the cover and the terms of reference of a document that stands by itself."""
    if kind not in reference.DEFAULTS:
        return ()
    facts = cover.section(scope, title=title, marking=marking, period=period)
    return facts, reference.section(scope, kind)


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
