"""Finding a place, and the definitions of what is counted."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

from nhpf.indicators import load_indicators
from nhpf_web.profiles import queries, rules
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
    """Lead from a name or code to its profile; else offer what may be meant, or the nearest."""
    asked = request.GET.get("area", "").strip()[:LONGEST_NAME]
    if not asked:
        return redirect("/what-happens/")
    meant = queries.places_called(asked)
    if len(meant) == 1 and meant[0].place:
        return redirect(meant[0].place.address)
    is_postcode = not meant and rules.is_postcode(asked)
    context = {
        "asked": asked,
        "meant": meant,
        "is_postcode": is_postcode,
        "near": () if meant or is_postcode else queries.nearest(asked),
        **_choice(),
    }
    status = 200 if len(meant) > 1 else 404
    return render(request, "profiles/not_found.html", context, status=status)


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
