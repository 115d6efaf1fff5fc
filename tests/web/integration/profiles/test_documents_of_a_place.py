"""Every kind of document: listed for all, opened and taken away by those who may, audited."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from nhpf.profile.kinds import KINDS
from nhpf_web.audit.models import Entry
from nhpf_web.organisations.models import Organisation, User
from nhpf_web.organisations.rules import Role

pytestmark = pytest.mark.django_db
HERE = "/what-happens/E23000028-essex/"
SCREEN = f"{HERE}restricted/documents/screen/"
FORMS = ("pdf", "docx", "xlsx", "html", "json")
GIVEN = {"recipients": "Head of Crime, Essex Police", "purpose": "To agree the plan"}
RESTRICTED = [name for name, kind in KINDS.items() if "public" not in kind.audiences]
Person = Callable[..., User]
AsUser = Callable[[User], Client]


def test_everybody_sees_which_documents_there_are_and_for_whom(client: Client) -> None:
    page = client.get(f"{HERE}documents/").text
    for kind in KINDS.values():
        assert kind.title in page
        assert kind.question in page.replace("&#x27;", "'")
    assert "Named recipients only" in page
    assert f'href="{HERE}"' in page
    assert "restricted/documents" not in page
    assert "This release cannot answer it" not in page
    assert f'href="{HERE}documents/"' in client.get(HERE).text


def test_readers_are_told_what_a_release_lacks_and_how_to_add_it(
    essex: Organisation, person: Person, as_user: AsUser
) -> None:
    browser = as_user(person("ann", Role.ANALYST, at=essex))
    page = browser.get(f"{HERE}documents/").text
    assert "The release holds no homicide cases of Essex" in page
    assert f'href="{SCREEN}"' not in page
    answer = browser.get(SCREEN)
    assert answer.status_code == 404
    assert "This release cannot answer it" in answer.text
    assert "nhpf records import homicide_cases" in answer.text
    for form in FORMS:
        assert browser.get(f"{SCREEN}document.{form}").status_code == 404
        assert browser.post(f"{SCREEN}document.{form}", GIVEN).status_code == 404
    assert not Entry.objects.filter(subject__contains="screen").exists()


@pytest.mark.usefixtures("screened")
@pytest.mark.parametrize("kind", RESTRICTED)
def test_a_restricted_kind_is_for_the_places_own_analysts_and_leads(
    kind: str,
    essex: Organisation,
    other_force: Organisation,
    person: Person,
    as_user: AsUser,
    client: Client,
) -> None:
    base = f"{HERE}restricted/documents/{kind}/"
    paths = [base, *(f"{base}document.{form}" for form in FORMS), f"{base}figures/none/"]
    strangers = [
        as_user(person("stranger", Role.LEAD, at=other_force)),
        as_user(person("reader", Role.READER, at=essex)),
    ]
    for path in paths:
        assert client.get(path).status_code == 302
        assert client.get(path.replace("restricted/", "")).status_code == 404
        for browser in strangers:
            assert browser.get(path).status_code == 403
            if "document." in path:
                assert browser.post(path, GIVEN).status_code == 403
    assert not Entry.objects.exclude(subject__startswith="organisation").filter(
        subject__contains=kind
    )


@pytest.mark.usefixtures("screened")
def test_the_screen_is_a_page_that_leads_on_and_is_in_the_log(
    essex: Organisation, person: Person, as_user: AsUser
) -> None:
    browser = as_user(person("ann", Role.ANALYST, at=essex))
    assert f'href="{SCREEN}"' in browser.get(f"{HERE}documents/").text
    answer = browser.get(SCREEN)
    assert answer.status_code == 200
    assert answer.text.count("OFFICIAL-SENSITIVE") >= 2
    assert "SYNTHETIC" in answer.text
    assert "over-represented" in answer.text
    assert "/what-we-do/problems/new/?place=E23000028&amp;subtype=5" in answer.text
    assert answer["Cache-Control"] == "no-store"
    (entry,) = Entry.objects.filter(subject="profile:E23000028:restricted:screen:profile")
    assert (entry.verb, entry.who) == ("consultation", "ann")
    assert f'href="{SCREEN}figures/check-5.csv"' in browser.get(f"{SCREEN}figures/check-5/").text
    assert browser.get(f"{SCREEN}figures/check-5.csv").status_code == 200
    assert Entry.objects.filter(
        subject="profile:E23000028:restricted:screen:figure:check-5.csv", verb="disclosure"
    ).exists()


@pytest.mark.usefixtures("screened")
@pytest.mark.parametrize("form", FORMS)
def test_a_screen_is_given_by_name_only(
    form: str, essex: Organisation, person: Person, as_user: AsUser
) -> None:
    browser = as_user(person("ann", Role.LEAD, at=essex))
    address = f"{SCREEN}document.{form}"
    asked = browser.get(address)
    assert "Who is given this document?" in asked.text
    assert "Homicide sub-type screen: Essex" in asked.text
    assert browser.post(address, {"recipients": "", "purpose": "x"}).status_code == 422
    assert not Entry.objects.filter(verb="disclosure").exists()
    answer = browser.post(address, GIVEN)
    assert answer.status_code == 200
    assert "_NHPF_screen_E23000028_restricted_" in answer["Content-Disposition"]
    assert "OFFICIAL-SENSITIVE" in answer["X-Marking"]
    last = Entry.objects.filter(verb="disclosure").first()
    assert last is not None
    assert last.subject == f"profile:E23000028:restricted:screen:document.{form}"
    assert (last.recipient, last.reason) == (GIVEN["recipients"], GIVEN["purpose"])


def test_a_kind_that_is_not_is_not_found(client: Client) -> None:
    assert client.get(f"{HERE}documents/nothing/").status_code == 404
    assert client.get(f"{HERE}documents/nothing/document.pdf").status_code == 404


@pytest.mark.usefixtures("screened")
def test_any_sub_type_is_chosen_by_those_who_may_read_it(
    essex: Organisation,
    other_force: Organisation,
    person: Person,
    as_user: AsUser,
    client: Client,
) -> None:
    address = f"{HERE}restricted/subtypes/"
    taken = f"{address}check-1.csv?subtype=1"
    for path in (address, taken):
        assert client.get(path).status_code == 302
        assert as_user(person("x", Role.LEAD, at=other_force)).get(path).status_code == 403
    browser = as_user(person("ann", Role.ANALYST, at=essex))
    assert f'href="{address}"' in browser.get(f"{HERE}explore/").text
    page = browser.get(f"{address}?subtype=1").text
    assert "SYNTHETIC OFFICIAL-SENSITIVE" in page
    assert 'id="years-1"' in page
    assert f'href="{taken}"' in page
    answer = browser.get(taken)
    assert answer["X-Marking"] == "SYNTHETIC OFFICIAL-SENSITIVE"
    assert "SYNTHETIC OFFICIAL-SENSITIVE" in answer.text
    assert browser.get(f"{address}?subtype=9").status_code == 422
    assert browser.get(f"{address}check-2.csv?subtype=1").status_code == 404
    subjects = Entry.objects.filter(subject__contains=":subtype:")
    assert set(subjects.values_list("verb", "subject")) >= {
        ("consultation", "profile:E23000028:restricted:subtype:1"),
        ("disclosure", "profile:E23000028:restricted:subtype:check-1.csv"),
    }


def test_sub_types_that_are_not_held_are_said_to_be_missing(
    essex: Organisation, person: Person, as_user: AsUser
) -> None:
    answer = as_user(person("ann", Role.ANALYST, at=essex)).get(f"{HERE}restricted/subtypes/")
    assert answer.status_code == 404
    assert "The release holds no homicide cases of Essex" in answer.text
