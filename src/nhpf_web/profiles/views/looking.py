"""Saying what was found about a signal; having signals sent by e-mail."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from nhpf.errors import InvalidInput, NotPermitted
from nhpf_web.equality.views.writing import account
from nhpf_web.organisations.queries import organisations_where
from nhpf_web.organisations.rules import Right
from nhpf_web.profiles import actions
from nhpf_web.profiles.forms import ChooseDigest, SayFound
from nhpf_web.profiles.queries import looks, release
from nhpf_web.profiles.rules.signals import FINDINGS, Finding, Look
from nhpf_web.profiles.views.outputs import TRAIL
from nhpf_web.profiles.views.signals import HERE, found_or_404

either = require_http_methods(["GET", "HEAD", "POST"])


@either
@login_required
def look(request: HttpRequest, signal_id: str) -> HttpResponse:
    """Write what an organisation found about a signal."""
    own = organisations_where(account(request), Right.LOOK_AT_SIGNAL)
    if not own:
        raise PermissionDenied
    found = found_or_404(signal_id)
    held = {each.organisation_id: each for each in looks.found_about(request.user, signal_id)}
    states = {Finding(held[each.pk].finding) if each.pk in held else Finding.NEW for each in own}
    open_looks = [each for each in Look if any(each in FINDINGS[state] for state in states)]
    form = SayFound(request.POST or None, organisations=own, looks=open_looks)
    if form.is_valid():
        try:
            said = actions.say_found(
                found.signal, **form.cleaned_data, release=release().id, by=account(request)
            )
        except (InvalidInput, NotPermitted) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Recorded for {said.organisation}: {said.finding}.")
            return redirect("profiles:signal", signal_id)
    context = {
        "form": form,
        "signal": found.signal,
        "trail": [TRAIL, ("Signals", HERE), (found.signal.title, f"{HERE}{signal_id}/")],
    }
    return render(request, "profiles/look.html", context)


@either
@login_required
def digest(request: HttpRequest) -> HttpResponse:
    """Choose whether an organisation gets the signals of its area by e-mail."""
    own = organisations_where(account(request), Right.LOOK_AT_SIGNAL).exclude(area_code="")
    if not own:
        raise PermissionDenied
    asked = looks.digests_visible_to(request.user)
    form = ChooseDigest(request.POST or None, organisations=own)
    if form.is_valid():
        chosen = form.cleaned_data
        actions.choose_digest(chosen["organisation"], wanted=chosen["wanted"], by=account(request))
        said = "get signals by e-mail" if chosen["wanted"] else "get no signals by e-mail"
        messages.success(request, f"People of {chosen['organisation']} {said}.")
        return redirect("profiles:signals")
    context = {"form": form, "asked": asked, "trail": [TRAIL, ("Signals", HERE)]}
    return render(request, "profiles/digest.html", context)
