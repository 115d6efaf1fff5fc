"""JSON holds every figure, says null for what is withheld, and is the same each time."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import numpy as np
import pytest

from nhpf import reports
from nhpf.errors import InvalidInput
from nhpf.reports.json_report import SCHEMA
from nhpf.reports.tree import Column, Figure, Report, Section, Table

SIGNED = ("eia-unsolved",)


def with_cell(report: Report, value: object) -> Report:
    figure = reports.figure(report, "trend")
    assert figure is not None
    columns = (Column("n", "N", "number"),)
    changed = replace(figure, table=Table("t", columns, ((value,),)))  # type: ignore[arg-type]
    return replace(report, sections=(Section("s", "S", (changed,)),))


def test_it_holds_every_figure_with_all_its_rows_and_provenance(report: Report) -> None:
    read = json.loads(reports.to_json(report, signed=SIGNED))
    assert read["schema"] == SCHEMA
    blocks = [block for section in read["report"]["sections"] for block in section["blocks"]]
    held = {block["id"]: block for block in blocks if block["kind"] == "figure"}
    for figure in reports.figures(report):
        written = held[figure.id]
        assert len(written["table"]["rows"]) == len(figure.table.rows)
        assert written["chart"] == (type(figure.chart).__name__ if figure.chart else None)
        assert written["provenance"][0]["sha256"] == list(figure.provenance[0].sha256)
        assert written["provenance"][0]["rows"] == 1_234_567
    kinds = {block["kind"] for block in blocks}
    assert kinds == {"paragraph", "inset", "figure", "judgement", "pointer", "missing"}
    assert read["report"]["headline"]["confidence"] == "moderate"


def test_what_is_withheld_is_null_and_flagged_and_what_is_not_known_is_null_alone(
    report: Report,
) -> None:
    read = json.loads(reports.to_json(report))
    figure = next(b for b in read["report"]["sections"][0]["blocks"] if b.get("id") == "trend")
    rows = figure["table"]["rows"]
    assert rows[1]["count"] == {"value": None, "withheld": True, "reason": "fewer than 5"}
    assert rows[1]["share"] is None
    assert rows[2]["count"] == {"value": 7, "withheld": False, "reason": None}
    assert rows[0]["rate"] == {
        "estimate": 1.13, "low": 0.94, "high": 1.35, "level": 0.95, "method": "Byar",
    }  # fmt: skip


def test_the_same_report_gives_the_same_bytes(report: Report) -> None:
    assert reports.to_json(report) == reports.to_json(replace(report))


def test_numbers_of_arrays_are_written_as_numbers(report: Report) -> None:
    for value in (np.int64(7), np.float64(7.0), np.float32(7.0)):
        read = json.loads(reports.to_json(with_cell(report, value)))
        assert read["report"]["sections"][0]["blocks"][0]["table"]["rows"] == [{"n": 7}]


def test_a_number_that_is_not_finite_is_refused(report: Report) -> None:
    with pytest.raises(InvalidInput, match="finite"):
        reports.to_json(with_cell(report, math.nan))


def test_one_figure_alone_keeps_its_marking_and_release(report: Report) -> None:
    figure = reports.figure(report, "methods")
    assert isinstance(figure, Figure)
    read = json.loads(reports.figure_json(figure, report))
    assert (read["marking"], read["release"]) == ("OFFICIAL", report.release)
    assert read["figure"]["id"] == "methods"
