"""What an organisation found about a signal, and whether it wants signals by e-mail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from nhpf_web.audit.actions import record
from nhpf_web.audit.rules import Verb
from nhpf_web.organisations.queries import Account, check_may, roles_of
from nhpf_web.organisations.rules import HOLDERS, Right
from nhpf_web.profiles.models import LookedAt, SignalDigest
from nhpf_web.profiles.rules.signals import Finding, Look, check_can_say, next_finding

if TYPE_CHECKING:
    from nhpf.signals import Signal


@transaction.atomic
def say_found(
    signal: Signal,
    look: Look,
    *,
    organisation: Any,
    found: str,
    problem: str = "",
    release: str,
    by: Account,
) -> LookedAt:
    """Write what an organisation found about a signal, in place of what it said before.

    Raises
    ------
    NotPermitted
        Where no role of the person there allows it, or this cannot be said of it as it stands.
    InvalidInput
        Where the words or the problem are missing.
    """
    check_may(by, Right.LOOK_AT_SIGNAL, organisation=organisation.slug)
    check_can_say(look, found=found, problem=problem)
    rows = LookedAt.objects.select_for_update(of=("self",))
    held = rows.filter(organisation=organisation, signal=signal.id).first()
    is_first = held is None
    held = held or LookedAt(organisation=organisation, signal=signal.id, finding=Finding.NEW)
    held.finding = next_finding(held.finding, look)
    held.found, held.problem = found, problem if look is Look.HAND_ON else ""
    held.sentence, held.release = signal.sentence[:300], release
    held.looked_by, held.looked_on = by, timezone.localdate()
    held.role = _role(by, organisation.slug)
    held.save()
    record(
        Verb.COLLECTION if is_first else Verb.ALTERATION,
        f"signal:{signal.id}",
        who=by.username,
        organisation=organisation.slug,
        reason=held.finding,
    )
    return held


def _role(by: Account, organisation: str) -> str:
    """Return the roles in which somebody looked."""
    held = roles_of(by, organisation) & {str(role) for role in HOLDERS[Right.LOOK_AT_SIGNAL]}
    return ", ".join(sorted(held))


@transaction.atomic
def choose_digest(organisation: Any, *, wanted: bool, by: Account) -> None:
    """Have the signals of an organisation's area sent to its people by e-mail, or stop it.

    Raises
    ------
    NotPermitted
        Where no role of the person there allows it.
    """
    check_may(by, Right.LOOK_AT_SIGNAL, organisation=organisation.slug)
    held = SignalDigest.objects.filter(organisation=organisation)
    if wanted == held.exists():
        return
    if wanted:
        SignalDigest.objects.create(
            organisation=organisation, asked_by=by, asked_on=timezone.localdate()
        )
    else:
        held.delete()
    record(
        Verb.ALTERATION,
        f"signals-by-email:{organisation.slug}",
        who=by.username,
        organisation=organisation.slug,
        reason="Signals by e-mail" if wanted else "No signals by e-mail",
    )
