"""The register, and one assessment."""

from __future__ import annotations

from typing import Any

from django.forms import fields_for_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nhpf_web.equality import queries
from nhpf_web.equality.models import Assessment
from nhpf_web.equality.rules import Status, parts_of, stands
from nhpf_web.organisations.queries import Visitor, may, organisations_where
from nhpf_web.organisations.rules import Right

REGISTER = [("Equality impact assessments", "/equality/")]


def visitor(request: HttpRequest) -> Visitor:
    """Return who asks."""
    return request.user


def find(request: HttpRequest, reference: str) -> Assessment:
    """Return an assessment that this visitor may see; to others it does not exist."""
    return get_object_or_404(queries.visible_to(visitor(request)), reference=reference)


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """List every assessment that the visitor may see."""
    today = timezone.localdate()
    rows = [
        (held, stands(held.status, review_due=held.review_due, today=today))
        for held in queries.visible_to(visitor(request))
    ]
    can_draft = organisations_where(visitor(request), Right.DRAFT_ASSESSMENT).exists()
    return render(request, "equality/register.html", {"rows": rows, "can_draft": can_draft})


@require_safe
def assessment(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one assessment with what this visitor may do next."""
    held = find(request, reference)
    return render(request, "equality/assessment.html", _shown(request, held))


def _shown(request: HttpRequest, held: Assessment) -> dict[str, Any]:
    slug = held.organisation.slug
    is_draft = held.status == Status.DRAFT
    can_draft = may(visitor(request), Right.DRAFT_ASSESSMENT, organisation=slug)
    return {
        "assessment": held,
        "trail": REGISTER,
        "parts": [
            (part, [_answer(held, name) for name in part.fields])
            for part in parts_of(is_screen=held.is_screen)
        ],
        "effects": held.effects.all(),
        "mitigations": held.mitigations.all(),
        "missing": queries.missing_parts(held) if is_draft else (),
        "stands": stands(held.status, review_due=held.review_due, today=timezone.localdate()),
        "can_change": is_draft and can_draft,
        "can_sign": is_draft and may(visitor(request), Right.SIGN_ASSESSMENT, organisation=slug),
        "can_reopen": not is_draft and can_draft,
    }


def _answer(held: Assessment, name: str) -> tuple[str, str, Any]:
    """Return a field's name, its label and its value as a reader sees it."""
    shown = getattr(held, f"get_{name}_display", None)
    value = shown() if shown else getattr(held, name)
    label = str(fields_for_model(Assessment, [name])[name].label)
    return name, label, value
