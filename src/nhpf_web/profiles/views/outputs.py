"""A profile as a page, as files, and figure by figure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

from nhpf.reports import figure as figure_of
from nhpf.reports import figures, file_name, words
from nhpf.reports.charts import draw
from nhpf.reports.tree import Figure, Report
from nhpf_web.profiles import actions, queries, rules
from nhpf_web.profiles.queries import Audience, Built, Place

Shown = Callable[[Place, Built], HttpResponse]
TRAIL = ("What happens", "/what-happens/")


def _open(
    request: HttpRequest,
    place: str,
    audience: Audience,
    *,
    what: str,
    show: Shown,
    is_file: bool = False,
) -> HttpResponse:
    """Answer with what ``show`` makes of a profile, or send the visitor where it is to be had.

    A restricted profile is for analysts and leads of that place's organisations; each look at it,
    and each file that is taken from it, is in the log before anything is shown.
    """
    held = queries.place_with_code(rules.code_in(place) or "")
    if held is None:
        raise Http404
    if f"/what-happens/{place}/" != held.address:
        canonical = rules.place(held.code, held.name)
        return redirect(request.get_full_path().replace(place, canonical, 1), permanent=True)
    if audience == "restricted":
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        readers = queries.organisations_reading(request.user, held)
        if not readers:
            raise PermissionDenied
        write = actions.disclose if is_file else actions.consult
        write(held, what=what, by=request.user, organisation=readers[0])
    return show(held, queries.built(held, audience=audience))


@require_safe
@gzip_page
@conditional_page
def profile(request: HttpRequest, place: str, audience: Audience) -> HttpResponse:
    """Show the problem profile of a place."""

    def show(held: Place, built: Built) -> HttpResponse:
        context = _frame(held, built) | {
            "figures": figures(built.report),
            "may_restrict": queries.organisations_reading(request.user, held),
        }
        return render(request, "profiles/profile.html", context)

    return _open(request, place, audience, what="profile", show=show)


def _frame(place: Place, built: Built) -> dict[str, Any]:
    return {
        "place": place,
        "built": built,
        "report": built.report,
        "marking": words.marking(built.report),
        "trail": [TRAIL],
    }


@require_safe
@gzip_page
@conditional_page
def document(request: HttpRequest, place: str, audience: Audience) -> HttpResponse:
    """Send the whole profile as one HTML file that works offline and on paper."""

    def show(_place: Place, built: Built) -> HttpResponse:
        return _file(built.document, built.report, what="profile", ending="html")

    return _open(request, place, audience, what="document", show=show, is_file=True)


@require_safe
@gzip_page
@conditional_page
def json(request: HttpRequest, place: str, audience: Audience) -> HttpResponse:
    """Send the whole profile as JSON."""

    def show(_place: Place, built: Built) -> HttpResponse:
        return _file(built.json, built.report, what="profile", ending="json")

    return _open(request, place, audience, what="json", show=show, is_file=True)


@require_safe
@gzip_page
@conditional_page
def figure(request: HttpRequest, place: str, audience: Audience, figure_id: str) -> HttpResponse:
    """Show one figure at its own address."""

    def show(held: Place, built: Built) -> HttpResponse:
        found = _figure_or_404(built.report, figure_id)
        context = _frame(held, built) | {
            "figure": found,
            "chart": _drawn(found),
            "endings": [
                ending for ending in queries.FIGURE_FILES if ending != "svg" or found.chart
            ],
            "trail": [TRAIL, (built.report.title, built.base)],
        }
        return render(request, "profiles/figure.html", context)

    return _open(request, place, audience, what=f"figure:{figure_id}", show=show)


def _drawn(found: Figure) -> str:
    if found.chart is None:
        return ""
    return draw(
        found.chart,
        id=found.id,
        title=found.title,
        description=found.reading,
        area_url=queries.address_of_area,
    )


@require_safe
@gzip_page
@conditional_page
def figure_file(
    request: HttpRequest, place: str, audience: Audience, figure_id: str, ending: str
) -> HttpResponse:
    """Send one figure's table as CSV or JSON, or its chart as SVG."""

    def show(_place: Place, built: Built) -> HttpResponse:
        write = queries.FIGURE_FILES.get(ending)
        text = write(_figure_or_404(built.report, figure_id), built.report) if write else ""
        if not text:
            raise Http404
        return _file(text, built.report, what=figure_id, ending=ending)

    what = f"figure:{figure_id}.{ending}"
    return _open(request, place, audience, what=what, show=show, is_file=True)


def _figure_or_404(report: Report, figure_id: str) -> Figure:
    found = figure_of(report, figure_id)
    if found is None:
        raise Http404
    return found


CONTENT_TYPES = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "svg": "image/svg+xml",
}


def _file(text: str, report: Report, *, what: str, ending: str) -> HttpResponse:
    name = file_name(report, what=what, ending=ending)
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Marking": report.marking,
    }
    return HttpResponse(text, content_type=CONTENT_TYPES[ending], headers=headers)
