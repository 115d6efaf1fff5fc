"""The public and the restricted profile of an area, side by side, with what they withhold."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nhpf.profile.building import build
from nhpf.reports.withholding import withheld_between

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nhpf.disclosure import Audience
    from nhpf.framework import Edition
    from nhpf.records import Area, Release
    from nhpf.reports.tree import Report


def build_versions(area: Area, *, release: Release, edition: Edition) -> Mapping[Audience, Report]:
    """Build the problem profile of an area for both audiences.

    Parameters
    ----------
    area : Area
        England and Wales, a police force, or a local authority.
    release : Release
    edition : Edition

    Returns
    -------
    mapping of {"public", "restricted"} to Report
        Each as `build` makes it, with the list of what is withheld and why. The list names
        figures, rows and cells and holds no value, so it stands in both.
    """
    public = build(area, release=release, edition=edition, audience="public")
    restricted = build(area, release=release, edition=edition, audience="restricted")
    listed = withheld_between(public, restricted)
    return {
        "public": replace(public, withholdings=listed),
        "restricted": replace(restricted, withholdings=listed),
    }
