"""A report as PDF, Word and spreadsheet: what each holds, and that it never changes by itself."""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest

from nhpf.errors import InvalidInput, RefusedByDisclosure
from nhpf.reports import figures, paper, published_part, to_document
from nhpf.reports.documents import FORMS
from nhpf.reports.tree import Distribution, Report, Withheld

SIGNED = {"eia-unsolved": "signed by the desk of tests"}
GIVEN = Distribution("Head of Crime, Kent Police", "to agree the plan")
SOURCE = Path(__file__).parents[4] / "src"


@pytest.fixture(scope="module")
def restricted(report: Report) -> Report:
    """The report as named readers get it."""
    return replace(
        report,
        audience="restricted",
        marking="OFFICIAL-SENSITIVE",
        handling="for the named recipients only",
        distribution=GIVEN,
        withholdings=(
            Withheld("trend", "Homicides by year", "Homicides: 2024/25", "it is too small", "both"),
        ),
    )


@pytest.fixture(scope="module")
def made(restricted: Report) -> dict[str, bytes]:
    return {form: to_document(restricted, form, signed=SIGNED) for form in FORMS}


@pytest.fixture(scope="module")
def parts(restricted: Report) -> tuple[paper.Part, ...]:
    return tuple(paper.parts(published_part(restricted, SIGNED), SIGNED))


def charts(report: Report) -> int:
    return sum(one.chart is not None for one in figures(report))


def test_the_pdf_declares_pdf_ua_and_has_its_tags(made: dict[str, bytes], report: Report) -> None:
    pdf = made["pdf"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert b"/MarkInfo" in pdf
    assert b"/Marked true" in pdf
    assert b"/StructTreeRoot" in pdf
    assert b"/Lang(en-GB)" in pdf
    assert b"/DisplayDocTitle true" in pdf
    assert b"/Outlines" in pdf
    pictures = re.findall(rb"/S/Figure/.*?endobj", pdf, flags=re.S)
    assert len(pictures) == charts(report)
    assert all(b"/Alt" in one for one in pictures)
    assert len(re.findall(rb"/S/TH\b", pdf)) >= 4 * charts(report)


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")
def test_the_pdf_holds_every_part_and_its_marking_on_each_page(
    made: dict[str, bytes], parts: tuple[paper.Part, ...]
) -> None:
    done = subprocess.run(
        ["pdftotext", "-", "-"], input=made["pdf"], capture_output=True, check=True
    )
    pages = done.stdout.decode().split("\f")[:-1]
    for page in pages:
        assert page.count("OFFICIAL-SENSITIVE: for the named recipients only") >= 2
    text = re.sub(r"\s+", " ", " ".join(pages))
    marks = "OFFICIAL-SENSITIVE: for the named recipients only"
    text = re.sub(rf" ?{marks} ({marks} Page \d+ of \d+ )?", " ", text)
    missing = [one for said in map(words_of, parts) for one in said if one not in text]
    assert missing == []
    assert "Given to Head of Crime, Kent Police" in text


def words_of(part: paper.Part) -> list[str]:
    """Return the short texts of a part, which no page break is likely to cut."""
    match part:
        case paper.Heading(_, text) | paper.Text(text):
            return [text] if len(text) < 60 else []
        case paper.Grid():
            return [part.caption, *part.headings]
        case paper.Facts(rows):
            return [name for name, _ in rows]
    return []


def test_word_has_real_headings_captions_and_alternative_texts(
    made: dict[str, bytes], parts: tuple[paper.Part, ...], report: Report
) -> None:
    document = docx.Document(io.BytesIO(made["docx"]))
    headings = [
        (int(one.style.name[-1]), one.text)
        for one in document.paragraphs
        if one.style.name.startswith("Heading")
    ]
    assert headings == [(one.level, one.text) for one in parts if isinstance(one, paper.Heading)]
    grids = [one for one in parts if isinstance(one, paper.Grid)]
    assert len(document.tables) == len(grids)
    for table, grid in zip(document.tables, grids, strict=True):
        assert [cell.text for cell in table.rows[0].cells] == list(grid.headings)
        assert table.rows[0]._tr.xpath("w:trPr/w:tblHeader")
        assert table._tbl.xpath("w:tblPr/w:tblCaption/@w:val") == [grid.caption]
    captions = [
        # The number is a field, which python-docx leaves out of a paragraph's text.
        "".join(one._p.xpath(".//w:t/text()"))
        for one in document.paragraphs
        if one.style.name == "Caption"
    ]
    assert captions == [f"Table {n}: {one.caption}" for n, one in enumerate(grids, start=1)]
    shown = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert shown == [one.alt for one in parts if isinstance(one, paper.Picture)]
    assert len(shown) == charts(report)
    assert all(shown)


def test_word_says_its_marking_on_each_page_and_who_is_given_it(made: dict[str, bytes]) -> None:
    document = docx.Document(io.BytesIO(made["docx"]))
    (section,) = document.sections
    for margin in (section.header, section.footer):
        assert margin.paragraphs[0].text == "OFFICIAL-SENSITIVE: for the named recipients only"
    said = [one.text for one in document.paragraphs]
    assert "Given to: Head of Crime, Kent Police" in said
    assert "Purpose: to agree the plan" in said
    held = document.core_properties
    assert (held.category, held.language) == ("OFFICIAL-SENSITIVE", "en-GB")
    assert "2026-03-03-abc123" in held.comments
    assert held.created.isoformat() == held.modified.isoformat() == "2026-03-03T00:00:00+00:00"


def test_links_in_word_lead_to_headings_that_are_there(made: dict[str, bytes]) -> None:
    body = docx.Document(io.BytesIO(made["docx"])).element.body
    places = body.xpath("//w:bookmarkStart/@w:name")
    led = body.xpath("//w:hyperlink/@w:anchor")
    assert led
    assert len(places) == len(set(places))
    assert set(led) <= set(places)


def test_the_workbook_has_one_table_a_sheet_a_cover_and_notes(
    made: dict[str, bytes], report: Report
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(made["xlsx"]))
    count = len(list(figures(report)))
    tables = [f"Table_{n}" for n in range(1, count + 1)]
    assert book.sheetnames == [
        "Cover", "Contents", "Notes", "Judgements", *tables, "Withheld", "Sources"
    ]  # fmt: skip
    for sheet in book.worksheets[1:]:
        (table,) = sheet.tables.values()
        assert not sheet.merged_cells.ranges
        for row in sheet[table.ref]:
            assert all(cell.value not in (None, "") for cell in row), (sheet.title, row)
    for sheet in book.worksheets:
        above = [str(row[0]) for row in sheet.iter_rows(max_row=5, values_only=True)]
        assert any("OFFICIAL-SENSITIVE" in text for text in above), sheet.title
        assert "OFFICIAL-SENSITIVE" in sheet.oddHeader.center.text
        assert "OFFICIAL-SENSITIVE" in sheet.oddFooter.center.text
    assert book.properties.category == "OFFICIAL-SENSITIVE"


def test_a_withheld_figure_is_a_sign_and_text_is_never_run(made: dict[str, bytes]) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(made["xlsx"]))["Table_1"]
    (table,) = sheet.tables.values()
    rows = [[cell.value for cell in row] for row in sheet[table.ref]]
    assert rows[0] == [
        "Year", "Homicides", "Rate (for each 100,000 people)",
        "Rate (for each 100,000 people), lower 95% limit",
        "Rate (for each 100,000 people), upper 95% limit", "Unsolved",
    ]  # fmt: skip
    assert rows[1] == ["2023/24", 1833, 1.13, 0.94, 1.35, 0.123]
    assert rows[2] == ["2024/25", "[c]", "[c]", "[c]", "[c]", "[x]"]
    assert rows[3][0] == "=2+5"
    assert sheet[table.ref][3][0].data_type == "s"
    said = [str(row[0]) for row in sheet.iter_rows(max_row=10, values_only=True)]
    assert any(text.startswith("[c]: a figure that is withheld") for text in said)


