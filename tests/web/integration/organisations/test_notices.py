"""Notices: written with the act, read by one person, marked as read, sent by e-mail if asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from nhpf.errors import InvalidInput, NotPermitted
from nhpf_web.organisations import queries
from nhpf_web.organisations.actions import choose_email, mark_read, notify
from nhpf_web.organisations.models import Notice, Organisation, User
from nhpf_web.organisations.rules import NoticeKind, Right, Role

Person = Callable[..., User]
Browser = Callable[[User], Client]
PAGE = "/what-works/practices/"


def told(user: User) -> list[str]:
    """Return what a person has not read."""
    return [one.text for one in queries.unread_of(user)]


def test_people_are_told_but_not_whoever_acted(person: Person) -> None:
    ann, ben = person("ann", Role.LEAD), person("ben", Role.CONTRIBUTOR)
    count = notify([ann, ben], NoticeKind.FOLLOWED, "“X” changed.", address=PAGE, but=ann)
    assert (count, told(ann), told(ben)) == (1, [], ["“X” changed."])


def test_nobody_is_told_the_same_twice_until_it_is_read(person: Person) -> None:
    ann = person("ann", Role.LEAD)
    for _ in range(2):
        notify([ann, ann], NoticeKind.FOLLOWED, "“X” changed.", address=PAGE)
    assert told(ann) == ["“X” changed."]
    assert mark_read(ann, queries.unread_of(ann)) == 1
    notify([ann], NoticeKind.FOLLOWED, "“X” changed.", address=PAGE)
    assert told(ann) == ["“X” changed."]
    assert queries.notices_of(ann).count() == 2


def test_what_a_date_brings_about_is_said_once_even_when_read(person: Person) -> None:
    ann = person("ann", Role.LEAD)
    for _ in range(2):
        notify([ann], NoticeKind.REVIEW_DUE, "Review of “X” was due by 1 May.", address=PAGE)
        mark_read(ann, queries.unread_of(ann))
    assert queries.notices_of(ann).count() == 1


def test_a_notice_is_gone_with_the_act_that_failed(person: Person) -> None:
    ann = person("ann", Role.LEAD)

    @transaction.atomic
    def act() -> None:
        notify([ann], NoticeKind.ANSWER, "Answered.", address=PAGE)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        act()
    assert not told(ann)


@pytest.mark.parametrize(
    ("text", "address"),
    [("", PAGE), ("  ", PAGE), ("x" * 251, PAGE), ("x", "https://elsewhere.example/"),
     ("x", "//elsewhere.example/"), ("x", "relative/"), ("x", "/" + "x" * 300)],
)  # fmt: skip
def test_a_notice_says_something_and_leads_to_our_own_pages(
    person: Person, text: str, address: str
) -> None:
    with pytest.raises(InvalidInput):
        notify([person("ann")], NoticeKind.TO_DO, text, address=address)
    assert not Notice.objects.exists()


def test_nobody_reads_or_marks_anothers_notices(person: Person, other_force: Organisation) -> None:
    ann, eve = person("ann", Role.LEAD), person("eve", Role.ADMINISTRATOR, at=other_force)
    notify([ann], NoticeKind.ANSWER, "Answered.", address=PAGE)
    assert not told(eve)
    assert mark_read(eve, Notice.objects.all()) == 0
    assert told(ann) == ["Answered."]


def test_the_people_who_may_are_found_in_their_own_organisation(
    person: Person, other_force: Organisation
) -> None:
    ann, ben = person("ann", Role.LEAD), person("ben", Role.READER)
    person("eve", Role.LEAD, at=other_force)
    gone = person("gone", Role.LEAD)
    gone.is_active = False
    gone.save()
    found = queries.people_who_may(Right.DESCRIBE_PRACTICE, organisation="north")
    assert list(found) == [ann]
    assert list(queries.people_of("north")) == [ann, ben]


def test_an_account_without_an_address_gets_no_e_mail(person: Person) -> None:
    ann = person("ann", Role.LEAD)
    choose_email(ann, address="ann@police.example")
    assert (ann.email, ann.is_emailed) == ("ann@police.example", True)
    choose_email(ann, address="")
    assert (ann.email, ann.is_emailed) == ("", False)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=ann.pk).update(is_emailed=True)
    with pytest.raises(NotPermitted):
        choose_email(person("stranger"), address="s@police.example")
