"""The parts of a report as Word's own: styles, headings, captions, tables, fields, alt texts.

Needs python-docx; ``word_report`` imports it only where a Word document is asked for.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm

from nhpf.reports import paper
from nhpf.reports.word_styles import field, set_page, set_styles

_WIDTH = Mm(170)
_LOOKS = {
    "body": "Normal",
    "lead": "Lead",
    "quiet": "Quiet",
    "inset": "Inset",
    "strong": "Key line",
}
_NS = nsdecls("w")
_RULES = (
    '<w:tblBorders><w:top w:val="single" w:sz="8" w:color="505A5F"/>'
    '<w:bottom w:val="single" w:sz="8" w:color="505A5F"/>'
    '<w:insideH w:val="single" w:sz="4" w:color="B1B4B6"/></w:tblBorders>'
)
# Letters that a column counts with at least and at most when the width is shared out.
_SHORTEST, _LONGEST = 12, 24
# Above this many columns the lettering of a table is smaller.
_MANY = 6


class Writer:
    """A Word document that grows part by part.

    Parameters
    ----------
    marking : str
        The line at the top and bottom of each page.
    pictures : iterator of bytes
        The charts as PNG, in the order of the parts.
    parts : sequence of Part
        All parts, so that links know where their headings stand.
    """

    def __init__(
        self, marking: str, pictures: Iterator[bytes], parts: Sequence[paper.Part]
    ) -> None:
        self.document: Any = Document()
        self._pictures = pictures
        self._headings = [one for one in parts if isinstance(one, paper.Heading)]
        named = [one.id for one in self._headings if one.id]
        self._places = {id_: f"part{place}" for place, id_ in enumerate(named)}
        self._tables = 0
        set_styles(self.document)
        self._ids = {each.name: each.style_id for each in self.document.styles}
        set_page(self.document.sections[0], marking)

    def add(self, one: paper.Part) -> None:
        """Write one part."""
        match one:
            case paper.Heading():
                self._heading(one)
            case paper.Text(text, look):
                self.paragraph(text, _LOOKS[look])
            case paper.Bullets(items):
                for item in items:
                    self.paragraph(item, "List Bullet")
            case paper.Links(lead, links):
                self._links(lead, links)
            case paper.Picture():
                self._picture(one)
            case paper.Facts(rows):
                for name, said in rows:
                    self._fact(name, said)
            case paper.Grid():
                self._grid(one)

    def paragraph(self, text: str, style: str = "Normal") -> Any:
        """Write a paragraph in one of the document's styles."""
        paragraph = self.document.add_paragraph(text)
        # By its id: the library would look through all styles for each paragraph.
        paragraph._p.style = self._ids[style]
        return paragraph

    def new_page(self) -> None:
        """End the page."""
        self.document.add_page_break()

    def contents(self) -> None:
        """Write the contents as a field, filled, so that they stand before Word updates them."""
        self.paragraph("Contents", "Contents heading")
        listed = [one for one in self._headings if one.level < 3 and one.id]
        for place, one in enumerate(listed):
            paragraph = self.paragraph("", f"toc {one.level}")
            if place == 0:
                _field_start(paragraph, 'TOC \\o "1-2" \\h \\z \\u')
            self._link(paragraph, one.text, one.id)
            if place == len(listed) - 1:
                _field_end(paragraph)

    def _heading(self, one: paper.Heading) -> None:
        paragraph = self.paragraph(one.text, f"Heading {one.level}")
        if one.id:
            place = self._places[one.id]
            mark = f'w:id="{place.removeprefix("part")}"'
            start = parse_xml(f'<w:bookmarkStart {_NS} {mark} w:name="{place}"/>')
            paragraph.runs[0]._r.addprevious(start)
            paragraph._p.append(parse_xml(f"<w:bookmarkEnd {_NS} {mark}/>"))

    def _links(self, lead: str, links: tuple[tuple[str, str], ...]) -> None:
        paragraph = self.paragraph(lead, "Quiet")
        for place, (text, id_) in enumerate(links):
            self._link(paragraph, text, id_, underlined=True)
            paragraph.add_run("; " if place < len(links) - 1 else ".")

    def _link(self, paragraph: Any, text: str, id_: str, *, underlined: bool = False) -> None:
        look = '<w:rPr><w:color w:val="12436D"/><w:u w:val="single"/></w:rPr>' if underlined else ""
        run = f'<w:r>{look}<w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r>'
        place = self._places[id_]
        link = f'<w:hyperlink {_NS} w:anchor="{place}" w:history="1">{run}</w:hyperlink>'
        paragraph._p.append(parse_xml(link))

    def _picture(self, one: paper.Picture) -> None:
        run = self.paragraph("", "Picture").add_run()
        shape = run.add_picture(io.BytesIO(next(self._pictures)), width=_WIDTH)
        named = shape._inline.docPr
        named.set("name", one.id)
        named.set("descr", one.alt)

    def _fact(self, name: str, said: str) -> None:
        paragraph = self.paragraph("", "Fact")
        paragraph.add_run(f"{name}: ").bold = True
        paragraph.add_run(said)

    def _grid(self, one: paper.Grid) -> None:
        self._tables += 1
        caption = self.paragraph("Table ", "Caption")
        caption._p.append(field("SEQ Table \\* ARABIC", str(self._tables)))
        caption.add_run(f": {one.caption}")
        self.document.element.body.insert_element_before(_table(one), "w:sectPr")
        # A table and what follows it need a paragraph between them, with words or without.
        self.paragraph(one.note, "Table note")


