"""The kinds of document about a place, and what a screen found that can be taken up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nhpf.errors import CannotTell
from nhpf.profile.kinds import KINDS, DocumentKind, Kind
from nhpf.records.editions import held_edition
from nhpf_web.profiles.queries.places import Place, release
from nhpf_web.profiles.queries.reports import Audience, address_of_document, built
from nhpf_web.profiles.rules import NEEDS
from nhpf_web.what_works.queries import edition

if TYPE_CHECKING:
    from nhpf.profile.scope import Scope


@dataclass(frozen=True, slots=True)
class Version:
    """A document for one audience: its address, or what the release lacks for it."""

    audience: Audience
    address: str
    missing: CannotTell | None


@dataclass(frozen=True, slots=True)
class OfferedKind:
    """A kind of document, with the versions that this visitor may open."""

    kind: DocumentKind
    needs: str
    versions: tuple[Version, ...]

    @property
    def is_restricted(self) -> bool:
        """Whether it is for named recipients only."""
        return "public" not in self.kind.audiences


def kinds_of(place: Place, *, may_restrict: bool) -> tuple[OfferedKind, ...]:
    """Return every kind of document, each with what a visitor may open of it.

    Whether a release holds the restricted rows that a kind needs is told to those who may read
    them, and to nobody else.
    """
    return tuple(
        OfferedKind(
            kind,
            NEEDS.get(name, ""),
            tuple(
                _version(place, name, audience)
                for audience in kind.audiences
                if may_restrict or audience == "public"
            ),
        )
        for name, kind in KINDS.items()
    )


def _version(place: Place, kind: Kind, audience: Audience) -> Version:
    """Return a version; what it lacks is found by building it only where that is soon known.

    Open data make every public kind, and where the cases of a place are held a document may take
    seconds: opening it says what else it lacks.
    """
    address = address_of_document(place, audience, kind)
    if "public" in KINDS[kind].audiences or _holds_cases(place):
        return Version(audience, address, None)
    try:
        built(place, audience=audience, kind=kind)
    except CannotTell as missing:
        return Version(audience, "", missing)
    return Version(audience, address, None)


def _holds_cases(place: Place) -> bool:
    from nhpf.profile.cases import cases_of

    return cases_of(_restricted(place)) is not None


def _restricted(place: Place) -> Scope:
    from nhpf.profile.scope import Scope

    return Scope(place.area, release(), held_edition(edition().name), "restricted")


@dataclass(frozen=True, slots=True)
class ScreenSignal:
    """A sub-type that a restricted screen found: what it is, why, and what it leads to.

    ``is_made_up`` says that the cases are synthetic; whatever is made of it must say so too.
    """

    number: str
    title: str
    sentence: str
    areas: tuple[str, ...]
    figures: tuple[str, ...]
    is_made_up: bool


def screen_signals(place: Place) -> tuple[ScreenSignal, ...]:
    """Return what the screen of a place found; for those who may read its restricted profile.

    Raises
    ------
    CannotTell
        Where the release does not hold what the screen needs.
    """
    from nhpf.profile.cases.held import TABLE
    from nhpf.profile.cases.subtypes import named
    from nhpf.profile.screen import AREAS, signals

    return tuple(
        ScreenSignal(
            each.subtype[0],
            named(each.subtype),
            each.sentence,
            AREAS[each.subtype],
            (f"check-{each.subtype[0]}", f"years-{each.subtype[0]}"),
            release().is_synthetic(TABLE),
        )
        for each in signals(_restricted(place))
    )
