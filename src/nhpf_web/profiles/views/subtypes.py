"""One homicide sub-type of a place, as a reader of the restricted profile chooses it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

from nhpf.reports import words
from nhpf_web.profiles import queries
from nhpf_web.profiles.forms import ChooseSubtype
from nhpf_web.profiles.queries import Chosen, Place
from nhpf_web.profiles.views.opening import consulted, opened, taken
from nhpf_web.profiles.views.outputs import TRAIL, file_of

FIRST = "1"


def _form(request: HttpRequest) -> ChooseSubtype:
    return ChooseSubtype(
        {"subtype": request.GET.get("subtype") or FIRST}, subtypes=queries.subtypes()
    )


@require_safe
@gzip_page
@conditional_page
def subtypes(request: HttpRequest, place: str) -> HttpResponse:
    """Show the cases of one sub-type here beside those elsewhere."""
    form = _form(request)
    number = form.cleaned_data["subtype"] if form.is_valid() else ""

    def make(held: Place) -> tuple[Chosen, ...]:
        return queries.subtype_figures(held, number) if number else ()

    def show(held: Place) -> HttpResponse:
        found = make(held)
        base = f"{held.address}restricted/subtypes/"
        pages = [each.page(f"{base}{each.figure.id}", f"subtype={number}") for each in found]
        context = {
            "place": held,
            "form": form,
            "figures": pages,
            "marking": words.marking(found[0].report) if found else "OFFICIAL-SENSITIVE",
            "trail": [TRAIL, (f"{held.name}, restricted", f"{held.address}restricted/")],
        }
        return render(request, "profiles/subtypes.html", context, status=200 if number else 422)

    log = consulted(f"subtype:{number}") if number else None
    return opened(request, place, "restricted", log=log, show=show, make=make)


@require_safe
def subtype_file(request: HttpRequest, place: str, figure_id: str, ending: str) -> HttpResponse:
    """Send one figure of a sub-type as CSV, JSON, SVG or PNG."""
    form = _form(request)
    if not form.is_valid():
        raise Http404
    number = form.cleaned_data["subtype"]

    def make(held: Place) -> tuple[Chosen, ...]:
        return queries.subtype_figures(held, number)

    def show(held: Place) -> HttpResponse:
        for each in make(held):
            if each.figure.id == figure_id:
                return file_of(each.figure, each.report, ending)
        raise Http404

    log = taken(f"subtype:{figure_id}.{ending}")
    return opened(request, place, "restricted", log=log, show=show, make=make)
