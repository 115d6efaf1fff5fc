"""Pages about how good the data are, and what changed in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

from nhpf.records import Release, releases
from nhpf.records import revisions as changes
from nhpf.records.quality import MEANINGS, RULES, Flag
from nhpf.reports import table_csv
from nhpf.reports.tree import Column, Table
from nhpf_web.profiles import queries, rules

TRAIL = [("Data", "/data/")]


@dataclass(frozen=True, slots=True)
class ShownFlag:
    """A flag with the name of its area and the address of its table's page."""

    flag: Flag
    area: str
    address: str


def shown_flags(release: Release, flags: Iterable[Flag]) -> list[ShownFlag]:
    """Return flags as pages show them."""
    names = queries.area_names(release.id)
    return [
        ShownFlag(
            each, names.get(each.area, each.area), rules.table_address(release.id, each.table)
        )
        for each in flags
    ]


def _open_flags(release: Release) -> list[ShownFlag]:
    known = queries.open_tables(release)
    found = queries.quality(release.id, timezone.localdate())
    return shown_flags(release, (flag for flag in found.flags if flag.table in known))


@require_safe
@gzip_page
@conditional_page
def quality(request: HttpRequest) -> HttpResponse:
    """Show what the checks found in the current release, the worst first, and their rules."""
    release = queries.release()
    shown = _open_flags(release)
    groups = [
        (how_bad, meaning, [each for each in shown if each.flag.how_bad == how_bad])
        for how_bad, meaning in reversed(MEANINGS.items())
    ]
    context = {
        "held": release,
        "groups": groups,
        "checked": len(queries.open_tables(release)),
        "rules": RULES,
        "traps": release.manifest["traps"],
        "trail": TRAIL,
    }
    return render(request, "profiles/quality.html", context)


@require_safe
def quality_file(_request: HttpRequest) -> HttpResponse:
    """Send every flag of the current release as CSV."""
    release = queries.release()
    rows = [{**asdict(each.flag), "area_name": each.area} for each in _open_flags(release)]
    return csv_file(rows, f"quality_{release.id}", release=release.id)


def csv_file(rows: list[dict[str, Any]], name: str, **about: str) -> HttpResponse:
    """Send rows that share their keys as CSV; with no row, the file has a heading alone."""
    keys = tuple(rows[0]) if rows else ("none",)
    columns = tuple(Column(key, key.replace("_", " ")) for key in keys)
    cells = tuple(tuple(row.values()) for row in rows)
    text = table_csv(Table(name, columns, cells), about={**about, "marking": "OFFICIAL"})
    headers = {"Content-Disposition": f'attachment; filename="OFFICIAL_NHPF_{name}.csv"'}
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)


@require_safe
@gzip_page
@conditional_page
def revisions(request: HttpRequest) -> HttpResponse:
    """Show figures that were revised, breaks in series, and what two releases do not share."""
    release = queries.release()
    compared = _compared(request)
    context = {
        "published": changes.published_revisions(release),
        "breaks": _breaks(release),
        "known": releases(),
        "compared": compared,
        "trail": TRAIL,
    }
    return render(request, "profiles/revisions.html", context)


def _breaks(release: Release) -> list[tuple[changes.Break, str, list[tuple[str, str]]]]:
    """Return each break with the name of its area and the open tables that it runs through."""
    known, names = queries.open_tables(release), queries.area_names(release.id)
    return [
        (
            each,
            names.get(each.area, ""),
            [
                (name, rules.table_address(release.id, name))
                for name in each.tables
                if name in known
            ],
        )
        for each in changes.breaks()
    ]


@dataclass(frozen=True, slots=True)
class Compared:
    """Two releases and what they do not share, of tables that everybody may know of.

    Each count stands with the name of its area.
    """

    before: str
    after: str
    tables: list[changes.TableChange]
    counts: list[tuple[changes.PeriodChange, str]]


def _compared(request: HttpRequest) -> Compared | None:
    ids = [request.GET.get(name, "") for name in ("before", "after")]
    if not any(ids):
        return None
    before, after = map(queries.release_with_id, ids)
    if before is None or after is None:
        raise Http404
    known = {*queries.open_tables(before), *queries.open_tables(after)}
    hidden = {
        name
        for each in (before, after)
        for name in set(each.manifest["tables"]) - set(queries.open_tables(each))
    }
    tables = [
        each for each in changes.changed_tables(before, after) if each.table in known - hidden
    ]
    names = queries.area_names(after.id)
    counts = [
        (each, names.get(each.area, each.area))
        for change in tables
        for each in changes.changed_counts(before, after, change.table)
    ]
    return Compared(before.id, after.id, tables, counts)


@require_safe
def revisions_file(request: HttpRequest) -> HttpResponse:
    """Send the revised published figures, or what two releases do not share, as CSV."""
    compared = _compared(request)
    if compared is None:
        release = queries.release()
        rows = [asdict(each) for each in changes.published_revisions(release)]
        return csv_file(rows, f"revisions_{release.id}", release=release.id)
    rows = [asdict(each) | {"kind": each.kind, "area_name": name} for each, name in compared.counts]
    return csv_file(rows, f"revisions_{compared.before}_{compared.after}", release=compared.after)
