"""Profiles as built by the library, kept by release, edition, area and audience."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from threading import Lock
from typing import Literal

from nhpf.records.editions import held_edition
from nhpf.reports import (
    figure_csv,
    figure_json,
    figure_svg,
    published_part,
    to_html,
    to_json,
)
from nhpf.reports.tree import Figure, Report
from nhpf_web.equality.queries import published_references, signed_for_demonstration
from nhpf_web.profiles import rules
from nhpf_web.profiles.queries.places import Place, address_of_area, opened, release
from nhpf_web.what_works.queries import address, edition

Audience = Literal["public", "restricted"]
FIGURE_FILES: dict[str, Callable[[Figure, Report], str]] = {
    "csv": figure_csv,
    "json": figure_json,
    "svg": figure_svg,
}
# A profile with its page takes a few megabytes.
_KEPT = 48
_building = Lock()
_BY_ANOTHER = "signed by someone other than its author"
_FOR_DEMONSTRATION = "signed for demonstration only, not by a real person"


@dataclass(frozen=True)
class Built:
    """A profile as it may be shown today, and its renderings, each made when first asked for.

    ``signed`` says to each signed equality impact assessment who signed it.
    """

    whole: Report
    signed: Mapping[str, str]
    base: str

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

    @cached_property
    def document(self) -> str:
        """The whole document, which works offline and on paper."""
        return to_html(self.whole, signed=self.signed)

    @cached_property
    def json(self) -> str:
        """The report tree as JSON."""
        return to_json(self.whole, signed=self.signed)


def built(place: Place, *, audience: Audience = "public") -> Built:
    """Return the profile of a place; built once for a release and an edition in a process."""
    demonstrated = signed_for_demonstration()
    signed = frozenset(
        (id_, _FOR_DEMONSTRATION if id_ in demonstrated else _BY_ANOTHER)
        for id_ in published_references()
    )
    # One at a time: threads that ask for the same profile wait for it instead of building it twice.
    with _building:
        return _rendered(place, audience, release().id, edition().name, signed)


@lru_cache(maxsize=_KEPT)
def _rendered(
    place: Place,
    audience: Audience,
    release_id: str,
    edition_name: str,
    signed: frozenset[tuple[str, str]],
) -> Built:
    whole = _report(place, audience, release_id, edition_name)
    base = place.address + ("restricted/" if audience == "restricted" else "")
    return Built(whole, dict(signed), base)


@lru_cache(maxsize=_KEPT)
def _report(place: Place, audience: Audience, release_id: str, edition_name: str) -> Report:
    # Brings the numerical packages, which most pages do without.
    from nhpf.profile import build

    held = opened(release_id)
    return build(place.area, release=held, edition=held_edition(edition_name), audience=audience)
