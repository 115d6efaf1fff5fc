"""The places that have a profile, from the current release."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from nhpf.errors import UnknownArea
from nhpf.records import Area, Release, areas, areas_called, open_release
from nhpf_web.profiles import rules

KIND_NAMES = {
    "nation": "the nation",
    "force": "police force area",
    "local_authority": "London borough",
}
METROPOLITAN_POLICE = "E23000001"
# A worker looks for a new release once in so many seconds; asking is cheap, not free.
_LOOK_AGAIN = 60


@dataclass(frozen=True, slots=True)
class Place:
    """A place with a profile."""

    area: Area
    code: str
    name: str
    kind: str
    kind_name: str
    address: str


def release() -> Release:
    """Return the current release, the same object for as long as it is current."""
    return opened(_current(int(time.monotonic() // _LOOK_AGAIN)))


@lru_cache(maxsize=1)
def _current(_moment: int) -> str:
    return open_release().id


@lru_cache(maxsize=2)
def opened(release_id: str) -> Release:
    """Return a release by its id."""
    return open_release(release_id)


def places() -> tuple[Place, ...]:
    """Return the nation, the forces and the London boroughs, each group by name."""
    return tuple(_places(release().id).values())


@lru_cache(maxsize=2)
def _places(release_id: str) -> Mapping[str, Place]:
    held = opened(release_id)
    boroughs = (one for one in areas(held, "local_authority") if one.parent == METROPOLITAN_POLICE)
    groups = (areas(held, "nation"), areas(held, "force"), boroughs)
    found = [_place(area) for group in groups for area in sorted(group, key=lambda one: one.name)]
    return {place.code: place for place in found}


def _place(area: Area) -> Place:
    address = f"/what-happens/{rules.place(area.code, area.name)}/"
    return Place(area, area.code, area.name, area.kind, KIND_NAMES[area.kind], address)


def place_with_code(code: str) -> Place | None:
    """Return the place with this code, or None where it has no profile."""
    return _places(release().id).get(code)


def address_of_area(code: str) -> str:
    """Return the address of an area's profile, empty where it has none."""
    place = place_with_code(code)
    return place.address if place else ""


def nation() -> Place:
    """Return England and Wales."""
    return next(place for place in places() if place.kind == "nation")


@dataclass(frozen=True, slots=True)
class Meant:
    """An area that a reader may mean: its own profile, or else that of its police force."""

    name: str
    kind_name: str
    place: Place | None
    force: Place | None


def places_called(text: str) -> tuple[Meant, ...]:
    """Return the areas that a code or a name may mean, those with a profile first."""
    try:
        meant = map(_meant, areas_called(text, release()))
    except UnknownArea:
        return ()
    return tuple(sorted(meant, key=lambda one: one.place is None))


def nearest(text: str) -> tuple[Meant, ...]:
    """Return the areas whose names are nearest to what a reader typed."""
    by_name: dict[str, list[Area]] = {}
    for area in areas(release()):
        by_name.setdefault(area.name.casefold(), []).append(area)
    near = get_close_matches(text.casefold(), by_name, n=5, cutoff=0.6)
    return tuple(_meant(area) for name in near for area in by_name[name])


def _meant(area: Area) -> Meant:
    place = place_with_code(area.code)
    if place:
        return Meant(place.name, place.kind_name, place, None)
    return Meant(area.name, "local authority", None, place_with_code(area.parent))
