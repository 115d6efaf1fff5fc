"""The register of mitigations, and those of an organisation that are overdue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from nhpf_web.equality.models import Mitigation
from nhpf_web.equality.queries.reading import visible_to
from nhpf_web.equality.rules import Progress, shown_state
from nhpf_web.organisations import queries as organisations
from nhpf_web.organisations.queries import Visitor


def mitigations_visible_to(user: Visitor) -> QuerySet[Mitigation]:
    """Return the mitigations of the assessments that a user may see, the next due first."""
    return Mitigation.objects.filter(assessment__in=visible_to(user)).select_related(
        "assessment__organisation"
    )


def mitigations(user: Visitor, asked: Mapping[str, str]) -> QuerySet[Mitigation]:
    """Return those that match what was asked.

    Parameters
    ----------
    asked : mapping
        ``q`` words of what will be done or of who answers, ``state``, ``organisation`` by slug.
    """
    held = mitigations_visible_to(user)
    for word in asked.get("q", "").split():
        held = held.filter(Q(action__icontains=word) | Q(owner__icontains=word))
    if organisation := asked.get("organisation"):
        held = held.filter(assessment__organisation__slug=organisation)
    match asked.get("state"):
        case "overdue":
            return held.filter(_overdue())
        case "open":
            return held.filter(progress=Progress.OPEN).exclude(_overdue())
        case "done" | "dropped" as settled:
            return held.filter(progress=settled)
    return held


def overdue_for(user: Visitor) -> QuerySet[Mitigation]:
    """Return the overdue mitigations of a person's own organisations."""
    own = organisations.visible_to(user)
    held = mitigations_visible_to(user).filter(assessment__organisation__in=own)
    return held.filter(_overdue())


def _overdue() -> Q:
    return Q(progress=Progress.OPEN, due__lt=timezone.localdate())


def state_of(mitigation: Mitigation) -> str:
    """Return the state as a reader sees it today."""
    return shown_state(mitigation.progress, due=mitigation.due, today=timezone.localdate())


def mitigation_row(mitigation: Mitigation) -> dict[str, Any]:
    """Return a mitigation as plain values for a file."""
    held = mitigation.assessment
    settled = mitigation.settled_on
    return {
        "assessment": held.reference,
        "assessment_title": held.title,
        "organisation": held.organisation.name,
        "action": mitigation.action,
        "owner": mitigation.owner,
        "due": mitigation.due.isoformat(),
        "state": state_of(mitigation),
        "said": mitigation.said or None,
        "settled_on": settled.isoformat() if settled else None,
    }
