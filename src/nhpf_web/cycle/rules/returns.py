"""The scoping return: what is asked in ten minutes, and what it may not hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum

from nhpf.errors import InvalidInput
from nhpf.records.importing.screening import personal_value
from nhpf_web.core.rules import FormPage, led_to


class Answer(StrEnum):
    """Where an organisation's return stands."""

    OPEN = "open"
    SENT = "sent"


class ReturnMove(StrEnum):
    """What can be done to a return."""

    WRITE = "write"
    SEND = "send"
    REOPEN = "reopen"


ANSWERS: Mapping[Answer, Mapping[ReturnMove, Answer]] = {
    Answer.OPEN: {ReturnMove.WRITE: Answer.OPEN, ReturnMove.SEND: Answer.SENT},
    Answer.SENT: {ReturnMove.REOPEN: Answer.OPEN},
}
SCALES = {
    "site": "One site or neighbourhood",
    "district": "One district or borough",
    "force": "The whole force or area",
    "region": "Several forces or a region",
    "nation": "England and Wales",
}
EVALUATED = {
    "no": "Not evaluated",
    "planned": "An evaluation is planned or under way",
    "inside": "Evaluated by ourselves",
    "outside": "Evaluated by somebody independent",
}


STEPS = (
    FormPage(
        "what",
        "What do you do?",
        "Others look here for something they could do too. What failed is as welcome as what"
        " worked.",
        ("title", "what"),
    ),
    FormPage(
        "focus",
        "What is it about?",
        "This is how it is found, and how gaps show.",
        ("areas", "toolkits", "level"),
    ),
    FormPage(
        "where",
        "Where, at what scale, with whom?",
        "A place, never an address or a person.",
        ("place", "scale", "since", "partners"),
    ),
    FormPage(
        "known",
        "What is known of it, and whom can others ask?",
        "A desk outlives the person who sits at it.",
        ("evaluated", "contact_desk"),
    ),
)
OPTIONAL = frozenset({"toolkits", "partners", "since"})
# A desk may have a number and a mailbox; these are one person's own.
_OWN = (
    (re.compile(r"[\w+-]+\.[\w.+-]+@"), "an e-mail address that looks like one person’s"),
    (re.compile(r"(?<!\d)(?:\+44\s?7|07)\d{3}\s?\d{3}\s?\d{3}(?!\d)"), "a mobile number"),
)
_NAMES = frozenset({"a name", "a name after a title"})


def step(slug: str) -> FormPage | None:
    """Return the step with this name, or None."""
    return next((held for held in STEPS if held.slug == slug), None)


def step_after(slug: str) -> FormPage | None:
    """Return the step that follows, or None after the last."""
    names = [held.slug for held in STEPS]
    at = names.index(slug) + 1
    return STEPS[at] if at < len(STEPS) else None


def unanswered(values: Mapping[str, object]) -> tuple[FormPage, ...]:
    """Return the steps in which something that is asked for is missing."""
    return tuple(
        held
        for held in STEPS
        if any(not values.get(name) for name in held.fields if name not in OPTIONAL)
    )


def personal_in(name: str, text: str) -> str:
    """Return what in an answer points to one person, in words; empty where nothing was seen."""
    found = personal_value(text)
    if name != "contact_desk":
        return found
    if found in _NAMES:
        return found
    return next((what for pattern, what in _OWN if pattern.search(text)), "")


def next_answer(state: str, move: ReturnMove) -> Answer:
    """Return the state that a move leads to.

    Raises
    ------
    NotPermitted
        Where the state does not allow the move.
    """
    then = "Reopen it first." if state == Answer.SENT else ""
    return led_to(ANSWERS, Answer(state), move, thing="A return", then=then)


def check_can_send(
    activities: Iterable[tuple[str, tuple[FormPage, ...]]], *, is_nothing: bool
) -> None:
    """Refuse a return that says nothing, or whose activities are not complete.

    Parameters
    ----------
    activities : iterable of tuple
        The title of each activity with the steps that it still misses.
    is_nothing : bool
        Whether the organisation says that it does nothing of the kind.

    Raises
    ------
    InvalidInput
        Naming what is missing.
    """
    held = list(activities)
    if is_nothing == bool(held):
        raise InvalidInput(
            "Describe at least one activity, or say that there is none to describe."
            if not held
            else "Activities are described, so there is something to report."
        )
    for title, missing in held:
        if missing:
            raise InvalidInput(f"“{title}” is not complete: {missing[0].title}")
