"""The problems of one's own organisations: the list, one of them, and what is done with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm, Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from nhpf_web.equality.views.writing import account, attempt, step
from nhpf_web.organisations.queries import organisations_where
from nhpf_web.organisations.rules import Right
from nhpf_web.plans import actions, queries
from nhpf_web.plans.forms import CloseProblem, SayProblem, TakeUp
from nhpf_web.plans.models import Problem
from nhpf_web.plans.queries import Start
from nhpf_web.plans.rules import ACT_WORDS, ASKED, ProblemAct
from nhpf_web.profiles import queries as profiles

either = require_http_methods(["GET", "HEAD", "POST"])
HERE = "/what-we-do/problems/"
TRAIL = [("What we do", "/what-we-do/"), ("Problems", HERE)]
MARKING = "OFFICIAL-SENSITIVE"


@require_safe
@login_required
def problems(request: HttpRequest) -> HttpResponse:
    """List the problems of one's own organisations, open ones first."""
    if not organisations_where(account(request), Right.WORK_ON_PROBLEM):
        raise PermissionDenied
    held = list(queries.visible_to(request.user))
    context = {
        "groups": [
            (
                title,
                [
                    (one, profiles.place_with_code(one.place))
                    for one in held
                    if one.status == status
                ],
            )
            for status, title in (("open", "Open"), ("closed", "Closed"))
        ],
        "own": profiles.place_with_code(profiles.own_place_code(request.user)),
        "marking": MARKING,
        "trail": TRAIL[:1],
    }
    return render(request, "plans/problems.html", context)


def _find(request: HttpRequest, problem_id: int) -> Problem:
    return get_object_or_404(queries.visible_to(request.user), pk=problem_id)


@require_safe
@login_required
def problem(request: HttpRequest, problem_id: int) -> HttpResponse:
    """Show one problem: its reason, what it rests on, and what could be done about it."""
    held = _find(request, problem_id)
    actions.consult(held, by=account(request))
    context = {
        "problem": held,
        "place": profiles.place_with_code(held.place),
        "answers": queries.answers_of(held),
        "areas": queries.areas_of(held),
        "lacks": queries.lacks(held),
        "acts": [(each, ACT_WORDS[each]) for each in queries.acts_for(request.user, held)],
        "marking": MARKING,
        "trail": TRAIL,
    }
    return render(request, "plans/problem.html", context)


@either
@login_required
def start(request: HttpRequest) -> HttpResponse:
    """Take up a problem: one that a screen found, or one known in another way."""
    own = organisations_where(account(request), Right.WORK_ON_PROBLEM)
    if not own:
        raise PermissionDenied
    told = _told(request)
    if told.subtype:
        # What a restricted screen says goes only to an organisation that may read it.
        readers = profiles.organisations_reading(request.user, told.place)
        own = own.filter(slug__in=readers)
    form = TakeUp(
        request.POST or None,
        organisations=own,
        initial={"title": told.title, "reason": told.reason, "areas": told.areas},
    )
    if form.is_valid():
        made = actions.take_up(
            told,
            form.cleaned_data,
            organisation=form.cleaned_data["organisation"],
            release=profiles.release().id,
            by=account(request),
        )
        messages.success(request, "The problem is taken up.")
        return redirect("plans:problem", made.pk)
    return step(
        request,
        form,
        heading=f"Take up a problem in {told.place.name}",
        why="Only people of your organisation who work on problems can read it.",
        marking=MARKING,
        trail=TRAIL,
        button="Take it up",
    )


def _told(request: HttpRequest) -> Start:
    """Return what the address says of a new problem: where it is and, from a screen, what."""
    code = request.GET.get("place") or profiles.own_place_code(request.user)
    place = profiles.place_with_code(code) or profiles.nation()
    told = queries.start_from(request.user, place, request.GET.get("subtype", ""))
    if told is None:
        raise Http404
    return told


@either
@login_required
def act(request: HttpRequest, problem_id: int, act_slug: str) -> HttpResponse:
    """Change a problem, close it, or open it again."""
    held = _find(request, problem_id)
    if act_slug not in set(queries.acts_for(request.user, held)):
        raise Http404
    chosen = ProblemAct(act_slug)
    form = _form(request, held, chosen)
    doing: dict[ProblemAct, Callable[[], object]] = {
        ProblemAct.CHANGE: lambda: actions.change(held, form.cleaned_data, by=account(request)),
        ProblemAct.CLOSE: lambda: actions.close(
            held, outcome=form.cleaned_data["outcome"], by=account(request)
        ),
        ProblemAct.REOPEN: partial(actions.reopen, held, by=account(request)),
    }
    if attempt(form, doing[chosen]):
        messages.success(request, f"{ACT_WORDS[chosen]}: done.")
        return redirect("plans:problem", problem_id)
    return step(
        request,
        form,
        heading=f"{ACT_WORDS[chosen]}: {held.title}",
        why="Only people of your organisation who work on problems can read it.",
        marking=MARKING,
        trail=[*TRAIL, (held.title, f"{HERE}{problem_id}/")],
        button=ACT_WORDS[chosen],
    )


def _form(request: HttpRequest, held: Problem, chosen: ProblemAct) -> BaseForm:
    data = request.POST if request.method == "POST" else None
    if chosen is ProblemAct.CHANGE:
        return SayProblem(data, initial={name: getattr(held, name) for name in ASKED})
    return CloseProblem(data, instance=held) if chosen is ProblemAct.CLOSE else Form(data)
