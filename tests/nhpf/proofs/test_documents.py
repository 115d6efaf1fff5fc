"""A full restricted profile's documents in LibreOffice: what it opens, converts and keeps.

Skipped where LibreOffice is not installed.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from nhpf.framework import load_edition
from nhpf.profile.versions import build_versions
from nhpf.records import find_area, open_release
from nhpf.reports import figures, to_document
from nhpf.reports.tree import Distribution, Report

pytestmark = [
    pytest.mark.prove,
    pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed"),
]
METROPOLITAN, ESSEX = "E23000001", "E23000028"
MARKING = "OFFICIAL-SENSITIVE"


@pytest.fixture(scope="module", params=[METROPOLITAN, ESSEX])
def report(request: pytest.FixtureRequest) -> Report:
    """The restricted profile of London, with most figures, and of a force."""
    release, edition = open_release(), load_edition()
    area = find_area(request.param, release)
    made = build_versions(area, release=release, edition=edition)["restricted"]
    return replace(made, distribution=Distribution("Head of Crime", "to agree the plan"))


@pytest.fixture(scope="module")
def signed() -> dict[str, str]:
    return dict.fromkeys(load_edition().assessments, "signed for this test")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for LibreOffice's own settings, and for what it writes."""
    return tmp_path_factory.mktemp("office")


def converted(office: Path, content: bytes, *, given: str, wanted: str) -> bytes:
    """Return what LibreOffice makes of a file."""
    file = office / f"file.{given}"
    file.write_bytes(content)
    out = office / "out"
    shutil.rmtree(out, ignore_errors=True)
    command = ["soffice", "--headless", f"-env:UserInstallation={(office / 'own').as_uri()}"]
    subprocess.run(
        [*command, "--convert-to", wanted, "--outdir", str(out), str(file)],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return (out / f"file.{wanted}").read_bytes()


def kept(content: bytes) -> dict[str, object]:
    """Return what a Word document holds that a reader with a screen reader needs."""
    document = docx.Document(io.BytesIO(content))
    return {
        "headings": [
            (one.style.name, one.text.strip())
            for one in document.paragraphs
            if one.style.name.startswith("Heading")
        ],
        "alternative texts": sorted(document.element.body.xpath("//wp:docPr/@descr")),
        "tables": [[cell.text for cell in table.rows[0].cells] for table in document.tables],
        "repeated rows": len(document.element.body.xpath("//w:tblHeader")),
        "cells": sum(len(table._tbl.xpath(".//w:tc")) for table in document.tables),
        "marking": [
            MARKING in margin.paragraphs[0].text
            for margin in (document.sections[0].header, document.sections[0].footer)
        ],
    }


def test_word_opens_converts_and_keeps_headings_alternative_texts_and_tables(
    report: Report, signed: dict[str, str], office: Path
) -> None:
    word = to_document(report, "docx", signed=signed)
    before = kept(word)
    charts = sum(one.chart is not None for one in figures(report))
    assert charts
    assert len(before["alternative texts"]) == charts  # type: ignore[arg-type]
    odt = converted(office, word, given="docx", wanted="odt")
    with zipfile.ZipFile(io.BytesIO(odt)) as archive:
        text = archive.read("content.xml").decode()
    assert len(re.findall("<text:h ", text)) == len(before["headings"])  # type: ignore[arg-type]
    assert len(re.findall("<svg:desc>", text)) == charts
    assert len(re.findall("<table:table ", text)) == len(before["tables"])  # type: ignore[arg-type]
    assert kept(converted(office, odt, given="odt", wanted="docx")) == before


def test_word_becomes_a_pdf_with_its_marking_on_every_page(
    report: Report, signed: dict[str, str], office: Path
) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")
    word = to_document(report, "docx", signed=signed)
    pdf = converted(office, word, given="docx", wanted="pdf")
    pages = pages_of(pdf)
    assert len(pages) > 15
    assert all(page.count(MARKING) >= 2 for page in pages)
    assert "Head of Crime" in pages[0]


def pages_of(pdf: bytes) -> list[str]:
    done = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode().split("\f")[:-1]


def test_the_pdf_declares_pdf_ua_and_every_figure_has_its_text(
    report: Report, signed: dict[str, str]
) -> None:
    pdf = to_document(report, "pdf", signed=signed)
    for said in (
        b"<pdfuaid:part>1</pdfuaid:part>",
        b"/StructTreeRoot",
        b"/MarkInfo",
        b"/Marked true",
        b"/Lang(en-GB)",
        b"/DisplayDocTitle true",
        b"/Outlines",
        b"/S/TH",
    ):
        assert said in pdf, said
    pictures = re.findall(rb"/S/Figure/.*?endobj", pdf, flags=re.S)
    assert len(pictures) == sum(one.chart is not None for one in figures(report))
    assert all(re.search(rb"/Alt[(<].{20}", one, flags=re.S) for one in pictures)
    assert b"/Alt()" not in pdf


def test_the_workbook_opens_and_keeps_one_table_a_sheet_its_cover_and_its_notes(
    report: Report, signed: dict[str, str], office: Path
) -> None:
    given = to_document(report, "xlsx", signed=signed)
    again = converted(office, given, given="xlsx", wanted="ods")
    again = converted(office, again, given="ods", wanted="xlsx")
    before, after = (openpyxl.load_workbook(io.BytesIO(each)) for each in (given, again))
    count = len(list(figures(report)))
    assert before.sheetnames[:4] == ["Cover", "Contents", "Notes", "Judgements"]
    assert len([name for name in before.sheetnames if name.startswith("Table_")]) == count
    assert after.sheetnames == before.sheetnames
    for sheet in before.worksheets:
        assert len(sheet.tables) == (0 if sheet.title == "Cover" else 1), sheet.title
        assert rows_of(after[sheet.title]) == rows_of(sheet), sheet.title


def rows_of(sheet: Worksheet) -> list[list[str]]:
    """Return what a sheet says; LibreOffice keeps fifteen digits of a number."""
    return [
        [f"{cell:.12g}" if isinstance(cell, float) else str(cell) for cell in row]
        for row in sheet.iter_rows(values_only=True)
        if any(cell is not None for cell in row)
    ]
