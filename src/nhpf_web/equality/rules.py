"""What an assessment holds, its two states, and who may move it between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from nhpf.errors import InvalidInput, NotPermitted
from nhpf_web.core.rules import FormPage, led_to


class Status(StrEnum):
    """A draft is seen by its organisation, a signed assessment by everybody."""

    DRAFT = "draft"
    SIGNED = "signed"


class Act(StrEnum):
    """What can be done to an assessment."""

    CHANGE = "change"
    SIGN = "sign"
    REOPEN = "reopen"


# From each state, the acts that it allows and the state that they lead to.
STATES: Mapping[Status, Mapping[Act, Status]] = {
    Status.DRAFT: {Act.CHANGE: Status.DRAFT, Act.SIGN: Status.SIGNED},
    Status.SIGNED: {Act.REOPEN: Status.DRAFT},
}


class Subject(StrEnum):
    """What can be assessed."""

    EDITION = "edition"
    PROFILE = "profile"
    ENTRY = "entry"
    INDICATOR = "indicator"
    METHOD = "method"
    PAGE = "page"
    PRACTICE = "practice"


SUBJECT_NAMES = {
    Subject.EDITION: "An edition of the framework",
    Subject.PROFILE: "A part of every profile",
    Subject.ENTRY: "An entry of the framework",
    Subject.INDICATOR: "An indicator",
    Subject.METHOD: "A statistical method",
    Subject.PAGE: "A page",
    Subject.PRACTICE: "A version of a practice",
}

CHARACTERISTICS = (
    "age",
    "disability",
    "gender reassignment",
    "marriage and civil partnership",
    "pregnancy and maternity",
    "race",
    "religion or belief",
    "sex",
    "sexual orientation",
)

EFFECTS = {"+": "Better", "neutral": "Neutral", "-": "Worse"}

OUTCOMES = {
    "no change": "No change is needed",
    "adjust": "Adjust what is planned",
    "continue with justification": "Continue, and say why that is justified",
    "stop": "Stop",
}


PARTS = (
    FormPage(
        "decision",
        "What is being decided",
        "An assessment is made before a decision and for it, not afterwards.",
        ("title", "focus", "decided"),
    ),
    FormPage(
        "people",
        "Who is affected",
        "Name the groups, and those who are often left out of the data.",
        ("affected",),
    ),
    FormPage(
        "evidence",
        "Evidence, gaps and engagement",
        "Say what is known, what is not, and who was asked.",
        ("evidence", "gaps", "engagement"),
    ),
    FormPage(
        "effects",
        "Effect on each protected characteristic",
        "The Equality Act 2010 names nine. “No difference” needs a reason too.",
        (),
    ),
    FormPage(
        "aims",
        "The three aims of the equality duty",
        "Section 149 of the Equality Act 2010 asks for due regard to each.",
        ("eliminate_discrimination", "advance_equality", "foster_good_relations"),
    ),
    FormPage(
        "together",
        "Effects together and alternatives",
        "A person has several characteristics, and meets several decisions.",
        ("cumulative", "alternatives"),
    ),
    FormPage(
        "outcome",
        "Outcome and review",
        "After the review date nothing counts as published until it is signed again.",
        ("outcome", "outcome_reason", "standing", "review_due"),
    ),
)
OPTIONAL = frozenset({"standing"})
# A screen says why equality is not relevant; where it is, a full assessment is made.
SCREEN = ("decision", "people", "aims", "outcome")
SCREENED_OUT = "no change"


def parts_of(*, is_screen: bool) -> tuple[FormPage, ...]:
    """Return the parts of an assessment, or those few of a screen."""
    return tuple(held for held in PARTS if not is_screen or held.slug in SCREEN)


def part(slug: str) -> FormPage | None:
    """Return the part with this slug, or None."""
    return next((held for held in PARTS if held.slug == slug), None)


def unanswered(
    answers: Mapping[str, object],
    *,
    effects: Iterable[str],
    is_mitigated: bool,
    is_screen: bool = False,
) -> tuple[str, ...]:
    """Return the titles of the parts that are not complete.

    Parameters
    ----------
    answers : mapping
        The value of each field.
    effects : iterable of str
        The characteristics that have an effect with a reason.
    is_mitigated : bool
        Whether every worse effect stands beside at least one mitigation.
    is_screen : bool
        Whether it only says why equality is not relevant, with no change as its outcome.
    """
    missing = [
        held.title
        for held in parts_of(is_screen=is_screen)
        if any(not answers.get(name) for name in held.fields if name not in OPTIONAL)
        or (held.slug == "effects" and not set(CHARACTERISTICS) <= set(effects))
    ]
    if is_screen and answers.get("outcome") not in ("", None, SCREENED_OUT):
        missing.append("A full assessment, as the outcome is not that no change is needed")
    return (*missing, *(() if is_mitigated else ("Mitigations",)))


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
    if parts := list(missing):
        raise InvalidInput(
            f"Not complete: {'; '.join(parts)}.", next_step="Its authors complete it first."
        )
    if review_due <= today:
        raise InvalidInput(
            "The review date is not in the future.", next_step="Its authors choose a later one."
        )


def stands(status: str, *, review_due: date | None, today: date) -> bool:
    """Whether an assessment lets its subject be published: signed, and its review not overdue."""
    return status == Status.SIGNED and review_due is not None and today <= review_due
