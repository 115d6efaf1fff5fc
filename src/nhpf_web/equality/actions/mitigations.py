"""Recording what became of a mitigation, before and after the signature."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from nhpf_web.audit.rules import LONGEST_REASON, Verb
from nhpf_web.equality.actions.holding import locked, log
from nhpf_web.equality.models import Mitigation
from nhpf_web.equality.queries import has_worse_effect
from nhpf_web.equality.rules import (
    DEED_NEEDS,
    Deed,
    Progress,
    Status,
    check_can_drop,
    check_said,
    next_progress,
)
from nhpf_web.organisations.queries import Account, check_may


@transaction.atomic
def record_progress(mitigation: Mitigation, deed: Deed, *, said: str, by: Account) -> None:
    """Record that a mitigation is done, dropped or taken up again; the signature stands.

    Raises
    ------
    NotPermitted
        Where no role of the person allows it, its state does not, or it alone stands beside a
        worse effect that was signed for.
    InvalidInput
        Where nothing is said.
    """
    assessment = locked(mitigation.assessment)
    held = Mitigation.objects.select_for_update(of=("self",)).get(pk=mitigation.pk)
    check_may(by, DEED_NEEDS[deed], organisation=assessment.organisation.slug)
    held.progress = next_progress(held.progress, deed)
    check_said(said, deed)
    if deed == Deed.DROP:
        others = assessment.mitigations.exclude(pk=held.pk).exclude(progress=Progress.DROPPED)
        check_can_drop(
            is_signed=assessment.status == Status.SIGNED,
            is_worse=has_worse_effect(assessment),
            others=others.count(),
        )
    held.said = said.strip()
    held.settled_on = None if held.progress == Progress.OPEN else timezone.localdate()
    held.save(update_fields=["progress", "said", "settled_on"])
    reason = f"Mitigation {held.pk}: {deed}. {held.said}"[:LONGEST_REASON]
    log(Verb.ALTERATION, assessment, by=by, reason=reason)
