"""The steps of writing an assessment, each a page of its own."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from nhpf_web.equality import actions
from nhpf_web.equality.forms import AddMitigation, Effects, StartAssessment, part_form
from nhpf_web.equality.models import Assessment
from nhpf_web.equality.rules import Status, part
from nhpf_web.equality.views.reading import REGISTER, find, visitor
from nhpf_web.organisations.queries import Account, may, organisations_where
from nhpf_web.organisations.rules import Right

either = require_http_methods(["GET", "HEAD", "POST"])


@either
@login_required
def start(request: HttpRequest) -> HttpResponse:
    """Begin an assessment."""
    organisations = organisations_where(visitor(request), Right.DRAFT_ASSESSMENT)
    if not organisations:
        raise PermissionDenied
    form = StartAssessment(request.POST or None, organisations=organisations)
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


def _draft(request: HttpRequest, reference: str) -> Assessment:
    """Return a draft that this person may change."""
    held = find(request, reference)
    allowed = may(account(request), Right.DRAFT_ASSESSMENT, organisation=held.organisation.slug)
    if not allowed or held.status != Status.DRAFT:
        raise PermissionDenied
    return held


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
    held, chosen = _draft(request, reference), part(slug)
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
        return redirect("equality:assessment", reference)
    return step(request, form, heading=chosen.title, why=chosen.why, trail=trail_to(held))


@either
@login_required
def add_mitigation(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what will be done about an effect."""
    held = _draft(request, reference)
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
    held = _draft(request, reference)
    mitigation = get_object_or_404(held.mitigations, pk=mitigation_id)
    actions.remove_mitigation(mitigation, by=account(request))
    messages.success(request, "The mitigation is removed.")
    return redirect("equality:assessment", reference)
