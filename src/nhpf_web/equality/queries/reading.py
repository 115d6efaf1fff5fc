"""Reading assessments: only through ``visible_to``."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from nhpf_web.equality.models import Assessment
from nhpf_web.equality.rules import Progress, Status, unanswered
from nhpf_web.organisations import queries as organisations
from nhpf_web.organisations.queries import Visitor


def visible_to(user: Visitor) -> QuerySet[Assessment]:
    """Return the signed assessments and, to an organisation's people, its drafts."""
    own = Q(organisation__in=organisations.visible_to(user))
    return Assessment.objects.filter(Q(status=Status.SIGNED) | own).select_related(
        "organisation", "author", "signed_by"
    )


def about(kind: str, identity: str, *, user: Visitor) -> QuerySet[Assessment]:
    """Return the assessments of one subject that a user may see, the newest first."""
    held = visible_to(user).filter(subject_kind=kind, subject_id=identity)
    return held.order_by("-pk")


def has_worse_effect(assessment: Assessment) -> bool:
    """Whether some group is worse off."""
    return assessment.effects.filter(effect="-").exists()


def missing_parts(assessment: Assessment) -> tuple[str, ...]:
    """Return what an assessment still needs before somebody can sign it."""
    effects = list(assessment.effects.all())
    answers = {field.name: getattr(assessment, field.name) for field in Assessment._meta.fields}
    is_worse = any(effect.effect == "-" for effect in effects)
    mitigations = assessment.mitigations.exclude(progress=Progress.DROPPED)
    return unanswered(
        answers,
        effects=[effect.characteristic for effect in effects if effect.rationale.strip()],
        is_mitigated=not is_worse or mitigations.exists(),
        is_screen=assessment.is_screen,
    )
