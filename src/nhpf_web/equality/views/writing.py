"""The steps of writing an assessment, each a page of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm, Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from nhpf.errors import InvalidInput, NotPermitted
from nhpf_web.equality import actions
from nhpf_web.equality.forms import (
    AddMitigation,
    ChangeFigure,
    Effects,
    StartAssessment,
    part_form,
)
from nhpf_web.equality.models import Assessment
from nhpf_web.equality.rules import Act, part, parts_of
from nhpf_web.equality.views.reading import REGISTER, acts_open_to, find, shown, visitor
from nhpf_web.organisations.queries import Account, organisations_where
from nhpf_web.organisations.rules import Right

either = require_http_methods(["GET", "HEAD", "POST"])
# What a link to the first page of an assessment may say already.
GIVEN = ("title", "subject_kind", "subject_id")


@either
@login_required
def start(request: HttpRequest) -> HttpResponse:
    """Begin an assessment."""
    organisations = organisations_where(visitor(request), Right.DRAFT_ASSESSMENT)
    if not organisations:
        raise PermissionDenied
    given = {name: request.GET[name] for name in GIVEN if name in request.GET}
    form = StartAssessment(request.POST or None, organisations=organisations, initial=given)
    if form.is_valid():
        held = actions.draft(
            organisation=form.cleaned_data["organisation"].slug,
            title=form.cleaned_data["title"],
            kind=form.cleaned_data["subject_kind"],
            identity=form.cleaned_data["subject_id"],
            is_screen=form.cleaned_data["is_screen"],
            by=account(request),
        )
        return redirect("equality:assessment", held.reference)
    heading = "Begin an equality impact assessment"
    why = "Whoever writes any of it cannot sign it."
    return step(request, form, heading=heading, why=why, trail=REGISTER)


def account(request: HttpRequest) -> Account:
    """Return who has signed in."""
    return cast(Account, request.user)


def open_to(request: HttpRequest, reference: str, act: Act) -> Assessment:
    """Return an assessment to which this person may do this now."""
    held = find(request, reference)
    if act not in acts_open_to(account(request), held):
        raise PermissionDenied
    return held


def attempt(form: BaseForm, act: Callable[[], object]) -> bool:
    """Do what a form asks; a refusal becomes its error, and nothing typed is lost."""
    if not form.is_valid():
        return False
    try:
        act()
    except (InvalidInput, NotPermitted) as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def step(request: HttpRequest, form: BaseForm, **context: Any) -> HttpResponse:
    """Show one form on a page of its own."""
    return render(request, "equality/step.html", {"form": form, **context})


def trail_to(held: Assessment) -> list[tuple[str, str]]:
    """Return the breadcrumbs of a page under an assessment."""
    return [*REGISTER, (held.title, f"/equality/{held.reference}/")]


@either
@login_required
def change(request: HttpRequest, reference: str, slug: str) -> HttpResponse:
    """Change one part of a draft."""
    held, chosen = open_to(request, reference, Act.CHANGE), part(slug)
    if chosen is None:
        raise Http404
    form: BaseForm
    if chosen.fields:
        form = part_form(chosen)(request.POST or None, instance=held)
    else:
        form = Effects(request.POST or None, effects=list(held.effects.all()))
    if form.is_valid():
        if isinstance(form, Effects):
            actions.change_effects(held, form.answers(), by=account(request))
        else:
            actions.change_part(held, chosen, form.cleaned_data, by=account(request))
        messages.success(request, f"Saved: {chosen.title}.")
        return _on_from(request, held, slug)
    return step(
        request, form, heading=chosen.title, why=chosen.why, trail=trail_to(held), goes_on=True
    )


def _on_from(request: HttpRequest, held: Assessment, slug: str) -> HttpResponse:
    """Lead to the next part where that was asked, else back to the assessment."""
    slugs = [one.slug for one in parts_of(is_screen=held.is_screen)]
    if "and_on" not in request.POST or slug not in slugs:
        return redirect("equality:assessment", held.reference)
    if slug == slugs[-1]:
        return redirect("equality:check", held.reference)
    return redirect("equality:change", held.reference, slugs[slugs.index(slug) + 1])


@either
@login_required
def check(request: HttpRequest, reference: str) -> HttpResponse:
    """Show all answers before somebody is asked to sign, and ask."""
    held = open_to(request, reference, Act.ASK)
    form = Form(request.POST if request.method == "POST" else None)
    if attempt(form, lambda: actions.ask_for_signature(held, by=account(request))):
        messages.success(request, "Those who may sign are told that it waits for them.")
        return redirect("equality:assessment", reference)
    context = shown(request, held) | {"form": form, "trail": trail_to(held)}
    return render(request, "equality/check.html", context)


@either
@login_required
def add_mitigation(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what will be done about an effect."""
    held = open_to(request, reference, Act.CHANGE)
    form = AddMitigation(request.POST or None)
    if form.is_valid():
        actions.add_mitigation(held, **form.cleaned_data, by=account(request))
        messages.success(request, "The mitigation is saved.")
        return redirect("equality:assessment", reference)
    why = "A mitigation without an owner and a date is a wish."
    return step(request, form, heading="Add a mitigation", why=why, trail=trail_to(held))


@require_http_methods(["POST"])
@login_required
def remove_mitigation(request: HttpRequest, reference: str, mitigation_id: int) -> HttpResponse:
    """Take a mitigation out of a draft."""
    held = open_to(request, reference, Act.CHANGE)
    mitigation = get_object_or_404(held.mitigations, pk=mitigation_id)
    try:
        actions.remove_mitigation(mitigation, by=account(request))
    except NotPermitted as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The mitigation is removed.")
    return redirect("equality:assessment", reference)


@require_http_methods(["POST"])
@login_required
def refresh_figures(request: HttpRequest, reference: str) -> HttpResponse:
    """Look at the figures of a draft again."""
    held = open_to(request, reference, Act.CHANGE)
    changed, new = actions.refresh_figures(held, by=account(request))
    said = f"{changed} figures changed since they were taken, {new} are new."
    messages.success(request, said if changed or new else "No figure has changed.")
    return redirect(f"/equality/{reference}/#figures")


@either
@login_required
def change_figure(request: HttpRequest, reference: str, figure: int) -> HttpResponse:
    """Say what a figure means here, or leave it out."""
    held = open_to(request, reference, Act.CHANGE)
    row = get_object_or_404(held.figures, pk=figure)
    form = ChangeFigure(request.POST or None, instance=row)
    if form.is_valid():
        actions.change_figure(row, **form.cleaned_data, by=account(request))
        messages.success(request, "Saved.")
        return redirect(f"/equality/{reference}/#figures")
    why = f"{row.value} {row.cannot_say}"
    heading = f"{row.what}, {row.place}, {row.period}"
    return step(request, form, heading=heading, why=why, trail=trail_to(held))
