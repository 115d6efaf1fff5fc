"""Finding a place, and the definitions of what is counted."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

from nhpf.errors import AmbiguousArea, UnknownArea
from nhpf.indicators import load_indicators
from nhpf_web.profiles import queries
from nhpf_web.what_works.queries import edition

LONGEST_NAME = 100


@require_safe
@gzip_page
@conditional_page
def places(request: HttpRequest) -> HttpResponse:
    """List the places that have a profile, with a map of the forces."""
    return render(request, "profiles/places.html", _choice())


def _choice() -> dict[str, object]:
    by_kind: dict[str, list[queries.Place]] = {}
    for place in queries.places():
        by_kind.setdefault(place.kind, []).append(place)
    return {
        "nation": queries.nation(),
        "forces": by_kind.get("force", []),
        "boroughs": by_kind.get("local_authority", []),
        "map": queries.map_of_forces(),
    }


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Lead from a name or code to its profile; a wrong name is answered with the nearest."""
    asked = request.GET.get("area", "").strip()[:LONGEST_NAME]
    if not asked:
        return redirect("/what-happens/")
    try:
        place = queries.find_place(asked)
    except (UnknownArea, AmbiguousArea) as fault:
        context = {"asked": asked, "fault": fault, "near": queries.nearest(asked), **_choice()}
        return render(request, "profiles/not_found.html", context, status=404)
    if place is None:
        context = {"asked": asked, "fault": None, "near": [], **_choice()}
        return render(request, "profiles/not_found.html", context, status=404)
    return redirect(place.address)


@require_safe
@gzip_page
@conditional_page
def indicators(request: HttpRequest) -> HttpResponse:
    """Show what is counted, against what, why, and who answers for the definition."""
    held = edition().entries
    shown = [
        (one, [held[area] for area in one.areas_of_focus if area in held])
        for one in load_indicators().values()
    ]
    context = {"indicators": shown, "trail": [("What happens", "/what-happens/")]}
    return render(request, "profiles/indicators.html", context)
