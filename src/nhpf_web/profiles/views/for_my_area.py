"""What could help a place: by the areas of focus that its profile points to, with the reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

from nhpf_web.profiles import queries, rules
from nhpf_web.profiles.queries import Built, Place
from nhpf_web.profiles.rules import EVIDENCE, ORDERS, Pointed, Row, bearing_of
from nhpf_web.profiles.views.opening import place_at
from nhpf_web.profiles.views.outputs import TRAIL
from nhpf_web.profiles.views.quality import csv_file
from nhpf_web.what_works import queries as what_works
from nhpf_web.what_works.rules import (
    LEVEL_WORDS,
    Chosen,
    Group,
    answers,
    chips,
    choose,
    group_of,
)

ON_A_PAGE = 20
SIEVE = {
    "area": "Area of focus",
    "kind": "Practice or intervention",
    "evidence": "What the evidence says",
    "prevention": "Prevention level",
    "partner": "Partners it needs",
    "subtype": "Kind of homicide (of practices)",
}
KINDS = {"practice": "Practice", "intervention": "Intervention"}
BEARINGS = {"for": "Speaks for it", "open": "Leaves it open", "against": "Speaks against it"}
TOLD = "told"  # that the reader has said whom they work with, be it nobody


@dataclass(frozen=True, slots=True)
class Found:
    """What is shown of one place to one reader."""

    pointed: tuple[Pointed, ...]
    everything: tuple[Row, ...]
    rows: tuple[Row, ...]
    chosen: Chosen
    partners: frozenset[str]
    order: str
    uses: queries.Uses


@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """Lead to the list for the area of one's own organisation; without one, to the places."""
    place = queries.place_with_code(queries.own_place_code(request.user))
    if place:
        return redirect(f"{place.address}for-my-area/")
    messages.info(request, "Choose your area: its profile leads to what could help there.")
    return redirect("/what-happens/")


@require_safe
@gzip_page
@conditional_page
def for_my_area(request: HttpRequest, place: str) -> HttpResponse:
    """Show what serves the areas of focus that a place's profile points to, and why."""
    held = place_at(request, place)
    if isinstance(held, HttpResponse):
        return held
    built = queries.built(held)
    found = _found(request, held, built)
    page = Paginator(found.rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context = _sieve(found) | {
        "place": held,
        "base": f"{held.address}for-my-area/",
        "found": found,
        "page": page,
        "shown": [(row, found.uses.get(row.candidate.key)) for row in page],
        "evidence_order": EVIDENCE.values(),
        "orders": {name: words for name, (words, _) in ORDERS.items()},
        "rule": ORDERS[found.order][1],
        "query": request.GET.urlencode(),
        "trail": [TRAIL, (built.report.title, held.address)],
    }
    return render(request, "profiles/for_my_area.html", context)


@require_safe
def for_my_area_file(request: HttpRequest, place: str) -> HttpResponse:
    """Send the same list, in the same order and with the same filters, as CSV."""
    held = place_at(request, place)
    if isinstance(held, HttpResponse):
        return held
    built = queries.built(held)
    found = _found(request, held, built)
    names = {one.area: one.title for one in found.pointed}
    rows = [_as_values(row, names) for row in found.rows]
    about = {"area": held.code, "order": found.order, "rule": ORDERS[found.order][1]}
    return csv_file(rows, f"for-my-area_{held.code}", release=built.report.release, **about)


def _as_values(row: Row, names: Mapping[str, str]) -> dict[str, str]:
    one, sectors = row.candidate, what_works.filter_labels()["partner"]
    return {
        "id": one.key,
        "kind": one.kind,
        "title": one.title,
        "address": one.address,
        "areas_of_focus": "; ".join(name for area, name in names.items() if area in row.areas),
        "prevention": "; ".join(level for level in LEVEL_WORDS if level in one.levels),
        "partners": "; ".join(words for name, words in sectors.items() if name in one.sectors),
        "evidence": EVIDENCE[one.evidence],
        "warning": row.warning,
        "stale": one.stale,
        "why": " ".join(reason.text for reason in row.reasons),
    }


def _labels(pointed: tuple[Pointed, ...]) -> dict[str, Mapping[str, str]]:
    return {
        "area": {one.area: one.title for one in pointed},
        "kind": KINDS,
        "evidence": BEARINGS,
        "prevention": LEVEL_WORDS,
        "partner": what_works.filter_labels()["partner"],
        "subtype": what_works.options()["subtype"],
    }


def _tags(row: Row) -> dict[str, frozenset[str]]:
    one = row.candidate
    return {
        "area": row.areas,
        "kind": frozenset({one.kind}),
        "evidence": frozenset({bearing_of(one.evidence)}),
        "prevention": one.levels,
        "partner": one.sectors,
        "subtype": one.subtypes,
    }


def _found(request: HttpRequest, place: Place, built: Built) -> Found:
    pointed = queries.pointed_in(built)
    sectors = what_works.filter_labels()["partner"]
    chosen = choose(dict(request.GET.lists()), known=_labels(pointed))
    partners = _partners(request, place) & sectors.keys()
    order = request.GET.get("order", "")
    order = order if order in ORDERS else "profile"
    candidates, uses = queries.candidates(request.user)
    everything = rules.rows(pointed, candidates, partners=partners, sectors=sectors)
    matched = (row for row in everything if answers(_tags(row), chosen))
    rows = rules.sort(matched, order=order)
    return Found(pointed, everything, rows, chosen, frozenset(partners), order, uses)


def _partners(request: HttpRequest, place: Place) -> frozenset[str]:
    """Return the sectors that the reader works with: those ticked, else those that take part."""
    if TOLD in request.GET:
        return frozenset(request.GET.getlist("with"))
    return queries.partners_of(place)


def _sieve(found: Found) -> dict[str, Any]:
    """Return the filters with how many each box would leave, and what is ticked."""
    labels = _labels(found.pointed)
    tagged = [_tags(row) for row in found.everything]
    groups = [
        group_of(name, heading=heading, labels=labels[name], tagged=tagged, chosen=found.chosen)
        for name, heading in SIEVE.items()
    ]
    kept = _kept(found)
    return {
        "groups": [_offered(group) for group in groups],
        "chips": chips(
            found.chosen,
            labels,
            query=lambda left: "&".join(filter(None, (left.query, kept))),
        ),
        "kept": kept,
        "sectors": [
            (name, words, name in found.partners) for name, words in labels["partner"].items()
        ],
    }


def _offered(group: Group) -> Group:
    """Leave out boxes that nothing in the list has, unless they are ticked."""
    held = tuple(option for option in group.options if option.count or option.ticked)
    return Group(group.name, group.heading, held)


def _kept(found: Found) -> str:
    """Return the order and the partners as an address writes them, to keep beside filters."""
    pairs = [
        ("order", found.order),
        (TOLD, "1"),
        *(("with", one) for one in sorted(found.partners)),
    ]
    return urlencode(pairs)
