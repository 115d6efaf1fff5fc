"""The two states of an assessment, what each person may do in each, and whether it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from nhpf.errors import InvalidInput, NotPermitted
from nhpf_web.core.rules import led_to
from nhpf_web.organisations.rules import Right


class Status(StrEnum):
    """A draft is seen by its organisation, a signed assessment by everybody."""

    DRAFT = "draft"
    SIGNED = "signed"


class Act(StrEnum):
    """What can be done to an assessment."""

    CHANGE = "change"
    ASK = "ask for a signature"
    SIGN = "sign"
    REOPEN = "reopen"


# From each state, the acts that it allows and the state that they lead to.
STATES: Mapping[Status, Mapping[Act, Status]] = {
    Status.DRAFT: {
        Act.CHANGE: Status.DRAFT,
        Act.ASK: Status.DRAFT,
        Act.SIGN: Status.SIGNED,
    },
    Status.SIGNED: {Act.REOPEN: Status.DRAFT},
}
# The right, in the assessment's own organisation, that each act needs.
NEEDS: Mapping[Act, Right] = {
    Act.CHANGE: Right.DRAFT_ASSESSMENT,
    Act.ASK: Right.DRAFT_ASSESSMENT,
    Act.SIGN: Right.SIGN_ASSESSMENT,
    Act.REOPEN: Right.DRAFT_ASSESSMENT,
}


class Standing(StrEnum):
    """What an assessment is worth today; only a signed one that is current publishes."""

    DRAFT = "draft"
    CURRENT = "signed"
    REVIEW_DUE = "review due"
    CHANGED = "thing changed"


STANDING_WORDS = {
    Standing.DRAFT: "Draft",
    Standing.CURRENT: "Signed",
    Standing.REVIEW_DUE: "To be looked at again: its review date has passed",
    Standing.CHANGED: "To be looked at again: what it assesses has changed",
}


def next_status(status: str, act: Act) -> Status:
    """Return the state that an act leads to.

    Raises
    ------
    NotPermitted
        Where the state does not allow the act.
    """
    then = "Reopen it first." if status == Status.SIGNED else ""
    return led_to(STATES, Status(status), act, thing="An assessment", then=then)


def check_can_sign(
    *, signer: int, writers: Iterable[int], missing: Iterable[str], review_due: date, today: date
) -> None:
    """Refuse a signature by somebody who wrote any of it, or on what is not complete.

    Raises
    ------
    NotPermitted
        Where the signer is one of the writers.
    InvalidInput
        Where a part is missing or the review date is not in the future.
    """
    if signer in set(writers):
        raise NotPermitted(
            "You wrote some of this assessment.",
            next_step="Another person with the role equality lead signs it.",
        )
    check_is_whole(missing)
    if review_due <= today:
        raise InvalidInput(
            "The review date is not in the future.", next_step="Its authors choose a later one."
        )


def check_is_whole(missing: Iterable[str]) -> None:
    """Refuse what is not complete.

    Raises
    ------
    InvalidInput
        With the parts that are missing.
    """
    if parts := list(missing):
        raise InvalidInput(
            f"Not complete: {'; '.join(parts)}.", next_step="Its authors complete it first."
        )


def standing_of(
    status: str, *, review_due: date | None, today: date, is_changed: bool = False
) -> Standing:
    """Return what an assessment is worth: a change of its subject counts before its date."""
    if status != Status.SIGNED:
        return Standing.DRAFT
    if is_changed:
        return Standing.CHANGED
    if review_due is None or review_due < today:
        return Standing.REVIEW_DUE
    return Standing.CURRENT
