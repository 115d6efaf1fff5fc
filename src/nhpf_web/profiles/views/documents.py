"""The whole profile as a document to take away; a restricted one is given to somebody by name."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_http_methods

from nhpf.errors import InvalidInput
from nhpf.reports.tree import Distribution
from nhpf_web.profiles import actions, queries
from nhpf_web.profiles.forms import GiveDocument
from nhpf_web.profiles.queries import Audience, Place
from nhpf_web.profiles.views.opening import opened
from nhpf_web.profiles.views.outputs import CONTENT_TYPES, FORMS, TRAIL


@require_http_methods(["GET", "HEAD", "POST"])
@gzip_page
@conditional_page
def document(request: HttpRequest, place: str, audience: Audience, form: str) -> HttpResponse:
    """Send the whole profile as a file; for a restricted one, ask who is given it and why."""
    if form not in FORMS or (request.method == "POST" and audience == "public"):
        raise Http404
    if audience == "public":
        return opened(request, place, audience, log=None, show=lambda held: _file(held, form, None))
    given = GiveDocument(request.POST or None)
    if not given.is_valid():
        return opened(
            request, place, audience, log=None, show=lambda held: _ask(request, held, form, given)
        )
    who, why = given.cleaned_data["recipients"], given.cleaned_data["purpose"]

    def log(held: Place, user: AbstractBaseUser, organisation: str) -> None:
        actions.give(
            held, what=f"document.{form}", to=who, why=why, by=user, organisation=organisation
        )

    said = Distribution(who, why)
    return opened(request, place, audience, log=log, show=lambda held: _file(held, form, said))


def _ask(request: HttpRequest, held: Place, form: str, given: GiveDocument) -> HttpResponse:
    context = {
        "place": held,
        "form": given,
        "kind": FORMS[form].partition(",")[0],
        "marking": "OFFICIAL-SENSITIVE",
        "trail": [TRAIL, (f"{held.name}, restricted", f"{held.address}restricted/")],
    }
    return render(request, "profiles/give.html", context, status=422 if given.is_bound else 200)


def _file(held: Place, form: str, given: Distribution | None) -> HttpResponse:
    documents = queries.documents(held, given=given)
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
