"""Signing an assessment and opening it again."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from nhpf.errors import InvalidInput, NotPermitted
from nhpf_web.equality import actions
from nhpf_web.equality.forms import Reopen, Sign
from nhpf_web.equality.views.reading import find
from nhpf_web.equality.views.writing import account, step, trail_to
from nhpf_web.organisations.queries import may
from nhpf_web.organisations.rules import Right


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def sign(request: HttpRequest, reference: str) -> HttpResponse:
    """Sign a draft that somebody else wrote."""
    held = find(request, reference)
    if not may(account(request), Right.SIGN_ASSESSMENT, organisation=held.organisation.slug):
        raise PermissionDenied
    form = Sign(request.POST or None)
    if form.is_valid():
        try:
            actions.sign(held, by=account(request), reason=form.cleaned_data["reason"])
        except (InvalidInput, NotPermitted) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The assessment is signed and published.")
            return redirect("equality:assessment", reference)
    why = "Your name, the date and what you confirm are published with it."
    return step(
        request, form, heading=f"Sign “{held.title}”", why=why, trail=trail_to(held), button="Sign"
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def reopen(request: HttpRequest, reference: str) -> HttpResponse:
    """Open a signed assessment again."""
    held = find(request, reference)
    if not may(account(request), Right.DRAFT_ASSESSMENT, organisation=held.organisation.slug):
        raise PermissionDenied
    form = Reopen(request.POST or None)
    if form.is_valid():
        try:
            actions.reopen(held, by=account(request), reason=form.cleaned_data["reason"])
        except (InvalidInput, NotPermitted) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The assessment is a draft again.")
            return redirect("equality:assessment", reference)
    why = "Until it is signed again, what it assesses says “not published”."
    return step(
        request, form, heading=f"Reopen “{held.title}”", why=why, trail=trail_to(held),
        button="Reopen",
    )  # fmt: skip
