"""Reading studies, who decides on them, and what waits for a person."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from nhpf_web.organisations import queries as organisations
from nhpf_web.organisations.queries import Visitor
from nhpf_web.organisations.rules import OWNER_SLUG, Kind, Right
from nhpf_web.what_works.models import Study
from nhpf_web.what_works.rules.studies import (
    DECIDED,
    STUDY_MOVES,
    StudyAct,
    StudyState,
    check_may_decide,
)


def deciding_for(user: Visitor) -> QuerySet[Any]:
    """Return the bodies for which a user decides: the framework's owner and the College."""
    held = organisations.organisations_where(user, Right.DECIDE_STUDY)
    return held.filter(Q(slug=OWNER_SLUG) | Q(kind=Kind.COLLEGE))


def is_decider(user: Visitor) -> bool:
    """Whether a user decides on studies at all."""
    return deciding_for(user).exists()


def studies_visible_to(user: Visitor) -> QuerySet[Study]:
    """Return the studies that a user may read.

    Everybody reads what was decided, with its reasons; what is only put forward is read by the
    people of the organisation that did so, by who did it, and by those who decide.
    """
    held = Study.objects.select_related("synthesis", "organisation")
    if is_decider(user):
        return held
    allowed = Q(state__in=DECIDED)
    if user.is_authenticated:
        allowed |= Q(organisation__in=organisations.visible_to(user)) | Q(put_forward_by=user)
    return held.filter(allowed)


def check_decides(user: Visitor, study: Study) -> None:
    """Refuse where a user may not decide on a study.

    Raises
    ------
    NotPermitted
    """
    check_may_decide(
        is_decider=is_decider(user),
        is_own=study.put_forward_by_id == user.pk,
        has_interest=study.interests.filter(pk__in=organisations.visible_to(user)).exists(),
    )


def free_to_decide(user: Visitor) -> QuerySet[Study]:
    """Return the studies on which a user may decide, decided ones too."""
    if not user.is_authenticated or not is_decider(user):
        return Study.objects.none()
    interested = Study.objects.filter(interests__in=organisations.visible_to(user))
    held = Study.objects.select_related("synthesis", "organisation")
    return held.exclude(put_forward_by=user).exclude(pk__in=interested.values("pk"))


def acts_on_study(user: Visitor, study: Study) -> tuple[StudyAct, ...]:
    """Return what a user may do to a study now."""
    if not free_to_decide(user).filter(pk=study.pk).exists():
        return ()
    return tuple(STUDY_MOVES[StudyState(study.state)])


def waiting_for(user: Visitor) -> QuerySet[Study]:
    """Return the studies that wait for this user's decision, the oldest first."""
    return free_to_decide(user).filter(state=StudyState.PUT_FORWARD)


def put_forward_by_own(user: Visitor) -> QuerySet[Study]:
    """Return the studies of a user's organisations that nobody has decided on."""
    own = studies_visible_to(user).filter(organisation__in=organisations.visible_to(user))
    return own.filter(state=StudyState.PUT_FORWARD)
