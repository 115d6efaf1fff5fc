"""No page and no download holds a row about a person: every download of every place is read.

Who was killed, how and when is counted only for the nation, as published, and for London, where
each count that we make from the victims' file is nought or at least ten; every other place serves
totals.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from django.test import Client

from nhpf_web.profiles.queries import Place, places

PERSONAL = re.compile(
    r"victim[ _]?(id|name)|date of birth|surname|forename|count_of_victims|homicide[ _]id"
    r"|officer[ _]observed|crime id|nhs number|custody number|nominal",
    re.IGNORECASE,
)
ATTRIBUTES = re.compile(r"\b(age|sex|ethnic\w*|method|domestic|unsolved)\b", re.IGNORECASE)
LONDON, NATION = "E23000001", "K04000001"
ABOUT_VICTIMS = ("who-how-when", "unsolved", "inequalities")
LEAST_SHOWN = 10

pytestmark = pytest.mark.django_db

Table = dict[str, Any]


@cache
def downloads() -> tuple[tuple[Place, dict[str, Any]], ...]:
    """Every place with its whole profile as the site gives it to anybody."""
    client = Client()
    found = []
    for place in places():
        answer = client.get(f"{place.address}profile.json")
        assert answer.status_code == 200, place
        found.append((place, answer.json()["report"]))
    return tuple(found)


def tables(report: dict[str, Any], *sections: str) -> Iterator[tuple[str, Table]]:
    for section in report["sections"]:
        if not sections or section["id"] in sections:
            for block in section["blocks"]:
                if block.get("table"):
                    yield block["id"], block["table"]


def shown_counts(table: Table) -> Iterator[float]:
    counted = [column["key"] for column in table["columns"] if column["kind"] == "count"]
    for row in table["rows"]:
        for key in counted:
            value = row[key]["value"] if isinstance(row[key], dict) else row[key]
            if value is not None:
                yield value


def test_no_table_of_any_place_has_a_personal_column() -> None:
    read = 0
    for place, report in downloads():
        for id_, table in tables(report):
            read += 1
            words = " ".join(f"{each['key']} {each['heading']}" for each in table["columns"])
            assert not PERSONAL.search(words), (place.code, id_)
    assert read >= 500


def test_only_the_nation_and_london_say_who_was_killed_and_how() -> None:
    saying = {place.code for place, report in downloads() if any(tables(report, *ABOUT_VICTIMS))}
    assert LONDON in saying
    assert saying <= {LONDON, NATION}


def test_other_places_count_no_homicide_by_attribute() -> None:
    for place, report in downloads():
        if place.code in {LONDON, NATION}:
            continue
        for id_, table in tables(report, "trend", "comparison"):
            headings = " ".join(column["heading"] for column in table["columns"])
            assert not ATTRIBUTES.search(headings), (place.code, id_)


def test_london_counts_of_victims_are_nought_or_ten_and_more() -> None:
    report = next(report for place, report in downloads() if place.code == LONDON)
    counts = [
        (id_, count)
        for id_, table in tables(report, *ABOUT_VICTIMS)
        for count in shown_counts(table)
    ]
    assert len(counts) > 100
    assert [each for each in counts if 0 < each[1] < LEAST_SHOWN] == []


def test_every_csv_of_london_has_as_many_rows_as_its_table(client: Client) -> None:
    place, report = next(each for each in downloads() if each[0].code == LONDON)
    for id_, table in tables(report):
        address = f"{place.address}figures/{id_}.csv"
        rows = list(csv.reader(io.StringIO(client.get(address).content.decode("utf-8-sig"))))
        assert len(rows) == len(table["rows"]) + 1, id_
        assert not any(PERSONAL.search(cell) for cell in rows[0]), id_
