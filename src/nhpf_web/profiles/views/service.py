"""Pages about the data and the service."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

from nhpf_web.profiles import queries, rules


@require_safe
@gzip_page
@conditional_page
def data(request: HttpRequest) -> HttpResponse:
    """Show every source and table of the release, with licences, hashes and known faults."""
    release = queries.release()
    manifest = release.manifest
    tables = queries.open_tables(release)
    sources = {
        name: terms
        for name, terms in manifest["sources"].items()
        if rules.is_open(terms["marking"])
    }
    context = {
        "held": release,
        "publishers": _by_publisher(sources),
        "sources": sources,
        "tables": [{"name": name, **table} for name, table in tables.items()],
        "traps": manifest["traps"],
    }
    return render(request, "profiles/data.html", context)


def _by_publisher(sources: dict[str, dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return the sources under their publishers, both by name."""
    rows = [{"id": name, **terms, **_address(terms)} for name, terms in sources.items()]
    rows.sort(key=lambda row: (row["publisher"], row["title"]))
    return [(name, list(held)) for name, held in groupby(rows, key=itemgetter("publisher"))]


def _address(terms: dict[str, Any]) -> dict[str, bool]:
    """Return whether an address can be followed, and whether only its rows say where they are."""
    address = terms["address"]
    return {
        "is_linked": address.startswith(("https://", "http://")),
        "is_stated_by_row": address == terms["series"] == terms["vintage"],
    }


@require_safe
@gzip_page
@conditional_page
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement."""
    return render(request, "profiles/accessibility.html")


@require_safe
@gzip_page
@conditional_page
def about(request: HttpRequest) -> HttpResponse:
    """Show what the service is for, how it works and what it does not do."""
    return render(request, "profiles/about.html")
