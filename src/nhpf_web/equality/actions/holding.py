"""An assessment held still for a change, and the log."""

from __future__ import annotations

from nhpf_web.audit.actions import record
from nhpf_web.audit.rules import Verb
from nhpf_web.equality.models import Assessment
from nhpf_web.equality.rules import NEEDS, Act, next_status
from nhpf_web.organisations.queries import Account, check_may


def locked(assessment: Assessment) -> Assessment:
    """Return the assessment as it stands now; nobody else changes it until the transaction ends."""
    return Assessment.objects.select_for_update(of=("self",)).get(pk=assessment.pk)


def open_for(assessment: Assessment, *, by: Account) -> Assessment:
    """Return a draft held still until the transaction ends, with this person among its writers."""
    held = locked(assessment)
    check_may(by, NEEDS[Act.CHANGE], organisation=held.organisation.slug)
    next_status(held.status, Act.CHANGE)
    held.writers.add(by)
    return held


def log(verb: Verb, assessment: Assessment, *, by: Account, reason: str = "") -> None:
    """Add to the log what somebody did to an assessment."""
    record(
        verb,
        f"assessment:{assessment.reference}",
        who=by.username,
        organisation=assessment.organisation.slug,
        reason=reason,
    )
