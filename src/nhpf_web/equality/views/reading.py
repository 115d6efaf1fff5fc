"""One assessment, and what has none yet."""

from __future__ import annotations

from typing import Any

from django.forms import fields_for_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from nhpf_web.equality import queries
from nhpf_web.equality.models import Assessment, Mitigation
from nhpf_web.equality.queries.subjects import find_thing
from nhpf_web.equality.rules import (
    ADDED,
    CHARACTERISTICS,
    DEED_NEEDS,
    DEED_WORDS,
    FURTHER,
    MOVES,
    NEEDS,
    STATE_WORDS,
    STATES,
    Act,
    Progress,
    Standing,
    Status,
    parts_of,
)
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
def without(request: HttpRequest) -> HttpResponse:
    """List what has no assessment of its own that stands."""
    can_draft = organisations_where(visitor(request), Right.DRAFT_ASSESSMENT).exists()
    context = {"kinds": list(queries.without()), "can_draft": can_draft, "trail": REGISTER}
    return render(request, "equality/without.html", context)


@require_safe
def assessment(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one assessment with what this visitor may do next."""
    held = find(request, reference)
    return render(request, "equality/assessment.html", shown(request, held))


def acts_open_to(user: Visitor, held: Assessment) -> frozenset[Act]:
    """Return what a visitor's roles and the state allow; who wrote it is asked at the signature."""
    slug = held.organisation.slug
    allowed = STATES[Status(held.status)]
    return frozenset(act for act in allowed if may(user, NEEDS[act], organisation=slug))


def shown(request: HttpRequest, held: Assessment) -> dict[str, Any]:
    """Return everything of an assessment that its page or its check shows."""
    user = visitor(request)
    acts = acts_open_to(user, held)
    standing = queries.standing(held)
    is_own = may(user, NEEDS[Act.CHANGE], organisation=held.organisation.slug)
    parts = parts_of(is_screen=held.is_screen)
    return {
        "assessment": held,
        "trail": REGISTER,
        "thing": find_thing(held.subject_kind, held.subject_id),
        "parts": [(part, [_answer(held, name) for name in part.fields]) for part in parts],
        "effects": _effects(held, CHARACTERISTICS),
        "further": _effects(held, FURTHER),
        "figures": queries.figures_to_show(held, is_own=is_own),
        "mitigations": [_mitigation(user, one) for one in held.mitigations.all()],
        "missing": queries.missing_parts(held) if held.status == Status.DRAFT else (),
        "is_of_first_form": not held.is_screen and not all(getattr(held, n) for n in ADDED),
        "standing": standing,
        "stands": standing == Standing.CURRENT,
        "can_change": Act.CHANGE in acts,
        "can_ask": Act.ASK in acts,
        "can_sign": Act.SIGN in acts,
        "can_reopen": Act.REOPEN in acts,
    }


def _effects(held: Assessment, groups: tuple[str, ...]) -> list[tuple[str, Any]]:
    known = {one.characteristic: one for one in held.effects.all()}
    return [(name[0].upper() + name[1:], known.get(name)) for name in groups]


def _mitigation(user: Visitor, one: Mitigation) -> dict[str, Any]:
    slug = one.assessment.organisation.slug
    state = queries.state_of(one)
    deeds = MOVES[Progress(one.progress)]
    return {
        "held": one,
        "state": state,
        "state_words": STATE_WORDS[state],
        "deeds": [
            (deed.value, DEED_WORDS[deed][0])
            for deed in deeds
            if may(user, DEED_NEEDS[deed], organisation=slug)
        ],
    }


def _answer(held: Assessment, name: str) -> tuple[str, str, Any]:
    """Return a field's name, its label and its value as a reader sees it."""
    as_read = getattr(held, f"get_{name}_display", None)
    value = as_read() if as_read else getattr(held, name)
    label = str(fields_for_model(Assessment, [name])[name].label)
    return name, label, value
