"""The scoping return, step by step, and the activity register."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from nhpf_web.cycle.actions import returns as actions
from nhpf_web.cycle.forms.returns import AskOrganisations, SendReturn, StepForm
from nhpf_web.cycle.models import Activity, Return
from nhpf_web.cycle.queries import phases
from nhpf_web.cycle.queries import returns as queries
from nhpf_web.cycle.rules.returns import STEPS, Answer, step_after
from nhpf_web.cycle.rules.returns import step as step_named
from nhpf_web.cycle.views.cycles import find, trail_to
from nhpf_web.cycle.views.files import csv_file
from nhpf_web.cycle.views.steps import HOME, account, attempt, either, need, step
from nhpf_web.organisations.rules import Right


@require_safe
def returns(request: HttpRequest, cycle_slug: str) -> HttpResponse:
    """Say who was asked and who has answered, by name."""
    cycle = find(request, cycle_slug)
    held = list(queries.returns_visible_to(request.user, cycle))
    context = {
        "cycle": cycle,
        "returns": held,
        "answered": sum(one.state == Answer.SENT for one in held),
        "mine": queries.writable_by(request.user).filter(cycle=cycle),
        "can_run": phases.may_run(request.user),
        "today": timezone.localdate(),
        "trail": trail_to(cycle),
    }
    return render(request, "cycle/returns.html", context)


@either
@login_required
def ask(request: HttpRequest, cycle_slug: str) -> HttpResponse:
    """Ask organisations for their return."""
    need(request, Right.RUN_CYCLE)
    cycle = find(request, cycle_slug)
    # All who take part are ticked: leaving somebody out is a choice, forgetting them is not.
    initial = {"due": phases.default_due(cycle), "organisations": queries.not_asked(cycle)}
    form = AskOrganisations(request.POST or None, initial=initial)
    by = account(request)
    if attempt(form, lambda: actions.ask(cycle, **form.cleaned_data, by=by)):
        messages.success(request, "They are asked; it stands on their own page.")
        return redirect("cycle:returns", cycle_slug)
    why = "Each is asked what it does, where and at what scale, in ten minutes."
    return step(
        request, form, heading="Ask for scoping returns", why=why, trail=trail_to(cycle),
        button="Ask",
    )  # fmt: skip


def _own(request: HttpRequest, answer_id: int) -> Return:
    """Return a return that this person writes; to others it does not exist."""
    return get_object_or_404(queries.writable_by(request.user), pk=answer_id)


@either
@login_required
def answer(request: HttpRequest, answer_id: int) -> HttpResponse:
    """Show one's own return: what is described, what is missing, and send it."""
    held = _own(request, answer_id)
    form = SendReturn(request.POST if request.method == "POST" else None)
    by = account(request)
    if attempt(form, lambda: actions.send(held, **form.cleaned_data, by=by)):
        messages.success(request, "The return is sent. Thank you.")
        return redirect("cycle:answer", answer_id)
    context = {
        "answer": held,
        "form": form,
        "is_open": held.state == Answer.OPEN,
        "activities": [(one, queries.missing_of(one)) for one in held.activities.all()],
        "trail": [*trail_to(held.cycle), ("Scoping returns", _address(held))],
    }
    return render(request, "cycle/answer.html", context)


def _address(held: Return) -> str:
    return f"/how-we-are-doing/cycles/{held.cycle.slug}/returns/"


def _trail(held: Return) -> list[tuple[str, str]]:
    own = (f"Return of {held.organisation}", f"/how-we-are-doing/returns/{held.pk}/")
    return [*trail_to(held.cycle), own]


@require_http_methods(["POST"])
@login_required
def reopen(request: HttpRequest, answer_id: int) -> HttpResponse:
    """Open a return again."""
    held = _own(request, answer_id)
    form = Form(request.POST)
    if attempt(form, lambda: actions.reopen(held, by=account(request))):
        messages.success(request, "The return is open again.")
    return redirect("cycle:answer", answer_id)


