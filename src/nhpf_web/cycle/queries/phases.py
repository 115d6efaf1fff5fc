"""Reading cycles: where each phase stands, what its gates miss, and what falls due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from nhpf_web.cycle.models import Cycle, Edition, Phase, Proposal, Return
from nhpf_web.cycle.rules.editions import Standing
from nhpf_web.cycle.rules.phases import (
    REVIEW_BY,
    REVIEW_FROM,
    Gate,
    Move,
    State,
    months_after,
    phase,
)
from nhpf_web.cycle.rules.proposals import Stage
from nhpf_web.cycle.rules.returns import Answer
from nhpf_web.organisations.queries import Visitor, may
from nhpf_web.organisations.rules import OWNER_SLUG, Right
from nhpf_web.what_works.queries import address, edition

OPEN_STAGES = (Stage.PROPOSED, Stage.DEFERRED)
SOON = timedelta(days=183)


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that falls due: what, by when, who answers, and where it is."""

    what: str
    by: date
    owner: str
    address: str


def visible_to(_user: Visitor) -> QuerySet[Cycle]:
    """Return the cycles: that the work is done, and when, is everybody's to see."""
    return Cycle.objects.select_related("organisation").prefetch_related("phases__owner")


def current_cycle() -> Cycle | None:
    """Return the cycle that started last, or None before the first."""
    return Cycle.objects.select_related("organisation").first()


def may_run(user: Visitor) -> bool:
    """Whether a user moves the cycle on: an editor or lead of the framework's owner."""
    return may(user, Right.RUN_CYCLE, organisation=OWNER_SLUG)


def missing_at(held: Phase) -> tuple[Gate, ...]:
    """Return the gates of a phase that are not met."""
    said = set(held.confirmations.values_list("gate", flat=True))
    return tuple(
        gate
        for gate in phase(held.number).gates
        if not (_COUNTED[gate.slug](held.cycle) if gate.is_counted else gate.slug in said)
    )


def _asked(cycle: Cycle) -> bool:
    return cycle.returns.exists()


def _answered(cycle: Cycle) -> bool:
    waiting = cycle.returns.filter(state=Answer.OPEN, due__gte=timezone.localdate())
    return not waiting.exists()


def _decided(_cycle: Cycle) -> bool:
    return not Proposal.objects.filter(stage__in=OPEN_STAGES).exists()


def _frozen(cycle: Cycle) -> bool:
    return Edition.objects.filter(
        standing=Standing.FROZEN, frozen_at__date__gte=cycle.started
    ).exists()


_COUNTED = {"asked": _asked, "answered": _answered, "proposals": _decided, "edition": _frozen}


def moves_of(held: Phase) -> tuple[Move, ...]:
    """Return the moves that a phase's page offers, where its order allows them."""
    states = {one.number: one.state for one in held.cycle.phases.all()}
    before, after = states.get(held.number - 1), states.get(held.number + 1)
    match held.state:
        case State.PLANNED:
            return (Move.BEGIN,) if before in (None, State.DONE) else ()
        case State.UNDER_WAY:
            return (Move.FINISH,)
    return (Move.REOPEN,) if after in (None, State.PLANNED) else ()


def clock_of(cycle: Cycle) -> tuple[date, date]:
    """Return the days between which the cycle is reviewed: 18 and 24 months from its start."""
    return months_after(cycle.started, REVIEW_FROM), months_after(cycle.started, REVIEW_BY)


def falling_due(*, until: date) -> list[Due]:
    """Return what falls due up to a day, and what is overdue, earliest first."""
    found = [*_of_cycle(), *_of_framework()]
    return sorted((one for one in found if one.by <= until), key=lambda one: (one.by, one.what))


def _of_cycle() -> list[Due]:
    cycle = current_cycle()
    if cycle is None:
        return []
    where = f"/how-we-are-doing/cycles/{cycle.slug}/"
    phases = [
        Due(f"Phase {one.number} ends", one.due, str(one.owner), where)
        for one in cycle.phases.exclude(state=State.DONE)
    ]
    returns = [
        Due("Scoping return", one.due, str(one.organisation), f"{where}returns/")
        for one in Return.objects.filter(cycle=cycle, state=Answer.OPEN).select_related(
            "organisation"
        )
    ]
    review = Due(f"{cycle} is reviewed", clock_of(cycle)[1], str(cycle.organisation), where)
    return [*phases, *returns, review]


def _of_framework() -> list[Due]:
    held = edition()
    own = Due(f"Review of edition {held.name}", held.review_due, "Editions desk", "/what-works/")
    entries = [
        Due(f"Review: {one.title}", one.review_due, one.owner, address(one.id))
        for one in held.entries.values()
    ]
    return [own, *entries]


def default_due(cycle: Cycle) -> date:
    """Return a day by which returns are asked for: four weeks before phase 1 ends."""
    return cycle.phases.get(number=1).due - timedelta(weeks=4)
