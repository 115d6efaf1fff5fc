"""Signals on the site: lists, one by one, findings of an organisation, feed, e-mail, backtest."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, transaction
from django.test import Client

from nhpf.errors import NotPermitted
from nhpf_web.audit.models import Entry
from nhpf_web.organisations.models import Organisation, User
from nhpf_web.organisations.rules import HOLDERS, Right, Role
from nhpf_web.profiles import actions
from nhpf_web.profiles.models import KeptBacktest, LookedAt, SignalDigest
from nhpf_web.profiles.queries.places import place_with_code
from nhpf_web.profiles.queries.signals import (
    FoundSignal,
    bulletins_of,
    shipped_backtest,
    signal_with,
)
from nhpf_web.profiles.rules.signals import FINDINGS, Finding, Look

pytestmark = pytest.mark.django_db
Person = Callable[..., User]
Browser = Callable[[User], Client]
HERE = "/what-happens/signals/"
MET = "E23000001"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def found() -> FoundSignal:
    met = place_with_code(MET)
    assert met
    first = next(each for month in bulletins_of(met) for each in month.signals)
    held = signal_with(first.id)
    assert held
    return held


def address(held: FoundSignal) -> str:
    return f"{HERE}{held.signal.id}/"


def said(look: Look, **values: str) -> dict[str, str]:
    return {"organisation": "north", "look": look, "found": "A batch of late records"} | values


def test_the_lists_lead_to_each_signal_and_say_what_is_held_back(
    client: Client, found: FoundSignal
) -> None:
    page = client.get(HERE).text
    assert f'href="{address(found)}"' in page
    assert "Above their limit and held back" in page
    assert "watched; with these counts a rise of" in page
    own = client.get(f"{found.place.address}signals/")
    assert own.status_code == 200
    assert client.get("/what-happens/").text.count(HERE) >= 1


def test_a_place_has_one_address_and_an_unknown_one_none(client: Client) -> None:
    moved = client.get("/what-happens/E09000012/signals/")
    assert moved["Location"] == "/what-happens/E09000012-hackney/signals/"
    assert client.get("/what-happens/E99999999/signals/").status_code == 404
    assert client.get(f"{HERE}e09000012-nothing-2020-01-cusum/").status_code == 404
    assert client.get(f"{HERE}nothing/").status_code == 404


def test_a_place_without_series_says_so_and_what_to_do(client: Client) -> None:
    page = client.get("/what-happens/E23000032-kent/signals/").text
    assert "Nothing can be watched here" in page
    assert "can import its own records" in page


def test_a_signal_has_chart_table_checks_and_source(client: Client, found: FoundSignal) -> None:
    page = client.get(address(found)).text
    assert "<svg" in page
    assert "<table" in page
    for check in found.signal.checks:
        assert check.question in page
    assert f"Release {found.signal.provenance[0].release}" in page
    assert "What an organisation finds is its own" in page


WHO = [(role, here) for role in Role for here in (True, False)]


@pytest.mark.parametrize(("role", "here"), WHO)
def test_every_look_of_every_state_by_every_role(
    found: FoundSignal, force: Organisation, other_force: Organisation, person: Person,
    role: Role, here: bool,
) -> None:  # fmt: skip
    somebody = person("sam", role, at=force if here else other_force)
    writer = person("ann", Role.ANALYST)
    for finding in Finding:
        for look in Look:
            LookedAt.objects.all().delete()
            if finding is not Finding.NEW:
                LookedAt.objects.create(
                    organisation=force, signal=found.signal.id, finding=finding, found="x",
                    problem="y", looked_by=writer, looked_on="2026-01-01", release="r",
                )  # fmt: skip
            before = Entry.objects.count()

            def act(look: Look = look) -> LookedAt:
                return actions.say_found(
                    found.signal, look, organisation=force, found="Seen", problem="Knives",
                    release="r", by=somebody,
                )  # fmt: skip

            if here and role in HOLDERS[Right.LOOK_AT_SIGNAL] and look in FINDINGS[finding]:
                assert act().finding == FINDINGS[finding][look]
                assert Entry.objects.count() == before + 1
            else:
                with pytest.raises(NotPermitted):
                    act()
                assert Entry.objects.count() == before


def test_a_finding_is_its_organisations_own(
    found: FoundSignal, person: Person, other_force: Organisation, as_user: Browser, client: Client
) -> None:
    ours = as_user(person("ann", Role.ANALYST))
    theirs = as_user(person("eve", Role.LEAD, at=other_force))
    form = ours.get(f"{address(found)}look/")
    assert "What was looked at" in form.text
    gone = ours.post(f"{address(found)}look/", said(Look.EXPLAIN))
    assert gone["Location"] == address(found)
    page = ours.get(address(found)).text
    assert "A batch of late records" in page
    assert "ann (analyst, North Police)" in page
    assert "explained by recording" in ours.get(HERE).text
    for other in (theirs, client):
        for path in (HERE, address(found)):
            assert "batch of late" not in other.get(path).text
            assert "North Police" not in other.get(path).text


def test_what_is_wrong_in_the_form_is_said_and_nothing_is_lost(
    found: FoundSignal, person: Person, as_user: Browser
) -> None:
    ours = as_user(person("ann", Role.LEAD))
    empty = ours.post(f"{address(found)}look/", {"organisation": "north"})
    assert "Choose what it is." in empty.text
    without = ours.post(f"{address(found)}look/", said(Look.HAND_ON))
    assert "Name the problem" in without.text
    assert "A batch of late records" in without.text
    assert not LookedAt.objects.exists()
    elsewhere = ours.post(f"{address(found)}look/", said(Look.EXPLAIN, organisation="south"))
    assert "There is a problem" in elsewhere.text
    ours.post(f"{address(found)}look/", said(Look.CALL_CHANCE))
    assert "Look at it again" in ours.get(f"{address(found)}look/").text


def test_readers_and_strangers_say_nothing(
    found: FoundSignal, person: Person, as_user: Browser, client: Client
) -> None:
    assert client.get(f"{address(found)}look/").status_code == 302
    assert as_user(person("rob", Role.READER)).get(f"{address(found)}look/").status_code == 403


def test_the_database_holds_what_the_rules_say(
    found: FoundSignal, force: Organisation, person: Person
) -> None:
    row: dict[str, Any] = {
        "organisation": force, "signal": "s", "found": "x", "looked_by": person("ann"),
        "looked_on": "2026-01-01", "release": "r",
    }  # fmt: skip
    for wrong in ({"finding": "odd"}, {"finding": Finding.REAL, "problem": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            LookedAt.objects.create(**row, **wrong)
    LookedAt.objects.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic():
        LookedAt.objects.create(**row)


def test_the_feed_holds_public_signals_with_permanent_ids(
    client: Client, found: FoundSignal
) -> None:
    for path in (f"{HERE.rstrip('/')}.atom", f"{found.place.address}signals.atom"):
        answer = client.get(path)
        assert answer["Content-Type"].startswith("application/atom+xml")
        entries = ET.fromstring(answer.content).findall(f"{ATOM}entry")
        ids = [each.findtext(f"{ATOM}id") for each in entries]
        assert len(set(ids)) == len(ids)
        assert all(str(each).startswith("urn:nhpf:signal:e") for each in ids)
    assert client.get("/what-happens/E99999999/signals.atom").status_code == 404


@pytest.fixture
def sending(settings: Any) -> None:
    settings.NHPF_SENDS_EMAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def opted_in(person: Person, force: Organisation, as_user: Browser) -> Client:
    force.area_code = MET
    force.save()
    lead = person("lea", Role.LEAD)
    User.objects.filter(pk=lead.pk).update(email="lea@example.org", is_emailed=True)
    browser = as_user(lead)
    answer = browser.post(f"{HERE}by-e-mail/", {"organisation": "north", "wanted": "on"})
    assert answer.status_code == 302
    return browser


@pytest.mark.usefixtures("sending")
def test_a_month_is_sent_once_to_those_who_asked(
    person: Person, force: Organisation, other_force: Organisation, as_user: Browser
) -> None:
    browser = opted_in(person, force, as_user)
    assert "North Police" in browser.get(f"{HERE}by-e-mail/").text
    User.objects.filter(pk=person("eve", Role.LEAD, at=other_force).pk).update(
        email="eve@example.org", is_emailed=True
    )
    call_command("send_signals")
    assert [each.to for each in mail.outbox] == [["lea@example.org"]]
    assert "series were watched" in mail.outbox[0].body
    assert "/what-happens/signals/by-e-mail/" in mail.outbox[0].body
    call_command("send_signals")
    assert len(mail.outbox) == 1
    browser.post(f"{HERE}by-e-mail/", {"organisation": "north"})
    assert not SignalDigest.objects.exists()
    assert Entry.objects.filter(subject="signals-by-email:north").count() == 2


@pytest.mark.usefixtures("sending")
def test_what_the_mail_server_refuses_goes_the_next_time(
    person: Person, force: Organisation, as_user: Browser, settings: Any
) -> None:
    opted_in(person, force, as_user)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(CommandError, match="they go next"):
        call_command("send_signals")
    assert SignalDigest.objects.get().sent_month is None


def test_without_outgoing_mail_nothing_is_sent(settings: Any) -> None:
    settings.NHPF_SENDS_EMAIL = False
    with pytest.raises(CommandError, match="sends no e-mail"):
        call_command("send_signals")


def test_readers_choose_nothing_for_their_organisation(
    person: Person, force: Organisation, as_user: Browser
) -> None:
    reader = person("rob", Role.READER)
    assert as_user(reader).get(f"{HERE}by-e-mail/").status_code == 403
    with pytest.raises(NotPermitted):
        actions.choose_digest(force, wanted=True, by=reader)


def test_the_backtest_page_shows_the_shipped_and_then_the_newest(client: Client) -> None:
    page = client.get(f"{HERE}backtest/").text
    assert "this installation has run none yet" in page
    assert "Two sigma chart" in page
    assert "Homicide, a force with all its local authorities" in page
    result = shipped_backtest()["result"]
    KeptBacktest.objects.create(release="r", runs=21, seed=3, result=result)
    newer = client.get(f"{HERE}backtest/").text
    assert "21 seeded series, seed 3" in newer
    assert "has run none yet" not in newer


@pytest.mark.prove
def test_the_command_keeps_a_backtest_of_the_current_release(client: Client) -> None:
    call_command("backtest_signals", runs=20)
    assert KeptBacktest.objects.get().runs == 20
    assert "20 seeded series, seed 1" in client.get(f"{HERE}backtest/").text
