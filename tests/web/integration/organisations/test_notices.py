"""Notices: written with the act, read by one person, marked as read, sent by e-mail if asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client

from nhpf.errors import InvalidInput, NotPermitted
from nhpf_web.organisations import queries
from nhpf_web.organisations.actions import choose_email, mark_read, notify, send_digests
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
    [("", PAGE), ("  ", PAGE), ("x" * 401, PAGE), ("x", "https://elsewhere.example/"),
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


NOTICES = "/organisations/notices/"


def test_the_page_shows_ones_own_and_marks_them_as_read(
    person: Person, as_user: Browser, other_force: Organisation
) -> None:
    ann, eve = person("ann", Role.LEAD), person("eve", Role.LEAD, at=other_force)
    notify([ann], NoticeKind.ANSWER, "Your question is answered.", address=PAGE)
    notify([ann], NoticeKind.FOLLOWED, "“X” changed.", address=PAGE)
    browser = as_user(ann)
    page = browser.get(NOTICES).content.decode()
    assert "“X” changed." in page
    assert "Notices (2" in page
    assert "“X” changed." not in as_user(eve).get(NOTICES).content.decode()
    one = queries.unread_of(ann)[0]
    as_user(eve).post(NOTICES, {"notice": one.pk})
    assert len(told(ann)) == 2
    browser.post(NOTICES, {"notice": one.pk})
    assert len(told(ann)) == 1
    browser.post(NOTICES, {"all": "1"})
    assert not told(ann)
    assert "Nothing new" in browser.get(NOTICES).content.decode()


@pytest.mark.parametrize("given", [{}, {"notice": "x"}, {"notice": "9" * 30}, {"notice": "²"}])
def test_a_form_that_names_no_notice_marks_none(
    person: Person, as_user: Browser, given: dict[str, str]
) -> None:
    ann = person("ann", Role.LEAD)
    notify([ann], NoticeKind.ANSWER, "Answered.", address=PAGE)
    assert as_user(ann).post(NOTICES, given).status_code == 302
    assert told(ann) == ["Answered."]


def test_who_has_not_signed_in_is_asked_to(client: Client, db: None) -> None:
    assert client.get(NOTICES).url.startswith("/accounts/login/")  # type: ignore[attr-defined]
    assert client.get(NOTICES + "by-e-mail/").status_code == 302


def test_e_mail_is_asked_for_on_a_page(person: Person, as_user: Browser) -> None:
    ann = person("ann", Role.LEAD)
    browser = as_user(ann)
    wrong = browser.post(NOTICES + "by-e-mail/", {"address": "no address"})
    assert "Enter an e-mail address" in wrong.content.decode()
    browser.post(NOTICES + "by-e-mail/", {"address": "ann@police.example"})
    ann.refresh_from_db()
    assert ann.is_emailed
    assert "ann@police.example" in browser.get(NOTICES).content.decode()
    browser.post(NOTICES + "by-e-mail/", {"address": ""})
    ann.refresh_from_db()
    assert not ann.is_emailed


def test_a_digest_holds_titles_and_addresses_and_goes_once(person: Person) -> None:
    ann, ben = person("ann", Role.LEAD), person("ben", Role.LEAD)
    choose_email(ann, address="ann@police.example")
    notify([ann, ben], NoticeKind.FOLLOWED, "“X” changed.", address=PAGE)
    notify([ann], NoticeKind.ANSWER, "Your question is answered.", address=PAGE)
    assert send_digests() == (1, 0)
    (message,) = mail.outbox
    assert message.to == ["ann@police.example"]
    assert message.subject == "National Homicide Prevention Framework: 2 notices"
    lines = [line for line in str(message.body).splitlines() if line]
    assert lines[:2] == ["“X” changed.", f"http://127.0.0.1:8000{PAGE}"]
    assert lines[2] == "Your question is answered."
    assert len(lines) == 5, "two titles, two addresses and how to stop it"
    assert send_digests() == (0, 0), "what was sent is not sent again"


def test_what_was_read_is_not_sent(person: Person) -> None:
    ann = person("ann", Role.LEAD)
    choose_email(ann, address="ann@police.example")
    notify([ann], NoticeKind.ANSWER, "Answered.", address=PAGE)
    mark_read(ann, queries.unread_of(ann))
    assert send_digests() == (0, 0)


def test_a_message_that_cannot_be_handed_over_goes_the_next_time(
    person: Person, settings: Any
) -> None:
    ann = person("ann", Role.LEAD)
    choose_email(ann, address="ann@police.example")
    notify([ann], NoticeKind.ANSWER, "Answered.", address=PAGE)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there
    assert send_digests() == (0, 1)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_digests() == (1, 0)


def test_no_e_mail_leaves_where_none_is_set_up(person: Person, settings: Any) -> None:
    settings.NHPF_SENDS_EMAIL = False
    with pytest.raises(NotPermitted):
        send_digests()
