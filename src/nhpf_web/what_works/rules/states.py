"""The states of a version of a practice, and the one table of moves between them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from nhpf.errors import NotPermitted


class State(StrEnum):
    """Where one version of a practice stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_ASSESSMENT = "in assessment"
    THIRD_ASSESSOR = "third assessor"
    CONSENSUS = "consensus"
    DISPUTE = "dispute"
    ANSWERED = "dispute answered"
    APPEAL = "appeal"
    ASSESSED = "assessed"
    EQUALITY_SIGNED = "equality signed"
    PUBLISHED = "published"
    REVIEW_DUE = "review due"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class Act(StrEnum):
    """What can be done to a version."""

    CHANGE = "change"
    SUBMIT = "submit"
    SEND_BACK = "send back"
    ASSIGN = "assign assessors"
    DECLINE = "decline to assess"
    RATE = "rate"
    ACCEPT = "accept the assessment"
    DISPUTE = "dispute the assessment"
    ANSWER = "answer the dispute"
    APPEAL = "appeal"
    DECIDE = "decide the appeal"
    CONFIRM_EQUALITY = "confirm the equality assessment"
    PUBLISH = "publish"
    REVIEW = "confirm at review"
    RENEW = "begin a new version"
    WITHDRAW = "withdraw"
    FALL_DUE = "fall due"
    REPLACE = "be replaced"


class Party(StrEnum):
    """Who acts; a person may be several, and of a practice of one's own never the last two."""

    OWNER = "owner"
    ASSESSOR = "assessor"
    EDITOR = "editor"
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Move:
    """In this state these parties may do this, which leads to one of those states."""

    state: State
    act: Act
    by: tuple[Party, ...]
    to: tuple[State, ...]


_OWNER, _EDITOR, _ASSESSOR = (Party.OWNER,), (Party.EDITOR,), (Party.ASSESSOR,)
_EITHER, _SERVICE = (Party.OWNER, Party.EDITOR), (Party.SERVICE,)

MOVES = (
    Move(State.DRAFT, Act.CHANGE, _OWNER, (State.DRAFT,)),
    Move(State.DRAFT, Act.SUBMIT, _OWNER, (State.SUBMITTED,)),
    Move(State.DRAFT, Act.WITHDRAW, _OWNER, (State.WITHDRAWN,)),
    Move(State.SUBMITTED, Act.SEND_BACK, _EDITOR, (State.DRAFT,)),
    Move(State.SUBMITTED, Act.ASSIGN, _EDITOR, (State.IN_ASSESSMENT,)),
    Move(State.SUBMITTED, Act.WITHDRAW, _OWNER, (State.WITHDRAWN,)),
    Move(State.IN_ASSESSMENT, Act.ASSIGN, _EDITOR, (State.IN_ASSESSMENT,)),
    Move(State.IN_ASSESSMENT, Act.DECLINE, _ASSESSOR, (State.IN_ASSESSMENT,)),
    Move(
        State.IN_ASSESSMENT, Act.RATE, _ASSESSOR,
        (State.IN_ASSESSMENT, State.CONSENSUS, State.THIRD_ASSESSOR),
    ),
    Move(State.THIRD_ASSESSOR, Act.ASSIGN, _EDITOR, (State.THIRD_ASSESSOR,)),
    Move(State.THIRD_ASSESSOR, Act.DECLINE, _ASSESSOR, (State.THIRD_ASSESSOR,)),
    Move(State.THIRD_ASSESSOR, Act.RATE, _ASSESSOR, (State.CONSENSUS,)),
    Move(State.CONSENSUS, Act.ACCEPT, _OWNER, (State.ASSESSED,)),
    Move(State.CONSENSUS, Act.DISPUTE, _OWNER, (State.DISPUTE,)),
    Move(State.CONSENSUS, Act.RENEW, _OWNER, (State.SUPERSEDED,)),
    Move(State.DISPUTE, Act.ANSWER, _EDITOR, (State.ANSWERED,)),
    Move(State.ANSWERED, Act.ACCEPT, _OWNER, (State.ASSESSED,)),
    Move(State.ANSWERED, Act.APPEAL, _OWNER, (State.APPEAL,)),
    Move(State.ANSWERED, Act.RENEW, _OWNER, (State.SUPERSEDED,)),
    Move(State.APPEAL, Act.DECIDE, _EDITOR, (State.ASSESSED,)),
    Move(State.ASSESSED, Act.CONFIRM_EQUALITY, _EITHER, (State.EQUALITY_SIGNED,)),
    Move(State.ASSESSED, Act.RENEW, _OWNER, (State.SUPERSEDED,)),
    Move(State.ASSESSED, Act.WITHDRAW, _OWNER, (State.WITHDRAWN,)),
    Move(State.EQUALITY_SIGNED, Act.PUBLISH, _EDITOR, (State.PUBLISHED,)),
    Move(State.EQUALITY_SIGNED, Act.RENEW, _OWNER, (State.SUPERSEDED,)),
    Move(State.EQUALITY_SIGNED, Act.WITHDRAW, _OWNER, (State.WITHDRAWN,)),
    Move(State.PUBLISHED, Act.FALL_DUE, _SERVICE, (State.REVIEW_DUE,)),
    Move(State.PUBLISHED, Act.RENEW, _OWNER, (State.PUBLISHED,)),
    Move(State.PUBLISHED, Act.WITHDRAW, _EITHER, (State.WITHDRAWN,)),
    Move(State.PUBLISHED, Act.REPLACE, _SERVICE, (State.SUPERSEDED,)),
    Move(State.REVIEW_DUE, Act.REVIEW, _OWNER, (State.PUBLISHED,)),
    Move(State.REVIEW_DUE, Act.RENEW, _OWNER, (State.REVIEW_DUE,)),
    Move(State.REVIEW_DUE, Act.WITHDRAW, _EITHER, (State.WITHDRAWN,)),
    Move(State.REVIEW_DUE, Act.REPLACE, _SERVICE, (State.SUPERSEDED,)),
    Move(State.WITHDRAWN, Act.RENEW, _OWNER, (State.WITHDRAWN,)),
)  # fmt: skip
_MOVES = {(move.state, move.act): move for move in MOVES}

