"""Asking assessors, rating, and what the owner may say against it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from nhpf.errors import InvalidInput, NotPermitted
from nhpf_web.audit.rules import Verb
from nhpf_web.organisations import queries as organisations
from nhpf_web.organisations.queries import Account
from nhpf_web.organisations.rules import OWNER_SLUG, NoticeKind
from nhpf_web.what_works import queries
from nhpf_web.what_works.actions.moving import held_for, lead, log, said
from nhpf_web.what_works.actions.telling import tell_assessor, tell_editors, tell_owner
from nhpf_web.what_works.models import Rating, Version
from nhpf_web.what_works.rules import (
    BY_CODE,
    DAYS_TO_ANSWER,
    DAYS_TO_APPEAL,
    DAYS_TO_RATE,
    Act,
    State,
    check_no_interest,
    check_number,
    due,
    settled,
    state_after,
)


@transaction.atomic
def send_back(version: Version, *, by: Account, reason: str) -> None:
    """Return a submitted version to its writers with the reason."""
    held, move = held_for(version, Act.SEND_BACK, by=by)
    held.reason = said(reason, what="why it goes back")
    lead(held, move)
    log(held, Verb.ALTERATION, by=by, reason=f"Sent back. {held.reason}")
    tell_owner(held, NoticeKind.TO_DO, "it was sent back to you with a reason.", by=by)


@transaction.atomic
def assign(version: Version, assessors: Sequence[Account], *, by: Account) -> None:
    """Ask people to assess a version.

    Raises
    ------
    NotPermitted
        Where one of them has an interest in it, may not assess, or was asked before.
    InvalidInput
        Where they are too few or too many.
    """
    held, move = held_for(version, Act.ASSIGN, by=by)
    there, _ = queries.progress(held)
    check_number(move.state, there=there, new=len(set(assessors)))
    for assessor in assessors:
        _check_free(assessor, held)
        if not queries.possible_assessors(held).filter(pk=assessor.pk).exists():
            raise NotPermitted("Somebody chosen is no assessor, or was asked before.")
        rating = Rating.objects.create(
            version=held, assessor=assessor, due=due(timezone.localdate(), DAYS_TO_RATE)
        )
        tell_assessor(held, assessor, due=rating.due)
    lead(held, move)
    log(
        held,
        Verb.ALTERATION,
        by=by,
        reason=f"Asked {len(assessors)} to assess",
        organisation=OWNER_SLUG,
    )


def _check_free(assessor: Account, held: Version) -> None:
    check_no_interest(
        organisations=[one.slug for one in organisations.visible_to(assessor)],
        owner=held.practice.organisation.slug,
        person=assessor.pk,
        writers=list(held.writers.values_list("pk", flat=True)),
    )


def _own(held: Version, by: Account) -> Rating:
    return held.ratings.get(assessor=by, rated_at__isnull=True, declined_at__isnull=True)


@transaction.atomic
def decline(version: Version, *, by: Account, reason: str) -> None:
    """Say that one cannot assess it, for an interest or for want of time."""
    held, move = held_for(version, Act.DECLINE, by=by)
    rating = _own(held, by)
    rating.declined_at = timezone.now()
    rating.save(update_fields=["declined_at"])
    lead(held, move)
    why = f"Declined. {said(reason, what='why')}"
    log(held, Verb.ALTERATION, by=by, reason=why, organisation=OWNER_SLUG)
    tell_editors(held, "somebody declined to assess it. Ask another.", by=by)


@transaction.atomic
def rate(
    version: Version,
    *,
    by: Account,
    finding: str,
    is_fit: bool,
    reasons: str,
    has_no_interest: bool,
) -> None:
    """Give one's own assessment; with the last one that is awaited it is settled.

    Raises
    ------
    NotPermitted
        Where the person has an interest or was not asked.
    InvalidInput
        Where the finding is unknown or no reasons are given.
    """
    held, move = held_for(version, Act.RATE, by=by)
    _check_free(by, held)
    if not has_no_interest:
        raise NotPermitted(
            "Only somebody with no interest in a practice assesses it.",
            next_step="Decline instead; an editor asks another person.",
        )
    check_finding(finding)
    rating = _own(held, by)
    rating.finding, rating.is_fit, rating.has_no_interest = finding, is_fit, True
    rating.reasons = said(reasons, what="what it rests on")
    rating.rated_at = timezone.now()
    rating.save()
    opinions = queries.opinions(held)
    if stands := settled(opinions):
        held.finding, held.is_fit = stands.finding, stands.is_fit
    lead(held, move, to=state_after(opinions))
    log(held, Verb.ALTERATION, by=by, reason="Rated", organisation=OWNER_SLUG)
    _tell_where_it_stands(held, by=by)


def _tell_where_it_stands(held: Version, *, by: Account) -> None:
    if held.state == State.CONSENSUS:
        tell_owner(held, NoticeKind.ASSESSED, "it is assessed. Accept or dispute it.", by=by)
    elif held.state == State.THIRD_ASSESSOR:
        tell_editors(held, "its two assessors differ. Ask a third.", by=by)


def check_finding(code: str) -> None:
    """Refuse a finding that does not say both what was found and how."""
    if code not in BY_CODE or not BY_CODE[code].is_whole:
        raise InvalidInput("Choose what the evidence bears.")


@transaction.atomic
def accept(version: Version, *, by: Account) -> None:
    """Take the assessment as it stands."""
    held, move = held_for(version, Act.ACCEPT, by=by)
    lead(held, move)
    log(held, Verb.ALTERATION, by=by, reason="Accepted the assessment")


@transaction.atomic
def object_to(version: Version, act: Act, *, by: Account, reason: str) -> None:
    """Dispute an assessment, or appeal against the answer to a dispute."""
    held, move = held_for(version, act, by=by)
    is_appeal = act == Act.APPEAL
    days = DAYS_TO_APPEAL if is_appeal else DAYS_TO_ANSWER
    held.objections.create(
        is_appeal=is_appeal,
        reason=said(reason, what="what is wrong with it"),
        made_by=by,
        reply_due=due(timezone.localdate(), days),
    )
    lead(held, move)
    log(held, Verb.ALTERATION, by=by, reason="Appealed" if is_appeal else "Disputed")
    what = "appeal" if is_appeal else "dispute"
    tell_editors(held, f"its owner’s {what} waits for a reply.", by=by)


@transaction.atomic
def reply_to(
    version: Version,
    act: Act,
    *,
    by: Account,
    reply: str,
    is_upheld: bool,
    finding: str = "",
    is_fit: bool | None = None,
) -> None:
    """Answer a dispute or decide an appeal; upheld, the assessment becomes what is given here.

    Raises
    ------
    NotPermitted
        Where the person who decides the appeal answered the dispute.
    """
    held, move = held_for(version, act, by=by)
    objection = held.objections.get(is_appeal=act == Act.DECIDE)
    if act == Act.DECIDE and held.objections.filter(replied_by=by).exists():
        raise NotPermitted(
            "You answered the dispute.", next_step="Another editor decides the appeal."
        )
    if is_upheld:
        check_finding(finding)
        if is_fit is None:
            raise InvalidInput("Say whether it is described well enough to repeat.")
        held.finding, held.is_fit = finding, is_fit
    objection.reply, objection.is_upheld = said(reply, what="why"), is_upheld
    objection.replied_by, objection.replied_at = by, timezone.now()
    objection.save()
    lead(held, move, to=State.ASSESSED if act == Act.DECIDE else State.ANSWERED)
    outcome = "Upheld" if is_upheld else "Not upheld"
    log(held, Verb.ALTERATION, by=by, reason=f"{outcome}: {act}")
    what = "appeal is decided" if act == Act.DECIDE else "dispute is answered"
    tell_owner(held, NoticeKind.DECIDED, f"your {what}.", by=by)
