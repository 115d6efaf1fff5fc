"""The signals of the current release, watched once in a process, and how the detectors did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any

from nhpf.records import Area, areas
from nhpf_web.profiles.models import KeptBacktest
from nhpf_web.profiles.queries.places import METROPOLITAN_POLICE, Place, opened, places, release
from nhpf_web.profiles.queries.places import place_with_code as _place_with_code

if TYPE_CHECKING:
    from nhpf.signals import Bulletin, Month, Scanned, Signal, Watched

# How many months the pages and feeds go back.
MONTHS_SHOWN = 12
_SEED = 1
_LENGTH_OF_A_CODE = 9
_watching = Lock()


@dataclass(frozen=True, slots=True)
class FoundSignal:
    """A signal with the place at whose address it is read."""

    signal: Signal
    place: Place


@lru_cache(maxsize=2)
def _watched(release_id: str) -> Watched:
    # Brings the numerical packages, which most pages do without.
    from nhpf.signals import watch

    held = opened(release_id)
    return watch(areas(held), release=held)


@lru_cache(maxsize=64)
def _decided(area: Area, release_id: str) -> tuple[Month, ...]:
    from nhpf.signals import months

    return months(area, _watched(release_id))


@lru_cache(maxsize=64)
def _bulletins(area: Area, release_id: str) -> tuple[Bulletin, ...]:
    from nhpf.signals import bulletin

    watched = _watched(release_id)
    latest = _decided(area, release_id)[-MONTHS_SHOWN:]
    return tuple(bulletin(area, each, watched, release=release_id) for each in reversed(latest))


def bulletins_of(place: Place) -> tuple[Bulletin, ...]:
    """Return the latest months of a place with those below it, newest first."""
    # One at a time: threads that ask at once wait instead of watching twice.
    with _watching:
        return _bulletins(place.area, release().id)


def watched_places() -> tuple[Place, ...]:
    """Return the forces in which anything can be watched, by name."""
    with _watching:
        held = {each.series.area.code for each in _watched(release().id).watches}
    return tuple(each for each in places() if each.kind == "force" and each.code in held)


def signal_with(id: str) -> FoundSignal | None:
    """Return a signal of any month that is shown in its own area or in its force."""
    place = _place_with_code(id[:_LENGTH_OF_A_CODE].upper())
    if place is None:
        return None
    homes = (place, _place_with_code(place.area.parent))
    with _watching:
        signals = (_found(id, home.area) for home in homes if home)
        found = next((each for each in signals if each), None)
    return FoundSignal(found, place) if found else None


def _found(id: str, area: Area) -> Signal | None:
    from nhpf.signals import signal

    for month in _decided(area, release().id):
        for each in month.outcomes:
            if each.judged.id == id and each.decision.shown:
                return signal(each.judged, each.decision.p_adjusted)
    return None


@lru_cache(maxsize=2)
def _scanned(release_id: str, room: int) -> Scanned:
    from nhpf.signals import scan_wards

    return scan_wards(opened(release_id), room=room, permutations=199, rng=_SEED)


def clusters_of(place: Place, *, month: date, room: int) -> Scanned | None:
    """Return the live clusters of wards where the release holds wards: the Metropolitan Police.

    They are looked for in the latest month alone, and fill what its signals left of the budget.
    """
    if place.code != METROPOLITAN_POLICE:
        return None
    with _watching:
        found = _scanned(release().id, room)
    return found if all(each.month == month for each in found.shown) else None


def latest_backtest() -> KeptBacktest | None:
    """Return the newest backtest that this installation ran."""
    return KeptBacktest.objects.first()


def shipped_backtest() -> dict[str, Any]:
    """Return the long backtest that came with the library."""
    from nhpf.signals.measured import measured

    return measured()
