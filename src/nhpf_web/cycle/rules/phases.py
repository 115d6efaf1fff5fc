"""The five phases of the cycle: their order, their gates, their clock, and how they move."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from nhpf.errors import InvalidInput, NotPermitted

#: The strategy's review: not before, and not after, so many months from the start.
REVIEW_FROM, REVIEW_BY = 18, 24
MONTHS_IN_YEAR = 12


class State(StrEnum):
    """Where a phase stands."""

    PLANNED = "planned"
    UNDER_WAY = "under way"
    DONE = "done"


class Move(StrEnum):
    """What can be done to a phase."""

    BEGIN = "begin"
    FINISH = "finish"
    REOPEN = "reopen"


# From each state, the moves that it allows and the state that they lead to.
STATES: Mapping[State, Mapping[Move, State]] = {
    State.PLANNED: {Move.BEGIN: State.UNDER_WAY},
    State.UNDER_WAY: {Move.FINISH: State.DONE},
    State.DONE: {Move.REOPEN: State.UNDER_WAY},
}


@dataclass(frozen=True, slots=True)
class Gate:
    """One thing that must be there before the next phase begins.

    Where ``is_counted`` the service sees it for itself; else somebody says where it can be read.
    """

    slug: str
    what: str
    is_counted: bool = False


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase: its entry in the framework, and the months from the start by which it ends."""

    number: int
    entry_id: str
    title: str
    months: int
    gates: tuple[Gate, ...]


PHASES = (
    Phase(
        1,
        "ph-1",
        "Scoping the landscape",
        4,
        (
            Gate("asked", "Forces, partners and NPCC portfolios have been asked", is_counted=True),
            Gate("answered", "Each return is answered, or its date has passed", is_counted=True),
        ),
    ),
    Phase(
        2,
        "ph-2",
        "Identifying the problem",
        8,
        (
            Gate("profile", "The national profile is written, and says what it cannot show"),
            Gate("areas", "The areas of focus that the profile points to are named, with reasons"),
        ),
    ),
    Phase(
        3,
        "ph-3",
        "Developing the framework",
        14,
        (
            Gate("proposals", "Each proposal has a decision with its reasons", is_counted=True),
            Gate("gaps", "The gaps between activity and profile are written down, with owners"),
        ),
    ),
    Phase(
        4,
        "ph-4",
        "Establishing the framework",
        18,
        (Gate("edition", "An edition was frozen during this cycle", is_counted=True),),
    ),
    Phase(
        5,
        "ph-5",
        "Accountability and the wider system",
        24,
        (
            Gate("scrutiny", "Inspectorate and commissioners agreed what they will ask"),
            Gate("partners", "What other departments and agencies could do is written down"),
        ),
    ),
)


def phase(number: int) -> Phase:
    """Return the phase with this number, from 1."""
    return PHASES[number - 1]


def gate(number: int, slug: str) -> Gate | None:
    """Return a phase's gate by its name in addresses, or None."""
    return next((held for held in phase(number).gates if held.slug == slug), None)


def months_after(start: date, months: int) -> date:
    """Return the day so many months later, or the last of its month where that is shorter."""
    years, month = divmod(start.month - 1 + months, MONTHS_IN_YEAR)
    year, month = start.year + years, month + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


def check_dates(dues: Iterable[date], *, start: date) -> None:
    """Refuse phases that end out of their order, or a cycle longer than two years.

    Raises
    ------
    InvalidInput
        Naming the first date that cannot be.
    """
    before = start
    for number, due in enumerate(dues, start=1):
        if due <= before:
            raise InvalidInput(f"Phase {number} must end after the one before it.")
        before = due
    if before > months_after(start, REVIEW_BY):
        raise InvalidInput(f"The cycle is reviewed within {REVIEW_BY} months of its start.")


def next_state(
    state: str, move: Move, *, before: str | None, after: str | None, missing: Iterable[str] = ()
) -> State:
    """Return the state that a move leads to.

    Parameters
    ----------
    state : str
        The phase's own state.
    move : Move
        What is to be done.
    before, after : str or None
        The states of the phase before and of the phase after; None where there is none.
    missing : iterable of str
        What its gates still miss; asked only when the phase is finished.

    Raises
    ------
    NotPermitted
        Where the state does not allow the move, or the phases would be out of their order.
    InvalidInput
        Where a gate is not met.
    """
    allowed = STATES[State(state)]
    if move not in allowed:
        raise NotPermitted(f"A phase that is {state} cannot {move}.")
    if move is Move.BEGIN and before not in (None, State.DONE):
        raise NotPermitted(
            "The phase before this one is not done.", next_step="Meet its gates and finish it."
        )
    if move is Move.REOPEN and after not in (None, State.PLANNED):
        raise NotPermitted("The phase after this one has begun.")
    lacking = list(missing)
    if move is Move.FINISH and lacking:
        raise InvalidInput(f"Not there yet: {'; '.join(lacking)}.")
    return allowed[move]