def _table(one: paper.Grid) -> Any:
    """Return a table whose first row repeats on each page and whose cells are words."""
    size = 16 if len(one.headings) > _MANY else 18
    said = escape(one.caption)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in _widths(one))
    head = _row(one.headings, one.numeric, size, "<w:tblHeader/>", "<w:b/>")
    body = "".join(_row(row, one.numeric, size) for row in one.rows)
    return parse_xml(
        f'<w:tbl {_NS}><w:tblPr><w:tblW w:w="5000" w:type="pct"/>{_RULES}'
        '<w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/>'
        '</w:tblCellMar><w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" '
        'w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{said}"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
        f"{head}{body}</w:tbl>"
    )


def _widths(one: paper.Grid) -> list[int]:
    """Return the width of each column in twentieths of a point, by its longest cell."""
    longest = [
        max(*map(len, heading.split()), *(len(row[place]) for row in one.rows), _SHORTEST)
        for place, heading in enumerate(one.headings)
    ]
    shares = [min(letters, _LONGEST) for letters in longest]
    return [round(_WIDTH.twips * share / sum(shares)) for share in shares]


def _row(
    cells: tuple[str, ...], numeric: tuple[bool, ...], size: int, more: str = "", look: str = ""
) -> str:
    written = "".join(
        f'<w:tc><w:p><w:pPr><w:spacing w:before="30" w:after="30" w:line="240"/>'
        f'<w:jc w:val="{"right" if is_number else "left"}"/></w:pPr>'
        f'<w:r><w:rPr>{look}<w:sz w:val="{size}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(cell, quote=False)}</w:t></w:r></w:p></w:tc>'
        for cell, is_number in zip(cells, numeric, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{more}</w:trPr>{written}</w:tr>"


def _field_start(paragraph: Any, instruction: str) -> None:
    for inner in (
        '<w:fldChar w:fldCharType="begin"/>',
        f'<w:instrText xml:space="preserve"> {instruction} </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
    ):
        paragraph._p.append(parse_xml(f"<w:r {_NS}>{inner}</w:r>"))


def _field_end(paragraph: Any) -> None:
    paragraph._p.append(parse_xml(f'<w:r {_NS}><w:fldChar w:fldCharType="end"/></w:r>'))
