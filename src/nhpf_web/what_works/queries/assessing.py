"""Reading assessments of practices without breaking the blind."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from nhpf_web.organisations import queries as organisations
from nhpf_web.organisations.queries import Account, Visitor
from nhpf_web.what_works.models import Rating, Version
from nhpf_web.what_works.rules import BLIND, Opinion


def ratings_visible_to(user: Visitor, version: Version) -> QuerySet[Rating]:
    """Return the ratings of a version that a user may read.

    While anybody's is still to come an assessor reads their own, and nobody else reads any.
    Afterwards they are read by the owner's people, the assessors and the editors.
    """
    given = version.ratings.filter(rated_at__isnull=False)
    if not user.is_authenticated or not _is_concerned(user, version):
        return given.none()
    return given.filter(assessor=user) if version.state in BLIND else given


def _is_concerned(user: Account, version: Version) -> bool:
    is_asked = version.ratings.filter(assessor=user, declined_at__isnull=True).exists()
    is_owner = organisations.visible_to(user).filter(pk=version.practice.organisation_id).exists()
    return is_asked or is_owner or organisations.is_framework_editor(user)


def progress(version: Version) -> tuple[int, int]:
    """Return how many assessors are asked and how many have answered, and nothing of what."""
    asked = version.ratings.filter(declined_at__isnull=True)
    return asked.count(), asked.filter(rated_at__isnull=False).count()


def opinions(version: Version) -> list[Opinion]:
    """Return what the assessors found, for the rules that settle it."""
    given = version.ratings.filter(rated_at__isnull=False)
    return [Opinion(one.finding, bool(one.is_fit)) for one in given]


def to_rate(user: Account) -> QuerySet[Rating]:
    """Return what a user is asked to rate and has not, the first due first."""
    waiting = Rating.objects.filter(
        assessor=user, rated_at__isnull=True, declined_at__isnull=True, version__state__in=BLIND
    )
    return waiting.select_related("version__practice").order_by("due")


def possible_assessors(version: Version) -> QuerySet[Account]:
    """Return who could be asked: assessors elsewhere who wrote none of it, not asked before."""
    outside = organisations.assessors_outside(version.practice.organisation.slug)
    asked = version.ratings.values("assessor")
    return outside.exclude(Q(pk__in=asked) | Q(pk__in=version.writers.values("pk")))
