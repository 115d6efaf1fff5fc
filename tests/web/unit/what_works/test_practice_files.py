"""Which files are taken, and practices out to a file and in again."""

from __future__ import annotations

import io
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhpf.errors import InvalidInput, PersonalData
from nhpf_web.what_works.rules import (
    FIELDS,
    FINDINGS,
    Answers,
    Kind,
    answers_of,
    as_csv,
    as_json,
    check_upload,
    number_of,
    plain_name,
    read_rows,
    row_of,
)

ABOUT = {"permanent_id": "pr-7-x", "version": "2", "organisation": "North", "state": "published"}
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 20 + b"IEND\xaeB`\x82"
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n"


def office(*names: str, reaching: str = "") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("[Content_Types].xml", *names):
            archive.writestr(name, "<x/>")
        if reaching:
            relation = f'<Relationship Type="http://x/{reaching}" TargetMode="External"/>'
            archive.writestr("word/_rels/settings.xml.rels", f"<x>{relation}</x>")
    return packed.getvalue()


def pdf_with(stream: bytes) -> bytes:
    packed = zlib.compress(stream)
    return b"%PDF-1.7\n1 0 obj<<>>stream\n" + packed + b"\nendstream\n%%EOF"


TAKEN = {
    "a.pdf": PDF,
    "b.PDF": pdf_with(b"<</Type/Page>>"),
    "c.docx": office("word/document.xml"),
    "link.docx": office("word/document.xml", reaching="hyperlink"),
    "d.xlsx": office("xl/workbook.xml", "xl/worksheets/sheet1.xml"),
    "e.csv": "\ufeffmonth,count\r\nMay 2024,30\r\n".encode(),
    "f.png": PNG,
}
REFUSED = {
    "a.exe": PDF,
    "a": PDF,
    "empty.pdf": b"",
    "large.png": PNG[:8] + b"\x00" * (10 * 1024**2) + PNG[-12:],
    "page.pdf": b"<html></html>",
    "script.pdf": PDF.replace(b"/Type", b"/OpenAction<</S/JavaScript>>/Type"),
    "hidden.pdf": pdf_with(b"<</S /JavaScript /JS (x)>>"),
    "spelt.pdf": PDF.replace(b"/Type", b"/Op#65nAction<</S/J#61vaScript>>/Type"),
    "mixed.pdf": PDF.replace(b"1 0 obj", b"stream\n" * 9 + b"1 0 obj"),
    "locked.pdf": PDF.replace(b"/Type", b"/Encrypt 5 0 R/Type"),
    "macro.docx": office("word/document.xml", "word/vbaProject.bin"),
    "ole.docx": office("word/document.xml", "word/embeddings/x.xlsx"),
    "links.xlsx": office("xl/workbook.xml", "xl/externalLinks/externalLink1.xml"),
    "template.docx": office("word/document.xml", reaching="attachedTemplate"),
    "slip.xlsx": office("xl/workbook.xml", "../../etc/x"),
    "wrong.docx": office("xl/workbook.xml"),
    "notzip.docx": b"PK\x03\x04 and no more",
    "picture.png": b"<svg onload=alert(1)>",
    "page.csv": b"\x00\x01\x02",
    "one.csv": b"<script>alert(1)</script>",
    "latin.csv": "a,b\né,1".encode("latin-1"),
}


@pytest.mark.parametrize("name", TAKEN)
def test_five_types_are_taken_by_their_content(name: str) -> None:
    assert check_upload(name, TAKEN[name]) == name.rpartition(".")[2].lower()


@pytest.mark.parametrize("name", REFUSED)
def test_all_else_is_refused(name: str) -> None:
    with pytest.raises(InvalidInput):
        check_upload(name, REFUSED[name])


@pytest.mark.parametrize("wrong", [b"name,count\nA,1\n", b"a,b\nJane Smith,1\n", b"a,dob\nx,1\n"])
def test_a_table_about_people_is_refused(wrong: bytes) -> None:
    with pytest.raises(PersonalData):
        check_upload("a.csv", wrong)


