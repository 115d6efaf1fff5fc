"""Reading proposals and linked workstreams."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from nhpf_web.cycle.models import LinkedWork, Proposal
from nhpf_web.cycle.rules.proposals import ASKED, DECISIONS, STAGES, ProposalMove, Stage
from nhpf_web.organisations import queries as organisations
from nhpf_web.organisations.queries import Visitor, may
from nhpf_web.organisations.rules import OWNER_SLUG, Right


def visible_to(user: Visitor) -> QuerySet[Proposal]:
    """Return the proposals handed in and, to an organisation's people, its drafts."""
    own = Q(organisation__in=organisations.visible_to(user))
    return Proposal.objects.filter(~Q(stage=Stage.DRAFT) | own).select_related(
        "organisation", "author", "decided_by"
    )


def moves_for(user: Visitor, held: Proposal) -> list[ProposalMove]:
    """Return what this user may do with a proposal next."""
    writes = may(user, Right.PROPOSE, organisation=held.organisation.slug)
    decides = may(user, Right.RUN_CYCLE, organisation=OWNER_SLUG) and user.pk != held.author_id
    return [
        move for move in STAGES[Stage(held.stage)] if (decides if move in DECISIONS else writes)
    ]


def answers_of(held: Proposal) -> list[tuple[str, str]]:
    """Return each question with its answer."""
    return [(label, getattr(held, name)) for name, label in ASKED.items() if name != "title"]


def linked_work() -> QuerySet[LinkedWork]:
    """Return the workstreams that are linked, by title."""
    return LinkedWork.objects.all()
