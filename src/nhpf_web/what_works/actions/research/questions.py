"""Asking a question for research, deciding on it, answering it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from nhpf.errors import InvalidInput
from nhpf_web.audit.rules import Verb
from nhpf_web.organisations.queries import Account, check_may
from nhpf_web.organisations.rules import Right
from nhpf_web.what_works.actions.research.registering import (
    check_nobody,
    decided,
    held_still,
    log,
    move_of,
    own_organisation,
    registered,
    subject,
    words,
)
from nhpf_web.what_works.models import Output, Question
from nhpf_web.what_works.rules.research.moves import Part
from nhpf_web.what_works.rules.research.outputs import OutputState
from nhpf_web.what_works.rules.research.questions import (
    ORIGINS,
    QUESTIONS,
    WANTED,
    QuestionAct,
    QuestionState,
)

ORIGIN = ("raised_from", "raised_id", "raised_address", "raised_label")


@transaction.atomic
def ask(
    *,
    organisation: str,
    values: Mapping[str, Any],
    origin: Mapping[str, str] | None = None,
    by: Account,
) -> Question:
    """Ask a question for an organisation.

    Parameters
    ----------
    values : mapping
        title, area, subtype, level, why and wanted.
    origin : mapping, optional
        What it is raised from, as `queries.research.origin_of` returns it.

    Raises
    ------
    NotPermitted
        Where no role of the person there allows it.
    InvalidInput, PersonalData
        Where something is not said, not known, or points to a person.
    """
    check_may(by, Right.ASK_RESEARCH, organisation=organisation)
    raised = {name: (origin or {}).get(name, "") for name in ORIGIN}
    raised["raised_from"] = raised["raised_from"] or "free"
    if raised["raised_from"] not in ORIGINS:
        raise InvalidInput("A question is not raised from that.")
    check_nobody(raised["raised_label"])
    home = own_organisation(organisation, by=by)
    held = registered(Question, home, {**_told(values), **raised}, by=by)
    log(held, Verb.COLLECTION, by=by)
    return held


def _told(values: Mapping[str, Any]) -> dict[str, str]:
    return {
        **subject(values),
        "why": words(values.get("why"), what="why it matters for homicide"),
        "wanted": words(values.get("wanted"), what="what would answer it"),
    }


@transaction.atomic
def change(question: Question, values: Mapping[str, Any], *, by: Account) -> None:
    """Set the words of a question that nobody has decided on."""
    held = _moved(question, QuestionAct.CHANGE, by=by)
    for name, value in _told(values).items():
        setattr(held, name, value)
    held.save()
    log(held, Verb.ALTERATION, by=by)


@transaction.atomic
def accept(question: Question, *, reason: str, by: Account) -> None:
    """Accept a question, with the reason for its priority; proposals may answer it now."""
    _decide(question, QuestionAct.ACCEPT, reason=reason, by=by)


@transaction.atomic
def decline(question: Question, *, reason: str, by: Account) -> None:
    """Decline a question with the reason, which everybody reads."""
    _decide(question, QuestionAct.DECLINE, reason=reason, by=by)


@transaction.atomic
def reopen(question: Question, *, reason: str, by: Account) -> None:
    """Open an answered question again: the answer no longer holds, or not here."""
    _decide(question, QuestionAct.REOPEN, reason=reason, by=by)


@transaction.atomic
def merge(question: Question, *, into: Question, reason: str, by: Account) -> None:
    """Merge a question into another that asks the same.

    Raises
    ------
    InvalidInput
        Where the other is itself, or was not accepted.
    """
    others = Question.objects.filter(state__in=(*WANTED, QuestionState.ANSWERED))
    if not others.filter(pk=into.pk).exclude(pk=question.pk).exists():
        raise InvalidInput("A question is merged into another one that was accepted.")
    held = _moved(question, QuestionAct.MERGE, by=by)
    held.merged_into = into
    _settle(held, reason, QuestionAct.MERGE, by=by)


@transaction.atomic
def answer(question: Question, *, outputs: Iterable[Output], reason: str, by: Account) -> None:
    """Record which listed outputs answer a question, and what the answer is.

    Raises
    ------
    InvalidInput
        Where no output is named, or one of them is not listed.
    """
    held = _moved(question, QuestionAct.ANSWER, by=by)
    named = Output.objects.filter(pk__in=[one.pk for one in outputs])
    if not named or named.exclude(state=OutputState.LISTED).exists():
        raise InvalidInput("A question is answered by listed outputs: choose at least one.")
    held.answered_by.set(named)
    _settle(held, reason, QuestionAct.ANSWER, by=by)


def serve(question: Question, act: QuestionAct, *, by: Account) -> None:
    """Move a question on because of a call or a study, where its state allows it."""
    held = held_still(question)
    state = QuestionState(held.state)
    if not QUESTIONS.leads(state, act):
        return
    held.state = QUESTIONS.find(state, act, by=(Part.SERVICE,)).to
    held.save()
    log(held, Verb.ALTERATION, by=by, reason=f"Now: {held.state}")


def _moved(question: Question, act: QuestionAct, *, by: Account) -> Question:
    held = held_still(question)
    held.state = move_of(held, QUESTIONS, QuestionState(held.state), act, by=by).to
    return held


def _decide(question: Question, act: QuestionAct, *, reason: str, by: Account) -> None:
    _settle(_moved(question, act, by=by), reason, act, by=by)


def _settle(held: Question, reason: str, act: QuestionAct, *, by: Account) -> None:
    decided(held, words(reason, what="the reasons"), by=by)
    held.save()
    log(held, Verb.ALTERATION, by=by, reason=f"Decided: {act}")
