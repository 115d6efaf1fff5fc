"""Signing an assessment, opening it again, and recording what became of a mitigation."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from nhpf_web.equality import actions
from nhpf_web.equality.forms import RecordProgress, Reopen, Sign
from nhpf_web.equality.rules import DEED_NEEDS, DEED_WORDS, MOVES, NEEDS, Act, Deed, Progress
from nhpf_web.equality.views.reading import find
from nhpf_web.equality.views.writing import account, attempt, either, step, trail_to
from nhpf_web.organisations.queries import may


@either
@login_required
def sign(request: HttpRequest, reference: str) -> HttpResponse:
    """Sign a draft that somebody else wrote."""
    held = find(request, reference)
    if not may(account(request), NEEDS[Act.SIGN], organisation=held.organisation.slug):
        raise PermissionDenied
    form = Sign(request.POST or None)
    if attempt(
        form,
        lambda: actions.sign(held, by=account(request), reason=form.cleaned_data["reason"]),
    ):
        messages.success(request, "The assessment is signed and published.")
        return redirect("equality:assessment", reference)
    why = "Your name, the date and what you confirm are published with it."
    return step(
        request, form, heading=f"Sign “{held.title}”", why=why, trail=trail_to(held), button="Sign"
    )


@either
@login_required
def reopen(request: HttpRequest, reference: str) -> HttpResponse:
    """Open a signed assessment again."""
    held = find(request, reference)
    if not may(account(request), NEEDS[Act.REOPEN], organisation=held.organisation.slug):
        raise PermissionDenied
    form = Reopen(request.POST or None)
    if attempt(
        form,
        lambda: actions.reopen(held, by=account(request), reason=form.cleaned_data["reason"]),
    ):
        messages.success(request, "The assessment is a draft again.")
        return redirect("equality:assessment", reference)
    why = "Until it is signed again, what it assesses says “not published”."
    return step(
        request, form, heading=f"Reopen “{held.title}”", why=why, trail=trail_to(held),
        button="Reopen",
    )  # fmt: skip


@either
@login_required
def progress(request: HttpRequest, reference: str, mitigation_id: int, slug: str) -> HttpResponse:
    """Record that a mitigation is done, dropped or taken up again."""
    held = find(request, reference)
    mitigation = get_object_or_404(held.mitigations, pk=mitigation_id)
    if slug not in set(Deed):
        raise Http404
    deed = Deed(slug)
    allowed = may(account(request), DEED_NEEDS[deed], organisation=held.organisation.slug)
    if not allowed or deed not in MOVES[Progress(mitigation.progress)]:
        raise PermissionDenied
    form = RecordProgress(request.POST or None, deed=deed)
    if attempt(
        form,
        lambda: actions.record_progress(
            mitigation, deed, said=form.cleaned_data["said"], by=account(request)
        ),
    ):
        messages.success(request, "Recorded. The signature of the assessment stands.")
        return redirect(f"/equality/{reference}/#mitigations")
    return step(
        request, form, heading=DEED_WORDS[deed][0], why=mitigation.action, trail=trail_to(held),
        button="Record",
    )  # fmt: skip
