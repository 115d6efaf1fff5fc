"""Problems that an organisation works on: their states, and when one is ready for a plan."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from nhpf.errors import InvalidInput
from nhpf_web.core.rules import led_to


class Status(StrEnum):
    """Where a problem stands."""

    OPEN = "open"
    CLOSED = "closed"


class ProblemAct(StrEnum):
    """What can be done to a problem."""

    CHANGE = "change"
    CLOSE = "close"
    REOPEN = "reopen"


STATUSES: Mapping[Status, Mapping[ProblemAct, Status]] = {
    Status.OPEN: {ProblemAct.CHANGE: Status.OPEN, ProblemAct.CLOSE: Status.CLOSED},
    Status.CLOSED: {ProblemAct.REOPEN: Status.OPEN},
}
ACT_WORDS: Mapping[ProblemAct, str] = {
    ProblemAct.CHANGE: "Change it",
    ProblemAct.CLOSE: "Close it",
    ProblemAct.REOPEN: "Open it again",
}
ASKED: Mapping[str, str] = {
    "title": "What is the problem?",
    "reason": "What is the reason behind it?",
    "areas": "Which areas of focus does it belong to?",
    "owner_role": "Which role owns it?",
    "precursor": "By which precursor would a change be seen?",
}


def next_status(status: str, act: ProblemAct) -> Status:
    """Return where an act leads.

    Raises
    ------
    NotPermitted
        Where the status does not allow it.
    """
    return led_to(STATUSES, Status(status), act, thing="A problem")


def check_can_close(outcome: str) -> None:
    """Refuse to close a problem without saying what became of it.

    Raises
    ------
    InvalidInput
    """
    if not outcome.strip():
        raise InvalidInput("Say what became of it.")


def lacking(values: Mapping[str, object]) -> tuple[str, ...]:
    """Return the questions that are open before a plan can be made; none where it is ready."""
    return tuple(label for name, label in ASKED.items() if not values.get(name))
