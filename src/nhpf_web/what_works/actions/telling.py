"""Who is told of what happens to a practice, in the transaction of whoever acts."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from nhpf_web.organisations import queries as organisations
from nhpf_web.organisations.actions import notify
from nhpf_web.organisations.queries import Account
from nhpf_web.organisations.rules import OWNER_SLUG, NoticeKind, Right
from nhpf_web.what_works import queries
from nhpf_web.what_works.models import Remark, Version


def _page(version: Version) -> str:
    """Return the address at which readers find the practice."""
    return reverse("what_works:practice", args=[version.practice.permanent_id])


def _version_page(version: Version) -> str:
    return reverse("what_works:version", args=[version.practice.permanent_id, version.number])


def tell_owner(version: Version, kind: NoticeKind, what: str, *, by: Account | None = None) -> None:
    """Tell those who describe practices in the practice's organisation."""
    people = organisations.people_who_may(
        Right.DESCRIBE_PRACTICE, organisation=version.practice.organisation.slug
    )
    notify(people, kind, f"“{version.title}”: {what}", address=_version_page(version), but=by)


def tell_followers(version: Version, what: str, *, by: Account) -> None:
    """Tell those who follow the practice."""
    people = [one.user for one in version.practice.follows.select_related("user")]
    text = f"“{version.title}”: {what}"
    notify(people, NoticeKind.FOLLOWED, text, address=_page(version), but=by)


def tell_editors(version: Version, what: str, *, by: Account) -> None:
    """Tell the framework's editors who have no interest in the practice."""
    editors = organisations.people_who_may(Right.PUBLISH_PRACTICE, organisation=OWNER_SLUG)
    people = [one for one in editors if not queries.has_interest(one, version)]
    text = f"“{version.title}”: {what}"
    notify(people, NoticeKind.TO_DO, text, address=_version_page(version), but=by)


def tell_assessor(version: Version, assessor: Account, *, due: date) -> None:
    """Tell a person who is asked to assess."""
    text = f"“{version.title}”: you are asked to assess it by {_day(due)}."
    notify([assessor], NoticeKind.TO_ASSESS, text, address=_version_page(version))


def tell_of_remark(remark: Remark, version: Version) -> None:
    """Tell the practice's desk that somebody asked or commented."""
    what = "commented" if remark.is_comment else "asked a question"
    people = organisations.people_who_may(
        Right.DESCRIBE_PRACTICE, organisation=remark.practice.organisation.slug
    )
    text = (
        f"“{version.title}”: {remark.organisation} {what}. "
        f"An answer is due by {_day(remark.answer_due)}."
    )
    address = _answer_page(remark)
    notify(people, NoticeKind.QUESTION, text, address=address, but=remark.made_by)


def tell_of_answer(remark: Remark, version: Version) -> None:
    """Tell whoever asked that there is an answer."""
    what = "comment" if remark.is_comment else "question"
    text = f"“{version.title}”: your {what} of {_day(remark.made_at.date())} is answered."
    notify(
        [remark.made_by], NoticeKind.ANSWER, text, address=f"{_page(version)}#questions",
        but=remark.answered_by,
    )  # fmt: skip


def _answer_page(remark: Remark) -> str:
    return reverse("what_works:answer", args=[remark.practice.permanent_id, remark.pk])


@transaction.atomic
def tell_what_is_due() -> int:
    """Tell owners of reviews and answers whose date has passed, each once; return how many."""
    today = timezone.localdate()
    late = queries.published().filter(review_due__lt=today)
    for version in late:
        due = version.review_due or today
        what = f"its review was due by {_day(due)}. Does it still hold?"
        tell_owner(version, NoticeKind.REVIEW_DUE, what)
    unanswered = queries.unanswered_by(today)
    for remark in unanswered:
        _tell_of_late_answer(remark)
    return len(late) + len(unanswered)


def _tell_of_late_answer(remark: Remark) -> None:
    what = "comment" if remark.is_comment else "question"
    people = organisations.people_who_may(
        Right.DESCRIBE_PRACTICE, organisation=remark.practice.organisation.slug
    )
    text = f"The answer to a {what} of {remark.organisation} was due by {_day(remark.answer_due)}."
    notify(people, NoticeKind.REPLY_DUE, text, address=_answer_page(remark))


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"
