"""The section on drivers and root causes: filled, or saying which data are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhpf.errors import CannotTell
from nhpf.indicators import METROPOLITAN
from nhpf.profile.drivers import figures
from nhpf.profile.drivers.held import (
    EVENTS,
    local_authorities,
    small_areas_of_force,
    wards_of_london,
)
from nhpf.profile.drivers.models import drivers
from nhpf.profile.drivers.places import FEWEST, Places
from nhpf.profile.drivers.risks import risk_map
from nhpf.profile.wording import listed, small
from nhpf.reports.tree import Block, Inset, Missing, Paragraph, Section
from nhpf.reports.words import in_words, number

if TYPE_CHECKING:
    from nhpf.profile.drivers.models import Drivers
    from nhpf.profile.scope import Scope

ID, TITLE = "drivers", "Drivers and root causes"
WARNING = (
    "What follows is association, not cause, and of places, not people. It says where violence and "
    "its possible roots lie together. It does not say that one brings about the other, that a "
    "resident is likelier to harm or be harmed, or what would happen if a place changed."
)
LEFT_OUT = (
    "The outcome is violence with injury that was recorded: homicide is too rare below the local "
    "authority and is not counted there. Deprivation is that of the place in 2025, by domain, "
    "without the domain of crime, which is made of recorded crime and would go in a circle. "
    "Ethnicity and other features of people are not among the covariates. What the police "
    "generate by looking for it (drugs, weapons, searches) is left out, and then put in once, so "
    "that the difference can be seen."
)
NIGHT = Missing(
    "The night-time economy of each place: premises licensed to serve alcohol late",
    "the local authority (licensing register)",
    "Count them by small area (LSOA of 2021) under the indicator: late licensed premises. Put the "
    "table in with: nhpf records import covariates FILE. They are then among the covariates; until "
    "then what they bring stands with the others and in what is left over.",
)
OFFENCES = Missing(
    "Recorded offences by small area: violence with injury against the causes of the causes",
    "the force's crime system",
    "Try the file with: nhpf records check crime_events FILE. Put it in with: nhpf records import "
    "crime_events FILE. The restricted profile of the force then has this section.",
)
AUTHORITIES = Missing(
    "Violence with injury by local authority, for all of England and Wales",
    "the Home Office, police recorded crime by community safety partnership",
    "No open table of it is shipped; deprivation, ages and residents are. Put counts by local "
    "authority in with: nhpf records import area_month_counts FILE, under the category: Violence "
    "with injury. Or import the forces' events with: nhpf records import crime_events FILE.",
)
HELD_BACK = (
    "Recorded crime of the police has been imported. The section is in the restricted profile, for "
    "named recipients."
)
MAPS = (
    "Each borough's profile maps the risk of violence in its wards, drawn towards their neighbours."
)
ENGLAND = (
    "The local authorities are those of England, without the City of London: deprivation is "
    "measured differently in Wales. Those whose counts are not held or are withheld are left out."
)
WALES = (
    "Deprivation is measured differently in Wales, so the small areas of this force are described "
    "without it: by age and density alone."
)


def section(scope: Scope) -> Section:
    """Return the section for any area."""
    return Section(ID, TITLE, tuple(_blocks(scope)))


def _blocks(scope: Scope) -> list[Block]:
    if scope.area.kind == "nation":
        return _of_nation(scope)
    if scope.area.code == METROPOLITAN:
        return _of_london(scope)
    if scope.area.parent == METROPOLITAN:
        return _of_borough(scope)
    if scope.area.kind == "force":
        return _of_events(scope, small_areas_of_force(scope.release, scope.area.code))
    held = small_areas_of_force(scope.release, scope.area.parent)
    return _of_events(scope, held and held.within(scope.area.code))


def _of_london(scope: Scope) -> list[Block]:
    places = wards_of_london(scope.release)
    return [*_modelled(scope, places), Paragraph(MAPS), *_night(places)]


def _of_borough(scope: Scope) -> list[Block]:
    london = wards_of_london(scope.release)
    whole = drivers(london)
    blocks = _modelled(scope, london.within(scope.area.code), beside=whole)
    return [*blocks, risk_map(scope, london, whole.without), *_night(london)]


def _of_nation(scope: Scope) -> list[Block]:
    places = local_authorities(scope.release)
    if places is None:
        return [Inset(WARNING), AUTHORITIES]
    if places.table == EVENTS and scope.audience != "restricted":
        return [Paragraph(HELD_BACK)]
    return [*_modelled(scope, places), Paragraph(ENGLAND)]


def _of_events(scope: Scope, places: Places | None) -> list[Block]:
    """Return what a force's own events show of its small areas, or of some of them."""
    if places is None:
        return [OFFENCES]
    if scope.audience != "restricted":
        return [Paragraph(HELD_BACK)]
    return [*_modelled(scope, places), Paragraph(_unplaced(places)), *_night(places)]


def _unplaced(places: Places) -> str:
    said = "Small areas are not mapped and none is named."
    if not places.without_place:
        return said
    whole = places.without_place + int(places.violence.sum())
    return (
        f"{number(places.without_place)} of {number(whole)} offences lie in no small area of 2021 "
        f"and are not counted here. {said}"
    )


def _few(scope: Scope, places: Places) -> list[Block]:
    """Say why no model is made where places are too few, or nothing is known of them."""
    if places.size >= FEWEST and places.chosen:
        return []
    return [
        Paragraph(
            f"No model is made for {scope.place}: it has {in_words(places.size)} "
            f"{figures.plural(places)}, and fewer than {in_words(FEWEST)} cannot show how they "
            "differ."
        )
    ]


def _night(places: Places) -> list[Block]:
    return [] if "night" in places.values else [NIGHT]


def _opening(places: Places) -> list[Block]:
    asked = [small(each.title) for each in places.chosen]
    left = [small(each.title) for each in places.held if each not in places.chosen]
    blocks: list[Block] = [Inset(WARNING), Paragraph(LEFT_OUT)]
    if "income" not in places.values:
        blocks.append(Paragraph(WALES))
    blocks.append(
        Paragraph(
            f"In the model: {listed(asked)}, with at least {in_words(FEWEST)} "
            f"{figures.plural(places)} for each. They were chosen by how covariates move together "
            "over London's wards, not by how they go with violence: income deprivation stands for "
            "the domains that correlate with it at 0.7 or above."
            + (f" Known, but not in the model: {listed(left)}." if left else "")
        )
    )
    return blocks


def _modelled(scope: Scope, places: Places, beside: Drivers | None = None) -> list[Block]:
    few = _few(scope, places)
    if few:
        return few
    try:
        found = drivers(places)
    except CannotTell as refused:
        return [Paragraph(f"No model is made: {refused}")]
    return [*_opening(places), *_figures(scope, found, beside)]


def _figures(scope: Scope, found: Drivers, beside: Drivers | None = None) -> list[Block]:
    made = (
        figures.ratios(scope, found, beside),
        figures.together(scope, found),
        figures.correlations(scope, found),
        figures.police_inputs(scope, found),
    )
    return [each for each in made if each is not None]
