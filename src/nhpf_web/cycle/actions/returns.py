"""Asking for returns, writing them in steps, and sending them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from nhpf.errors import InvalidInput
from nhpf_web.audit.rules import Verb
from nhpf_web.core.rules import FormPage
from nhpf_web.cycle.actions.logging import log
from nhpf_web.cycle.models import Activity, Cycle, Return
from nhpf_web.cycle.queries.returns import missing_of
from nhpf_web.cycle.rules.returns import ReturnMove, check_can_send, next_answer, personal_in
from nhpf_web.organisations.queries import Account, check_may
from nhpf_web.organisations.rules import Right


@transaction.atomic
def ask(cycle: Cycle, organisations: Iterable[Any], *, due: date, by: Account) -> int:
    """Ask organisations for their return; who was asked before keeps the day named then.

    Returns
    -------
    int
        How many were asked now.
    """
    check_may(by, Right.RUN_CYCLE, organisation=cycle.organisation.slug)
    asked = 0
    for organisation in organisations:
        _, is_new = Return.objects.get_or_create(
            cycle=cycle, organisation=organisation, defaults={"due": due}
        )
        asked += is_new
    subject = f"cycle:{cycle.slug}"
    log(
        Verb.ALTERATION,
        subject,
        by=by,
        organisation=cycle.organisation.slug,
        reason=f"{asked} organisations were asked for a return",
    )
    return asked


@transaction.atomic
def describe(answer: Return, *, title: str, by: Account) -> Activity:
    """Begin the description of one activity."""
    held = _open_for(answer, ReturnMove.WRITE, by=by)
    _refuse_personal({"title": title})
    activity = Activity.objects.create(answer=held, title=title)
    _log(Verb.COLLECTION, held, by=by, reason=f"Activity {activity.pk}")
    return activity


@transaction.atomic
def write(activity: Activity, step: FormPage, values: Mapping[str, Any], *, by: Account) -> None:
    """Set the answers of one step.

    Raises
    ------
    NotPermitted
        Where the return was sent, or the person may not write for the organisation.
    InvalidInput
        Where a text points to one person.
    """
    held = _open_for(activity.answer, ReturnMove.WRITE, by=by)
    _refuse_personal({name: values[name] for name in step.fields})
    for name in step.fields:
        setattr(activity, name, values[name])
    activity.save(update_fields=list(step.fields))
    _log(Verb.ALTERATION, held, by=by, reason=f"Activity {activity.pk}: {step.slug}")


def _refuse_personal(values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if isinstance(value, str) and (found := personal_in(name, value)):
            raise InvalidInput(f"This holds {found}. Name a desk or a role instead.")


@transaction.atomic
def remove(activity: Activity, *, by: Account) -> None:
    """Take an activity out of a return that is open."""
    held = _open_for(activity.answer, ReturnMove.WRITE, by=by)
    _log(Verb.ERASURE, held, by=by, reason=f"Activity {activity.pk}")
    activity.delete()


@transaction.atomic
def send(answer: Return, *, is_nothing: bool, by: Account) -> None:
    """Send a return: its activities join the register.

    Raises
    ------
    InvalidInput
        Where it says nothing, or an activity is not complete.
    """
    held = _open_for(answer, ReturnMove.SEND, by=by)
    rows = [(one.title, missing_of(one)) for one in held.activities.all()]
    check_can_send(rows, is_nothing=is_nothing)
    held.state = next_answer(held.state, ReturnMove.SEND)
    held.is_nothing, held.sent_at = is_nothing, timezone.now()
    held.save(update_fields=["state", "is_nothing", "sent_at"])
    _log(Verb.DISCLOSURE, held, by=by, reason="Sent")


@transaction.atomic
def reopen(answer: Return, *, by: Account) -> None:
    """Open a return again; its activities leave the register until it is sent."""
    held = _open_for(answer, ReturnMove.REOPEN, by=by)
    held.state = next_answer(held.state, ReturnMove.REOPEN)
    held.is_nothing, held.sent_at = False, None
    held.save(update_fields=["state", "is_nothing", "sent_at"])
    _log(Verb.ALTERATION, held, by=by, reason="Reopened")


def _open_for(answer: Return, move: ReturnMove, *, by: Account) -> Return:
    """Return the return held still until the transaction ends, if this person may move it so."""
    held = Return.objects.select_for_update(of=("self",)).get(pk=answer.pk)
    check_may(by, Right.ANSWER_RETURN, organisation=held.organisation.slug)
    next_answer(held.state, move)
    return held


def _log(verb: Verb, held: Return, *, by: Account, reason: str) -> None:
    slug = held.organisation.slug
    log(verb, f"return:{held.cycle.slug}:{slug}", by=by, organisation=slug, reason=reason)
