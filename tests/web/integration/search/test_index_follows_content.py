"""The index follows what is published and withdrawn, in this process and in another."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from nhpf_web.equality.models import Assessment
from nhpf_web.organisations.actions import make_demonstration
from nhpf_web.search import queries
from nhpf_web.search.models import Change
from nhpf_web.search.queries import Contribution, contributions
from nhpf_web.search.rules import Document
from nhpf_web.what_works import queries as practices
from nhpf_web.what_works.actions.demonstration import make_demonstration_practices
from nhpf_web.what_works.actions.example_studies import make_example_syntheses
from nhpf_web.what_works.actions.research.demonstration import make_demonstration_research
from nhpf_web.what_works.models import Version
from nhpf_web.what_works.rules import State

pytestmark = pytest.mark.django_db


@dataclass
class Notes:
    """Content of another app, as the search sees it: a version and the documents."""

    held: dict[str, Document] = field(default_factory=dict)
    changes: int = 0
    readings: int = 0

    def put(self, key: str, title: str) -> None:
        self.held[key] = Document(
            key, "note", title, f"/notes/{key}/", tags=(("strength", "strong"),)
        )
        self.changes += 1

    def withdraw(self, key: str) -> None:
        del self.held[key]
        self.changes += 1

    def documents(self) -> list[Document]:
        self.readings += 1
        return list(self.held.values())


@pytest.fixture
def notes(monkeypatch: pytest.MonkeyPatch) -> Iterator[Notes]:
    kept = Notes()
    rows = Contribution(
        {"note": ("Note", "Notes")}, lambda: kept.changes, kept.documents, lambda key: {"Key": key}
    )
    monkeypatch.setattr(contributions, "CONTRIBUTIONS", (*contributions.CONTRIBUTIONS, rows))
    yield kept
    monkeypatch.undo()
    queries.index()


def test_what_is_published_is_found_and_what_is_withdrawn_is_not(
    client: Client, notes: Notes
) -> None:
    assert client.get("/search/", {"q": "quokkas"}).context["count"] == 0
    notes.put("n-1", "A quokka in the street")
    page = client.get("/search/", {"q": "quokkas"})
    assert [one["address"] for one in page.context["found"]] == ["/notes/n-1/"]
    assert client.get("/search/", {"q": "quoka"}).context["answered"] == "quokka"
    assert client.get("/search/", {"q": "quokka", "strength": "strong"}).context["count"] == 1
    assert client.get("/search/compare/", {"id": ["n-1", "ar-knife"]}).context["columns"]
    notes.withdraw("n-1")
    gone = client.get("/search/", {"q": "quokkas"})
    assert gone.context["count"] == 0
    assert "quokka" not in gone.context["near"]


def test_without_a_change_nothing_is_read_again(notes: Notes) -> None:
    notes.put("n-1", "A quokka")
    first = queries.index()
    assert queries.index() is first
    assert notes.readings == 1


def test_threads_that_search_at_once_make_the_index_once(
    notes: Notes, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Without what is in the database, to which every thread would have a connection of its own.
    monkeypatch.setattr(contributions, "CONTRIBUTIONS", contributions.CONTRIBUTIONS[-1:])
    notes.put("n-1", "A quokka")
    made: list[object] = []
    threads = [threading.Thread(target=lambda: made.append(queries.index())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(one) for one in made}) == 1
    assert notes.readings == 1


def test_every_document_has_an_address_and_a_kind_with_words() -> None:
    documents = queries.index().documents
    assert len(documents) > 300
    assert all(one.address.startswith("/") for one in documents)
    assert {one.kind for one in documents} <= set(queries.kind_names())
    keys = [one.key for one in documents]
    assert len(keys) == len(set(keys))


def published_practice() -> Version:
    """Have the demonstration's people write, assess, sign and publish a practice."""
    make_demonstration()
    make_demonstration_practices()
    return practices.published().get()


def test_a_practice_is_found_while_it_is_published_and_no_longer(client: Client) -> None:
    assert client.get("/search/", {"kind": "practice"}).context["count"] == 0
    version = published_practice()
    found = client.get("/search/", {"q": version.title}).context["found"][0]
    assert found["key"] == version.practice.permanent_id
    assert client.get(found["address"]).status_code == 200
    only = {"kind": "practice", "area": "ar-knife"}
    assert client.get("/search/", only).context["count"] == 1
    page = client.get("/search/compare/", {"id": [found["key"], "ar-knife"]})
    assert [column["key"] for column in page.context["columns"]] == [found["key"], "ar-knife"]
    assert dict(page.context["rows"])["In short"][0] == version.answers["summary"]

    version.review_due = timezone.localdate() - timedelta(days=1)
    version.save()
    late = client.get("/search/", {"q": version.title}).context["found"][0]
    assert late["notice"] == "Its review is overdue"
    version.state = State.WITHDRAWN
    version.save()
    assert client.get("/search/", {"kind": "practice"}).context["count"] == 0


def test_drafts_and_what_assessors_hold_are_nowhere_in_the_index() -> None:
    published_practice()
    closed = Version.objects.exclude(state=State.PUBLISHED)
    assert closed.count() == 2
    index = queries.index()
    assert not {one.title for one in closed} & {one.title for one in index.documents}


def test_a_practice_whose_equality_assessment_lapses_is_not_found(client: Client) -> None:
    version = published_practice()
    assert client.get("/search/", {"kind": "practice"}).context["count"] == 1
    held = Assessment.objects.get(subject_kind="practice", subject_id=version.label)
    held.review_due = timezone.localdate() - timedelta(days=1)
    held.save()
    assert client.get("/search/", {"kind": "practice"}).context["count"] == 0


def test_without_a_mark_the_practices_are_not_looked_at(
    django_assert_num_queries: Callable[[int], AbstractContextManager[Any]],
) -> None:
    published_practice()
    queries.index()
    # One for the marks of practices, one for those of syntheses and research.
    with django_assert_num_queries(2):
        queries.index()


def test_work_on_a_draft_leaves_no_mark_and_what_is_published_or_signed_does() -> None:
    version = published_practice()
    before = Change.objects.count()
    assert before > 0
    Version.objects.get(state=State.DRAFT).save()
    assert Change.objects.count() == before
    version.save()
    Assessment.objects.get(subject_kind="practice").save()
    assert Change.objects.count() == before + 2


def test_what_was_rolled_back_is_not_found(client: Client) -> None:
    version = published_practice()
    with transaction.atomic():
        version.title = "Quokkas on patrol"
        version.save()
        assert client.get("/search/", {"q": "quokkas"}).context["count"] == 1
        transaction.set_rollback(True)
    assert client.get("/search/", {"q": "quokkas"}).context["count"] == 0


def test_a_live_synthesis_and_a_public_question_are_found_once_they_stand(client: Client) -> None:
    assert client.get("/search/", {"kind": "synthesis"}).context["count"] == 0
    make_demonstration()
    make_example_syntheses()
    make_demonstration_research()
    found = client.get("/search/", {"q": "hot spots synthetic", "kind": "synthesis"})
    assert found.context["count"] > 0
    assert "Made up, to show how it works" in found.content.decode()
    assert client.get("/search/", {"kind": "research"}).context["count"] > 0
