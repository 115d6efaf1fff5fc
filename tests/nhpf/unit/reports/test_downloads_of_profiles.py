"""Every file that real profiles give away stands alone: what it is, from where, and its marking."""

from __future__ import annotations

import csv
import io
from xml.etree import ElementTree

import pytest

from nhpf import reports
from nhpf.framework import Edition
from nhpf.profile import build
from nhpf.records import Release, find_area
from nhpf.reports.tree import Figure, Report
from nhpf.reports.words import marking, spoken_date

METROPOLITAN, NATION, KENT, HACKNEY = "E23000001", "K04000001", "E23000032", "E09000012"
ORIGIN = [
    "series", "figure_period", "source", "licence", "extract_date", "vintage", "release", "marking",
]  # fmt: skip

Taken = list[tuple[Figure, Report]]


@pytest.fixture(scope="module")
def taken(release: Release, edition: Edition) -> Taken:
    """Each figure of four profiles with its report."""
    built = (
        build(find_area(code, release), release=release, edition=edition, audience="public")
        for code in (METROPOLITAN, NATION, KENT, HACKNEY)
    )
    return [(figure, report) for report in built for figure in reports.figures(report)]


def test_a_csv_names_no_column_twice_and_says_where_it_is_from(taken: Taken) -> None:
    assert len(taken) > 40
    for figure, report in taken:
        where = (report.area_code, figure.id)
        header, *rows = csv.reader(io.StringIO(reports.figure_csv(figure, report)))
        assert len(set(header)) == len(header), where
        assert header[-len(ORIGIN) :] == ORIGIN, where
        assert len(rows) == len(figure.table.rows), where
        for row in rows:
            assert all(row[-len(ORIGIN) :]), where
            said = dict(zip(header, row, strict=True))
            for source in figure.provenance:
                assert source.source in said["source"], where
                assert source.licence in said["licence"], where


def test_a_chart_alone_shows_its_marking_and_all_of_where_it_is_from(taken: Taken) -> None:
    drawn = [(figure, report) for figure, report in taken if figure.chart is not None]
    assert len(drawn) > 20
    for figure, report in drawn:
        svg = ElementTree.fromstring(reports.figure_svg(figure, report))
        lines = list(svg.iter("{http://www.w3.org/2000/svg}text"))
        shown = " ".join(line.text or "" for line in lines)
        for line in (lines[0], lines[-1]):
            assert line.text == marking(report), figure.id
        bottom = max(float(line.attrib["y"]) for line in lines)
        assert bottom < float(svg.attrib["height"]), figure.id
        wanted = [figure.title, figure.subtitle, f"Release: {report.release}"]
        for part in figure.provenance:
            wanted += [part.series, part.period, part.source, spoken_date(part.extract_date)]
        missing = [text for text in wanted if " ".join(text.split()) not in shown]
        assert missing == [], (report.area_code, figure.id)
