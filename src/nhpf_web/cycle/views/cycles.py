"""How we are doing: the cycle, its phases and gates, and what falls due."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nhpf_web.cycle.actions import phases as actions
from nhpf_web.cycle.forms.cycles import ConfirmGate, MovePhase, OpenCycle, PlanPhases
from nhpf_web.cycle.models import Cycle, Phase
from nhpf_web.cycle.queries import phases as queries
from nhpf_web.cycle.queries.returns import writable_by
from nhpf_web.cycle.rules import phases as rules
from nhpf_web.cycle.rules.phases import Move
from nhpf_web.cycle.rules.returns import Answer
from nhpf_web.cycle.views.steps import HOME, account, attempt, either, need, step
from nhpf_web.organisations.rules import Right

WORDS = {Move.BEGIN: "Begin", Move.FINISH: "Finish", Move.REOPEN: "Reopen"}


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Say where the cycle stands, what falls due next, and where the rest is."""
    cycle = queries.current_cycle()
    today = timezone.localdate()
    context = {
        "cycle": cycle,
        "phases": _phases(cycle) if cycle else [],
        "clock": queries.clock_of(cycle) if cycle else None,
        "due": queries.falling_due(until=today + queries.SOON)[:5],
        "today": today,
        "can_run": queries.may_run(request.user),
        "mine": writable_by(request.user).filter(cycle=cycle, state=Answer.OPEN),
    }
    return render(request, "cycle/home.html", context)


def _phases(cycle: Cycle) -> list[dict[str, Any]]:
    return [{"held": one, "rule": rules.phase(one.number)} for one in cycle.phases.all()]


def find(request: HttpRequest, cycle_slug: str) -> Cycle:
    """Return a cycle by its name in addresses."""
    return get_object_or_404(queries.visible_to(request.user), slug=cycle_slug)


@require_safe
def cycle(request: HttpRequest, cycle_slug: str) -> HttpResponse:
    """Show the five phases of a cycle with owners, dates and gates."""
    held = find(request, cycle_slug)
    can_run = queries.may_run(request.user)
    context = {
        "cycle": held,
        "clock": queries.clock_of(held),
        "today": timezone.localdate(),
        "phases": [_shown(one, can_run=can_run) for one in held.phases.all()],
        "can_run": can_run,
        "trail": [HOME],
    }
    return render(request, "cycle/cycle.html", context)


def _shown(held: Phase, *, can_run: bool) -> dict[str, Any]:
    missing = queries.missing_at(held)
    said = {one.gate: one for one in held.confirmations.all()}
    rule = rules.phase(held.number)
    return {
        "held": held,
        "rule": rule,
        "gates": [(gate, gate not in missing, said.get(gate.slug)) for gate in rule.gates],
        "moves": [(move, WORDS[move]) for move in queries.moves_of(held)] if can_run else [],
    }


@require_safe
def due(request: HttpRequest) -> HttpResponse:
    """List what falls due within half a year, and what is overdue."""
    today = timezone.localdate()
    rows = queries.falling_due(until=today + queries.SOON)
    nearest = queries.falling_due(until=today + timedelta(days=3660))[:1]
    context = {"rows": rows, "nearest": nearest, "today": today, "trail": [HOME]}
    return render(request, "cycle/due.html", context)


@either
@login_required
def open_cycle(request: HttpRequest) -> HttpResponse:
    """Open a cycle."""
    need(request, Right.RUN_CYCLE)
    form = OpenCycle(request.POST or None)
    opened: list[Cycle] = []

    def act() -> None:
        opened.append(actions.open_cycle(**form.cleaned_data, by=account(request)))

    if attempt(form, act):
        messages.success(request, "The cycle is open. Say who answers for each phase.")
        return redirect("cycle:cycle", opened[0].slug)
    why = "Its five phases are dated from its start; the review falls 18 to 24 months after it."
    return step(request, form, heading="Open a cycle", why=why, trail=[HOME], button="Open")


def trail_to(held: Cycle) -> list[tuple[str, str]]:
    """Return the breadcrumbs of a page under a cycle."""
    return [HOME, (held.name, f"/how-we-are-doing/cycles/{held.slug}/")]


@either
@login_required
def plan(request: HttpRequest, cycle_slug: str) -> HttpResponse:
    """Say who answers for each phase and by when it ends."""
    need(request, Right.RUN_CYCLE)
    held = find(request, cycle_slug)
    form = PlanPhases(request.POST or None, cycle=held)
    by = account(request)
    if attempt(
        form, lambda: actions.plan_phases(held, owners=form.owners(), dues=form.dues(), by=by)
    ):
        messages.success(request, "Owners and dates are saved.")
        return redirect("cycle:cycle", cycle_slug)
    why = "Each phase ends after the one before it, the last within 24 months of the start."
    return step(request, form, heading="Owners and dates", why=why, trail=trail_to(held))


def _phase(request: HttpRequest, cycle_slug: str, number: int) -> Phase:
    return get_object_or_404(find(request, cycle_slug).phases, number=number)


@either
@login_required
def move(request: HttpRequest, cycle_slug: str, number: int, what: str) -> HttpResponse:
    """Begin, finish or reopen a phase."""
    need(request, Right.RUN_CYCLE)
    held = _phase(request, cycle_slug, number)
    if what not in set(Move):
        raise Http404
    chosen = Move(what)
    # A button without fields sends an empty form, which is a form all the same.
    form = MovePhase(request.POST if request.method == "POST" else None, what=chosen)

    def act() -> None:
        actions.move(held, chosen, by=account(request), reason=form.cleaned_data["reason"])

    if attempt(form, act):
        messages.success(request, f"Phase {number}: {chosen}.")
        return redirect("cycle:cycle", cycle_slug)
    missing = queries.missing_at(held) if chosen is Move.FINISH else ()
    why = f"Not there yet: {'; '.join(gate.what for gate in missing)}." if missing else ""
    heading = f"{WORDS[chosen]} phase {number}: {rules.phase(number).title}"
    return step(
        request, form, heading=heading, why=why, trail=trail_to(held.cycle), button=WORDS[chosen]
    )


@either
@login_required
def gate(request: HttpRequest, cycle_slug: str, number: int, gate: str) -> HttpResponse:
    """Say what meets a gate."""
    need(request, Right.RUN_CYCLE)
    held = _phase(request, cycle_slug, number)
    chosen = rules.gate(number, gate)
    if chosen is None or chosen.is_counted:
        raise Http404
    said = held.confirmations.filter(gate=gate).first()
    form = ConfirmGate(request.POST or None, initial={"said": said.said if said else ""})

    def act() -> None:
        actions.confirm(held, chosen, said=form.cleaned_data["said"], by=account(request))

    if attempt(form, act):
        messages.success(request, "The gate is met.")
        return redirect("cycle:cycle", cycle_slug)
    why = "Readers of the cycle’s page see your words and the day."
    return step(request, form, heading=chosen.what, why=why, trail=trail_to(held.cycle))
