"""Proposals for the framework: their states, and who may decide."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from nhpf.errors import InvalidInput, NotPermitted
from nhpf_web.core.rules import led_to


class Stage(StrEnum):
    """Where a proposal stands."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    DEFERRED = "deferred"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class ProposalMove(StrEnum):
    """What can be done to a proposal."""

    CHANGE = "change"
    PROPOSE = "propose"
    WITHDRAW = "withdraw"
    DEFER = "defer"
    ACCEPT = "accept"
    DECLINE = "decline"


STAGES: Mapping[Stage, Mapping[ProposalMove, Stage]] = {
    Stage.DRAFT: {
        ProposalMove.CHANGE: Stage.DRAFT,
        ProposalMove.PROPOSE: Stage.PROPOSED,
    },
    Stage.PROPOSED: {
        ProposalMove.WITHDRAW: Stage.DRAFT,
        ProposalMove.DEFER: Stage.DEFERRED,
        ProposalMove.ACCEPT: Stage.ACCEPTED,
        ProposalMove.DECLINE: Stage.DECLINED,
    },
    Stage.DEFERRED: {
        ProposalMove.WITHDRAW: Stage.DRAFT,
        ProposalMove.ACCEPT: Stage.ACCEPTED,
        ProposalMove.DECLINE: Stage.DECLINED,
    },
    Stage.ACCEPTED: {},
    Stage.DECLINED: {},
}
DECISIONS = frozenset({ProposalMove.DEFER, ProposalMove.ACCEPT, ProposalMove.DECLINE})
KINDS = {
    "area": "An area of focus",
    "strategy": "A fundamental strategy",
    "enabler": "An enabler",
    "priority": "A priority",
}
ASKED = {
    "title": "What is it called?",
    "what": "What is it, and what would it change?",
    "impact": "What is known of its impact on homicide?",
    "source": "Where can that be read?",
    "harm": "Whom could it harm, and how would that be seen?",
}


def next_stage(stage: str, move: ProposalMove) -> Stage:
    """Return the stage that a move leads to.

    Raises
    ------
    NotPermitted
        Where the stage does not allow the move.
    """
    return led_to(STAGES, Stage(stage), move, thing="A proposal")


def check_can_propose(values: Mapping[str, object]) -> None:
    """Refuse a proposal that leaves a question open, above all its impact on homicide.

    Raises
    ------
    InvalidInput
        Naming the questions.
    """
    if missing := [label for name, label in ASKED.items() if not values.get(name)]:
        raise InvalidInput(f"Not answered yet: {' '.join(missing)}")


def check_can_decide(*, decider: int, author: int, reasons: str) -> None:
    """Refuse a decision by the author, or without reasons.

    Raises
    ------
    NotPermitted
        Where the decider wrote it.
    InvalidInput
        Where no reasons are given.
    """
    if decider == author:
        raise NotPermitted(
            "You wrote this proposal.", next_step="Another editor or lead decides on it."
        )
    if not reasons.strip():
        raise InvalidInput("Give the reasons for the decision; they are published with it.")