STATE_WORDS = {
    State.DRAFT: "Draft: only your organisation sees it",
    State.SUBMITTED: "Submitted: an editor chooses two assessors",
    State.IN_ASSESSMENT: "With two assessors, neither of whom sees what the other says",
    State.THIRD_ASSESSOR: "The two assessors differ: a third is asked",
    State.CONSENSUS: "Assessed: its owner accepts or disputes it",
    State.DISPUTE: "Disputed: an editor replies",
    State.ANSWERED: "The dispute is answered: its owner accepts or appeals",
    State.APPEAL: "Appealed: another editor decides",
    State.ASSESSED: "Assessed: its equality impact assessment comes next",
    State.EQUALITY_SIGNED: "Its equality impact assessment is signed: an editor publishes it",
    State.PUBLISHED: "Published",
    State.REVIEW_DUE: "Published, and its review is overdue",
    State.SUPERSEDED: "Replaced by a later version",
    State.WITHDRAWN: "Withdrawn",
}

# In these a version is being worked on; a practice has at most one such version at a time.
OPEN = (
    State.DRAFT, State.SUBMITTED, State.IN_ASSESSMENT, State.THIRD_ASSESSOR, State.CONSENSUS,
    State.DISPUTE, State.ANSWERED, State.APPEAL, State.ASSESSED, State.EQUALITY_SIGNED,
)  # fmt: skip
# In these nobody but an assessor sees what that assessor said.
BLIND = (State.IN_ASSESSMENT, State.THIRD_ASSESSOR)


# A practice whose question waits longer for an answer sinks in lists and in the search.
LONGEST_WAIT = timedelta(weeks=8)


def standing(state: str, *, review_due: date | None, today: date) -> State:
    """Return where a version stands today: a published one falls due by its date alone."""
    held = State(state)
    is_late = review_due is not None and review_due < today
    return State.REVIEW_DUE if held == State.PUBLISHED and is_late else held


def move_of(state: State, act: Act, *, by: Iterable[Party]) -> Move:
    """Return the move that these parties may make.

    Raises
    ------
    NotPermitted
        Where the state does not allow the act, or none of the parties may do it.
    """
    move = _MOVES.get((state, act))
    if move is None:
        raise NotPermitted(f"A version that is “{state}” cannot be the object of “{act}”.")
    if set(move.by).isdisjoint(by):
        needed = " or ".join(move.by)
        raise NotPermitted(f"You may not {act} this practice.", next_step=f"It needs its {needed}.")
    return move


def acts_open_to(state: State, by: Iterable[Party]) -> tuple[Act, ...]:
    """Return what these parties may do in a state, in the order of the table."""
    parties = set(by)
    return tuple(m.act for m in MOVES if m.state == state and not parties.isdisjoint(m.by))


def diagram() -> str:
    """Return the table as a state diagram in Mermaid's words."""
    names = {state: state.replace(" ", "_") for state in State}
    lines = [f"    [*] --> {names[State.DRAFT]}"]
    for move in MOVES:
        who = " or ".join(move.by)
        lines += [f"    {names[move.state]} --> {names[to]}: {move.act} ({who})" for to in move.to]
    return "\n".join(("stateDiagram-v2", *lines))
