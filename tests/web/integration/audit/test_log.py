"""The log is only added to, whoever asks; an auditor reads it and that is logged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client

from nhpf.errors import NotPermitted
from nhpf_web.audit import queries
from nhpf_web.audit.actions import record
from nhpf_web.audit.models import Entry
from nhpf_web.audit.rules import Verb
from nhpf_web.organisations.models import Organisation, User
from nhpf_web.organisations.rules import Role

Person = Callable[..., User]
Browser = Callable[[User], Client]


@pytest.fixture
def entry(db: None) -> Entry:
    record(Verb.CONSULTATION, "assessment:one", who="ann", organisation="north", reason="Asked")
    return Entry.objects.get(subject="assessment:one")


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: entry.save(),
        lambda entry: entry.delete(),
        lambda entry: Entry.objects.update(who="eve"),
        lambda entry: Entry.objects.all().delete(),
        lambda entry: Entry.objects.bulk_update([entry], ["who"]),
    ],
)
def test_the_model_refuses_change(entry: Entry, change: Callable[[Entry], Any]) -> None:
    with pytest.raises(NotPermitted, match="only added to"):
        change(entry)
    assert Entry.objects.get(pk=entry.pk).who == "ann"


STATEMENTS = ["UPDATE audit_entry SET who = 'eve'", "DELETE FROM audit_entry"]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_database_refuses_change(entry: Entry, statement: str) -> None:
    refused = pytest.raises(DatabaseError, match="only added to")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Entry.objects.get(pk=entry.pk).who == "ann"


def test_postgresql_refuses_to_empty_the_log(entry: Entry) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE; the run on PostgreSQL tries it.")
    refused = pytest.raises(DatabaseError, match="only added to")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE audit_entry CASCADE")


@pytest.mark.parametrize("wrong", [{"verb": "reading"}, {"who": ""}, {"organisation": ""}])
def test_the_database_refuses_an_entry_that_could_not_be_used(
    db: None, wrong: dict[str, str]
) -> None:
    whole = {"verb": "erasure", "who": "ann", "organisation": "north", "subject": "membership:x"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.create(**whole | wrong)


def test_only_an_auditor_of_the_organisation_reads_its_log(
    entry: Entry, person: Person, other_force: Organisation
) -> None:
    auditor, elsewhere = person("ada", Role.AUDITOR), person("eve", Role.AUDITOR, at=other_force)
    assert entry in queries.visible_to(auditor)
    assert entry not in queries.visible_to(elsewhere)
    everything_else = [role for role in Role if role != Role.AUDITOR]
    assert not queries.visible_to(person("ben", *everything_else)).exists()
    assert not queries.visible_to(AnonymousUser()).exists()


def test_reading_the_log_is_an_entry(entry: Entry, person: Person, as_user: Browser) -> None:
    page = as_user(person("ada", Role.AUDITOR)).get("/audit/")
    assert "assessment:one" in page.text
    latest = Entry.objects.first()
    assert latest is not None
    assert (latest.verb, latest.who, latest.subject) == ("consultation", "ada", "log:north")


def test_the_log_is_no_page_for_others(entry: Entry, person: Person, as_user: Browser) -> None:
    ben = person("ben", Role.ADMINISTRATOR)
    before = Entry.objects.count()
    assert as_user(ben).get("/audit/").status_code == 403
    assert Client().get("/audit/").status_code == 302
    assert Entry.objects.count() == before


def test_the_filter_narrows_and_keeps_its_words(
    entry: Entry, person: Person, as_user: Browser
) -> None:
    client = as_user(person("ada", Role.AUDITOR))
    page = client.get("/audit/", {"verb": "consultation", "subject": "one", "who": "AN"})
    assert "1 entry, newest first" in page.text
    assert 'value="one"' in page.text
    assert "No entry matches" in client.get("/audit/", {"who": "nobody"}).text
    assert client.get("/audit/", {"verb": "reading"}).status_code == 200


def test_many_entries_come_in_pages(person: Person, as_user: Browser) -> None:
    client = as_user(person("ada", Role.AUDITOR))
    for number in range(60):
        record(Verb.ALTERATION, f"thing:{number}", who="ann", organisation="north")
    page = client.get("/audit/", {"verb": "alteration"})
    assert "Page 1 of 2" in page.text
    assert "?verb=alteration&amp;page=2" in page.text
