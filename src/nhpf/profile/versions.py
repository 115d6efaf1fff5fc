"""The public and the restricted document of an area, side by side, with what they withhold."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nhpf.profile.building import build
from nhpf.profile.kinds import KINDS, Kind
from nhpf.reports.withholding import withheld_between

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
        figures, rows and cells and holds no value, so it stands in both.
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
    return {audience: replace(report, withholdings=listed) for audience, report in made.items()}
