"""What a reader chooses to see of a place: a figure, a map of a year, the areas most like it.

Every choice is in the address, so that a page can be sent to somebody and needs no script.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

from nhpf.errors import CannotTell, InvalidInput
from nhpf_web.profiles import queries
from nhpf_web.profiles.forms import ChooseCovariates, Explore, MapByYear
from nhpf_web.profiles.queries import Chosen, Place
from nhpf_web.profiles.views.opening import place_at
from nhpf_web.profiles.views.outputs import TRAIL, file_of

TICKED = "ticked"  # that the form was sent, be it with nothing ticked


def _answered(form: Form, make: Callable[[dict[str, Any]], Chosen | None]) -> Chosen | None:
    """Return what a form asks for; a refusal becomes its error."""
    if not form.is_valid():
        return None
    try:
        return make(form.cleaned_data)
    except (CannotTell, InvalidInput) as refusal:
        form.add_error(None, str(refusal))
        return None


def _shown(
    request: HttpRequest,
    template: str,
    place: Place,
    form: Form,
    chosen: Chosen | None,
    **more: Any,
) -> HttpResponse:
    file, query = f"{place.address}{more.pop('file')}", more.pop("query")
    context = {
        "place": place,
        "form": form,
        "figure": chosen.page(file, query) if chosen else "",
        "trail": [TRAIL, (place.name, place.address)],
        **more,
    }
    return render(request, template, context, status=422 if form.errors else 200)


def _sent(chosen: Chosen | None, ending: str) -> HttpResponse:
    if chosen is None:
        raise Http404
    return file_of(chosen.figure, chosen.report, ending)


def _explore_form(request: HttpRequest, place: Place) -> Explore:
    from nhpf.profile.exploring import AGAINST

    usual = queries.usual(place)
    told = {name: request.GET.get(name) or getattr(usual, name) for name in Explore.base_fields}
    return Explore(
        told,
        indicators=[(each.id, each.title) for each in queries.offered(place)],
        comparisons=AGAINST.items(),
    )


def _explored(form: Explore, place: Place) -> Chosen | None:
    from nhpf.profile.exploring import Choice

    return _answered(form, lambda told: queries.explored(place, Choice(**told)))


@require_safe
@gzip_page
@conditional_page
def explore(request: HttpRequest, place: str) -> HttpResponse:
    """Show the figure that a reader chose, and every precursor beside it."""
    held = place_at(request, place)
    if isinstance(held, HttpResponse):
        return held
    form = _explore_form(request, held)
    several = queries.multiples(held)
    return _shown(
        request,
        "profiles/explore.html",
        held,
        form,
        _explored(form, held),
        file="explore",
        query=urlencode(form.data),
        several=several.page(f"{held.address}explore/all", "") if several else "",
        is_mapped=bool(queries.mapped(held)),
        may_restrict=queries.organisations_reading(request.user, held),
    )


@require_safe
def explore_file(request: HttpRequest, place: str, ending: str) -> HttpResponse:
    """Send the figure that a reader chose as CSV, JSON, SVG or PNG."""
    held = place_at(request, place)
    if isinstance(held, HttpResponse):
        return held
    return _sent(_explored(_explore_form(request, held), held), ending)


@require_safe
def multiples_file(request: HttpRequest, place: str, ending: str) -> HttpResponse:
    """Send all precursors as CSV, JSON, SVG or PNG."""
    held = place_at(request, place)
    return held if isinstance(held, HttpResponse) else _sent(queries.multiples(held), ending)


def _map_form(request: HttpRequest, place: Place) -> MapByYear:
    indicators = [(each.id, each.title) for each in queries.mapped(place)]
    asked = request.GET.get("indicator") or "violence-with-injury"
    year: object = request.GET.get("year")
    if not year and asked in dict(indicators):
        year = queries.years_mapped(place, asked)[-1]
    return MapByYear({"indicator": asked, "year": year}, indicators=indicators)


def _mapped(form: MapByYear, place: Place) -> Chosen | None:
    return _answered(form, lambda told: queries.harm_map(place, told["indicator"], told["year"]))


@require_safe
@gzip_page
@conditional_page
def map_by_year(request: HttpRequest, place: str) -> HttpResponse:
    """Show recorded harm other than homicide on a map, year by year."""
    held = place_at(request, place)
    if isinstance(held, HttpResponse):
        return held
    if not queries.mapped(held):
        context = {"place": held, "trail": [TRAIL, (held.name, held.address)]}
        return render(request, "profiles/not_mapped.html", context)
    form = _map_form(request, held)
    chosen = _mapped(form, held)
    years = queries.years_mapped(held, form.cleaned_data["indicator"]) if chosen else ()
    return _shown(
        request,
        "profiles/map_by_year.html",
        held,
        form,
        chosen,
        file="explore/map",
        query=urlencode(form.data),
        years=years,
        year=form.cleaned_data.get("year"),
        indicator=form.data["indicator"],
    )


@require_safe
def map_file(request: HttpRequest, place: str, ending: str) -> HttpResponse:
    """Send the map of a year as CSV, JSON, SVG or PNG."""
    held = place_at(request, place)
    if isinstance(held, HttpResponse):
        return held
    return _sent(_mapped(_map_form(request, held), held), ending)


def _similar_form(request: HttpRequest, place: Place) -> ChooseCovariates:
    from nhpf.profile.similar import COVARIATES

    by = request.GET.getlist("by")
    told = {"by": by if by or TICKED in request.GET else queries.usual_covariates(place)}
    covariates = [(each.id, each.title) for each in COVARIATES.values()]
    return ChooseCovariates(told, covariates=covariates)


def _similar(form: ChooseCovariates, place: Place) -> Chosen | None:
    return _answered(form, lambda told: queries.similar_areas(place, told["by"]))


@require_safe
@gzip_page
@conditional_page
def similar(request: HttpRequest, place: str) -> HttpResponse:
    """Show the areas most like a place by what the reader ticks."""
    held = place_at(request, place)
    if isinstance(held, HttpResponse):
        return held
    if not queries.has_similar(held):
        context = {"place": held, "trail": [TRAIL, (held.name, held.address)]}
        return render(request, "profiles/not_similar.html", context)
    form = _similar_form(request, held)
    query = urlencode([("by", each) for each in form.data["by"]])
    chosen = _similar(form, held)
    return _shown(request, "profiles/similar.html", held, form, chosen, file="similar", query=query)


@require_safe
def similar_file(request: HttpRequest, place: str, ending: str) -> HttpResponse:
    """Send the areas most like a place as CSV, JSON, SVG or PNG."""
    held = place_at(request, place)
    if isinstance(held, HttpResponse):
        return held
    if not queries.has_similar(held):
        raise Http404
    return _sent(_similar(_similar_form(request, held), held), ending)
