"""The section on drivers and root causes: filled, or saying which data are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhpf.errors import CannotTell
from nhpf.indicators import METROPOLITAN
from nhpf.profile.drivers import figures
from nhpf.profile.drivers.models import drivers
from nhpf.profile.drivers.places import (
    FEWEST,
    Places,
    small_areas_of_force,
    wards_of_london,
)
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
EVENTS = Missing(
    "Recorded offences by small area: violence with injury against the causes of the causes",
    "the force's crime system",
    "Try the file with: nhpf records check crime_events FILE. Put it in with: nhpf records import "
    "crime_events FILE. The restricted profile of the force then has this section.",
)
AUTHORITIES = Missing(
    "Violence with injury by local authority, for all of England and Wales",
    "the Home Office, police recorded crime by community safety partnership",
    "No open table of it is held in this release. Deprivation, ages and residents by local "
    "authority are. Where a force has imported crime_events, its restricted profile shows drivers "
    "by small area; London's public profile shows them by ward.",
)
HELD_BACK = (
    "The force's own recorded crime is held. The section is in the restricted profile, for named "
    "recipients."
)
MAPS = (
    "Each borough's profile maps the risk of violence in its wards, drawn towards their neighbours."
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
        return [Inset(WARNING), AUTHORITIES]
    if scope.area.code == METROPOLITAN:
        return _of_london(scope)
    if scope.area.parent == METROPOLITAN:
        return _of_borough(scope)
    if scope.area.kind == "force":
        return _of_force(scope)
    return [AUTHORITIES]


def _of_london(scope: Scope) -> list[Block]:
    places = wards_of_london(scope.release)
    return [*_modelled(scope, drivers(places)), Paragraph(MAPS), *_night(places)]


def _of_borough(scope: Scope) -> list[Block]:
    london = wards_of_london(scope.release)
    whole = drivers(london)
    places = london.within(scope.area.code)
    blocks = _few(scope, places) or [
        *_opening(places),
        *_figures(scope, drivers(places), beside=whole),
    ]
    return [*blocks, risk_map(scope, london, whole.without), *_night(london)]


def _of_force(scope: Scope) -> list[Block]:
    places = small_areas_of_force(scope.release, scope.area.code)
    if places is None:
        return [EVENTS]
    if scope.audience != "restricted":
        return [Paragraph(HELD_BACK)]
    few = _few(scope, places)
    if few:
        return [*few, *_night(places)]
    try:
        found = drivers(places)
    except CannotTell as refused:
        return [Paragraph(f"No model is made: {refused}")]
    unplaced = Paragraph(
        f"{number(places.without_place)} of "
        f"{number(places.without_place + int(places.violence.sum()))} offences lie in no small "
        "area of 2021 and are not counted here. Small areas are not mapped and none is named."
    )
    return [*_modelled(scope, found), unplaced, *_night(places)]


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
            f"In the model: {listed(asked)}, chosen before any count was looked at, with at least "
            f"{in_words(FEWEST)} {figures.plural(places)} for each."
            + (f" Known, but not in it: {listed(left)}." if left else "")
        )
    )
    return blocks


def _modelled(scope: Scope, found: Drivers) -> list[Block]:
    return [*_opening(found.places), *_figures(scope, found)]


def _figures(scope: Scope, found: Drivers, beside: Drivers | None = None) -> list[Block]:
    made = (
        figures.ratios(scope, found, beside),
        figures.together(scope, found),
        figures.correlations(scope, found),
        figures.police_inputs(scope, found),
    )
    return [each for each in made if each is not None]
