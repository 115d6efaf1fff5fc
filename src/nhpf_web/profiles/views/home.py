"""The home page: purpose, a way to one's area, one real figure for each question."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

from nhpf.framework import Entry
from nhpf_web.profiles import queries
from nhpf_web.what_works import queries as what_works
from nhpf_web.what_works.rules import (
    KIND_NAMES,
    KIND_PATHS,
)

# The strategy reviews its cycle every 18 to 24 months.
FIRST_REVIEW_MONTHS = 18


@require_safe
@gzip_page
@conditional_page
def home(request: HttpRequest) -> HttpResponse:
    """Show what the service is for and where to begin."""
    context = {
        "places": queries.places(),
        "nation": queries.nation(),
        "national": queries.national_count(),
        "framework": what_works.edition(),
        "evidence": _evidence(),
        "due": _due(),
        "held": _held(),
    }
    return render(request, "profiles/home.html", context)


def _evidence() -> dict[str, int]:
    interventions = what_works.edition().of_kind("intervention")
    rated = [one.evidence for one in interventions if one.evidence]
    # Strong evidence of harm is no evidence for: what is well known is told apart by its bearing.
    known = [one for one in rated if one.strength in ("strong", "moderate")]
    helping = sum(one.bearing == "helps" for one in known)
    limited = sum(one.strength == "limited" for one in rated)
    return {
        "count": len(interventions),
        "helping": helping,
        "not_helping": len(known) - helping,
        "limited": limited,
        "unknown": len(interventions) - len(known) - limited,
    }


def _due() -> dict[str, Any]:
    """Return the next reviews of entries: the first date, and what falls due by then."""
    today = timezone.localdate()
    entries = what_works.edition().entries.values()
    first = min(one.review_due for one in entries)
    due: list[Entry] = [one for one in entries if one.review_due <= max(first, today)]
    return {
        "date": first,
        "count": len(due),
        "is_overdue": first < today,
        "example": due[0],
        "cycle": _months_after(what_works.edition().published, FIRST_REVIEW_MONTHS),
    }


def _months_after(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, min(day.day, 28))


def _held() -> list[dict[str, Any]]:
    return [
        {"words": names[1].lower(), "path": KIND_PATHS[kind], "count": len(entries)}
        for kind, names in KIND_NAMES.items()
        if (entries := what_works.edition().of_kind(kind))
    ]
