"""What the nation bears, by area of focus and by sub-type; computed once for a release."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from nhpf.framework import Entry
from nhpf.indicators import indicator
from nhpf.records import areas
from nhpf.records.editions import held_edition
from nhpf_web.profiles import queries as profiles
from nhpf_web.what_works.queries import edition

if TYPE_CHECKING:
    from nhpf.profile.burden import Burden
    from nhpf.profile.scope import Scope
    from nhpf.profile.sight import Sight


@dataclass(frozen=True, slots=True)
class Beside:
    """A count of other harm beside an area of focus; not its burden, and in one year alone."""

    indicator: str
    title: str
    period: str
    count: float
    low: float
    high: float
    is_police_generated: bool
    scatter: float


@dataclass(frozen=True, slots=True)
class Borne:
    """What is held of an area: its own burden or none, what is counted beside it, what is not."""

    own: Burden | None
    beside: tuple[Beside, ...]
    missing: tuple[str, ...]


def of_areas() -> Mapping[str, Borne]:
    """Return what the nation bears by area of focus, in the strategy's order."""
    return _of_areas(profiles.release().id, edition().name)


def of_subtypes() -> Mapping[str, Burden]:
    """Return what the nation bears by sub-type, by its number; those that are held."""
    return _of_subtypes(profiles.release().id, edition().name)


def could_be_seen(area: str, *, forces: int) -> tuple[Sight, ...]:
    """Return what a trial by so many forces would see: in homicides, and in other harm beside."""
    return _could_be_seen(profiles.release().id, edition().name, area, max(1, forces))


def _scope(edition_name: str) -> Scope:
    # Brings the numerical packages, which most pages do without; so do the imports below.
    from nhpf.profile.scope import Scope

    nation = profiles.nation().area
    return Scope(nation, profiles.release(), held_edition(edition_name), "public")


@lru_cache(maxsize=2)
def _of_areas(_release_id: str, edition_name: str) -> Mapping[str, Borne]:
    from nhpf.profile import burden

    scope = _scope(edition_name)
    own = burden.of_areas(scope)
    return {one.id: _borne(scope, one, own.get(one.id)) for one in scope.edition.of_kind("area")}


def _borne(scope: Scope, area: Entry, own: Burden | None) -> Borne:
    precursors = [id for id in area.indicators if indicator(id).precursor]
    held = {id: _beside(scope, id) for id in precursors}
    return Borne(
        own,
        tuple(one for one in held.values() if one),
        tuple(indicator(id).title for id, one in held.items() if not one),
    )


def _beside(scope: Scope, id: str) -> Beside | None:
    from nhpf.profile import burden

    measured = burden.other_harm(scope, id)
    last = measured.counts[-1] if measured and measured.counts else None
    if last is None or last.count.value is None or last.low is None or last.high is None:
        return None
    defined = indicator(id)
    return Beside(
        id, defined.title, last.period, last.count.value, last.low, last.high,
        defined.police_generated, burden.scatter(scope, id),
    )  # fmt: skip


@lru_cache(maxsize=2)
def _of_subtypes(_release_id: str, edition_name: str) -> Mapping[str, Burden]:
    from nhpf.profile import burden

    return burden.of_subtypes(_scope(edition_name))


@lru_cache(maxsize=1024)
def _could_be_seen(release_id: str, edition_name: str, area: str, forces: int) -> tuple[Sight, ...]:
    from nhpf.profile import burden, sight

    held = _of_areas(release_id, edition_name).get(area)
    own = held.own if held else None
    counted = own or burden.homicides(_scope(edition_name))[burden.ALL]
    police = len(areas(profiles.release(), "force"))
    found = [sight.sight(counted.what, counted.count / police, forces=forces)]
    # What the police look for is no outcome of a trial by the police.
    usual = [one for one in held.beside if not one.is_police_generated] if held else []
    found += [
        sight.sight(one.title, one.count / police, forces=forces, dispersion=one.scatter)
        for one in usual[:1]
    ]
    return tuple(found)
