"""Releases, and the page of a table that leads from a figure to files, hashes and rows."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

from nhpf.records import Release
from nhpf.records import releases as held_ids
from nhpf.records.revisions import breaks_of
from nhpf.records.tracing import trace
from nhpf_web.profiles import actions, queries, rules
from nhpf_web.profiles.views.quality import csv_file, shown_flags

TRAIL = [("Data", "/data/"), ("Releases", "/data/releases/")]


@require_safe
@gzip_page
@conditional_page
def releases(request: HttpRequest) -> HttpResponse:
    """List the releases that are held, newest first."""
    found = [held for each in reversed(held_ids()) if (held := queries.release_with_id(each))]
    context = {
        "current": queries.release().id,
        "releases": [(each, len(queries.open_tables(each))) for each in found],
        "trail": TRAIL[:1],
    }
    return render(request, "profiles/releases.html", context)


@require_safe
@gzip_page
@conditional_page
def release(request: HttpRequest, release_id: str) -> HttpResponse:
    """Show what one release holds."""
    held = _release_or_404(release_id)
    context = {
        "held": held,
        "current": queries.release().id,
        "made": str(held.manifest.get("made", ""))[:10],
        "tables": [
            (name, table, rules.table_address(held.id, name))
            for name, table in queries.open_tables(held).items()
        ],
        "restricted": [
            (name, rules.table_address(held.id, name))
            for name in queries.restricted_tables(request.user, held)
        ],
        "trail": TRAIL,
    }
    return render(request, "profiles/release.html", context)


def _release_or_404(release_id: str) -> Release:
    held = queries.release_with_id(release_id)
    if held is None:
        raise Http404
    return held


@require_safe
@gzip_page
@conditional_page
def table(request: HttpRequest, release_id: str, table: str) -> HttpResponse:
    """Show where a table comes from: its files, hashes, rows, account, SQL, quality and breaks.

    A restricted table does not exist for those who may not know of it, and each look by those who
    may is in the log.
    """
    held = _release_or_404(release_id)
    context: dict[str, Any] = {}
    if table not in queries.open_tables(held):
        _look_at_restricted(request, held, table)
        context["marking"] = held.manifest["tables"][table]["marking"]
    return render(request, "profiles/table.html", _shown(held, table) | context)


def _look_at_restricted(request: HttpRequest, held: Release, table: str) -> None:
    """Write the look to the log, or answer as if there were no such table."""
    if table not in held.manifest["tables"] or not request.user.is_authenticated:
        raise Http404
    readers = queries.organisations_reading_table(request.user, held, table)
    if not readers:
        raise Http404
    actions.consult_table(held.id, table, by=request.user, organisation=readers[0])


def _shown(held: Release, table: str) -> dict[str, Any]:
    found = queries.quality(held.id, timezone.localdate())
    flags = shown_flags(held, found.of_table(table))
    return {
        "held": held,
        "trace": trace(held, table),
        "flags": [each for each in flags if each.flag.how_bad != "note"],
        "notes": [each for each in flags if each.flag.how_bad == "note"],
        "fields": found.fields_of(table),
        "breaks": breaks_of(table),
        "is_open": table in queries.open_tables(held),
        "trail": [*TRAIL, (held.id, f"/data/releases/{held.id}/")],
    }


@require_safe
def table_file(_request: HttpRequest, release_id: str, table: str) -> HttpResponse:
    """Send the files that an open table was made from, with hashes, rows and terms, as CSV."""
    held = _release_or_404(release_id)
    if table not in queries.open_tables(held):
        raise Http404
    found = trace(held, table)
    kept = ("title", "series", "publisher", "licence", "regime", "marking", "extract_date")
    rows = [
        {"table": table, "source": source.name, "file": file["name"], "sha256": file["sha256"],
         "rows": file["rows"], **{key: source.terms[key] for key in (*kept, "vintage")}}
        for source in found.sources
        for file in source.files
    ]  # fmt: skip
    return csv_file(rows, f"{table}_{held.id}", release=held.id)
