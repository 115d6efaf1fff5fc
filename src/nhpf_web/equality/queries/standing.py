"""Whether a subject may be published: only under an assessment that stands today."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from nhpf_web.equality.models import Assessment
from nhpf_web.equality.queries.subjects import digest_now
from nhpf_web.equality.rules import FIXED, Standing, Status, has_changed, standing_of


def signed_in_time() -> QuerySet[Assessment]:
    """Return the assessments that are signed and whose review is not overdue."""
    return Assessment.objects.filter(
        status=Status.SIGNED, review_due__gte=timezone.localdate()
    ).select_related("signed_by", "author")


def is_changed(assessment: Assessment, *, digest: str = "") -> bool:
    """Whether the subject is another than the one signed for.

    ``digest`` is that of the content to be published, where it is not the newest.
    """
    if not assessment.signed_for:
        return False
    now = digest or digest_now(assessment.subject_kind, assessment.subject_id)
    return has_changed(assessment.signed_for, now)


def standing(assessment: Assessment) -> Standing:
    """Return what an assessment is worth today."""
    may_change = assessment.status == Status.SIGNED and assessment.subject_kind not in FIXED
    return standing_of(
        assessment.status,
        review_due=assessment.review_due,
        today=timezone.localdate(),
        is_changed=may_change and is_changed(assessment),
    )


def is_published(about: str) -> bool:
    """Whether a subject may be shown: an assessment of it is signed, in time, and of what it says.

    Parameters
    ----------
    about : str
        Kind and id with a hyphen between them, as the framework writes them: "edition-2026".
    """
    return assessment_of(about) is not None


def assessment_of(about: str, *, organisation: str = "", digest: str = "") -> Assessment | None:
    """Return the assessment under which a subject is published, or None where it is not.

    ``organisation`` is the slug of the only one whose assessment counts, where only one's does;
    ``digest`` that of the content to be published, where it is not the newest.
    """
    kind, _, identity = about.partition("-")
    held = signed_in_time().filter(subject_kind=kind, subject_id=identity)
    if organisation:
        held = held.filter(organisation__slug=organisation)
    newest = held.order_by("-signed_at")
    return next((one for one in newest if not is_changed(one, digest=digest)), None)


def assessment_covering(about: str, wider: str, *, digest: str = "") -> Assessment | None:
    """Return the assessment that covers a part: its own once it had one signed, else the whole's.

    A part that was changed since its own was signed is not covered by that of the whole.
    """
    kind, _, identity = about.partition("-")
    own = Assessment.objects.filter(subject_kind=kind, subject_id=identity).exclude(signed_for="")
    return assessment_of(about, digest=digest) if own.exists() else assessment_of(wider)


def standing_for(kind: str) -> QuerySet[Assessment]:
    """Return the assessments of one kind that are signed and in time, to compose reads with.

    For the kinds whose subjects never change once they are assessed; others ask one by one.
    """
    return signed_in_time().filter(subject_kind=kind)


def published_references() -> frozenset[str]:
    """Return the references of the assessments that count today, for pages of many figures.

    Those of practices are left out: there may be thousands, and no figure waits for one.
    """
    held = signed_in_time().exclude(subject_kind__in=FIXED)
    return frozenset(one.reference for one in held if not is_changed(one))


def signed_for_demonstration() -> frozenset[str]:
    """Return those of the references that no real person has signed."""
    held = signed_in_time().filter(signed_by__is_demonstration=True)
    return frozenset(held.values_list("reference", flat=True))
