"""Taking a problem up, changing it, closing it with what became of it, opening it again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from nhpf_web.audit.actions import record
from nhpf_web.audit.rules import Verb
from nhpf_web.organisations.queries import Account, check_may
from nhpf_web.organisations.rules import Right
from nhpf_web.plans.models import Problem
from nhpf_web.plans.queries import Start
from nhpf_web.plans.rules import ASKED, ProblemAct, check_can_close, next_status


@transaction.atomic
def take_up(
    start: Start, values: Mapping[str, Any], *, organisation: Any, release: str, by: Account
) -> Problem:
    """Write down a problem that an organisation will work on.

    Raises
    ------
    NotPermitted
        Where no role of the person in this organisation allows it.
    """
    check_may(by, Right.WORK_ON_PROBLEM, organisation=organisation.slug)
    held = Problem(
        organisation=organisation,
        place=start.place.code,
        subtype=start.subtype,
        figures=list(start.figures),
        release=release,
        taken_up_by=by,
        taken_up_on=timezone.localdate(),
    )
    _set(held, values)
    held.save()
    _log(Verb.COLLECTION, held, by=by, reason="Taken up")
    return held


@transaction.atomic
def change(problem: Problem, values: Mapping[str, Any], *, by: Account) -> None:
    """Set what is said of an open problem.

    Raises
    ------
    NotPermitted
        Where it is closed, or no role of the person allows it.
    """
    held = _moved(problem, ProblemAct.CHANGE, by=by)
    _set(held, values)
    held.save()
    _log(Verb.ALTERATION, held, by=by)


@transaction.atomic
def close(problem: Problem, *, outcome: str, by: Account) -> None:
    """Close a problem with what became of it.

    Raises
    ------
    NotPermitted
        Where it is closed, or no role of the person allows it.
    InvalidInput
        Where nothing is said of what became of it.
    """
    held = _moved(problem, ProblemAct.CLOSE, by=by)
    check_can_close(outcome)
    held.outcome, held.closed_on = outcome, timezone.localdate()
    held.save()
    _log(Verb.ALTERATION, held, by=by, reason="Closed")


@transaction.atomic
def reopen(problem: Problem, *, by: Account) -> None:
    """Open a closed problem again; what became of it stays as it was written.

    Raises
    ------
    NotPermitted
        Where it is open, or no role of the person allows it.
    """
    held = _moved(problem, ProblemAct.REOPEN, by=by)
    held.closed_on = None
    held.save()
    _log(Verb.ALTERATION, held, by=by, reason="Opened again")


@transaction.atomic
def consult(problem: Problem, *, by: Account) -> None:
    """Write to the log that somebody read a problem, which may repeat restricted figures."""
    _log(Verb.CONSULTATION, problem, by=by)


def _moved(problem: Problem, act: ProblemAct, *, by: Account) -> Problem:
    held = Problem.objects.select_for_update(of=("self",)).get(pk=problem.pk)
    check_may(by, Right.WORK_ON_PROBLEM, organisation=held.organisation.slug)
    held.status = next_status(held.status, act)
    return held


def _set(held: Problem, values: Mapping[str, Any]) -> None:
    for name in ASKED:
        setattr(held, name, values[name])


def _log(verb: Verb, held: Problem, *, by: Account, reason: str = "") -> None:
    subject = f"problem:{held.pk}"
    record(verb, subject, who=by.username, organisation=held.organisation.slug, reason=reason)
