"""What a reader takes away: complete, safe in a spreadsheet, named by its marking."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from xml.etree import ElementTree

from nhpf import reports
from nhpf.reports.tree import Column, Report, Table


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_withheld_value_is_empty_with_its_reason_beside_it(report: Report) -> None:
    figure = reports.figure(report, "trend")
    assert figure is not None
    rows = rows_of(reports.table_csv(figure.table))
    header = "year count count_withheld rate rate_low rate_high rate_withheld share"
    assert list(rows[0]) == header.split()
    assert rows[0]["rate_high"] == "1.35"
    assert rows[1]["count"] == ""
    assert rows[1]["count_withheld"] == "fewer than 5"
    assert rows[1]["rate"] == rows[1]["rate_low"] == ""
    assert rows[2]["count"] == "7"
    assert rows[2]["count_withheld"] == ""


def test_text_that_a_spreadsheet_would_run_is_quoted_and_a_negative_number_is_not() -> None:
    columns = (Column("name", "Name"), Column("change", "Change", "number"))
    starts = ("=1", "+1", "-1", "@a", "\t=1", "\r=1")
    table = Table("t", columns, tuple((start, -2) for start in starts))
    rows = rows_of(reports.table_csv(table))
    assert [row["name"][0] for row in rows] == ["'"] * len(starts)
    assert {row["change"] for row in rows} == {"-2"}


def test_each_row_of_a_figure_says_where_it_is_from(report: Report) -> None:
    figure = reports.figure(report, "trend")
    assert figure is not None
    for row in rows_of(reports.figure_csv(figure, report)):
        assert row["series"] == "Metropolitan Police recorded crime, ward level"
        assert row["figure_period"].startswith("April 2010")
        assert row["source"] == "Metropolitan Police Service, London Datastore"
        assert row["licence"] == "Open Government Licence v3.0"
        assert (row["extract_date"], row["vintage"]) == ("2026-03-03", "March 2026")
        assert row["release"] == report.release
        assert row["marking"] == "OFFICIAL"


def test_a_chart_as_a_file_carries_title_source_and_marking(report: Report) -> None:
    figure = reports.figure(report, "trend")
    assert figure is not None
    svg = ElementTree.fromstring(reports.figure_svg(figure, report))
    words = " ".join(element.text or "" for element in svg.iter())
    assert figure.title in words
    assert "Source: Metropolitan Police Service" in words
    assert "OFFICIAL" in words
    assert reports.figure_svg(replace(figure, chart=None), report) == ""


def test_a_file_name_begins_with_the_marking(report: Report) -> None:
    name = reports.file_name(report, what="trend", ending="csv")
    assert name == "OFFICIAL_NHPF_trend_E23000001_public_2026-03-03-abc123.csv"
    odd = replace(report, marking="OFFICIAL-SENSITIVE", release="../x")
    assert "/" not in reports.file_name(odd, what="a b", ending="csv")
