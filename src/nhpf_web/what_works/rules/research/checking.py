"""What a proposal, a call and a reason must say before they move on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from nhpf.errors import InvalidInput, NotPermitted
from nhpf_web.core.rules import FormPage
from nhpf_web.what_works.rules.research.proposals import Data, DataState, Ethics

Values = Mapping[str, object]

PAGES = (
    FormPage(
        "study",
        "What is studied",
        "So that others see at once whether it touches their work.",
        ("title", "summary", "questions", "area", "subtype", "level"),
    ),
    FormPage(
        "protocol",
        "The protocol",
        "It is registered before data are seen: from acceptance on it stands, and a later change"
        " is shown with its date and reason.",
        ("design", "outcome", "measures", "analysis", "power"),
    ),
    FormPage(
        "ethics",
        "Ethics review",
        "A study begins when its ethics review is done, or when the reason why none is needed"
        " is given.",
        ("ethics", "ethics_reason", "ethics_body", "ethics_reference", "ethics_on"),
    ),
    FormPage(
        "data",
        "Data",
        "No row about a person is handed over here. Ask for aggregate tables or releases, or name"
        " the agreement between organisations under which data are shared outside this service.",
        ("data", "data_what", "data_purpose", "data_basis", "data_control", "data_agreement"),
    ),
    FormPage(
        "time",
        "Timetable",
        "So that others know when to expect an answer, also when it is “no effect”.",
        ("starts", "reports"),
    ),
)
NEEDED: Mapping[str, str] = {
    "title": "a title",
    "summary": "what is studied",
    "design": "the design",
    "outcome": "the primary outcome",
    "measures": "how outcomes are measured",
    "analysis": "the analysis",
    "power": "what it could see",
    "starts": "when it starts",
    "reports": "when it reports",
}
CALL_NEEDED: Mapping[str, str] = {
    "summary": "what is asked for",
    "offered": "what is offered",
    "closes": "the closing date",
}
TRIAL_NEEDED: Mapping[str, str] = {
    "outcome": "what is counted",
    "baseline": "how many a place has in a year",
    "fall": "the fall that is hoped for",
    "units": "how many places",
    "years": "how many years",
    "design": "the design",
}


def page_of(slug: str) -> FormPage | None:
    """Return a page of the proposal's form, or None."""
    return next((page for page in PAGES if page.slug == slug), None)


def ethics_faults(values: Values) -> dict[str, str]:
    """Return by field what a statement of the ethics review lacks."""
    wanted: dict[str, dict[str, str]] = {
        Ethics.NOT_NEEDED: {"ethics_reason": "Say why no ethics review is needed."},
        Ethics.SOUGHT: {"ethics_body": "Name the body that reviews it."},
        Ethics.APPROVED: {
            "ethics_body": "Name the body that approved it.",
            "ethics_reference": "Give the reference of the approval.",
            "ethics_on": "Give the day of the approval.",
        },
        Ethics.REFUSED: {"ethics_body": "Name the body that refused it."},
    }
    asked = wanted.get(str(values.get("ethics")), {})
    return {name: words for name, words in asked.items() if not values.get(name)}


def data_faults(values: Values) -> dict[str, str]:
    """Return by field what a request for data lacks."""
    if values.get("data") in (None, "", Data.NONE):
        return {}
    asked = {
        "data_what": "Say which tables, releases or data.",
        "data_purpose": "Say what they are for.",
        "data_basis": "Give the lawful basis.",
        "data_control": "Say how disclosure is controlled.",
    }
    if str(values.get("data")) == Data.AGREEMENT:
        asked["data_agreement"] = "Give the reference of the sharing agreement."
    return {name: words for name, words in asked.items() if not values.get(name)}


def time_faults(values: Values) -> dict[str, str]:
    """Return by field what is wrong with a timetable."""
    starts, reports = values.get("starts"), values.get("reports")
    if isinstance(starts, date) and isinstance(reports, date) and reports <= starts:
        return {"reports": "It reports after it starts."}
    return {}


def faults(values: Values) -> dict[str, str]:
    """Return by field what contradicts itself on any page of the form."""
    return {**ethics_faults(values), **data_faults(values), **time_faults(values)}


def missing(values: Values, needed: Mapping[str, str]) -> tuple[str, ...]:
    """Return in words what is not said yet."""
    return tuple(words for name, words in needed.items() if values.get(name) in (None, ""))


def check_can_submit(values: Values, *, is_about_something: bool) -> None:
    """Refuse a proposal that leaves something open.

    Raises
    ------
    InvalidInput
        Naming what is missing.
    """
    left = [*missing(values, NEEDED)]
    if not is_about_something:
        left.append("the question that it is about")
    if left:
        raise InvalidInput(f"Not said yet: {', '.join(left)}.")
    if wrong := faults(values):
        raise InvalidInput(next(iter(wrong.values())))


def check_can_accept(*, ethics: str, data_state: str) -> None:
    """Refuse to register a study whose data are not decided, or whose ethics review failed.

    Raises
    ------
    NotPermitted
    """
    if ethics == Ethics.REFUSED:
        raise NotPermitted("Its ethics review was refused.", next_step="Decline or return it.")
    if data_state == DataState.WAITING:
        raise NotPermitted(
            "Its request for data is not decided.",
            next_step="A data steward or an editor decides on the data first.",
        )
    if data_state == DataState.REFUSED:
        raise NotPermitted(
            "Its request for data was refused.",
            next_step="Return it with questions, so that it can do without them.",
        )


def check_can_begin(*, ethics: str) -> None:
    """Refuse to begin a study before its ethics review is done.

    Raises
    ------
    NotPermitted
    """
    if ethics not in (Ethics.NOT_NEEDED, Ethics.APPROVED):
        raise NotPermitted(
            "The ethics review is not done.", next_step="State the approval and its reference."
        )


def check_can_open(values: Values, *, kind: str, is_about_something: bool, today: date) -> None:
    """Refuse to open a call that leaves something open.

    Raises
    ------
    InvalidInput
        Naming what is missing, or the closing date that has passed.
    """
    needed = {**CALL_NEEDED, **(TRIAL_NEEDED if kind == "trial" else {})}
    left = [*missing(values, needed)]
    if not is_about_something:
        left.append("a question or a practice that it is about")
    if left:
        raise InvalidInput(f"Not said yet: {', '.join(left)}.")
    check_closing(values.get("closes"), today=today)


def check_closing(closes: object, *, today: date) -> None:
    """Refuse a closing date that has passed.

    Raises
    ------
    InvalidInput
    """
    if not isinstance(closes, date) or closes < today:
        raise InvalidInput("The closing date has passed.")
