"""Home, finding a place, indicators, data and the pages about the service."""

from __future__ import annotations

import re
from html import escape

import pytest
from django.test import Client

from nhpf.indicators import load_indicators
from nhpf.methods.rates import rate
from nhpf_web.organisations.rules import Role
from nhpf_web.profiles import queries
from nhpf_web.profiles.queries.readers import RESTRICTED_READERS
from nhpf_web.what_works.queries import edition

pytestmark = pytest.mark.django_db


def test_home_says_what_for_and_shows_one_real_figure_for_each_question(client: Client) -> None:
    answer = client.get("/")
    count = answer.context["national"]
    assert count.low < count.homicides < count.high
    assert f"April {count.year_ending - 1} to March {count.year_ending}" in answer.text
    assert "32" in answer.text
    assert answer.text.count('class="nhpf-card"') == 3


def test_the_national_figure_is_the_latest_of_the_homicide_index() -> None:
    count = queries.national_count()
    assert (count.homicides, count.year_ending) == (570, 2024)
    # Byar's limits of a count of 570, by hand: 570(1 - 1/5130 - 1.96/(3 sqrt 570))^3 and above.
    assert (count.low, count.high) == (524, 619)


def test_places_are_the_nation_43_forces_and_32_boroughs(client: Client) -> None:
    page = client.get("/what-happens/").text
    kinds = [place.kind for place in queries.places()]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "nation": 1,
        "force": 43,
        "local_authority": 32,
    }
    for place in queries.places():
        assert f'href="{place.address}"' in page


def test_forces_stand_by_name_never_by_rate() -> None:
    names = [place.name for place in queries.places() if place.kind == "force"]
    assert names == sorted(names)


def test_the_map_holds_every_force_by_name() -> None:
    drawn = queries.map_of_forces()
    for place in queries.places():
        assert (place.address in drawn) == (place.kind == "force")


@pytest.mark.parametrize(
    ("typed", "code"),
    [("Kent", "E23000032"), ("E23000001", "E23000001"), ("metropolitan police", "E23000001")],
)
def test_a_name_or_code_leads_to_its_profile(client: Client, typed: str, code: str) -> None:
    answer = client.get("/what-happens/find/", {"area": typed})
    assert answer.status_code == 302
    assert answer["Location"].startswith(f"/what-happens/{code}-")


def test_a_wrong_name_is_answered_with_the_nearest(client: Client) -> None:
    answer = client.get("/what-happens/find/", {"area": "Nortumbria"})
    assert answer.status_code == 404
    assert answer.context["near"][0].name == "Northumbria"
    assert 'value="Nortumbria"' in answer.text


@pytest.mark.parametrize("typed", ["London", "Greater London"])
def test_a_name_of_several_offers_each(client: Client, typed: str) -> None:
    answer = client.get("/what-happens/find/", {"area": typed})
    assert answer.status_code == 200
    offered = [one.place.code for one in answer.context["meant"]]
    assert offered == ["E23000001", "E23000034"]
    assert f"Several places are called “{typed}”" in answer.text
    main = answer.text.partition("Choose the one that you mean")[2].partition("</ul>")[0]
    assert 'href="/what-happens/E23000001-metropolitan-police/"' in main
    assert 'href="/what-happens/E23000034-city-of-london-police/"' in main


def test_the_city_of_london_is_a_council_and_a_force(client: Client) -> None:
    answer = client.get("/what-happens/find/", {"area": "City of London"})
    force, council = answer.context["meant"]
    assert (council.place, council.force.code) == (None, "E23000034")
    assert force.place.code == "E23000034"
    assert "City of London (local authority): no profile page yet" in answer.text


@pytest.mark.parametrize(
    ("typed", "force"),
    [
        ("Birmingham", "West Midlands"),
        ("Manchester", "Greater Manchester"),
        ("Hartlepool", "Cleveland"),
        ("Cardiff", "South Wales"),
    ],
)
def test_a_council_without_a_page_leads_to_its_force(
    client: Client, typed: str, force: str
) -> None:
    answer = client.get("/what-happens/find/", {"area": typed})
    assert answer.status_code == 404
    assert f"There is no profile page for “{typed}” yet" in answer.text
    assert f"Read the profile of {force}</a>" in answer.text
    assert client.get(answer.context["meant"][0].force.address).status_code == 200


