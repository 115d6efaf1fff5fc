"""The public and the restricted document of an area, side by side, with what they withhold."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nhpf.profile.building import build
from nhpf.profile.kinds import KINDS, Kind
from nhpf.reports.publication import WHOLE, figures
from nhpf.reports.tree import Withheld
from nhpf.reports.withholding import NAMED_READERS, ROWS, withheld_between

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nhpf.disclosure import Audience
    from nhpf.framework import Edition
    from nhpf.profile.commission import Commission
    from nhpf.records import Area, Release
    from nhpf.reports.tree import Report


def build_versions(
    area: Area,
    *,
    release: Release,
    edition: Edition,
    kind: Kind = "profile",
    commission: Commission | None = None,
) -> Mapping[Audience, Report]:
    """Build a document about an area for each audience that it is made for.

    Parameters
    ----------
    area : Area
        England and Wales, a police force, or a local authority.
    release : Release
    edition : Edition
    kind : str
        One of `nhpf.profile.kinds.KINDS`.
    commission : Commission, optional
        Its terms, owners and what is being done.

    Returns
    -------
    mapping of {"public", "restricted"} to Report
        Each as `build` makes it, with the list of what is withheld and why. The list names
        figures, rows and cells and holds no value, so it stands in both; of records that are not
        open the public one names only cells of its own.
    """
    made: dict[Audience, Report] = {
        audience: build(
            area,
            release=release,
            edition=edition,
            audience=audience,
            kind=kind,
            commission=commission,
        )
        for audience in KINDS[kind].audiences
    }
    if len(made) < 2:
        return made
    listed = withheld_between(made["public"], made["restricted"])
    return {
        "public": replace(
            made["public"], withholdings=_for_public(listed, made["restricted"], release)
        ),
        "restricted": replace(made["restricted"], withholdings=listed),
    }


def _for_public(
    listed: tuple[Withheld, ...], restricted: Report, release: Release
) -> tuple[Withheld, ...]:
    """Return the list without what depends on a count of records that are not open.

    That a figure or a row is there at all can say that somebody was killed here in such a way.
    """
    closed = {
        name for name, table in release.manifest["tables"].items() if table["marking"] != "OFFICIAL"
    }
    of_records = {
        one.id
        for one in figures(restricted)
        if any(closed.intersection(source.tables) for source in one.provenance)
    }
    kept = (
        one
        for one in listed
        if one.figure not in of_records or not one.what.startswith((WHOLE, ROWS))
    )
    held = (
        Withheld(
            "", name.replace("_", " ").capitalize(), "all that is not here", NAMED_READERS, "public"
        )
        for name in sorted(closed)
    )
    return (*kept, *held)
