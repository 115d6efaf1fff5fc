"""Figures of a place as a reader chooses them, from the open tables of the current release."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nhpf.records.editions import held_edition
from nhpf.reports import figure_to_html
from nhpf.reports.tree import Figure, Report
from nhpf_web.profiles import rules
from nhpf_web.profiles.queries.places import Place, address_of_area, release
from nhpf_web.profiles.queries.reports import Audience
from nhpf_web.what_works.queries import edition

if TYPE_CHECKING:
    from nhpf.indicators import Indicator
    from nhpf.profile.exploring import Choice
    from nhpf.profile.scope import Scope


@dataclass(frozen=True, slots=True)
class Chosen:
    """A figure, and a report of it alone, which its files take their marking and release from."""

    figure: Figure
    report: Report

    def page(self, file: str, query: str) -> str:
        """Return it as part of a page; ``file`` and ``query`` say where its files are."""
        asked = f"?{query}" if query else ""
        return figure_to_html(
            self.figure,
            self.report,
            area_url=address_of_area,
            downloads=lambda _, ending: f"{file}.{ending}{asked}",
            table_url=rules.table_address,
        )


def _scope(place: Place, audience: Audience = "public") -> Scope:
    # Brings the numerical packages, which most pages do without.
    from nhpf.profile.scope import Scope

    return Scope(place.area, release(), held_edition(edition().name), audience)


def _chosen(scope: Scope, figure: Figure) -> Chosen:
    from nhpf.profile.exploring import alone

    report = alone(scope, figure)
    (shown,) = (block for block in report.sections[0].blocks if isinstance(block, Figure))
    return Chosen(shown, report)


def offered(place: Place) -> tuple[Indicator, ...]:
    """Return the indicators that the release holds for a place."""
    from nhpf.profile import exploring

    return exploring.offered(_scope(place))


def usual(place: Place) -> Choice:
    """Return what is shown before a reader has chosen."""
    from nhpf.profile import exploring

    return exploring.usual(_scope(place))


def explored(place: Place, choice: Choice) -> Chosen:
    """Return the figure that a reader chose.

    Raises
    ------
    InvalidInput, CannotTell
        Where the choice cannot be answered, in the reader's words.
    """
    from nhpf.profile import exploring

    scope = _scope(place)
    return _chosen(scope, exploring.explored(scope, choice))


def multiples(place: Place) -> Chosen | None:
    """Return the precursors of a place side by side; None where none is held."""
    from nhpf.profile import exploring

    scope = _scope(place)
    figure = exploring.multiples(scope)
    return _chosen(scope, figure) if figure else None


def mapped(place: Place) -> tuple[Indicator, ...]:
    """Return the indicators of a place that are mapped by year; never homicide."""
    from nhpf.profile import harm_maps

    return harm_maps.mapped(_scope(place))


def years_mapped(place: Place, id: str) -> tuple[int, ...]:
    """Return the years in which an indicator is mapped.

    Raises
    ------
    InvalidInput, CannotTell
        Where it never is.
    """
    from nhpf.profile import harm_maps

    return harm_maps.years(_scope(place), id)


def harm_map(place: Place, id: str, year: int) -> Chosen:
    """Return the map of one year.

    Raises
    ------
    InvalidInput, CannotTell
        Where there is none.
    """
    from nhpf.profile import harm_maps

    scope = _scope(place)
    return _chosen(scope, harm_maps.harm_map(scope, id, year))


def has_similar(place: Place) -> bool:
    """Whether a place has areas like it: neither the nation nor the City of London has."""
    from nhpf.profile.comparison import CITY_OF_LONDON

    return place.kind != "nation" and place.code != CITY_OF_LONDON


def similar_areas(place: Place, by: Sequence[str]) -> Chosen:
    """Return the areas most like a place that `has_similar`, by the covariates given.

    Raises
    ------
    InvalidInput
        Where a covariate is not known, or not held for this place.
    """
    from nhpf.profile.similar import section

    scope = _scope(place)
    made = section(scope, by)
    (figure,) = (block for block in (made.blocks if made else ()) if isinstance(block, Figure))
    return _chosen(scope, figure)


def usual_covariates(place: Place) -> tuple[str, ...]:
    """Return the covariates that are used unless others are chosen."""
    from nhpf.profile import similar

    return similar.usual_covariates(_scope(place))


def subtypes() -> tuple[tuple[str, str], ...]:
    """Return the numbers and names of the homicide sub-types."""
    from nhpf.profile.cases.subtypes import named
    from nhpf.records.subtypes import SUBTYPES

    return tuple((each[0], named(each)) for each in SUBTYPES)


def subtype_figures(place: Place, number: str) -> tuple[Chosen, ...]:
    """Return the figures of one sub-type; for those who may read the restricted profile.

    Raises
    ------
    CannotTell
        Where the release holds no cases of the place.
    """
    from nhpf.profile.screen import of_subtype

    scope = _scope(place, "restricted")
    return tuple(_chosen(scope, figure) for figure in of_subtype(scope, number))