@pytest.mark.parametrize("form", FORMS)
def test_a_restricted_report_is_refused_without_a_named_distribution(
    restricted: Report, form: str
) -> None:
    with pytest.raises(RefusedByDisclosure, match="named readers"):
        to_document(replace(restricted, distribution=None), form, signed=SIGNED)


@pytest.mark.parametrize("form", FORMS)
def test_a_figure_without_a_signed_assessment_is_in_no_form(report: Report, form: str) -> None:
    content = to_document(report, form)
    if form in ("docx", "xlsx"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Resident population is not the population at risk" not in content
    assert b"Deaths of Black victims stay unsolved" not in content
    if form != "pdf":
        assert b"eia-unsolved) is not signed" in content


def test_a_form_that_nobody_knows_is_refused_with_those_that_are(report: Report) -> None:
    with pytest.raises(InvalidInput, match="pdf, docx, xlsx"):
        to_document(report, "odt")


def test_other_days_zones_and_seeds_of_hashing_change_no_byte(
    restricted: Report, made: dict[str, bytes], tmp_path: Path
) -> None:
    held = tmp_path / "report"
    held.write_bytes(pickle.dumps(restricted))
    script = f"""
import datetime, hashlib, pickle, sys, time
import docx, gptables, nhpf.reports.word_report, nhpf.reports.spreadsheet_report
LATER = 40 * 86400 + 12345
now, local, real = time.time, time.localtime, datetime.datetime
time.time = lambda: now() + LATER
time.localtime = lambda seconds=None: local(time.time() if seconds is None else seconds)
class Later(real):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)
    @classmethod
    def utcnow(cls):
        return cls.now(datetime.timezone.utc).replace(tzinfo=None)
writers = ("docx", "xlsxwriter", "gptables", "nhpf")
for name, module in list(sys.modules.items()):
    if name.startswith(writers) and getattr(module, "datetime", None) is real:
        module.datetime = Later
from nhpf.reports import to_document
report = pickle.load(open({str(held)!r}, "rb"))
for form in {FORMS!r}:
    print(hashlib.sha256(to_document(report, form, signed={SIGNED!r})).hexdigest())
"""
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": str(SOURCE), "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == [hashlib.sha256(made[form]).hexdigest() for form in FORMS]


@pytest.mark.parametrize(
    ("form", "package"), [("pdf", "typst"), ("docx", "docx"), ("xlsx", "gptables")]
)
def test_without_the_extra_the_command_says_which_to_install(
    report: Report, tmp_path: Path, form: str, package: str
) -> None:
    held = tmp_path / "report"
    held.write_bytes(pickle.dumps(report))
    script = f"""
import pickle, sys
sys.modules[{package!r}] = None
from nhpf.errors import InvalidInput
from nhpf.reports import to_document
try:
    to_document(pickle.load(open({str(held)!r}, "rb")), {form!r})
except InvalidInput as refusal:
    print(refusal)
"""
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "pip install 'nhpf[documents]'" in done.stdout
