"""Calls for research, trials and evaluations: written, opened, closed, awarded or ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from nhpf.errors import InvalidInput, NotPermitted
from nhpf_web.audit.rules import Verb
from nhpf_web.organisations.actions import framework_owner
from nhpf_web.organisations.queries import Account, check_may
from nhpf_web.organisations.rules import OWNER_SLUG, Right
from nhpf_web.what_works.actions.research.questions import serve
from nhpf_web.what_works.actions.research.registering import (
    check_nobody,
    decided,
    held_still,
    log,
    move_of,
    registered,
    subject,
    words,
)
from nhpf_web.what_works.models import Call, Practice, Question
from nhpf_web.what_works.rules.research.calls import CALL_KINDS, CALLS, CallAct, CallState
from nhpf_web.what_works.rules.research.checking import check_can_open, check_closing
from nhpf_web.what_works.rules.research.proposals import REGISTERED, ProposalState
from nhpf_web.what_works.rules.research.questions import WANTED, QuestionAct
from nhpf_web.what_works.rules.research.trials import TRIAL_DESIGNS, Plan, prospects

TOLD = ("summary", "offered", "outcome")
NUMBERS = ("baseline", "fall", "units", "years")


@transaction.atomic
def begin(values: Mapping[str, Any], *, by: Account) -> Call:
    """Begin a call as a draft of the framework's owner.

    Parameters
    ----------
    values : mapping
        kind, title, area, subtype, level, summary, offered, closes; questions and practices; for a
        trial outcome, baseline, fall (per cent), units, years, design and dispersion.
    """
    check_may(by, Right.CALL_FOR_RESEARCH, organisation=OWNER_SLUG)
    held = registered(Call, framework_owner(), _told(values), by=by)
    _about(held, values)
    log(held, Verb.COLLECTION, by=by)
    return held


@transaction.atomic
def change(call: Call, values: Mapping[str, Any], *, by: Account) -> None:
    """Set the words and figures of a draft."""
    held = _moved(call, CallAct.CHANGE, by=by)
    for name, value in _told(values).items():
        setattr(held, name, value)
    held.save()
    _about(held, values)
    log(held, Verb.ALTERATION, by=by)


def _told(values: Mapping[str, Any]) -> dict[str, Any]:
    if values.get("kind") not in CALL_KINDS:
        raise InvalidInput("A call is for research, a trial or an evaluation.")
    held = {name: str(values.get(name) or "").strip() for name in TOLD}
    for text in held.values():
        check_nobody(text)
    design = str(values.get("design") or "")
    if design and design not in TRIAL_DESIGNS:
        raise InvalidInput("There is no such design.")
    numbers = {name: values.get(name) for name in NUMBERS}
    told = {
        **subject(values),
        **held,
        **numbers,
        "kind": values["kind"],
        "closes": values.get("closes"),
        "design": design,
        "dispersion": values.get("dispersion") or 1.0,
    }
    if all(numbers.values()) and design:
        # The arithmetic refuses figures that are out of range, while they can still be mended.
        prospects(Plan(**{name: told[name] for name in Plan.__dataclass_fields__}))
    return told


def _about(held: Call, values: Mapping[str, Any]) -> None:
    questions: Iterable[Question] = values.get("questions") or ()
    practices: Iterable[Practice] = values.get("practices") or ()
    named = Question.objects.filter(pk__in=[one.pk for one in questions])
    if named.exclude(state__in=WANTED).exists():
        raise InvalidInput("A call is about questions that were accepted.")
    held.questions.set(questions)
    held.practices.set(practices)


@transaction.atomic
def open_call(call: Call, *, by: Account) -> None:
    """Open a call to everybody who does research; its questions count as called."""
    held = _moved(call, CallAct.OPEN, by=by)
    today = timezone.localdate()
    check_can_open(
        vars(held),
        kind=held.kind,
        is_about_something=held.questions.exists() or held.practices.exists(),
        today=today,
    )
    held.opened_on = today
    held.save()
    for question in held.questions.all():
        serve(question, QuestionAct.CALL, by=by)
    log(held, Verb.DISCLOSURE, by=by, reason="Opened")


@transaction.atomic
def extend(call: Call, *, closes: date, reason: str, by: Account) -> None:
    """Move the closing date of an open call to a later day."""
    held = _moved(call, CallAct.EXTEND, by=by)
    check_closing(closes, today=timezone.localdate())
    if held.closes and closes <= held.closes:
        raise InvalidInput("The new closing date is later than the one that stands.")
    held.closes, held.reason = closes, words(reason, what="the reason")
    held.save()
    log(held, Verb.ALTERATION, by=by, reason=f"Closes on {closes.isoformat()}")


@transaction.atomic
def close(call: Call, *, by: Account) -> None:
    """Close an open call before its day."""
    held = _moved(call, CallAct.CLOSE, by=by)
    held.save()
    log(held, Verb.ALTERATION, by=by, reason="Closed")


@transaction.atomic
def award(call: Call, *, reason: str, by: Account) -> None:
    """Award a closed call: every proposal that answers it is decided, and one was accepted.

    Raises
    ------
    NotPermitted
        Where none was accepted, or one is not decided yet.
    """
    held = _moved(call, CallAct.AWARD, by=by)
    if not held.proposals.filter(state__in=REGISTERED).exists():
        raise NotPermitted("No proposal for it was accepted.", next_step="End it without a study.")
    _end(held, reason, by=by)


@transaction.atomic
def end(call: Call, *, reason: str, by: Account) -> None:
    """End a closed call without a study; its questions are open to proposals again.

    Raises
    ------
    NotPermitted
        Where a proposal for it was accepted, or one is not decided yet.
    """
    held = _moved(call, CallAct.END, by=by)
    if held.proposals.filter(state__in=REGISTERED).exists():
        raise NotPermitted("A proposal for it was accepted.", next_step="Award it.")
    _end(held, reason, by=by)
    for question in held.questions.all():
        if not _is_called_elsewhere(question, held):
            serve(question, QuestionAct.LAPSE, by=by)


def _is_called_elsewhere(question: Question, held: Call) -> bool:
    others = question.calls.exclude(pk=held.pk)
    return others.filter(state__in=(CallState.OPEN, CallState.CLOSED)).exists()


def _end(held: Call, reason: str, *, by: Account) -> None:
    if held.proposals.filter(state__in=(ProposalState.SUBMITTED, ProposalState.RETURNED)).exists():
        raise NotPermitted("A proposal for it is not decided.", next_step="Decide on it first.")
    decided(held, words(reason, what="the reasons"), by=by)
    held.save()
    log(held, Verb.ALTERATION, by=by, reason=f"Now: {held.state}")


def _moved(call: Call, act: CallAct, *, by: Account) -> Call:
    held = held_still(call)
    held.state = move_of(held, CALLS, held.standing, act, by=by).to
    return held
