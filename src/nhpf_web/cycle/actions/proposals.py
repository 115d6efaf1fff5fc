"""Writing a proposal, moving it, deciding on it; and linking other workstreams."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from nhpf.errors import InvalidInput
from nhpf_web.audit.rules import Verb
from nhpf_web.cycle.actions.logging import log
from nhpf_web.cycle.models import LinkedWork, Proposal
from nhpf_web.cycle.rules.proposals import (
    ASKED,
    DECISIONS,
    ProposalMove,
    check_can_decide,
    check_can_propose,
    next_stage,
)
from nhpf_web.organisations.actions import framework_owner
from nhpf_web.organisations.queries import Account, check_may
from nhpf_web.organisations.rules import OWNER_SLUG, Right


@transaction.atomic
def draft(organisation: Any, *, kind: str, title: str, by: Account) -> Proposal:
    """Begin a proposal for an organisation.

    Raises
    ------
    NotPermitted
        Where no role of the person in this organisation allows it.
    """
    check_may(by, Right.PROPOSE, organisation=organisation.slug)
    proposal = Proposal.objects.create(
        slug=_free_slug(title), organisation=organisation, author=by, kind=kind, title=title
    )
    _log(Verb.COLLECTION, proposal, by=by)
    return proposal


def _free_slug(title: str) -> str:
    stem = slugify(title)[:80] or "proposal"
    taken = set(Proposal.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    numbered = (stem if count == 1 else f"{stem}-{count}" for count in range(1, len(taken) + 2))
    return next(slug for slug in numbered if slug not in taken)


@transaction.atomic
def change(proposal: Proposal, values: Mapping[str, Any], *, by: Account) -> None:
    """Set the answers of a draft."""
    held = _moved(proposal, ProposalMove.CHANGE, by=by)
    for name in ASKED:
        setattr(held, name, values[name])
    held.save()
    _log(Verb.ALTERATION, held, by=by)


@transaction.atomic
def propose(proposal: Proposal, *, by: Account) -> None:
    """Hand a draft in; everybody who takes part can read it from then on.

    Raises
    ------
    InvalidInput
        Where a question is open, above all the impact on homicide.
    """
    held = _moved(proposal, ProposalMove.PROPOSE, by=by)
    check_can_propose({name: getattr(held, name) for name in ASKED})
    held.proposed_on = timezone.localdate()
    held.save()
    _log(Verb.DISCLOSURE, held, by=by, reason="Proposed")


@transaction.atomic
def withdraw(proposal: Proposal, *, by: Account) -> None:
    """Take a proposal back and make it a draft."""
    held = _moved(proposal, ProposalMove.WITHDRAW, by=by)
    held.proposed_on, held.decided_by, held.decided_on, held.reasons = None, None, None, ""
    held.save()
    _log(Verb.ALTERATION, held, by=by, reason="Withdrawn")


def _moved(proposal: Proposal, move: ProposalMove, *, by: Account) -> Proposal:
    held = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    check_may(by, Right.PROPOSE, organisation=held.organisation.slug)
    held.stage = next_stage(held.stage, move)
    return held


@transaction.atomic
def decide(proposal: Proposal, move: ProposalMove, *, reasons: str, by: Account) -> None:
    """Accept, decline or defer a proposal, and publish why.

    Raises
    ------
    NotPermitted
        Where the person is no editor or lead of the framework's owner, or wrote it.
    InvalidInput
        Where no reasons are given, or the move is no decision.
    """
    if move not in DECISIONS:
        raise InvalidInput("A decision accepts, declines or defers.")
    held = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    check_may(by, Right.RUN_CYCLE, organisation=OWNER_SLUG)
    held.stage = next_stage(held.stage, move)
    check_can_decide(decider=by.pk, author=held.author_id, reasons=reasons)
    held.reasons, held.decided_by, held.decided_on = reasons, by, timezone.localdate()
    held.save()
    _log(Verb.ALTERATION, held, by=by, reason=f"Decided: {held.stage}")


@transaction.atomic
def link(*, by: Account, **values: Any) -> LinkedWork:
    """Link another workstream, by an editor of the framework's owner."""
    check_may(by, Right.KEEP_FRAMEWORK, organisation=OWNER_SLUG)
    work = LinkedWork.objects.create(organisation=framework_owner(), **values)
    log(Verb.COLLECTION, f"linked-work:{work.pk}", by=by, organisation=OWNER_SLUG)
    return work


@transaction.atomic
def unlink(work: LinkedWork, *, by: Account) -> None:
    """Take a link to another workstream away."""
    check_may(by, Right.KEEP_FRAMEWORK, organisation=OWNER_SLUG)
    log(Verb.ERASURE, f"linked-work:{work.pk}", by=by, organisation=OWNER_SLUG)
    work.delete()


def _log(verb: Verb, held: Proposal, *, by: Account, reason: str = "") -> None:
    log(
        verb,
        f"proposal:{held.slug}",
        by=by,
        organisation=held.organisation.slug,
        reason=reason,
    )
