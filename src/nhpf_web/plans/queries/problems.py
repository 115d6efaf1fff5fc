"""Reading problems: only one's own organisation's, and only with a role that works on them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from nhpf.errors import CannotTell
from nhpf.framework import Entry
from nhpf.indicators import load_indicators
from nhpf_web.organisations.queries import Visitor, may, organisations_where
from nhpf_web.organisations.rules import Right
from nhpf_web.plans.models import Problem
from nhpf_web.plans.rules import ASKED, STATUSES, ProblemAct, Status, lacking
from nhpf_web.profiles import queries as profiles
from nhpf_web.profiles.queries import Place
from nhpf_web.what_works.queries import edition


def visible_to(user: Visitor) -> QuerySet[Problem]:
    """Return the problems of the organisations in which a user may work on them.

    A problem may repeat figures of a restricted screen, so a reader's role is not enough.
    """
    own = organisations_where(user, Right.WORK_ON_PROBLEM)
    return Problem.objects.filter(organisation__in=own).select_related(
        "organisation", "taken_up_by"
    )


def acts_for(user: Visitor, held: Problem) -> list[ProblemAct]:
    """Return what a user may do with a problem next."""
    if not may(user, Right.WORK_ON_PROBLEM, organisation=held.organisation.slug):
        return []
    return list(STATUSES[Status(held.status)])


def lacks(held: Problem) -> tuple[str, ...]:
    """Return the questions that are open before a plan can be made for a problem."""
    return lacking({name: getattr(held, name) for name in ASKED})


def precursors() -> dict[str, str]:
    """Return the titles of the precursors by which a change could be seen, by id."""
    held = load_indicators().values()
    return {
        each.id: each.title for each in sorted(held, key=lambda one: one.title) if each.precursor
    }


def areas_of(held: Problem) -> list[tuple[Entry, tuple[Entry, ...]]]:
    """Return a problem's areas of focus, each with the toolkits that serve it."""
    known = edition()
    chosen = [known.entries[id] for id in held.areas if id in known.entries]
    return [(area, known.toolkits_of(area.id)) for area in chosen]


def answers_of(held: Problem) -> list[tuple[str, str]]:
    """Return what was said of a problem, question by question."""
    said = {
        "reason": held.reason,
        "owner_role": held.owner_role,
        "precursor": precursors().get(held.precursor, held.precursor),
    }
    return [(ASKED[name], value) for name, value in said.items()]


@dataclass(frozen=True, slots=True)
class Start:
    """What is known of a problem before its first words: from a screen, or only where it is."""

    place: Place
    subtype: str = ""
    title: str = ""
    reason: str = ""
    areas: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()


def start_from(user: Visitor, place: Place, subtype: str) -> Start | None:
    """Return what the screen of a place says of a sub-type; None where it does not call it.

    Nothing of a restricted screen is told to a user who may not read it.
    """
    if not subtype:
        return Start(place)
    if not profiles.organisations_reading(user, place):
        return None
    try:
        found = profiles.screen_signals(place)
    except CannotTell:
        return None
    for each in found:
        if each.number == subtype:
            made_up = "SYNTHETIC: " if each.is_made_up else ""
            title = f"{made_up}{each.title}: over-represented in {place.name}"
            return Start(place, subtype, title, each.sentence, each.areas, each.figures)
    return None
