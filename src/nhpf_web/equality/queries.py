"""Reading assessments, and whether a subject may be published."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone

from nhpf_web.equality.models import Assessment
from nhpf_web.equality.rules import Status, unanswered
from nhpf_web.organisations import queries as organisations
from nhpf_web.organisations.queries import Visitor

# The name by which other apps speak of one; the model stays this app’s own.
EqualityAssessment = Assessment


def visible_to(user: Visitor) -> QuerySet[Assessment]:
    """Return the signed assessments and, to an organisation's people, its drafts."""
    own = Q(organisation__in=organisations.visible_to(user))
    return Assessment.objects.filter(Q(status=Status.SIGNED) | own).select_related(
        "organisation", "author", "signed_by"
    )


def _standing() -> QuerySet[Assessment]:
    """Return the assessments that count today: signed, with the review not overdue."""
    return Assessment.objects.filter(
        status=Status.SIGNED, review_due__gte=timezone.localdate()
    ).select_related("signed_by", "author")


def is_published(about: str) -> bool:
    """Whether a subject may be shown: some assessment of it is signed and not overdue.

    Parameters
    ----------
    about : str
        Kind and id with a hyphen between them, as the framework writes them: "edition-2026".
    """
    return assessment_of(about) is not None


def assessment_of(about: str, *, organisation: str = "") -> Assessment | None:
    """Return the assessment under which a subject is published, or None where it is not.

    ``organisation`` is the slug of the only one whose assessment counts, where only one's does.
    """
    kind, _, identity = about.partition("-")
    held = _standing().filter(subject_kind=kind, subject_id=identity)
    if organisation:
        held = held.filter(organisation__slug=organisation)
    return held.order_by("-signed_at").first()


def standing_for(kind: str) -> QuerySet[Assessment]:
    """Return the assessments of one kind of subject that count today, to compose reads with."""
    return _standing().filter(subject_kind=kind)


def about(kind: str, identity: str, *, user: Visitor) -> QuerySet[Assessment]:
    """Return the assessments of one subject that a user may see, the newest first."""
    held = visible_to(user).filter(subject_kind=kind, subject_id=identity)
    return held.order_by("-pk")


def published_references() -> frozenset[str]:
    """Return the references of all assessments that count today, for pages of many figures."""
    return frozenset(_standing().values_list("reference", flat=True))


def signed_for_demonstration() -> frozenset[str]:
    """Return those of the published references that no real person has signed."""
    held = _standing().filter(signed_by__is_demonstration=True)
    return frozenset(held.values_list("reference", flat=True))


def missing_parts(assessment: Assessment) -> tuple[str, ...]:
    """Return what an assessment still needs before somebody can sign it."""
    effects = list(assessment.effects.all())
    answers = {field.name: getattr(assessment, field.name) for field in Assessment._meta.fields}
    is_worse = any(effect.effect == "-" for effect in effects)
    return unanswered(
        answers,
        effects=[effect.characteristic for effect in effects if effect.rationale.strip()],
        is_mitigated=not is_worse or assessment.mitigations.exists(),
        is_screen=assessment.is_screen,
    )
