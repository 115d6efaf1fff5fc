"""The tables of a release, who may know of which, and what the checks found in them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from nhpf.errors import UnknownRelease
from nhpf.records import Release, areas
from nhpf.records.quality import Quality, assess
from nhpf_web.organisations.queries import Visitor, visible_to
from nhpf_web.organisations.rules import Role
from nhpf_web.profiles import rules
from nhpf_web.profiles.queries.places import opened

# Those who make figures from it, answer for them, or keep the data.
TABLE_READERS = (Role.ANALYST, Role.LEAD, Role.DATA_STEWARD)


def release_with_id(release_id: str) -> Release | None:
    """Return a release that is held, or None."""
    try:
        return opened(release_id)
    except UnknownRelease:
        return None


def open_tables(release: Release) -> dict[str, dict[str, Any]]:
    """Return the tables that everybody may know of."""
    tables: dict[str, dict[str, Any]] = release.manifest["tables"]
    return {name: held for name, held in tables.items() if rules.is_open(held["marking"])}


def organisations_reading_table(user: Visitor, release: Release, table: str) -> tuple[str, ...]:
    """Return a user's organisations that may know of a restricted table.

    All its rows are of the organisations' forces. A table that names no force is known to nobody
    here, and to the command line alone.
    """
    forces = _forces(release.id, table)
    held = visible_to(user).filter(
        memberships__user__username=user.get_username(),
        memberships__role__in=TABLE_READERS,
        area_code__in=forces,
    )
    found = dict(held.values_list("area_code", "slug").distinct())
    return tuple(sorted(found.values())) if forces and forces == set(found) else ()


def restricted_tables(user: Visitor, release: Release) -> tuple[str, ...]:
    """Return the names of the restricted tables that a user may know of."""
    return tuple(
        name
        for name in sorted(set(release.manifest["tables"]) - set(open_tables(release)))
        if organisations_reading_table(user, release, name)
    )


@lru_cache(maxsize=64)
def _forces(release_id: str, table: str) -> frozenset[str]:
    from nhpf.records.engine import connect

    release = opened(release_id)
    if "force" not in release.manifest["tables"][table]["columns"]:
        return frozenset()
    with connect() as con:
        rows = con.execute(f"select distinct force from {release.reads(table)}").fetchall()
    return frozenset(str(force) for (force,) in rows)


@lru_cache(maxsize=4)
def quality(release_id: str, today: date) -> Quality:
    """Return what the checks found in a release, judged on a day."""
    return assess(opened(release_id), today=today)


@lru_cache(maxsize=2)
def area_names(release_id: str) -> Mapping[str, str]:
    """Return the names of areas by code."""
    return {each.code: each.name for each in areas(opened(release_id))}