@either
@login_required
def describe(request: HttpRequest, answer_id: int) -> HttpResponse:
    """Begin an activity with its first step."""
    held = _own(request, answer_id)
    first = STEPS[0]
    form = StepForm(request.POST or None, step=first)
    made: list[Activity] = []

    def act() -> None:
        by = account(request)
        made.append(actions.describe(held, title=form.cleaned_data["title"], by=by))
        actions.write(made[0], first, form.cleaned_data, by=by)

    if attempt(form, act):
        return redirect("cycle:write", made[0].pk, STEPS[1].slug)
    return _page(request, form, heading=first.title, why=first.why, trail=_trail(held))


def _activity(request: HttpRequest, activity_id: int) -> Activity:
    """Return an activity of a return that this person writes."""
    own = queries.writable_by(request.user)
    return get_object_or_404(Activity, pk=activity_id, answer__in=own)


@either
@login_required
def write(request: HttpRequest, activity_id: int, step_slug: str) -> HttpResponse:
    """Answer one step; what was answered before is kept, and the next can wait."""
    held, chosen = _activity(request, activity_id), step_named(step_slug)
    if chosen is None:
        raise Http404
    form = StepForm(request.POST or None, step=chosen, activity=held)
    by = account(request)
    if attempt(form, lambda: actions.write(held, chosen, form.cleaned_data, by=by)):
        following = step_after(step_slug)
        if following and following in queries.missing_of(held):
            return redirect("cycle:write", activity_id, following.slug)
        return redirect("cycle:check", activity_id)
    number = STEPS.index(chosen) + 1
    why = (
        f"Step {number} of {len(STEPS)}. {chosen.why} You can stop after any step and go on later."
    )
    return _page(request, form, heading=chosen.title, why=why, trail=_trail(held.answer))


def _page(request: HttpRequest, form: Form, **context: Any) -> HttpResponse:
    return step(request, form, button="Save and continue", **context)


@require_safe
@login_required
def check(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Show what was answered for one activity, with a way to change each step."""
    held = _activity(request, activity_id)
    context = {
        "activity": held,
        "steps": queries.answers_of(held),
        "missing": queries.missing_of(held),
        "is_open": held.answer.state == Answer.OPEN,
        "trail": _trail(held.answer),
    }
    return render(request, "cycle/check.html", context)


@require_http_methods(["POST"])
@login_required
def remove(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Take an activity out of an open return."""
    held = _activity(request, activity_id)
    answer_id = held.answer_id
    if attempt(Form(request.POST), lambda: actions.remove(held, by=account(request))):
        messages.success(request, "The activity is removed.")
    return redirect("cycle:answer", answer_id)


def _asked(request: HttpRequest) -> dict[str, str]:
    """Return the filters of the register, those that mean something."""
    area, level = request.GET.get("area", ""), request.GET.get("level", "")
    known = {id for id, _ in queries.choices("area")}
    return {
        "area": area if area in known else "",
        "level": level if level in queries.LEVELS else "",
    }


@require_safe
@login_required
def activity(request: HttpRequest) -> HttpResponse:
    """Show what is done, where and at what scale: for those who take part."""
    asked = _asked(request)
    held = queries.register(**asked)
    context = {
        "activities": [
            {"held": one, "areas": queries.titles(one.areas), "level": queries.LEVELS[one.level]}
            for one in held
        ],
        "asked": asked,
        "areas": queries.choices("area"),
        "levels": list(queries.LEVELS.items()),
        "coverage": queries.coverage(),
        "trail": [HOME],
    }
    return render(request, "cycle/activity.html", context)


@require_safe
@login_required
def activity_csv(request: HttpRequest) -> HttpResponse:
    """Give the register as CSV."""
    return csv_file(queries.rows(queries.register(**_asked(request))), name="activity-register")
