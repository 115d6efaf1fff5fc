"""From the signed equality assessment to readers, and what follows publication."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from nhpf.errors import InvalidInput, NotPermitted
from nhpf_web.audit.rules import Verb
from nhpf_web.equality.actions import draft
from nhpf_web.organisations.queries import Account, roles_of
from nhpf_web.organisations.rules import HOLDERS, NoticeKind, Right
from nhpf_web.what_works import queries
from nhpf_web.what_works.actions.drafting import new_version
from nhpf_web.what_works.actions.moving import held_for, lead, log, said
from nhpf_web.what_works.actions.telling import tell_editors, tell_followers, tell_owner
from nhpf_web.what_works.models import Version
from nhpf_web.what_works.rules import OPEN, Act, State

# The strategy's cycle comes round in 18 to 24 months; a practice is looked at after 18.
DAYS_TO_REVIEW = 548


def begin_equality(version: Version, *, by: Account, is_screen: bool) -> str:
    """Begin the equality assessment of a version, or its screen; return its reference."""
    held = draft(
        organisation=version.practice.organisation.slug,
        title=f"{version.title}, version {version.number}",
        kind=queries.SUBJECT,
        identity=version.label,
        by=by,
        is_screen=is_screen,
    )
    return held.reference


def _signed(held: Version) -> str:
    """Return the reference of the equality assessment that lets a version be published."""
    if not held.is_fit:
        raise NotPermitted(
            "The assessors found that it is not described well enough to repeat.",
            next_step="Begin a new version.",
        )
    signed = queries.signed_assessment(held)
    if signed is None:
        raise NotPermitted(
            "No equality impact assessment of this version is signed, or its review is overdue.",
            next_step="Complete it; somebody who wrote none of it signs.",
        )
    return signed.reference


@transaction.atomic
def confirm_equality(version: Version, *, by: Account) -> None:
    """Record that the equality assessment of this version, or its screen, is signed.

    Raises
    ------
    NotPermitted
        Where none is, or the assessors found the practice not fit to repeat.
    """
    held, move = held_for(version, Act.CONFIRM_EQUALITY, by=by)
    held.published_under = _signed(held)
    lead(held, move)
    log(held, Verb.ALTERATION, by=by, reason=f"Equality assessment {held.published_under}")
    tell_editors(held, "its equality assessment is signed. It waits for publication.", by=by)


@transaction.atomic
def publish(version: Version, *, by: Account) -> None:
    """Show a version to everybody; the version before it is replaced, its files are released.

    Raises
    ------
    NotPermitted
        Where its equality assessment was opened again meanwhile.
    """
    held, move = held_for(version, Act.PUBLISH, by=by)
    held.published_under = _signed(held)
    held.published_at, held.published_by = timezone.now(), by
    held.review_due = timezone.localdate() + timedelta(days=DAYS_TO_REVIEW)
    for before in held.practice.versions.filter(state=State.PUBLISHED):
        before.state = State.SUPERSEDED
        before.save(update_fields=["state"])
        log(before, Verb.ALTERATION, by=by, reason=f"Replaced by version {held.number}")
    lead(held, move)
    held.attachments.update(is_released=True)
    log(held, Verb.DISCLOSURE, by=by, reason=f"Published under {held.published_under}")
    tell_owner(held, NoticeKind.PUBLISHED, f"version {held.number} is published.", by=by)
    tell_followers(held, f"version {held.number} is published.", by=by)


@transaction.atomic
def review(version: Version, *, by: Account) -> None:
    """Confirm at its review that a published version still holds."""
    held, move = held_for(version, Act.REVIEW, by=by)
    held.published_under = _signed(held)
    held.review_due = timezone.localdate() + timedelta(days=DAYS_TO_REVIEW)
    lead(held, move)
    log(held, Verb.ALTERATION, by=by, reason=f"Confirmed at review by {_part(held, by=by)}")
    tell_followers(held, "its owner reviewed it and says that it still holds.", by=by)


def _part(held: Version, *, by: Account) -> str:
    """Return the role by which a person may review: the log keeps it beside the name."""
    roles = roles_of(by, held.practice.organisation.slug)
    return " and ".join(sorted(roles & HOLDERS[Right.DESCRIBE_PRACTICE]))


@transaction.atomic
def renew(version: Version, *, by: Account) -> Version:
    """Begin the next version as a draft with the same words; what is published stays so.

    Raises
    ------
    InvalidInput
        Where another version of the practice is being worked on.
    """
    held, move = held_for(version, Act.RENEW, by=by)
    others = held.practice.versions.exclude(pk=held.pk)
    if others.filter(state__in=OPEN).exists():
        raise InvalidInput("Another version of this practice is being worked on.")
    lead(held, move)
    new = new_version(held.practice, held.answers, by=by)
    for file in held.attachments.all():
        file.pk, file.version, file.is_released = None, new, False
        file.save()
    return new


@transaction.atomic
def withdraw(version: Version, *, by: Account, reason: str) -> None:
    """Take a version away from readers, or give up a draft; its page says why."""
    held, move = held_for(version, Act.WITHDRAW, by=by)
    held.reason = said(reason, what="why it is withdrawn")
    lead(held, move)
    held.attachments.update(is_released=False)
    log(held, Verb.ALTERATION, by=by, reason=f"Withdrawn. {held.reason}")
    if held.published_at:
        tell_owner(held, NoticeKind.DECIDED, "it was withdrawn.", by=by)
        tell_followers(held, "it was withdrawn.", by=by)
