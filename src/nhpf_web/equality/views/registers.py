"""The registers of assessments and of mitigations, filtered, on a page and as files."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nhpf_web.equality import queries
from nhpf_web.equality.forms import MitigationFilter, RegisterFilter
from nhpf_web.equality.rules import STANDING_WORDS, STATE_WORDS
from nhpf_web.equality.rules.files import as_csv, as_json
from nhpf_web.equality.views.reading import REGISTER, visitor
from nhpf_web.organisations.queries import organisations_where
from nhpf_web.organisations.rules import Right

ON_A_PAGE = 50
ASSESSMENT_COLUMNS = (
    "reference", "title", "kind", "subject", "organisation", "owner", "screen", "state", "outcome",
    "signed_by", "signed_for_demonstration", "signed_on", "review_due", "better", "worse",
)  # fmt: skip
MITIGATION_COLUMNS = (
    "assessment", "assessment_title", "organisation", "action", "owner", "due", "state", "said",
    "settled_on",
)  # fmt: skip


def _register_filter(request: HttpRequest) -> RegisterFilter:
    own = queries.organisations_in_register(visitor(request))
    return RegisterFilter(request.GET, organisations=own)


def _mitigation_filter(request: HttpRequest) -> MitigationFilter:
    own = queries.organisations_in_register(visitor(request))
    return MitigationFilter(request.GET, organisations=own)


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """List the assessments that the visitor may see and asked for."""
    form = _register_filter(request)
    asked = form.asked()
    rows = queries.register(visitor(request), asked)
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "asked": asked,
        "matched": len(rows),
        "page": page,
        "rows": [(row, STANDING_WORDS[row.standing]) for row in page],
        "can_draft": organisations_where(visitor(request), Right.DRAFT_ASSESSMENT).exists(),
        "query": request.GET.urlencode(),
    }
    return render(request, "equality/register.html", context)


@require_safe
def register_file(request: HttpRequest, ending: str) -> HttpResponse:
    """Send the assessments that the visitor may see and asked for."""
    rows = queries.register(visitor(request), _register_filter(request).asked())
    made = [row.to_dict() for row in rows]
    return _file(made, "equality-impact-assessments", ending, columns=ASSESSMENT_COLUMNS)


@require_safe
def mitigations(request: HttpRequest) -> HttpResponse:
    """List the mitigations that the visitor may see and asked for."""
    form = _mitigation_filter(request)
    asked = form.asked()
    held = queries.mitigations(visitor(request), asked)
    page = Paginator(held, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "asked": asked,
        "page": page,
        "rows": [(one, queries.state_of(one), STATE_WORDS[queries.state_of(one)]) for one in page],
        "query": request.GET.urlencode(),
        "trail": REGISTER,
    }
    return render(request, "equality/mitigations.html", context)


@require_safe
def mitigations_file(request: HttpRequest, ending: str) -> HttpResponse:
    """Send the mitigations that the visitor may see and asked for."""
    held = queries.mitigations(visitor(request), _mitigation_filter(request).asked())
    made = [queries.mitigation_row(one) for one in held]
    return _file(made, "equality-mitigations", ending, columns=MITIGATION_COLUMNS)


def _file(
    rows: list[dict[str, Any]], name: str, ending: str, *, columns: tuple[str, ...]
) -> HttpResponse:
    match ending:
        case "csv":
            text, kind = as_csv(rows, columns=columns), "text/csv; charset=utf-8"
        case "json":
            text, kind = as_json(rows), "application/json"
        case _:
            raise Http404
    day = timezone.localdate().isoformat()
    headers = {"Content-Disposition": f'attachment; filename="{name}_{day}.{ending}"'}
    return HttpResponse(text, content_type=kind, headers=headers)
