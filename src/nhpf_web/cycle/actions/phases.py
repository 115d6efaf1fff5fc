"""Opening a cycle, and moving its phases; editors and leads of the framework's owner alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from nhpf.errors import InvalidInput
from nhpf_web.audit.rules import Verb
from nhpf_web.cycle.actions.logging import log
from nhpf_web.cycle.models import Cycle, Phase
from nhpf_web.cycle.queries.phases import missing_at
from nhpf_web.cycle.rules.phases import PHASES, Gate, Move, check_dates, months_after, next_state
from nhpf_web.organisations.actions import framework_owner
from nhpf_web.organisations.queries import Account, check_may
from nhpf_web.organisations.rules import Right


@transaction.atomic
def open_cycle(*, name: str, started: date, by: Account) -> Cycle:
    """Open a cycle with its five phases, each owned by the framework's owner until changed.

    Raises
    ------
    NotPermitted
        Where the person is no editor or lead of the framework's owner.
    InvalidInput
        Where the name is taken.
    """
    owner = framework_owner()
    check_may(by, Right.RUN_CYCLE, organisation=owner.slug)
    slug = slugify(name)[:40]
    if not slug or Cycle.objects.filter(slug=slug).exists():
        raise InvalidInput("A cycle of this name is there already.")
    cycle = Cycle.objects.create(slug=slug, name=name, started=started, organisation=owner)
    for phase in PHASES:
        Phase.objects.create(
            cycle=cycle,
            number=phase.number,
            owner=owner,
            due=months_after(started, phase.months),
        )
    log(Verb.COLLECTION, f"cycle:{slug}", by=by, organisation=owner.slug)
    return cycle


@transaction.atomic
def plan_phases(
    cycle: Cycle, *, owners: Mapping[int, int], dues: Mapping[int, date], by: Account
) -> None:
    """Say who answers for each phase and by when it ends; both are keyed by its number.

    Raises
    ------
    InvalidInput
        Where the dates are out of order, or later than two years from the start.
    """
    check_may(by, Right.RUN_CYCLE, organisation=cycle.organisation.slug)
    check_dates([dues[phase.number] for phase in PHASES], start=cycle.started)
    for phase in cycle.phases.select_for_update():
        phase.owner_id, phase.due = owners[phase.number], dues[phase.number]
        phase.save(update_fields=["owner", "due"])
    _log(Verb.ALTERATION, cycle, by=by, reason="Owners and dates")


@transaction.atomic
def move(phase: Phase, what: Move, *, by: Account, reason: str = "") -> None:
    """Begin, finish or reopen a phase.

    Raises
    ------
    NotPermitted
        Where the person is no editor or lead of the framework's owner, or the state or the order
        of the phases does not allow it.
    InvalidInput
        Where a gate is not met, or a phase is reopened without a reason.
    """
    cycle = phase.cycle
    check_may(by, Right.RUN_CYCLE, organisation=cycle.organisation.slug)
    held = {one.number: one for one in cycle.phases.select_for_update()}
    chosen = held[phase.number]
    before, after = held.get(phase.number - 1), held.get(phase.number + 1)
    if what is Move.REOPEN and not reason.strip():
        raise InvalidInput("Say why the phase is opened again.")
    chosen.state = next_state(
        chosen.state,
        what,
        before=before.state if before else None,
        after=after.state if after else None,
        missing=[gate.what for gate in missing_at(chosen)] if what is Move.FINISH else (),
    )
    today = timezone.localdate()
    if what is Move.BEGIN:
        chosen.begun_on = today
    chosen.finished_on = today if what is Move.FINISH else None
    chosen.save()
    _log(Verb.ALTERATION, cycle, by=by, reason=f"Phase {phase.number}: {what}. {reason}".strip())


@transaction.atomic
def confirm(phase: Phase, gate: Gate, *, said: str, by: Account) -> None:
    """Say what meets a gate that the service cannot see for itself.

    Raises
    ------
    InvalidInput
        Where nothing is said, or the gate is one that is counted.
    """
    check_may(by, Right.RUN_CYCLE, organisation=phase.cycle.organisation.slug)
    if gate.is_counted:
        raise InvalidInput("This gate is counted, not confirmed.")
    if not said.strip():
        raise InvalidInput("Say what is there, and where it can be read.")
    phase.confirmations.update_or_create(gate=gate.slug, defaults={"said": said, "by": by})
    _log(Verb.ALTERATION, phase.cycle, by=by, reason=f"Phase {phase.number}: {gate.slug}")


def _log(verb: Verb, cycle: Cycle, *, by: Account, reason: str) -> None:
    log(verb, f"cycle:{cycle.slug}", by=by, organisation=cycle.organisation.slug, reason=reason)