def test_a_bomb_is_not_unpacked() -> None:
    with pytest.raises(InvalidInput):
        check_upload("a.pdf", pdf_with(b"\x00" * 101 * 1024**2))


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Our report (final).PDF", "Our-report-final.pdf"),
        ("../../etc/passwd.csv", "passwd.csv"),
        ("C:\\x\\ü.csv", "file.csv"),
        ('a"\r\nb.csv', "a-b.csv"),
    ],
)
def test_a_name_holds_nothing_but_letters_and_digits(name: str, kept: str) -> None:
    assert plain_name(name) == kept


words = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30).map(
    lambda text: f"{text}\nline {text}"
)
ids = st.from_regex(r"[a-z]{2}-[a-z0-9-]{1,12}", fullmatch=True)


@st.composite
def answers(draw: st.DrawFn) -> Answers:
    """Any answers that could be kept, some of them left out."""
    found: dict[str, str | list[str]] = {}
    for name, field in FIELDS.items():
        if draw(st.booleans()):
            several = st.lists(ids, min_size=1, max_size=3, unique=True)
            found[name] = draw(several if field.kind == Kind.SEVERAL else words)
    found["title"] = draw(words)
    found["finding"] = draw(st.sampled_from(FINDINGS)).code
    return found


@pytest.mark.parametrize("ending", ["csv", "json"])
@given(held=st.lists(answers(), min_size=1, max_size=3))
def test_out_and_in_again_loses_nothing(ending: str, held: list[Answers]) -> None:
    rows = [row_of(ABOUT, one) for one in held]
    text = as_csv(rows) if ending == "csv" else as_json(rows)
    back = read_rows(text, ending=ending)
    assert [answers_of(row) for row in back] == held
    assert back == rows
    assert (as_csv(back) if ending == "csv" else as_json(back)) == text


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@x", "'=x", "\tx"])
def test_a_sheet_takes_no_answer_for_a_formula(formula: str) -> None:
    text = as_csv([row_of(ABOUT, {"title": formula})])
    assert f"'{formula}" in text
    assert answers_of(read_rows(text, ending="csv")[0]) == {"title": formula}


@pytest.mark.parametrize(
    ("text", "ending"),
    [
        ("", "csv"),
        ("a,b\n1,2\n", "csv"),
        ("title\n", "csv"),
        ("title,problem\nA\n", "csv"),
        ("title\nA,B\n", "csv"),
        ("{", "json"),
        ("[]", "json"),
        ('{"format":"other","practices":[]}', "json"),
        ('{"format":"nhpf-practices/1","practices":[]}', "json"),
        ('{"format":"nhpf-practices/1","practices":[1]}', "json"),
        ("[" * 100_000, "json"),
    ],
)
def test_a_file_that_is_no_list_of_practices_is_refused(text: str, ending: str) -> None:
    with pytest.raises(InvalidInput):
        read_rows(text, ending=ending)


@pytest.mark.parametrize(
    "row",
    [
        {"title": "A", "colour": "red"},
        {"title": ["A"]},
        {"title": "A", "areas": "ar-knife"},
        {"title": "A", "areas": [1]},
        {"title": "A", "label_2023": "worked", "stage": "untested"},
    ],
)
def test_a_row_that_says_what_no_field_holds_is_refused(row: dict[str, object]) -> None:
    with pytest.raises(InvalidInput):
        answers_of(row)


@pytest.mark.parametrize("wrong", ["pr-0-x", "pr-x", "pr-1", "PR-1-x", "pr-1-x/", "pr-9999999-x"])
def test_an_id_of_another_form_is_refused(wrong: str) -> None:
    with pytest.raises(InvalidInput):
        number_of(wrong)
    assert number_of("pr-12-support-in-hospital") == 12
