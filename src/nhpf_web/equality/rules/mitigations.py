"""What becomes of a mitigation: its states, its moves, and who answers for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from nhpf.errors import InvalidInput, NotPermitted
from nhpf.records.importing.screening import personal_value
from nhpf_web.core.rules import led_to
from nhpf_web.organisations.rules import Right

LONGEST_SAID = 2000


class Progress(StrEnum):
    """How far a mitigation is."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class Deed(StrEnum):
    """What can be recorded of a mitigation, in a draft and after the signature alike."""

    FINISH = "finish"
    DROP = "drop"
    RESUME = "resume"


# From each state, what may be recorded and the state that it leads to.
MOVES: Mapping[Progress, Mapping[Deed, Progress]] = {
    Progress.OPEN: {Deed.FINISH: Progress.DONE, Deed.DROP: Progress.DROPPED},
    Progress.DONE: {Deed.RESUME: Progress.OPEN},
    Progress.DROPPED: {Deed.RESUME: Progress.OPEN},
}
# Progress is the writers' to record. What was promised under a signature is let go only by
# somebody who could sign.
DEED_NEEDS: Mapping[Deed, Right] = {
    Deed.FINISH: Right.DRAFT_ASSESSMENT,
    Deed.DROP: Right.SIGN_ASSESSMENT,
    Deed.RESUME: Right.DRAFT_ASSESSMENT,
}
DEED_WORDS = {
    Deed.FINISH: ("Record it as done", "What was done?"),
    Deed.DROP: ("Drop it", "Why is it dropped?"),
    Deed.RESUME: ("Take it up again", "Why is it taken up again?"),
}
OVERDUE = "overdue"
STATE_WORDS = {
    Progress.OPEN.value: "Open",
    OVERDUE: "Overdue",
    Progress.DONE.value: "Done",
    Progress.DROPPED.value: "Dropped",
}


def next_progress(progress: str, deed: Deed) -> Progress:
    """Return the state that a deed leads to.

    Raises
    ------
    NotPermitted
        Where the state does not allow it.
    """
    return led_to(MOVES, Progress(progress), deed, thing="A mitigation")


def shown_state(progress: str, *, due: date, today: date) -> str:
    """Return the state as a reader sees it: open and past its date is overdue."""
    return OVERDUE if progress == Progress.OPEN and due < today else progress


def check_said(said: str, deed: Deed) -> None:
    """Refuse a deed without its words.

    Raises
    ------
    InvalidInput
        Where nothing is said, or more than fits.
    """
    if not said.strip():
        raise InvalidInput(f"{DEED_WORDS[deed][1][:-1]}: say it in a sentence.")
    if len(said) > LONGEST_SAID:
        raise InvalidInput(f"Say it in at most {LONGEST_SAID} characters.")


def check_can_drop(*, is_signed: bool, is_worse: bool, others: int) -> None:
    """Refuse to drop what alone stands beside a worse effect that was signed for.

    Raises
    ------
    NotPermitted
        Where the assessment would no longer be whole.
    """
    if is_signed and is_worse and not others:
        raise NotPermitted(
            "It is the only mitigation of a worse effect that was signed for.",
            next_step="Reopen the assessment, and say what is done instead.",
        )


def check_owner(owner: str) -> None:
    """Refuse a person as owner: people move, a role or a desk answers.

    Raises
    ------
    InvalidInput
        Where the words hold a person's name, address or number.
    """
    if what := personal_value(owner):
        raise InvalidInput(f"This holds {what}.", next_step="Name a role, a desk or a team.")
