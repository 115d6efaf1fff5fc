"""Profiles as pages, files and single figures; who may see the restricted ones."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.test import Client

from nhpf.reports import figures
from nhpf_web.audit.models import Entry
from nhpf_web.organisations.models import Organisation, User
from nhpf_web.organisations.rules import Role
from nhpf_web.profiles import queries

pytestmark = pytest.mark.django_db
LONDON = "/what-happens/E23000001-metropolitan-police/"
KENT = "/what-happens/E23000032-kent/"


@pytest.fixture
def kent(force: Organisation) -> Organisation:
    """The force whose area is Kent."""
    force.area_code = "E23000032"
    force.save()
    return force


def test_the_profile_of_london_shows_its_judgements_and_links_onwards(client: Client) -> None:
    page = client.get(LONDON).text
    assert "Homicide problem profile: Metropolitan Police" in page
    assert "1,833" in page
    assert 'href="/what-works/ar-knife/"' in page
    assert f'href="{LONDON}figures/homicide-by-year.csv"' in page


@pytest.mark.parametrize("place", [LONDON, KENT])
def test_a_code_or_another_name_leads_to_the_one_address(client: Client, place: str) -> None:
    code = place.split("/")[2].split("-")[0]
    for written in (code, f"{code}-old-name"):
        answer = client.get(f"/what-happens/{written}/?x=1")
        assert (answer.status_code, answer["Location"]) == (301, f"{place}?x=1")


@pytest.mark.parametrize(
    "address",
    [
        "/what-happens/nowhere/",
        "/what-happens/E23999999-none/",
        f"{LONDON}figures/none/",
        f"{LONDON}figures/homicide-by-year.xlsx",
        f"{LONDON}figures/none.csv",
    ],
)
def test_what_does_not_exist_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("ending", ["html", "json"])
def test_the_whole_profile_is_a_file_whose_name_says_its_marking(
    client: Client, ending: str
) -> None:
    answer = client.get(f"{KENT}profile.{ending}")
    assert 'filename="OFFICIAL_NHPF_profile_E23000032_public_' in answer["Content-Disposition"]
    assert answer["X-Marking"] == "OFFICIAL"
    assert "OFFICIAL" in answer.text
    if ending == "json":
        assert json.loads(answer.text)["report"]["area_code"] == "E23000032"


def test_every_figure_of_london_has_its_page_and_its_files(client: Client) -> None:
    place = queries.place_with_code("E23000001")
    assert place is not None
    report = queries.built(place).report
    for figure in figures(report):
        page = client.get(f"{LONDON}figures/{figure.id}/")
        assert page.status_code == 200, figure.id
        rows = list(
            csv.DictReader(io.StringIO(client.get(f"{LONDON}figures/{figure.id}.csv").text))
        )
        assert len(rows) == len(figure.table.rows)
        assert {row["marking"] for row in rows} == {"OFFICIAL"}
        data = json.loads(client.get(f"{LONDON}figures/{figure.id}.json").text)
        assert data["figure"]["id"] == figure.id
        drawn = client.get(f"{LONDON}figures/{figure.id}.svg")
        assert drawn.status_code == (404 if figure.chart is None else 200)


def test_each_borough_on_the_map_of_london_leads_to_its_profile(client: Client) -> None:
    boroughs = {place.address for place in queries.places() if place.kind == "local_authority"}
    assert len(boroughs) == 32
    for address in (LONDON, f"{LONDON}figures/borough-map/"):
        text = client.get(address).text
        led = set(re.findall(r'<a href="([^"]*)" aria-label', text))
        assert led == boroughs, address
    assert client.get(sorted(boroughs)[0]).status_code == 200
    for file in ("profile.html", "figures/borough-map.svg"):
        text = client.get(LONDON + file).text
        assert re.findall(r'<a href="(?!#|data:|https://)[^"]*"', text) == [], file


def test_a_comparison_of_groups_waits_for_its_signed_assessment(client: Client) -> None:
    page = client.get(LONDON).text
    assert "Not published." in page
    assert client.get(f"{LONDON}figures/ethnicity-rate/").status_code == 404
    assert client.get(f"{LONDON}figures/ethnicity-rate.csv").status_code == 404
    assert "ethnicity-rate" not in json.dumps(
        [
            block
            for section in json.loads(client.get(f"{LONDON}profile.json").text)["report"][
                "sections"
            ]
            for block in section["blocks"]
            if block.get("table")
        ]
    )


def test_a_demonstration_signature_is_never_passed_off_as_a_real_one(client: Client) -> None:
    call_command("demonstration", stdout=io.StringIO())
    call_command("load_edition", sign_for_demonstration=True, stdout=io.StringIO())
    words = "signed for demonstration only, not by a real person"
    for address in (LONDON, f"{LONDON}profile.html"):
        text = client.get(address).text
        assert text.count("Impact assessment</dt>") > 0
        assert re.findall(r"eia-[a-z-]+, (?!signed for demonstration)", text) == []
        assert words in text
    User.objects.update(is_demonstration=False)
    assert (
        "eia-profile-unsolved, signed by someone other than its author" in client.get(LONDON).text
    )


def test_an_unchanged_profile_is_not_sent_again(client: Client) -> None:
    first = client.get(KENT)
    again = client.get(KENT, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_visitor_is_asked_to_sign_in_for_the_restricted_profile(client: Client) -> None:
    answer = client.get(f"{KENT}restricted/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("role", [Role.ANALYST, Role.LEAD])
def test_analysts_and_leads_of_the_force_read_it_and_the_log_says_so(
    kent: Organisation, person: Callable[..., User], as_user: Callable[[User], Client], role: Role
) -> None:
    browser = as_user(person("ann", role))
    answer = browser.get(f"{KENT}restricted/")
    assert answer.status_code == 200
    assert "OFFICIAL-SENSITIVE" in answer.text
    assert answer["Cache-Control"] == "no-store"
    last = Entry.objects.first()
    assert last is not None
    assert (last.verb, last.who, last.organisation) == ("consultation", "ann", kent.slug)
    assert last.subject == "profile:E23000032:restricted:profile"
    file = browser.get(f"{KENT}restricted/figures/force-homicide.csv")
    assert "OFFICIAL-SENSITIVE" in file["Content-Disposition"]
    last = Entry.objects.first()
    assert last is not None
    assert (last.verb, last.recipient) == ("disclosure", "ann")


@pytest.mark.parametrize("what", ["", "profile.html", "profile.json", "figures/force-homicide/"])
def test_nobody_else_reads_any_part_of_it(
    kent: Organisation,
    other_force: Organisation,
    person: Callable[..., User],
    as_user: Callable[[User], Client],
    what: str,
) -> None:
    reader = person("reader", Role.READER, Role.AUDITOR, Role.EDITOR)
    stranger = person("stranger", Role.ANALYST, Role.LEAD, at=other_force)
    for somebody in (reader, stranger):
        assert as_user(somebody).get(f"{KENT}restricted/{what}").status_code == 403
    assert not Entry.objects.filter(subject__startswith="profile:").exists()


def test_a_force_reads_the_restricted_profile_of_its_boroughs_but_not_of_another_force(
    force: Organisation, person: Callable[..., User], as_user: Callable[[User], Client]
) -> None:
    force.area_code = "E23000001"
    force.save()
    browser = as_user(person("ann", Role.ANALYST))
    assert browser.get("/what-happens/E09000012-hackney/restricted/").status_code == 200
    assert browser.get(f"{KENT}restricted/").status_code == 403


def test_the_nation_s_organisation_does_not_read_every_force(
    force: Organisation, person: Callable[..., User], as_user: Callable[[User], Client]
) -> None:
    force.area_code = "K04000001"
    force.save()
    assert as_user(person("ann", Role.LEAD)).get(f"{KENT}restricted/").status_code == 403
