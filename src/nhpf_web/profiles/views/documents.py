"""The whole profile as a document to take away; a restricted one is given to somebody by name."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_http_methods, require_safe

from nhpf.errors import InvalidInput
from nhpf.profile.kinds import Kind
from nhpf.reports import words
from nhpf.reports.tree import Distribution
from nhpf_web.profiles import actions, queries
from nhpf_web.profiles.forms import GiveDocument
from nhpf_web.profiles.queries import Audience, Built, Place
from nhpf_web.profiles.views.opening import Show, opened, place_at
from nhpf_web.profiles.views.outputs import (
    CONTENT_TYPES,
    FORMS,
    TRAIL,
    making,
    part_of,
)


@require_http_methods(["GET", "HEAD", "POST"])
@gzip_page
@conditional_page
def document(
    request: HttpRequest, place: str, audience: Audience, form: str, kind: Kind = "profile"
) -> HttpResponse:
    """Send a whole document as a file; for a restricted one, ask who is given it and why."""
    make = making(kind, audience)
    if form not in FORMS or (request.method == "POST" and audience == "public"):
        raise Http404

    def send(said: Distribution | None) -> Show:
        return lambda held: _file(held, form, kind, said)

    if audience == "public":
        # Kept as a file, a profile is sent without being built.
        needs = None if kind == "profile" else make
        return opened(request, place, audience, log=None, show=send(None), make=needs)
    given = GiveDocument(request.POST or None)
    if not given.is_valid():
        return opened(
            request, place, audience, log=None, make=make,
            show=lambda held: _ask(request, held, form, given, make(held)),
        )  # fmt: skip
    who, why = given.cleaned_data["recipients"], given.cleaned_data["purpose"]

    def log(held: Place, user: AbstractBaseUser, organisation: str) -> None:
        actions.give(
            held,
            what=part_of(kind, f"document.{form}"),
            to=who,
            why=why,
            by=user,
            organisation=organisation,
        )

    said = Distribution(who, why)
    return opened(request, place, audience, log=log, show=send(said), make=make)


def _ask(
    request: HttpRequest, held: Place, form: str, given: GiveDocument, built: Built
) -> HttpResponse:
    context = {
        "place": held,
        "form": given,
        "kind": FORMS[form].partition(",")[0],
        "built": built,
        "marking": words.marking(built.report),
        "trail": [TRAIL, (built.report.title, built.base)],
    }
    return render(request, "profiles/give.html", context, status=422 if given.is_bound else 200)


def _file(held: Place, form: str, kind: Kind, given: Distribution | None) -> HttpResponse:
    documents = queries.documents(held, given=given, kind=kind)
    try:
        content = documents.content(form)
    except InvalidInput as refusal:
        # What writes this form may not be installed with the service.
        raise Http404(str(refusal)) from None
    headers = {
        "Content-Disposition": f'attachment; filename="{documents.name(form)}"',
        "X-Marking": documents.about["marking"],
    }
    return HttpResponse(content, content_type=CONTENT_TYPES[form], headers=headers)


@require_safe
@gzip_page
@conditional_page
def documents(request: HttpRequest, place: str) -> HttpResponse:
    """List the kinds of document about a place: what each answers, for whom, what it needs."""
    held = place_at(request, place)
    if isinstance(held, HttpResponse):
        return held
    may_restrict = bool(queries.organisations_reading(request.user, held))
    context = {
        "place": held,
        "kinds": queries.kinds_of(held, may_restrict=may_restrict),
        "may_restrict": may_restrict,
        "trail": [TRAIL, (held.name, held.address)],
    }
    return render(request, "profiles/documents.html", context)
