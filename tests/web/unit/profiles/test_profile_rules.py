"""Addresses of areas, names of downloads, and what a figure's CSV says."""

from __future__ import annotations

import csv
import io

import pytest

from nhpf.disclosure.values import Disclosed
from nhpf.reports.tree import (
    Column,
    Figure,
    Interval,
    Judgement,
    Provenance,
    Report,
    Section,
    Table,
)
from nhpf_web.profiles.rules import code_in, figure_csv, figure_of, file_name, place

FIGURE = Figure(
    "trend",
    "Homicide has not changed detectably",
    "Homicides, London",
    "A reading.",
    Table(
        "Homicides",
        (Column("year", "Year"), Column("count", "Homicides", "count"), Column("rate", "Rate")),
        (
            ("2024", Disclosed(106), Interval(1.2, 1.0, 1.4)),
            ("=SUM(A1)", Disclosed(None, "fewer than 10"), None),
        ),
    ),
    (Provenance("Met open data", "2024", "London Datastore", "OGL 2", "2026-03-01", "2026-02"),),
)
JUDGEMENT = Judgement("j", "Not changed.", "moderate", "Small counts.", ("trend",))
REPORT = Report(
    title="Profile",
    area_code="E23000001",
    area_name="Metropolitan Police",
    audience="public",
    marking="OFFICIAL",
    period="2010 to 2026",
    release="r1",
    edition="2026",
    code_version="0.1.0",
    headline=JUDGEMENT,
    judgements=(JUDGEMENT,),
    sections=(Section("trend", "Trend", (FIGURE,)),),
)


def rows() -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(figure_csv(FIGURE, REPORT))))


@pytest.mark.parametrize(
    ("name", "written"),
    [("Devon & Cornwall", "devon-and-cornwall"), ("King's Lynn", "kings-lynn")],
)
def test_an_area_has_one_address(name: str, written: str) -> None:
    assert place("E23000035", name) == f"E23000035-{written}"
    assert code_in(place("E23000035", name)) == "E23000035"


@pytest.mark.parametrize("text", ["kent", "E23000035x", "E2300003", "../E23000035"])
def test_other_text_has_no_code(text: str) -> None:
    assert code_in(text) is None


def test_a_file_name_carries_its_marking_first() -> None:
    name = file_name(REPORT, what="profile", ending="html")
    assert name == "OFFICIAL_NHPF_profile_E23000001_public_r1.html"


def test_a_withheld_value_is_empty_with_its_reason_never_zero() -> None:
    shown, withheld = rows()
    assert (shown["count"], shown["count_withheld"]) == ("106", "")
    assert (withheld["count"], withheld["count_withheld"]) == ("", "fewer than 10")


def test_an_interval_fills_three_columns() -> None:
    shown, missing = rows()
    assert (shown["rate"], shown["rate_low"], shown["rate_high"]) == ("1.2", "1.0", "1.4")
    assert (missing["rate"], missing["rate_low"], missing["rate_high"]) == ("", "", "")


def test_every_row_says_where_it_comes_from() -> None:
    assert {(r["series"], r["release"], r["marking"]) for r in rows()} == {
        ("Met open data", "r1", "OFFICIAL")
    }


def test_no_cell_is_a_formula() -> None:
    assert rows()[1]["year"] == "'=SUM(A1)"


def test_a_figure_is_found_by_its_id() -> None:
    assert figure_of(REPORT, "trend") is FIGURE
    assert figure_of(REPORT, "none") is None
