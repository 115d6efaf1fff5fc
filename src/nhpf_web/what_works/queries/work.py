"""What waits for a person: drafts, ratings, replies, questions, reviews."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from nhpf_web.organisations import queries as organisations
from nhpf_web.organisations.queries import Account, Visitor
from nhpf_web.organisations.rules import Right
from nhpf_web.what_works.models import Objection, Rating, Remark, Study, Version
from nhpf_web.what_works.queries.assessing import to_rate
from nhpf_web.what_works.queries.practices import published, readable, visible_to
from nhpf_web.what_works.queries.studies import put_forward_by_own, waiting_for
from nhpf_web.what_works.rules import OPEN, State


@dataclass(frozen=True, slots=True)
class Work:
    """A person's own work with practices; each list is empty where the person has no part in it."""

    own: Sequence[Version]
    to_rate: Sequence[Rating]
    to_edit: Sequence[Version]
    objections: Sequence[Objection]
    to_review: Sequence[Version]
    to_answer: Sequence[Remark]
    followed: Sequence[Version]
    studies_to_decide: Sequence[Study]
    studies_put_forward: Sequence[Study]


def work_of(user: Account) -> Work:
    """Return what waits for a user."""
    described = organisations.organisations_where(user, Right.DESCRIBE_PRACTICE)
    own = visible_to(user).filter(practice__organisation__in=described)
    is_editor = organisations.is_framework_editor(user)
    waiting = visible_to(user).filter(
        state__in=(
            State.SUBMITTED, State.IN_ASSESSMENT, State.THIRD_ASSESSOR, State.EQUALITY_SIGNED,
        )
    )  # fmt: skip
    late = Q(state=State.PUBLISHED, review_due__lt=timezone.localdate())
    return Work(
        own=list(own.filter(state__in=OPEN)),
        to_rate=list(to_rate(user)),
        to_edit=list(waiting.exclude(practice__organisation__in=organisations.visible_to(user)))
        if is_editor
        else [],
        objections=list(_objections(user)) if is_editor else [],
        to_review=list(own.filter(late)),
        to_answer=list(
            Remark.objects.filter(answered_at__isnull=True, practice__organisation__in=described)
            .select_related("practice", "organisation")
            .order_by("answer_due")
        ),
        followed=list(published().filter(practice__follows__user=user)),
        studies_to_decide=list(waiting_for(user)),
        studies_put_forward=list(put_forward_by_own(user)),
    )


def _objections(user: Account) -> QuerySet[Objection]:
    unanswered = Objection.objects.filter(replied_at__isnull=True, version__in=visible_to(user))
    return unanswered.select_related("version__practice").order_by("reply_due")


def unanswered_by(day: date) -> QuerySet[Remark]:
    """Return the questions and comments whose answer was due before a day."""
    late = Remark.objects.filter(answered_at__isnull=True, answer_due__lt=day)
    return late.select_related("practice__organisation", "organisation")


def remarks_visible_to(user: Visitor) -> QuerySet[Remark]:
    """Return questions and comments on what a user may read; the owner's people read them all."""
    own = Q(practice__organisation__in=organisations.visible_to(user))
    shown = Q(practice__versions__in=readable().filter(state=State.PUBLISHED))
    return Remark.objects.filter(own | shown).select_related("organisation", "practice").distinct()
