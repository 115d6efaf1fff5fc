"""What organisations and people do with a published practice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from nhpf.errors import InvalidInput, NotPermitted
from nhpf_web.audit.actions import record
from nhpf_web.audit.rules import Verb
from nhpf_web.organisations import queries as organisations
from nhpf_web.organisations.queries import Account, check_may
from nhpf_web.organisations.rules import NoticeKind, Right
from nhpf_web.what_works import queries
from nhpf_web.what_works.actions.assessing import check_finding
from nhpf_web.what_works.actions.moving import said
from nhpf_web.what_works.actions.telling import (
    tell_followers,
    tell_of_answer,
    tell_of_remark,
    tell_owner,
)
from nhpf_web.what_works.models import Adoption, Follow, Practice, Remark, Replication, Version

DAYS_TO_ANSWER_A_QUESTION = 14
DAYS_TO_ANSWER_A_COMMENT = 28
TOLD = {
    "period": "when it was tried",
    "adapted": "how it was adapted",
    "dose": "the dose",
    "happened": "what happened",
}


def _published(practice: Practice) -> Version:
    """Return what readers see of a practice.

    Raises
    ------
    NotPermitted
        Where they see nothing of it.
    """
    version = queries.published().filter(practice=practice).first()
    if version is None:
        raise NotPermitted("This practice is not published.")
    return version


def _log(practice: Practice, verb: Verb, *, by: Account, organisation: str, reason: str) -> None:
    record(
        verb,
        f"practice:{practice.permanent_id}",
        who=by.username,
        organisation=organisation,
        reason=reason,
    )


def _check_other(practice: Practice, organisation: str, *, what: str) -> None:
    if practice.organisation.slug == organisation:
        raise NotPermitted(f"It is your own organisation’s practice: others {what} it.")


@transaction.atomic
def adopt(practice: Practice, *, organisation: str, plan: str, by: Account) -> None:
    """Record that another organisation does this too.

    Raises
    ------
    NotPermitted
        Where the person does not lead there, or the practice is its own or not published.
    InvalidInput
        Where it adopts it already.
    """
    check_may(by, Right.ADOPT_PRACTICE, organisation=organisation)
    _check_other(practice, organisation, what="adopt")
    version = _published(practice)
    if practice.adoptions.filter(organisation__slug=organisation).exists():
        raise InvalidInput("Your organisation has adopted this practice already.")
    held = Adoption.objects.create(
        practice=practice,
        organisation=organisations.visible_to(by).get(slug=organisation),
        version_number=version.number,
        plan=said(plan, what="what you will do and where"),
        adopted_by=by,
    )
    _log(practice, Verb.COLLECTION, by=by, organisation=organisation, reason="Adopted")
    _tell_of_use(version, f"{held.organisation} adopts it.", by=by)


@transaction.atomic
def log_replication(
    practice: Practice, *, organisation: str, told: Mapping[str, str], finding: str, by: Account
) -> None:
    """Record how another organisation tried it, what it changed and what happened.

    Parameters
    ----------
    told : mapping
        A text for each of "period", "adapted", "dose" and "happened".
    """
    check_may(by, Right.DESCRIBE_PRACTICE, organisation=organisation)
    _check_other(practice, organisation, what="replicate")
    version = _published(practice)
    check_finding(finding)
    held = Replication.objects.create(
        practice=practice,
        organisation=organisations.visible_to(by).get(slug=organisation),
        version_number=version.number,
        finding=finding,
        logged_by=by,
        **{name: said(told.get(name, ""), what=what) for name, what in TOLD.items()},
    )
    _log(practice, Verb.COLLECTION, by=by, organisation=organisation, reason="Replication logged")
    _tell_of_use(version, f"{held.organisation} logged a replication.", by=by)


def _tell_of_use(version: Version, what: str, *, by: Account) -> None:
    tell_owner(version, NoticeKind.FOLLOWED, what, by=by)
    tell_followers(version, what, by=by)


@transaction.atomic
def follow(practice: Practice, *, by: Account) -> None:
    """Follow a practice; it appears in one's own work when it changes."""
    _published(practice)
    Follow.objects.get_or_create(practice=practice, user=by)
    _log(practice, Verb.COLLECTION, by=by, organisation=_home(by), reason="Followed")


@transaction.atomic
def unfollow(practice: Practice, *, by: Account) -> None:
    """No longer follow a practice."""
    Follow.objects.filter(practice=practice, user=by).delete()
    _log(practice, Verb.ERASURE, by=by, organisation=_home(by), reason="No longer followed")


def _home(by: Account) -> str:
    """Return the organisation that a person acts for.

    Raises
    ------
    NotPermitted
        Where the person belongs to none.
    """
    home = organisations.visible_to(by).first()
    if home is None:
        raise NotPermitted("Only people of an organisation take part.")
    return home.slug


@transaction.atomic
def ask(practice: Practice, *, organisation: str, text: str, by: Account) -> None:
    """Ask the practice's owner a question; an answer is owed in 14 days."""
    _check_belongs(by, organisation)
    _remark(practice, organisation=organisation, text=text, by=by, is_comment=False)


@transaction.atomic
def comment(practice: Practice, *, organisation: str, text: str, by: Account) -> None:
    """Comment for a community or for families; an answer is owed in 28 days.

    Raises
    ------
    NotPermitted
        Where the organisation is no community's.
    """
    if not organisations.communities_of(by).filter(slug=organisation).exists():
        raise NotPermitted("Comments are for representatives of communities and families.")
    _remark(practice, organisation=organisation, text=text, by=by, is_comment=True)


def _check_belongs(by: Account, organisation: str) -> None:
    if not organisations.visible_to(by).filter(slug=organisation).exists():
        raise NotPermitted("You do not belong to this organisation.")


def _remark(
    practice: Practice, *, organisation: str, text: str, by: Account, is_comment: bool
) -> None:
    version = _published(practice)
    days = DAYS_TO_ANSWER_A_COMMENT if is_comment else DAYS_TO_ANSWER_A_QUESTION
    held = Remark.objects.create(
        practice=practice,
        organisation=organisations.visible_to(by).get(slug=organisation),
        is_comment=is_comment,
        text=said(text, what="what you want to ask or say"),
        made_by=by,
        answer_due=timezone.localdate() + timedelta(days=days),
    )
    what = "Commented" if is_comment else "Asked"
    _log(practice, Verb.COLLECTION, by=by, organisation=organisation, reason=what)
    tell_of_remark(held, version)


@transaction.atomic
def answer(remark: Remark, *, text: str, by: Account) -> None:
    """Answer a question or a comment for the practice's owner.

    Raises
    ------
    NotPermitted
        Where the person does not describe this practice.
    InvalidInput
        Where it was answered before.
    """
    held = Remark.objects.select_for_update(of=("self",)).get(pk=remark.pk)
    owner = held.practice.organisation.slug
    check_may(by, Right.DESCRIBE_PRACTICE, organisation=owner)
    if held.answered_at:
        raise InvalidInput("This was answered before.")
    held.answer = said(text, what="the answer")
    held.answered_by, held.answered_at = by, timezone.now()
    held.save()
    _log(held.practice, Verb.ALTERATION, by=by, organisation=owner, reason="Answered")
    if version := queries.was_published(held.practice):
        tell_of_answer(held, version)
