"""Reading practices: only through ``visible_to``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When
from django.utils import timezone

from nhpf.framework import Entry
from nhpf_web.equality import queries as equality
from nhpf_web.equality.queries import EqualityAssessment
from nhpf_web.organisations import queries as organisations
from nhpf_web.organisations.queries import Visitor
from nhpf_web.organisations.rules import Right
from nhpf_web.what_works.models import Practice, Rating, Remark, Version
from nhpf_web.what_works.queries.entries import edition
from nhpf_web.what_works.rules import (
    FINDINGS,
    LEVEL_WORDS,
    LONGEST_WAIT,
    OWN_OPTIONS,
    Act,
    Party,
    State,
    acts_open_to,
)

# The name by which other apps speak of one; the model stays this app’s own.
PracticeVersion = Version
SUBJECT = "practice"
READ = (State.PUBLISHED, State.SUPERSEDED)
FRAMEWORK_KINDS = ("theme", "area", "toolkit", "intervention")
PERMANENT_ID = re.compile(r"pr-(\d+)(-[a-z0-9-]+)?")


@cache
def options() -> Mapping[str, Mapping[str, str]]:
    """Return every vocabulary that an answer may be of: values with their words."""
    framework = {
        kind: {entry.id: entry.title for entry in edition().of_kind(kind)}
        for kind in FRAMEWORK_KINDS
    }
    findings = {finding.code: finding.words for finding in FINDINGS}
    return {**OWN_OPTIONS, **framework, "prevention": LEVEL_WORDS, "finding": findings}


def readable() -> QuerySet[Version]:
    """Return what everybody may read: published, under an equality assessment that stands today.

    Only an assessment of the practice's own organisation counts: another's signature would
    otherwise open what this one has not signed.
    """
    signed = equality.standing_for(SUBJECT).filter(
        subject_id=OuterRef("label"), organisation=OuterRef("practice__organisation")
    )
    return Version.objects.filter(Exists(signed), state__in=READ, published_at__isnull=False)


def visible_to(user: Visitor) -> QuerySet[Version]:
    """Return the versions that a user may read.

    Everybody reads what is published; an organisation's people its own; an assessor what they were
    asked to assess; an editor what was submitted.
    """
    allowed = Q(pk__in=readable().values("pk"))
    if user.is_authenticated:
        asked = Rating.objects.filter(assessor=user, declined_at__isnull=True)
        allowed |= Q(practice__organisation__in=organisations.visible_to(user))
        allowed |= Q(pk__in=asked.values("version"))
        if organisations.is_framework_editor(user):
            allowed |= Q(submitted_at__isnull=False) & ~Q(state=State.DRAFT)
    return Version.objects.filter(allowed).select_related("practice__organisation")


def published() -> QuerySet[Version]:
    """Return the version of each practice that readers find, the newest first, stale ones last.

    Stale is what is past its review, or lets a question wait longer than ``LONGEST_WAIT``.
    """
    waiting = Remark.objects.filter(
        practice=OuterRef("practice"),
        answered_at__isnull=True,
        made_at__lt=timezone.now() - LONGEST_WAIT,
    )
    held = readable().filter(state=State.PUBLISHED).select_related("practice__organisation")
    is_late = Q(review_due__lt=timezone.localdate()) | Q(has_waiting=True)
    return held.annotate(has_waiting=Exists(waiting)).order_by(
        Case(When(is_late, then=1), default=0), "-published_at"
    )


def staleness(version: Version) -> str:
    """Say why a version that ``published`` gave is stale; nothing where it is not."""
    if version.standing == State.REVIEW_DUE:
        return "Its review is overdue"
    if getattr(version, "has_waiting", False):
        return "A question waits for an answer"
    return ""


def practice_with(permanent_id: str) -> Practice | None:
    """Return the practice of an id; its number alone finds it, whatever the words after it."""
    found = PERMANENT_ID.fullmatch(permanent_id)
    number = int(found.group(1)) if found and len(found.group(1)) < 9 else 0
    return Practice.objects.filter(number=number).select_related("organisation").first()


def version_to_show(practice: Practice, user: Visitor) -> Version | None:
    """Return the version that a user sees at a practice's address: published, else the newest."""
    held = visible_to(user).filter(practice=practice)
    return held.filter(state=State.PUBLISHED).first() or held.order_by("-number").first()


def was_published(practice: Practice) -> Version | None:
    """Return the last version that readers could once see, for the page that says what became."""
    held = practice.versions.filter(published_at__isnull=False)
    return held.order_by("-number").first()


def parties_of(user: Visitor, version: Version) -> frozenset[Party]:
    """Return in which parts a user may act on a version; of one's own never as its judge."""
    if not user.is_authenticated:
        return frozenset()
    owner = version.practice.organisation
    found = set()
    if organisations.may(user, Right.DESCRIBE_PRACTICE, organisation=owner.slug):
        found.add(Party.OWNER)
    if has_interest(user, version):
        return frozenset(found)
    if _is_asked(user, version):
        found.add(Party.ASSESSOR)
    if organisations.is_framework_editor(user):
        found.add(Party.EDITOR)
    return frozenset(found)


def _is_asked(user: organisations.Account, version: Version) -> bool:
    """Whether a user's rating is awaited and the user still assesses anywhere."""
    waiting = version.ratings.filter(
        assessor=user, rated_at__isnull=True, declined_at__isnull=True
    ).exists()
    outside = organisations.assessors_outside(version.practice.organisation.slug)
    return waiting and outside.filter(pk=user.pk).exists()


def signed_assessment(version: Version) -> EqualityAssessment | None:
    """Return the equality assessment, or the screen, that lets a version be read today."""
    owner = version.practice.organisation.slug
    return equality.assessment_of(f"{SUBJECT}-{version.label}", organisation=owner)


def has_interest(user: organisations.Account, version: Version) -> bool:
    """Whether a user belongs to the practice's organisation or wrote any of it."""
    is_inside = organisations.visible_to(user).filter(pk=version.practice.organisation_id).exists()
    return is_inside or version.writers.filter(pk=user.pk).exists()


def acts_of(user: Visitor, version: Version) -> tuple[Act, ...]:
    """Return what a user may do to a version now."""
    return acts_open_to(version.standing, parties_of(user, version))


def practices_of(entry: Entry) -> QuerySet[Version]:
    """Return the published versions that name an entry of the framework; none for other kinds."""
    return tagged(entry.kind, entry.id) if entry.kind in FRAMEWORK_KINDS else Version.objects.none()


def tagged(vocabulary: str, value: str) -> QuerySet[Version]:
    """Return the published versions with a tag: the practices of an area of focus, say."""
    return published().filter(tags__vocabulary=vocabulary, tags__value=value)
