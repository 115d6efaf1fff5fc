"""Data quality, revisions, releases and tables: open to all, restricted tables to nobody else."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from html import escape
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from nhpf.records import Release, open_release
from nhpf.records.importing import import_files
from nhpf.records.quality import RULES
from nhpf_web.audit.models import Entry
from nhpf_web.organisations.actions import open_organisation
from nhpf_web.organisations.models import User
from nhpf_web.organisations.rules import Kind, Role
from nhpf_web.profiles import queries
from nhpf_web.profiles.queries import tables as table_queries

# The package has a function of the module's name.
place_queries = import_module("nhpf_web.profiles.queries.places")

pytestmark = pytest.mark.django_db
KENT = "E23000032"
CASES = "case_id,force,recorded_month,offence,victim_age_band,victim_sex,domestic,method,solved\n"


def rows(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def test_quality_shows_each_flag_its_table_and_the_rules(client: Client) -> None:
    page = client.get("/data/quality/").text
    release = queries.release().id
    assert "40 where about 74,000 is usual." in page
    assert f'href="/data/releases/{release}/london_ward_offences/"' in page
    for rule in RULES.values():
        assert escape(rule) in page
    for trap in queries.release().manifest["traps"]:
        assert escape(trap["says"]) in page


@pytest.mark.parametrize("path", ["", "quality/", "revisions/", "releases/"])
def test_the_foot_names_the_release_by_its_id(client: Client, path: str) -> None:
    page = client.get(f"/data/{path}").text
    assert f"<dd>{queries.release().id}</dd>" in page


def test_quality_as_a_file_holds_every_flag(client: Client) -> None:
    answer = client.get("/data/quality.csv")
    found = rows(answer)
    assert answer["Content-Disposition"].startswith('attachment; filename="OFFICIAL_NHPF_quality_')
    assert {row["marking"] for row in found} == {"OFFICIAL"}
    (stub,) = (row for row in found if row["check"] == "stub month")
    assert (stub["period"], stub["how_bad"]) == ("2024-02", "unfit")
    assert any(row["area_name"] == "Barking and Dagenham" for row in found)


def test_revisions_show_696_to_684_and_the_breaks(client: Client) -> None:
    page = client.get("/data/revisions/").text
    assert "CONNECT" in page
    assert "From February 2024" in page
    found = rows(client.get("/data/revisions.csv"))
    assert ("696.0", "684.0") in {(row["before"], row["after"]) for row in found}


def test_one_release_alone_has_nothing_to_compare(client: Client) -> None:
    page = client.get("/data/revisions/").text
    release = queries.release().id
    assert "nothing to compare yet" in page or 'name="before"' in page
    same = client.get("/data/revisions/", {"before": release, "after": release})
    assert same.context["compared"].tables == []
    assert client.get("/data/revisions/", {"before": "x", "after": release}).status_code == 404


def test_a_table_leads_to_files_hashes_rows_and_sql(client: Client) -> None:
    release = queries.release()
    page = client.get(f"/data/releases/{release.id}/london_knife_crime_count/").text
    terms = release.manifest["sources"]["london_knife_crime"]
    for part in (terms["sha256"], terms["attribution"], terms["licence"], "59,431 rows"):
        assert escape(part) in page
    assert release.manifest["tables"]["london_knife_crime_count"]["sha256"] in page
    assert "case area_type when" in page
    assert "knife_crime_by_month" in page
    (row,) = rows(client.get(f"/data/releases/{release.id}/london_knife_crime_count.csv"))
    assert (row["sha256"], row["rows"]) == (terms["sha256"], "59431")


def test_every_open_table_has_a_page(client: Client) -> None:
    release = queries.release().id
    page = client.get(f"/data/releases/{release}/").text
    for name in queries.open_tables(queries.release()):
        assert f'href="/data/releases/{release}/{name}/"' in page
        assert client.get(f"/data/releases/{release}/{name}/").status_code == 200, name


def test_a_release_or_table_that_is_not_held_is_not_found(client: Client) -> None:
    release = queries.release().id
    for path in ("nothing/", "nothing/area/", f"{release}/nothing/", f"{release}/nothing.csv"):
        assert client.get(f"/data/releases/{path}").status_code == 404


def test_how_it_was_made_leads_to_the_page_of_each_table(client: Client) -> None:
    release = queries.release().id
    link = f'href="/data/releases/{release}/london_borough_offences/"'
    place = "/what-happens/E09000012-hackney/"
    assert link in client.get(place).text
    assert link in client.get(f"{place}figures/homicide-by-year/").text


@pytest.fixture
def restricted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Release]:
    """A release with cases of Kent in it, marked OFFICIAL-SENSITIVE."""
    path = tmp_path / "cases.csv"
    lines = [
        f"H{n:04},{KENT},2024-{n:02},murder,25 to 34,male,no,sharp instrument,yes"
        for n in range(1, 9)
    ]
    path.write_text(CASES + "\n".join(lines) + "\n", encoding="utf-8")
    monkeypatch.setenv("NHPF_DATA", str(tmp_path / "data"))
    caches = (
        place_queries._current, place_queries.opened, place_queries._places,
        table_queries._forces, table_queries.quality, table_queries.area_names,
    )  # fmt: skip
    for each in caches:
        each.cache_clear()
    done = import_files("homicide_cases", [path])
    yield open_release(done.release)
    for each in caches:
        each.cache_clear()


def test_a_restricted_table_is_known_to_its_force_alone(
    restricted: Release,
    client: Client,
    person: Callable[..., User],
    as_user: Callable[[User], Client],
) -> None:
    kent = open_organisation("kent", name="Kent Police", kind=Kind.FORCE, area_code=KENT)
    essex = open_organisation("essex", name="Essex", kind=Kind.FORCE, area_code="E23000028")
    address = f"/data/releases/{restricted.id}/homicide_cases/"
    pages = ["/data/", "/data/quality/", "/data/quality.csv", "/data/revisions/",
             "/data/releases/", f"/data/releases/{restricted.id}/"]  # fmt: skip
    others = (
        client,
        as_user(person("reader", Role.READER, at=kent)),
        as_user(person("other", Role.ANALYST, Role.DATA_STEWARD, at=essex)),
    )
    for browser in others:
        assert browser.get(address).status_code == 404
        assert browser.get(address.rstrip("/") + ".csv").status_code == 404
        for page in pages:
            assert "homicide_cases" not in browser.get(page).text.replace("cases_and", ""), page
    assert not Entry.objects.filter(subject__contains="homicide_cases").exists()

    steward = as_user(person("steward", Role.DATA_STEWARD, at=kent))
    assert f'href="{address}"' in steward.get(pages[-1]).text
    for page in pages[:-1]:
        assert f'href="{address}"' not in steward.get(page).text
    answer = steward.get(address)
    assert answer.status_code == 200
    assert answer.text.count("OFFICIAL-SENSITIVE") >= 3
    assert "What became of the rows" in answer.text
    (entry,) = Entry.objects.filter(subject=f"table:{restricted.id}:homicide_cases")
    assert (entry.verb, entry.who, entry.organisation) == ("consultation", "steward", "kent")


def test_two_releases_are_compared_by_area_and_period(
    restricted: Release, client: Client, tmp_path: Path
) -> None:
    ids = [restricted.id]
    for counts in ({"2024-01": 50, "2024-02": 61}, {"2024-02": 60, "2024-03": 44}):
        path = tmp_path / f"{len(ids)}.csv"
        lines = [f"force,{KENT},{month},Robbery,offences,{n}" for month, n in counts.items()]
        path.write_text(
            "area_kind,area,period,category,measure,count\n" + "\n".join(lines) + "\n", "utf-8"
        )
        ids.append(import_files("area_month_counts", [path]).release)
    first, second, third = ids
    asked = {"before": second, "after": third}
    page = client.get("/data/revisions/", asked).text
    for part in ("Removed", "Changed", "Added", "February 2024", "not held", ">Kent<"):
        assert part in page.partition('id="releases"')[2]
    found = rows(client.get("/data/revisions.csv", asked))
    assert [(row["period"], row["before"], row["after"]) for row in found] == [
        ("2024-01", "50", ""),
        ("2024-02", "61", "60"),
        ("2024-03", "", "44"),
    ]
    # The restricted table is in all three, and in none of the comparisons.
    added = client.get("/data/revisions/", {"before": first, "after": third})
    assert [each.table for each in added.context["compared"].tables] == ["area_month_counts"]
