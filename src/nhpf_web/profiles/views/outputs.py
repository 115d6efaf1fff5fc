"""A profile as a page, as files, and figure by figure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

from nhpf.errors import InvalidInput
from nhpf.profile.kinds import KINDS, Kind
from nhpf.reports import figure as figure_of
from nhpf.reports import figures, file_name, words
from nhpf.reports.charts import draw
from nhpf.reports.tree import Figure, Report
from nhpf_web.profiles import queries
from nhpf_web.profiles.queries import Audience, Built, Place
from nhpf_web.profiles.views.opening import consulted, opened, taken

TRAIL = ("What happens", "/what-happens/")


@require_safe
@gzip_page
@conditional_page
def profile(
    request: HttpRequest, place: str, audience: Audience, kind: Kind = "profile"
) -> HttpResponse:
    """Show the problem profile of a place, or another kind of document about it."""
    make = making(kind, audience)

    def show(held: Place) -> HttpResponse:
        built = make(held)
        context = _frame(held, built) | {
            "signals": queries.screen_signals(held) if kind == "screen" else (),
            "figures": figures(built.report),
            "forms": FORMS.items(),
            "may_restrict": queries.organisations_reading(request.user, held),
        }
        page = "profile" if kind == "profile" else "document"
        return render(request, f"profiles/{page}.html", context)

    log = consulted(part_of(kind, "profile"))
    return opened(request, place, audience, log=log, show=show, make=make)


def check_kind(kind: str, audience: Audience) -> None:
    """Stop who asks for a kind of document that is not, or not for this audience.

    Raises
    ------
    Http404
    """
    if kind not in KINDS or audience not in KINDS[kind].audiences:
        raise Http404


def making(kind: Kind, audience: Audience) -> Callable[[Place], Built]:
    """Return what makes a kind of document of a place, once it is known that it may be made.

    Raises
    ------
    Http404
        If there is no such kind, or not for this audience.
    """
    check_kind(kind, audience)
    return lambda held: queries.built(held, audience=audience, kind=kind)


def part_of(kind: Kind, part: str) -> str:
    """Return a part of a document as the log names it."""
    return part if kind == "profile" else f"{kind}:{part}"


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
def figure(
    request: HttpRequest, place: str, audience: Audience, figure_id: str, kind: Kind = "profile"
) -> HttpResponse:
    """Show one figure at its own address."""
    make = making(kind, audience)

    def show(held: Place) -> HttpResponse:
        built = make(held)
        found = _figure_or_404(built.report, figure_id)
        context = _frame(held, built) | {
            "figure": found,
            "chart": _drawn(found),
            "endings": queries.endings_of(found),
            "trail": [TRAIL, (built.report.title, built.base)],
        }
        return render(request, "profiles/figure.html", context)

    log = consulted(part_of(kind, f"figure:{figure_id}"))
    return opened(request, place, audience, log=log, show=show, make=make)


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
    request: HttpRequest,
    place: str,
    audience: Audience,
    figure_id: str,
    ending: str,
    kind: Kind = "profile",
) -> HttpResponse:
    """Send one figure's table as CSV or JSON, or its chart as SVG or PNG."""
    make = making(kind, audience)

    def show(held: Place) -> HttpResponse:
        built = make(held)
        found = _figure_or_404(built.report, figure_id)
        return file_of(found, built.report, ending)

    log = taken(part_of(kind, f"figure:{figure_id}.{ending}"))
    return opened(request, place, audience, log=log, show=show, make=make)


def file_of(figure: Figure, report: Report, ending: str) -> HttpResponse:
    """Return a figure's table or picture as a file, named by its marking first."""
    if ending not in queries.endings_of(figure):
        raise Http404
    try:
        content = queries.FIGURE_FILES[ending](figure, report)
    except InvalidInput as refusal:
        # What draws a picture may not be installed with the service.
        raise Http404(str(refusal)) from None
    name = file_name(report, what=figure.id, ending=ending)
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Marking": report.marking,
    }
    return HttpResponse(content, content_type=CONTENT_TYPES[ending], headers=headers)


def _figure_or_404(report: Report, figure_id: str) -> Figure:
    found = figure_of(report, figure_id)
    if found is None:
        raise Http404
    return found


FORMS = {
    "pdf": "PDF, to read and print",
    "docx": "Word, to edit",
    "xlsx": "Excel, every table",
    "html": "HTML, one file that works offline",
    "json": "JSON, for programs",
}
CONTENT_TYPES = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
