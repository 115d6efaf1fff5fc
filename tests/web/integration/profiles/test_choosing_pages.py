"""Figures, maps and similar areas as a reader chooses them: for everybody, from the address."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.test import Client

from nhpf_web.profiles import queries

pytestmark = pytest.mark.django_db
LONDON = "/what-happens/E23000001-metropolitan-police/"
HACKNEY = "/what-happens/E09000012-hackney/"
KENT = "/what-happens/E23000032-kent/"
CITY = "/what-happens/E23000034-city-of-london-police/"
SOUTH_WALES = "/what-happens/W15000003-south-wales/"
NATION = "/what-happens/K04000001-england-and-wales/"
PAGES = ("explore", "similar")
UNDER_A_CHART = (">Table<", "Download", ">How it was made<", ">Cite<")


def rows_of(client: Client, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(address).text)))


def test_the_profile_leads_to_each_page(client: Client) -> None:
    page = client.get(KENT).text
    for each in (*PAGES, "documents"):
        assert f'href="{KENT}{each}/"' in page


def test_every_place_can_be_explored(client: Client) -> None:
    for place in queries.places():
        answer = client.get(f"{place.address}explore/")
        assert answer.status_code == 200, place.name
        assert "<svg" in answer.text, place.name


@pytest.mark.parametrize("place", [LONDON, HACKNEY, KENT])
def test_a_figure_has_its_table_its_files_its_making_and_its_citation(
    client: Client, place: str
) -> None:
    page = client.get(f"{place}explore/?indicator=robbery&years=1&against=all").text
    figure = page.partition('id="explored-robbery-all"')[2]
    for each in UNDER_A_CHART:
        assert each.strip("<>") in figure
    for ending in ("csv", "json", "svg", "png"):
        address = f"{place}explore.{ending}?indicator=robbery&amp;years=1&amp;against=all"
        assert f'href="{address}"' in figure
        answer = client.get(address.replace("&amp;", "&"))
        assert answer.status_code == 200
        assert "OFFICIAL_NHPF_explored-robbery-all_" in answer["Content-Disposition"]


def test_the_choice_is_kept_in_the_form(client: Client) -> None:
    page = client.get(f"{HACKNEY}explore/?indicator=rape&years=5&against=similar").text
    for value in ("rape", "5", "similar"):
        assert re.search(f'<option value="{value}" selected', page), value


@pytest.mark.parametrize(
    ("place", "query", "said"),
    [
        (KENT, "indicator=robbery&years=5&against=whole", "one year only"),
        (KENT, "indicator=robbery&years=1&against=before", "not held for twice one year"),
        (KENT, "indicator=knife-crime-with-injury", "does not hold this for the place"),
        (HACKNEY, "indicator=homicide-count&years=1", "five pooled years only"),
        (LONDON, "indicator=homicide-age-sex", "does not hold this"),
        (KENT, "indicator=x&years=9&against=y", "Choose one, three or five years."),
        (NATION, "against=similar", "Compare all areas of a kind instead"),
    ],
)
def test_what_cannot_be_answered_is_said_in_words(
    client: Client, place: str, query: str, said: str
) -> None:
    answer = client.get(f"{place}explore/?{query}")
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert said in answer.text.replace("&#x27;", "'")
    assert "<title>Error: " in answer.text
    assert client.get(f"{place}explore.csv?{query}").status_code == 404


def test_all_precursors_stand_beside_each_other(client: Client) -> None:
    assert 'id="precursor-trends"' in client.get(f"{HACKNEY}explore/").text
    assert len(rows_of(client, f"{HACKNEY}explore/all.csv")) == 15
    assert 'id="force-other-harm"' in client.get(f"{KENT}explore/").text
    assert client.get(f"{NATION}explore/all.csv").status_code == 404


@pytest.mark.parametrize("place", [LONDON, HACKNEY])
def test_a_map_has_a_link_to_each_year_and_its_own_table(client: Client, place: str) -> None:
    page = client.get(f"{place}explore/map/").text
    years = re.findall(r'href="\?indicator=violence-with-injury&amp;year=(\d{4})"', page)
    assert years == [str(year) for year in range(2011, 2026)]
    for year in (years[0], years[-1]):
        address = f"{place}explore/map/?indicator=violence-with-injury&year={year}"
        shown = client.get(address).text
        assert f'id="map-violence-with-injury-{year}"' in shown
        assert f'year={year}" aria-current="true"' in shown
        assert "<style" not in shown
        assert "style=" not in shown.partition("<main")[2]


def test_the_map_of_boroughs_leads_to_their_profiles(client: Client) -> None:
    assert f'href="{HACKNEY}"' in client.get(f"{LONDON}explore/map/").text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("indicator=homicide-count&year=2020", "not mapped by year"),
        ("indicator=homicide-rate&year=2020", "not mapped by year"),
        ("indicator=robbery&year=2026", "not held whole"),
        ("indicator=robbery&year=x", "Choose one of the years"),
    ],
)
def test_no_homicide_and_no_part_of_a_year_is_mapped(client: Client, query: str, said: str) -> None:
    for place in (LONDON, HACKNEY):
        answer = client.get(f"{place}explore/map/?{query}")
        assert answer.status_code == 422
        assert said in answer.text
        assert "<svg class=" not in answer.text
        assert client.get(f"{place}explore/map.csv?{query}").status_code == 404
    assert "homicide" not in re.findall(r"<select.*?</select>", answer.text, re.DOTALL)[0].lower()


def test_where_nothing_can_be_mapped_it_is_said(client: Client) -> None:
    answer = client.get(f"{KENT}explore/map/")
    assert answer.status_code == 200
    assert "No map by year for Kent" in answer.text
    assert "explore/map/" not in client.get(f"{KENT}explore/").text


def test_ones_own_covariates_give_other_areas_and_their_data(client: Client) -> None:
    usual = rows_of(client, f"{KENT}similar.csv")
    asked = "by=density&by=share_young"
    own = rows_of(client, f"{KENT}similar.csv?{asked}")
    assert {row["area"] for row in usual} != {row["area"] for row in own}
    assert {"distance", "density", "share_young"} <= set(own[0])
    assert "income_deprivation" not in own[0]
    page = client.get(f"{KENT}similar/?{asked}").text
    assert len(re.findall(r"checked", page)) == 2
    for each in UNDER_A_CHART:
        assert each.strip("<>") in page
    assert f'href="{KENT}similar.csv?by=density&amp;by=share_young"' in page


@pytest.mark.parametrize(
    ("place", "query", "said"),
    [
        (KENT, "ticked=1", "Tick at least one."),
        (KENT, "by=homicide", "homicide is not one of the covariates."),
        (SOUTH_WALES, "by=income_deprivation", "leave it out for Wales"),
    ],
)
def test_a_wrong_choice_of_covariates_is_said_in_words(
    client: Client, place: str, query: str, said: str
) -> None:
    answer = client.get(f"{place}similar/?{query}")
    assert answer.status_code == 422
    assert said in answer.text
    assert client.get(f"{place}similar.csv?{query}").status_code == 404


@pytest.mark.parametrize("place", [NATION, CITY])
def test_a_place_like_no_other_says_so(client: Client, place: str) -> None:
    answer = client.get(f"{place}similar/")
    assert answer.status_code == 200
    assert "No areas like" in answer.text
    assert client.get(f"{place}similar.csv").status_code == 404


@pytest.mark.parametrize(
    "page", ["explore/", "explore.csv", "explore/all.csv", "explore/map/", "explore/map.csv",
             "similar/", "similar.csv", "documents/"],
)  # fmt: skip
def test_another_name_of_a_place_leads_to_its_one_address(client: Client, page: str) -> None:
    answer = client.get(f"/what-happens/E09000012-old/{page}?x=1")
    assert (answer.status_code, answer["Location"]) == (301, f"{HACKNEY}{page}?x=1")
    assert client.get(f"/what-happens/E09999999-none/{page}").status_code == 404
