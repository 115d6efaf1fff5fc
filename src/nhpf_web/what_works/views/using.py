"""Adopting a practice, logging a replication, following, asking, commenting, answering."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from nhpf.errors import NhpfError
from nhpf_web.core.views import signed_in
from nhpf_web.organisations import queries as organisations
from nhpf_web.organisations.rules import Right
from nhpf_web.what_works import actions, queries
from nhpf_web.what_works.forms import DEEDS, Tell
from nhpf_web.what_works.models import Practice, Version
from nhpf_web.what_works.views.asking import account, find, sent, trail_to, visitor

either = require_http_methods(["GET", "HEAD", "POST"])
WORDS = {
    "adopt": (
        "Record that you adopt it", "Readers see that your organisation does this too.",
        "Record it", "Recorded: your organisation adopts this practice.",
    ),
    "replicate": (
        "Log a replication",
        "Who tried it, how they changed it and what happened: the next force begins where you end.",
        "Log it", "The replication is logged.",
    ),
    "ask": (
        "Ask a question", "The practice’s owner answers within 14 days.",
        "Ask", "Your question is sent.",
    ),
    "comment": (
        "Comment for those you speak for", "The practice’s owner answers within 28 days.",
        "Send the comment", "Your comment is sent.",
    ),
}  # fmt: skip


def _published(practice: Practice) -> Version:
    return get_object_or_404(queries.published(), practice=practice)


def _organisations(request: HttpRequest, practice: Practice, deed: str) -> Any:
    """Return the organisations for which this person may do it; refuse where there are none."""
    user = visitor(request)
    found = {
        "adopt": lambda: organisations.organisations_where(user, Right.ADOPT_PRACTICE),
        "replicate": lambda: organisations.organisations_where(user, Right.DESCRIBE_PRACTICE),
        "ask": lambda: organisations.visible_to(user),
        "comment": lambda: organisations.communities_of(user),
    }[deed]()
    others = found.exclude(pk=practice.organisation_id)
    if not others:
        raise PermissionDenied
    return others


@either
@signed_in
def use(request: HttpRequest, practice: str, deed: str) -> HttpResponse:
    """Ask what a deed needs to know, and do it."""
    if deed not in DEEDS:
        raise Http404
    held = find(practice)
    version = _published(held)
    form = DEEDS[deed](sent(request), organisations=_organisations(request, held, deed))
    heading, why, button, done = WORDS[deed]
    if form.is_valid():
        try:
            _do(deed, held, form.cleaned_data, request)
        except NhpfError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect("what_works:practice", held.permanent_id)
    context = {
        "form": form, "heading": heading, "why": why, "button": button,
        "caption": version.title, "trail": trail_to(version),
    }  # fmt: skip
    return render(request, "what_works/practices/form.html", context)


SIMPLE: Mapping[str, Callable[..., None]] = {
    "adopt": actions.adopt,
    "ask": actions.ask,
    "comment": actions.comment,
}


def _do(deed: str, practice: Practice, given: dict[str, Any], request: HttpRequest) -> None:
    given = {**given, "organisation": given["organisation"].slug, "by": account(request)}
    if deed == "replicate":
        told = {name: given.pop(name) for name in ("period", "adapted", "dose", "happened")}
        actions.log_replication(practice, told=told, **given)
    else:
        SIMPLE[deed](practice, **given)


@require_http_methods(["POST"])
@signed_in
def follow(request: HttpRequest, practice: str) -> HttpResponse:
    """Follow a practice, or no longer."""
    held = find(practice)
    _published(held)
    try:
        if "stop" in request.POST:
            actions.unfollow(held, by=account(request))
        else:
            actions.follow(held, by=account(request))
    except NhpfError as refusal:
        messages.warning(request, str(refusal))
    return redirect("what_works:practice", held.permanent_id)


@either
@signed_in
def answer(request: HttpRequest, practice: str, remark_id: int) -> HttpResponse:
    """Answer a question or a comment for the practice's owner."""
    held = find(practice)
    remark = get_object_or_404(
        queries.remarks_visible_to(visitor(request)), pk=remark_id, practice=held
    )
    owner = held.organisation.slug
    if not organisations.may(visitor(request), Right.DESCRIBE_PRACTICE, organisation=owner):
        raise PermissionDenied
    form = Tell(sent(request))
    if form.is_valid():
        try:
            actions.answer(remark, text=form.cleaned_data["text"], by=account(request))
        except NhpfError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Your answer is on the practice’s page.")
            return redirect("what_works:practice", held.permanent_id)
    context = {
        "form": form,
        "heading": "Answer a comment" if remark.is_comment else "Answer a question",
        "quoted": remark,
        "button": "Answer",
        "trail": [("Practices", "/what-works/practices/")],
    }
    return render(request, "what_works/practices/form.html", context)
