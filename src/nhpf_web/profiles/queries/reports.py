"""Profiles as built by the library, kept by release, edition, area and audience."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from threading import Lock
from typing import Literal

from nhpf.profile.documents import Documents
from nhpf.profile.kinds import Kind
from nhpf.records.editions import held_edition
from nhpf.reports import (
    figure_csv,
    figure_json,
    figure_png,
    figure_svg,
    published_part,
    to_html,
)
from nhpf.reports.tree import Distribution, Figure, Report
from nhpf_web.equality.queries import published_references, signed_for_demonstration
from nhpf_web.profiles import rules
from nhpf_web.profiles.queries.places import Place, address_of_area, opened, release
from nhpf_web.what_works.queries import address, edition

Audience = Literal["public", "restricted"]
FIGURE_FILES: dict[str, Callable[[Figure, Report], str | bytes]] = {
    "csv": figure_csv,
    "json": figure_json,
    "svg": figure_svg,
    "png": figure_png,
}
_PICTURES = ("svg", "png")
# A profile with its page takes a few megabytes.
_KEPT = 48
_building = Lock()
_BY_ANOTHER = "signed by someone other than its author"
_FOR_DEMONSTRATION = "signed for demonstration only, not by a real person"


@dataclass(frozen=True)
class Built:
    """A document as it may be shown today, and its renderings, each made when first asked for.

    ``signed`` says to each signed equality impact assessment who signed it; ``file`` is the start
    of the address at which the whole is taken away, before its form.
    """

    whole: Report
    signed: Mapping[str, str]
    base: str
    file: str

    @cached_property
    def report(self) -> Report:
        """The report without what waits for a signed equality impact assessment."""
        return published_part(self.whole, self.signed)

    @cached_property
    def page(self) -> str:
        """The part of a page, with links into the framework and to the downloads."""
        return to_html(
            self.whole,
            standalone=False,
            signed=self.signed,
            url=address,
            area_url=address_of_area,
            downloads=lambda figure, ending: f"{self.base}figures/{figure}.{ending}",
            table_url=rules.table_address,
        )


def built(place: Place, *, audience: Audience = "public", kind: Kind = "profile") -> Built:
    """Return a document about a place; built once for a release and an edition in a process.

    Raises
    ------
    CannotTell
        Where the release does not hold what this kind of document needs.
    """
    signed = frozenset(_signed().items())
    # One at a time: threads that ask for the same profile wait for it instead of building it twice.
    with _building:
        return _rendered(place, audience, kind, release().id, edition().name, signed)


@lru_cache(maxsize=_KEPT)
def _rendered(
    place: Place,
    audience: Audience,
    kind: Kind,
    release_id: str,
    edition_name: str,
    signed: frozenset[tuple[str, str]],
) -> Built:
    whole = _versions(place, kind, release_id, edition_name)[audience]
    base = address_of_document(place, audience, kind)
    file = "profile" if kind == "profile" else "document"
    return Built(whole, dict(signed), base, f"{base}{file}")


def address_of_document(place: Place, audience: Audience, kind: Kind) -> str:
    """Return the address of the page of a document."""
    base = place.address + ("restricted/" if audience == "restricted" else "")
    return base if kind == "profile" else f"{base}documents/{kind}/"


@lru_cache(maxsize=_KEPT)
def _versions(
    place: Place, kind: Kind, release_id: str, edition_name: str
) -> Mapping[Audience, Report]:
    # Brings the numerical packages, which most pages do without.
    from nhpf.profile.versions import build_versions

    held = opened(release_id)
    words = held_edition(edition_name)
    return build_versions(place.area, release=held, edition=words, kind=kind)


def documents(place: Place, *, given: Distribution | None, kind: Kind = "profile") -> Documents:
    """Return the documents of a place: the public ones, or those given to somebody by name."""
    return Documents(
        place.area,
        release=release(),
        edition=held_edition(edition().name),
        audience="restricted" if given else "public",
        signed=_signed(),
        distribution=given,
        kind=kind,
    )


def endings_of(figure: Figure) -> list[str]:
    """Return the endings of the files that a figure has."""
    return [each for each in FIGURE_FILES if figure.chart or each not in _PICTURES]


def _signed() -> dict[str, str]:
    """Return who signed each published equality impact assessment, in words."""
    demonstrated = signed_for_demonstration()
    return {
        id_: _FOR_DEMONSTRATION if id_ in demonstrated else _BY_ANOTHER
        for id_ in published_references()
    }
