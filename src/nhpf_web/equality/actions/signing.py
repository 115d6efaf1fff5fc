"""Signing an assessment, and opening it again."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from nhpf.errors import InvalidInput
from nhpf_web.audit.rules import Verb
from nhpf_web.equality.actions.holding import locked, log
from nhpf_web.equality.models import Assessment
from nhpf_web.equality.queries import missing_parts
from nhpf_web.equality.queries.subjects import digest_now
from nhpf_web.equality.rules import NEEDS, Act, check_can_sign, next_status
from nhpf_web.organisations.queries import Account, check_may


@transaction.atomic
def sign(assessment: Assessment, *, by: Account, reason: str = "") -> None:
    """Sign a draft, which publishes its subject as it is now; another subject needs another.

    Raises
    ------
    NotPermitted
        Where the person is no equality lead of the organisation, or wrote any of it.
    InvalidInput
        Where a part is missing or the review date is not in the future.
    """
    held = locked(assessment)
    check_may(by, NEEDS[Act.SIGN], organisation=held.organisation.slug)
    held.status = next_status(held.status, Act.SIGN)
    check_can_sign(
        signer=by.pk,
        writers=[held.author_id, *held.writers.values_list("pk", flat=True)],
        missing=missing_parts(held),
        review_due=held.review_due or date.min,
        today=timezone.localdate(),
    )
    held.signed_by, held.signed_at = by, timezone.now()
    held.signed_for = digest_now(held.subject_kind, held.subject_id)
    held.save(update_fields=["status", "signed_by", "signed_at", "signed_for"])
    log(Verb.ALTERATION, held, by=by, reason=f"Signed. {reason}".strip())


@transaction.atomic
def reopen(assessment: Assessment, *, by: Account, reason: str) -> None:
    """Make a signed assessment a draft again, which takes its subject out of publication.

    Raises
    ------
    NotPermitted
        Where no role of the person allows it.
    InvalidInput
        Where no reason is given.
    """
    if not reason.strip():
        raise InvalidInput("Say why the assessment is opened again.")
    held = locked(assessment)
    check_may(by, NEEDS[Act.REOPEN], organisation=held.organisation.slug)
    held.status = next_status(held.status, Act.REOPEN)
    held.signed_by, held.signed_at = None, None
    held.save(update_fields=["status", "signed_by", "signed_at"])
    log(Verb.ALTERATION, held, by=by, reason=f"Reopened. {reason}")
