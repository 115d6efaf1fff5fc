"""Up to four entries side by side."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

from nhpf_web.search import queries

MOST = 4
TRAIL = [("Search", "/search/")]


@require_safe
@gzip_page
@conditional_page
def compare(request: HttpRequest) -> HttpResponse:
    """Show the entries that the address names, each a column of the same rows."""
    index = queries.index()
    named = (index.with_key(key) for key in dict.fromkeys(request.GET.getlist("id")))
    ticked = [one for one in named if one and one.kind in queries.comparable_kinds()]
    shown = ticked[:MOST]
    columns = [
        {
            "key": one.key,
            "title": one.title,
            "address": one.address,
            "kind": queries.kind_names()[one.kind][0],
            "rows": queries.rows_of(one),
        }
        for one in shown
    ]
    context = {
        "columns": columns,
        "rows": _rows(columns),
        "left_out": [one.title for one in ticked[MOST:]],
        "most": MOST,
        "trail": TRAIL,
    }
    return render(request, "search/compare.html", context)


def _rows(columns: list[dict[str, Any]]) -> list[tuple[str, list[str]]]:
    """Return each heading with what every column says; a row that nobody fills is left out."""
    headings = dict.fromkeys(heading for column in columns for heading in column["rows"])
    rows = [
        (heading, [column["rows"].get(heading, "") for column in columns]) for heading in headings
    ]
    return [(heading, cells) for heading, cells in rows if any(cells)]
