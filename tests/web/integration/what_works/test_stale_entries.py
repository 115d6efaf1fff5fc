"""What is stale says so, comes last in lists and in the search, and asks its owners."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from nhpf_web.audit.models import Entry
from nhpf_web.organisations.actions import notify
from nhpf_web.organisations.models import Organisation
from nhpf_web.organisations.rules import NoticeKind
from nhpf_web.what_works import actions, queries
from nhpf_web.what_works.models import Remark, Version
from nhpf_web.what_works.rules import LONGEST_WAIT, State

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.web.integration.what_works.conftest import Stage

    from nhpf_web.organisations.models import User

EXAMPLE = "Example: what a published practice looks like"


@pytest.fixture
def two(stage: Stage) -> Stage:
    """Publish North Police's practice after the demonstration's."""
    # The demonstration has a university of this name too.
    Organisation.objects.filter(slug="study").update(name="University of the play")
    for command in ("demonstration", "example_practices"):
        call_command(command, stdout=StringIO())
    stage.to(State.PUBLISHED)
    return stage


def titles() -> list[str]:
    return [version.title for version in queries.published()]


def ask_long_ago(stage: Stage, *, days: int) -> None:
    """Have a question asked some days before ``LONGEST_WAIT`` is over, or after."""
    practice = stage.version.practice
    actions.ask(practice, organisation="south", text="How many staff?", by=stage.adopter)
    Remark.objects.update(made_at=timezone.now() - LONGEST_WAIT - timedelta(days=days))


def test_a_review_that_is_overdue_puts_a_practice_last(two: Stage, client: Client) -> None:
    assert titles() == [two.version.title, EXAMPLE]
    Version.objects.filter(pk=two.version.pk).update(
        review_due=timezone.localdate() - timedelta(days=1)
    )
    assert titles() == [EXAMPLE, two.version.title]
    assert queries.staleness(queries.published()[1]) == "Its review is overdue"
    assert "Review overdue" in client.get("/what-works/practices/").text


def test_a_question_that_waits_too_long_puts_a_practice_last_until_it_is_answered(
    two: Stage, client: Client
) -> None:
    ask_long_ago(two, days=-1)
    assert titles() == [two.version.title, EXAMPLE]
    ask_long_ago(two, days=1)
    assert titles() == [EXAMPLE, two.version.title]
    assert queries.staleness(queries.published()[1]) == "A question waits for an answer"
    assert "A question waits" in client.get("/what-works/practices/").text
    found = client.get("/search/", {"kind": "practice"}).context["found"]
    assert [one["title"] for one in found] == [EXAMPLE, two.version.title]
    assert found[1]["notice"] == "A question waits for an answer"
    for remark in Remark.objects.all():
        actions.answer(remark, text="Two", by=two.writer)
    assert titles() == [two.version.title, EXAMPLE]


def test_the_owner_confirms_with_one_press_and_the_log_keeps_the_role(
    stage: Stage, as_user: Callable[[User], Client]
) -> None:
    stage.to(State.REVIEW_DUE)
    browser = as_user(stage.lead)
    page = browser.get("/what-works/practices/mine/").text
    address = f"/what-works/{stage.version.practice.permanent_id}/do/confirm-at-review/"
    assert f'action="{address}"' in page
    assert browser.post(address).status_code == 302
    assert stage.fresh().standing == State.PUBLISHED
    entry = Entry.objects.filter(reason__startswith="Confirmed").get()
    assert (entry.who, entry.reason) == ("leo", "Confirmed at review by lead")
    assert f'action="{address}"' not in browser.get("/what-works/practices/mine/").text
    assert as_user(stage.adopter).post(address).status_code == 403, "not another force's"


def test_the_owner_begins_a_new_version_with_one_press(
    stage: Stage, as_user: Callable[[User], Client]
) -> None:
    stage.to(State.REVIEW_DUE)
    page = as_user(stage.writer).get("/what-works/practices/mine/").text
    address = f"/what-works/{stage.version.practice.permanent_id}/do/begin-a-new-version/"
    assert f'action="{address}"' in page
    assert as_user(stage.writer).post(address).status_code == 302
    assert stage.version.practice.versions.count() == 2
    assert stage.fresh().standing == State.REVIEW_DUE


def test_what_is_new_stands_on_ones_work_page(
    stage: Stage, as_user: Callable[[User], Client]
) -> None:
    notify([stage.lead], NoticeKind.TO_DO, "Something waits.", address="/what-works/")
    page = as_user(stage.lead).get("/what-works/practices/mine/").text
    assert "Something waits." in page
    assert "Something waits." not in as_user(stage.writer).get("/what-works/practices/mine/").text


def test_an_entry_is_overdue_the_day_after_its_review_was_due() -> None:
    held = queries.edition().entry("ar-knife")
    today = timezone.localdate()
    assert not queries.is_overdue(replace(held, review_due=today))
    late = replace(held, review_due=today - timedelta(days=1))
    assert queries.is_overdue(late)
    assert queries.overdue_last([late, held]) == (held, late)


def test_entries_past_their_review_say_so_and_sink_in_the_search(
    db: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = client.get("/search/", {"q": "knife crime"}).context["found"]
    assert not any(one["notice"] for one in before if one["key"].startswith(("ar-", "iv-")))
    # Between the two days on which the edition's entries fall due.
    monkeypatch.setattr(timezone, "localdate", lambda: date(2028, 9, 1))
    late = {one.id for one in queries.edition().entries.values() if queries.is_overdue(one)}
    assert 0 < len(late) < len(queries.edition().entries)
    kind = queries.edition().entry(sorted(late)[0]).kind
    found = client.get("/search/", {"kind": kind}).context["found"]
    assert {one["notice"] for one in found if one["key"] in late} == {"Its review is overdue"}
    page = client.get(f"/what-works/{sorted(late)[0]}/").text
    assert "It may no longer hold." in page


def test_a_source_without_an_address_says_so_in_the_search(db: None, client: Client) -> None:
    sources = queries.edition().sources.values()
    bare = next(one for one in sources if not one.url)
    found = client.get("/search/", {"q": f'"{bare.title}"', "kind": "source"}).context["found"]
    assert found[0]["notice"] == "No address to check it at"
