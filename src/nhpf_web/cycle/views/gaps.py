"""The gap map: burden against what is known, written down and done; its cells; its files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from nhpf_web.cycle.models import Cycle
from nhpf_web.cycle.queries import gaps as queries
from nhpf_web.cycle.queries.gaps import Chosen, Row
from nhpf_web.cycle.queries.phases import current_cycle
from nhpf_web.cycle.queries.returns import choices
from nhpf_web.cycle.rules import gaps as rules
from nhpf_web.cycle.rules.gaps import Cell, Fill
from nhpf_web.cycle.views.files import csv_file
from nhpf_web.cycle.views.steps import HOME
from nhpf_web.profiles.queries import nation
from nhpf_web.what_works.queries import coverage
from nhpf_web.what_works.rules import LEVEL_WORDS, STRENGTH_WORDS

MAP = ("Gap map", "/how-we-are-doing/gap-map/")
ON_A_PAGE = 25
COLUMNS = (
    "row", "title", "level", "burden", "burden_low", "burden_high", "burden_period",
    "burden_series", "direction", *(f"interventions_{one}" for one in rules.STRENGTHS),
    "practices", "forces", "partners", "gaps",
)  # fmt: skip


def _chosen(request: HttpRequest) -> Chosen:
    """Return what the address narrows the map to, as far as it means something."""
    known = {
        "level": set(rules.LEVELS),
        "theme": {id for id, _ in choices("theme")},
        "strength": set(rules.STRENGTHS),
    }
    asked = {name: request.GET.get(name, "") for name in known}
    return Chosen(**{name: value for name, value in asked.items() if value in known[name]})


@require_safe
@gzip_page
def gap_map(request: HttpRequest) -> HttpResponse:
    """Show both tables, and in words where activity and profile part."""
    chosen = _chosen(request)
    areas = queries.area_map(chosen)
    answered, cycle = queries.answered(), current_cycle()
    context = {
        "chosen": chosen,
        "query": urlencode({"level": chosen.level, "theme": chosen.theme,
                            "strength": chosen.strength}),
        "levels": [(one, LEVEL_WORDS[one]) for one in rules.LEVELS],
        "themes": choices("theme"),
        "strengths": list(STRENGTH_WORDS.items()),
        "tables": [_table(shown, cycle) for shown in (areas, queries.subtype_map(chosen))],
        "shown_levels": [LEVEL_WORDS[one] for one in chosen.levels],
        "groups": _groups(areas, answered=answered.organisations),
        "cannot_bear": _cannot_bear(),
        "answered": answered,
        "cycle": cycle,
        "holds_examples": coverage.holds_examples(),
        "national_profile": nation().address,
        "trail": [HOME],
    }  # fmt: skip
    return render(request, "cycle/gap_map.html", context)


def _cannot_bear() -> tuple[str, ...]:
    # Brings the numerical packages, which most pages do without.
    from nhpf.profile.burden import CANNOT_BEAR

    return CANNOT_BEAR


def _table(shown: list[Row], cycle: Cycle | None) -> dict[str, Any]:
    return {
        "is_areas": not shown or shown[0].is_area,
        "rows": [(one, [_cell(one, cell, cycle) for cell in one.cells]) for one in shown],
    }


def _cell(row: Row, cell: Cell, cycle: Cycle | None) -> dict[str, Any]:
    return {
        "held": cell,
        "level": LEVEL_WORDS[cell.level],
        "strengths": [(STRENGTH_WORDS[name], n) for name, n in cell.strengths.items()],
        "fills": [(fill, _address(fill, row, cell.level, cycle)) for fill in cell.fills],
    }


def _address(fill: Fill, row: Row, level: str, cycle: Cycle | None) -> str:
    """Return where a gap is filled, with what it is about filled in."""
    number = row.id.removeprefix("subtype-")
    match fill:
        case Fill.DESCRIBE:
            about = {"areas": row.id} if row.is_area else {"subtypes": number}
            return f"{reverse('what_works:begin')}?{urlencode(about | {'prevention': level})}"
        case Fill.ASK:
            cell = reverse("cycle:gap", args=[row.id, level])
            about = {"about": row.id} if row.is_area else {"subtype": number, "address": cell}
            why = f"The gap map holds nothing that answers this: {row.title}, {level} prevention."
            asked = about | {"level": level, "from": "gap", "label": row.title, "why": why}
            return f"{reverse('what_works:ask_question')}?{urlencode(asked)}"
        case Fill.PROPOSE:
            title = f"{level.capitalize()} prevention: {row.title}"[:120]
            asked = {"kind": "priority", "title": title}
            return f"{reverse('cycle:start_proposal')}?{urlencode(asked)}"
    return reverse("cycle:returns", args=[cycle.slug]) if cycle else reverse("cycle:home")


def _groups(areas: list[Row], *, answered: int) -> list[dict[str, Any]]:
    """Return the areas of focus by how activity stands against the profile, in words."""
    held = queries.against_profile(areas, answered=answered)
    grouped = [(one, [stand for stand in held if stand.against == one]) for one in rules.Against]
    return [{"against": str(one), "stands": stands} for one, stands in grouped if stands]


@require_safe
def gap(request: HttpRequest, row_id: str, level: str) -> HttpResponse:
    """Show what is in one cell, and what would fill what is empty."""
    row = queries.row(row_id)
    if row is None or level not in rules.LEVELS:
        raise Http404
    build = queries.area_map if row.is_area else queries.subtype_map
    shown = next(one for one in build(Chosen(level=level)) if one.id == row_id)
    vocabulary, value = ("area", row.id) if row.is_area else ("subtype", row_id[-1])
    held = coverage.in_cell(vocabulary, value, level)
    context = {
        "row": shown,
        "cell": _cell(shown, shown.cells[0], current_cycle()),
        "interventions": queries.interventions_of(row, level),
        "page": Paginator(held, ON_A_PAGE).get_page(request.GET.get("page")),
        "activities": queries.activities_of(row, level) if request.user.is_authenticated else None,
        "trail": [HOME, MAP],
    }
    return render(request, "cycle/gap.html", context)


@require_safe
def gap_map_csv(request: HttpRequest) -> HttpResponse:
    """Give the map as CSV: one row a cell."""
    rows = _records(_chosen(request))
    lists = ([one[name] for name in COLUMNS] for one in rows)
    return csv_file([COLUMNS, *lists], name="gap-map")


@require_safe
def gap_map_json(request: HttpRequest) -> HttpResponse:
    """Give the map as JSON: one object a cell, with what its figures cannot bear."""
    cycle = current_cycle()
    held = {
        "cycle": cycle.slug if cycle else None,
        "organisations_that_answered": queries.answered().organisations,
        "cannot_bear": _cannot_bear(),
        "cells": list(_records(_chosen(request))),
    }
    answer = JsonResponse(held, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = 'attachment; filename="gap-map.json"'
    return answer


def _records(chosen: Chosen) -> Iterator[dict[str, Any]]:
    for row in (*queries.area_map(chosen), *queries.subtype_map(chosen)):
        own = row.borne.own
        for cell in row.cells:
            yield {
                "row": row.id,
                "title": row.title,
                "level": cell.level,
                "burden": own.count if own else None,
                "burden_low": round(own.low, 1) if own else None,
                "burden_high": round(own.high, 1) if own else None,
                "burden_period": own.period if own else None,
                "burden_series": own.series if own else None,
                "direction": own.direction if own else "not held",
                **{f"interventions_{one}": cell.strengths.get(one, 0) for one in rules.STRENGTHS},
                "practices": cell.practices,
                "forces": cell.forces,
                "partners": cell.partners,
                "gaps": "; ".join(cell.gaps),
            }
