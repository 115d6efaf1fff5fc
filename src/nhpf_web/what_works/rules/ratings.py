"""When assessors agree, what stands where they do not, and who has no interest in a practice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from nhpf.errors import InvalidInput, NotPermitted
from nhpf_web.what_works.rules.findings import most_cautious
from nhpf_web.what_works.rules.states import State

DAYS_TO_RATE = 28
DAYS_TO_ANSWER = 28
DAYS_TO_APPEAL = 14
ASSESSORS = {State.SUBMITTED: 2, State.IN_ASSESSMENT: 2, State.THIRD_ASSESSOR: 3}


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one assessor found: the finding that the evidence bears, and whether it is usable."""

    finding: str
    is_fit: bool


def settled(opinions: Sequence[Opinion]) -> Opinion | None:
    """Return what stands, or None where more opinions are needed.

    Two that agree settle it. Of three the majority does, for each question by itself; where all
    three findings differ the one that claims least stands.
    """
    if len(opinions) < 2 or (len(opinions) == 2 and opinions[0] != opinions[1]):
        return None
    found, times = Counter(one.finding for one in opinions).most_common(1)[0]
    finding = found if times > 1 else most_cautious(one.finding for one in opinions)
    is_fit = sum(one.is_fit for one in opinions) * 2 > len(opinions)
    return Opinion(finding, is_fit)


def state_after(opinions: Sequence[Opinion]) -> State:
    """Return the state that these opinions lead to."""
    if settled(opinions):
        return State.CONSENSUS
    return State.THIRD_ASSESSOR if len(opinions) == 2 else State.IN_ASSESSMENT


def check_no_interest(
    *, organisations: Collection[str], owner: str, person: int, writers: Collection[int]
) -> None:
    """Refuse an assessor who belongs to the practice's organisation or wrote any of it.

    Raises
    ------
    NotPermitted
        With the reason.
    """
    if owner in organisations:
        raise NotPermitted("An assessor belongs to another organisation than the practice’s.")
    if person in writers:
        raise NotPermitted("Nobody assesses what they wrote.")


def check_number(state: State, *, there: int, new: int) -> None:
    """Refuse too few or too many assessors.

    Raises
    ------
    InvalidInput
        Where the assessors with the new ones are not two, or three after two have differed.
    """
    needed = ASSESSORS[state]
    if not new or there + new != needed:
        raise InvalidInput(
            f"This practice needs {needed - there} more assessor{'s' * (needed - there != 1)}.",
            next_step="Choose as many people.",
        )


def due(today: date, days: int) -> date:
    """Return the date by which an answer is owed."""
    return today + timedelta(days=days)