@pytest.mark.parametrize("typed", ["SW1A 1AA", "sw1a1aa", "M1", "B33 8TH"])
def test_a_postcode_is_answered_with_what_to_give(client: Client, typed: str) -> None:
    answer = client.get("/what-happens/find/", {"area": typed})
    assert answer.status_code == 404
    assert "Give the name of a police force or a council" in answer.text
    assert "No area is called" not in answer.text


def test_nonsense_is_answered_in_the_words_of_the_site(client: Client) -> None:
    answer = client.get("/what-happens/find/", {"area": "qqqq"})
    assert "No police force or council has this name" in answer.text


def test_nothing_typed_leads_to_the_list(client: Client) -> None:
    assert client.get("/what-happens/find/")["Location"] == "/what-happens/"


def test_every_indicator_shows_its_definition_and_who_answers(client: Client) -> None:
    page = client.get("/what-happens/indicators/").text
    for one in load_indicators().values():
        assert f'id="{one.id}"' in page
        assert one.owner in page


def test_the_data_page_names_every_table_source_licence_and_hash(client: Client) -> None:
    page = client.get("/data/").text
    manifest = queries.release().manifest
    for table in manifest["tables"].values():
        assert table["sha256"] in page
    for source in manifest["sources"].values():
        assert source["sha256"] in page
        assert source["licence"] in page
    for trap in manifest["traps"]:
        assert escape(trap["says"]) in page


def test_the_accessibility_statement_has_the_fixed_parts(client: Client) -> None:
    page = client.get("/accessibility/").text
    for part in (
        "in accordance with the Public Sector Bodies (Websites and Mobile Applications) (No. 2)"
        " Accessibility Regulations 2018",
        "Equality and Human Rights Commission (EHRC) is responsible for enforcing",
        "Compliance status",
        "Non-accessible content",
        "Preparation of this accessibility statement",
        "partially compliant",
    ):
        assert part in page


def test_the_foot_names_the_edition_and_the_release(client: Client) -> None:
    page = client.get("/about/").text
    assert "Edition 2026" in page
    assert queries.release().id in page


def test_home_counts_as_help_only_what_the_strongest_findings_favour(client: Client) -> None:
    answer = client.get("/")
    counts = answer.context["evidence"]
    shown = [one for one in edition().of_kind("intervention") if one.evidence]
    helping = {
        one.id
        for one in shown
        if one.evidence.strength in ("strong", "moderate")
        and {
            row.direction for row in one.evidence.outcomes if row.strength == one.evidence.strength
        }
        == {"favourable"}
    }
    assert "iv-hsp" in helping
    assert helping.isdisjoint({"iv-scared", "iv-second", "iv-dvpp", "iv-stop"})
    assert counts["helping"] == len(helping)
    parts = ("helping", "not_helping", "limited", "unknown")
    assert sum(counts[part] for part in parts) == counts["count"]
    assert f"{len(helping)} with strong or moderate evidence that they help" in answer.text


def test_an_interval_is_said_of_the_level_and_not_as_a_forecast(client: Client) -> None:
    home, about = client.get("/").text, client.get("/about/").text
    assert "the level behind this one could be anywhere from about 524 to 619 a year" in home
    assert "anywhere from about 8 to about 23 a year (95% interval)" in about
    assert "chance alone" not in (home + about).lower()
    limits = rate(14, 1, per=1)
    assert (round(limits.low), round(limits.high)) == (8, 23)


def test_the_about_page_gives_restricted_profiles_to_those_who_may_read_them(
    client: Client,
) -> None:
    page = client.get("/about/").text
    assert set(RESTRICTED_READERS) == {Role.ANALYST, Role.LEAD}
    assert "analysts and leads read the restricted profile of their own force" in page


def test_the_data_page_links_addresses_only(client: Client) -> None:
    page = client.get("/data/").text
    assert page.count("as each row states") == 1
    links = re.findall(r'href="([^"]*)"', page)
    assert [link for link in links if not re.match(r"https?://|/|#", link)] == []
