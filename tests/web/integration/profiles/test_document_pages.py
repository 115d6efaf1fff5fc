"""Profiles as documents: public ones for everybody, restricted ones given to somebody by name."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from nhpf_web.audit.models import Entry
from nhpf_web.organisations.models import Organisation, User
from nhpf_web.organisations.rules import Role

pytestmark = pytest.mark.django_db
KENT = "/what-happens/E23000032-kent/"
GIVEN = {"recipients": "Head of Crime, Kent Police", "purpose": "To agree the plan"}
FORMS = ("pdf", "docx", "xlsx", "html", "json")
STARTS = {"pdf": b"%PDF-1.7", "docx": b"PK", "xlsx": b"PK", "html": b"<!DOCTYPE", "json": b"{"}


@pytest.fixture(autouse=True)
def kept_apart(tmp_path_factory: pytest.TempPathFactory, monkeypatch: Any) -> None:
    """Keep the documents of these tests out of the data folder that others share."""
    monkeypatch.setattr("nhpf.reports.keeping.data_root", lambda: tmp_path_factory.getbasetemp())


@pytest.fixture
def kent(force: Organisation) -> Organisation:
    """The force whose area is Kent."""
    force.area_code = "E23000032"
    force.save()
    return force


@pytest.mark.parametrize("form", FORMS)
def test_everybody_takes_the_public_profile_in_five_forms(client: Client, form: str) -> None:
    answer = client.get(f"{KENT}profile.{form}")
    assert answer.status_code == 200
    assert "OFFICIAL_NHPF_profile_E23000032_public_" in answer["Content-Disposition"]
    assert answer["Content-Disposition"].endswith(f'.{form}"')
    assert answer["X-Marking"] == "OFFICIAL"
    assert answer.content.startswith(STARTS[form])
    assert client.get(f"{KENT}profile.{form}").content == answer.content


def test_a_form_that_is_not_offered_is_not_found(client: Client) -> None:
    assert client.get(f"{KENT}profile.odt").status_code == 404
    assert client.post(f"{KENT}profile.pdf", GIVEN).status_code == 404


def test_the_page_leads_to_each_form(client: Client) -> None:
    page = client.get(KENT).text
    for form in FORMS:
        assert f'href="{KENT}profile.{form}"' in page
    assert "What was withheld, and why" in page


@pytest.mark.parametrize("form", FORMS)
def test_a_restricted_document_asks_who_is_given_it_first(
    kent: Organisation, person: Callable[..., User], as_user: Callable[[User], Client], form: str
) -> None:
    browser = as_user(person("ann", Role.LEAD))
    asked = browser.get(f"{KENT}restricted/profile.{form}")
    assert asked.status_code == 200
    assert "Who is given this document?" in asked.text
    assert "Content-Disposition" not in asked
    assert not Entry.objects.filter(verb="disclosure").exists()


def test_without_a_recipient_or_a_purpose_it_is_refused_at_the_field(
    kent: Organisation, person: Callable[..., User], as_user: Callable[[User], Client]
) -> None:
    browser = as_user(person("ann", Role.LEAD))
    answer = browser.post(f"{KENT}restricted/profile.pdf", {"recipients": " ", "purpose": "x"})
    assert answer.status_code == 422
    assert 'href="#id_recipients"' in answer.text
    assert "Say who is given the document." in answer.text
    assert 'value="x"' in answer.text
    assert not Entry.objects.filter(verb="disclosure").exists()


@pytest.mark.parametrize("form", FORMS)
def test_a_restricted_document_names_its_readers_and_the_log_says_so(
    kent: Organisation, person: Callable[..., User], as_user: Callable[[User], Client], form: str
) -> None:
    browser = as_user(person("ann", Role.ANALYST))
    answer = browser.post(f"{KENT}restricted/profile.{form}", GIVEN)
    assert answer.status_code == 200
    assert "OFFICIAL-SENSITIVE_NHPF_profile_E23000032_restricted" in answer["Content-Disposition"]
    assert (answer["X-Marking"], answer["Cache-Control"]) == ("OFFICIAL-SENSITIVE", "no-store")
    last = Entry.objects.first()
    assert last is not None
    assert (last.verb, last.who) == ("disclosure", "ann")
    assert (last.recipient, last.reason) == (GIVEN["recipients"], GIVEN["purpose"])
    assert last.subject == f"profile:E23000032:restricted:document.{form}"
    if form == "json":
        report = json.loads(answer.content)["report"]
        assert report["distribution"] == GIVEN
    if form in ("docx", "xlsx"):
        with zipfile.ZipFile(io.BytesIO(answer.content)) as parts:
            said = b"".join(parts.read(name) for name in parts.namelist() if "media" not in name)
        assert GIVEN["recipients"].encode() in said


@pytest.mark.parametrize("form", FORMS)
def test_nobody_else_is_given_a_restricted_document(
    kent: Organisation,
    other_force: Organisation,
    person: Callable[..., User],
    as_user: Callable[[User], Client],
    form: str,
) -> None:
    stranger = as_user(person("stranger", Role.LEAD, at=other_force))
    reader = as_user(person("reader", Role.READER))
    for browser in (stranger, reader):
        assert browser.get(f"{KENT}restricted/profile.{form}").status_code == 403
        assert browser.post(f"{KENT}restricted/profile.{form}", GIVEN).status_code == 403
    visitor = Client()
    assert visitor.post(f"{KENT}restricted/profile.{form}", GIVEN).status_code == 302
    assert not Entry.objects.filter(subject__startswith="profile:").exists()


def test_a_figure_is_taken_as_a_picture(client: Client) -> None:
    answer = client.get(f"{KENT}figures/force-funnel.png")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")
    assert client.get(f"{KENT}figures/indicator-definitions.png").status_code == 404
