"""The styles and the page of a Word report; an editor changes the look of all parts there."""

from __future__ import annotations

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

_NS = nsdecls("w")
_FONT = "Arial"
_INK, _QUIET = "0B0C0C", "505A5F"
_BAR = f'<w:pBdr {_NS}><w:left w:val="single" w:sz="24" w:space="10" w:color="B1B4B6"/></w:pBdr>'


def field(instruction: str, shown: str) -> Any:
    """Return a field of Word with what it shows until Word works it out."""
    return parse_xml(
        f'<w:fldSimple {_NS} w:instr=" {instruction} "><w:r><w:t>{shown}</w:t></w:r></w:fldSimple>'
    )


def set_page(section: Any, marking: str) -> None:
    """Make the page A4 with the marking at its top and bottom, and its number."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(24), Mm(28)
    for part in (section.header, section.footer):
        line = part.paragraphs[0]
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = line.add_run(marking)
        run.bold, run.font.size = True, Pt(8)
    number = section.footer.add_paragraph()
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    number.add_run("Page ")
    number._p.append(field("PAGE", "1"))
    number.add_run(" of ")
    number._p.append(field("NUMPAGES", "1"))


def set_styles(document: Any) -> None:
    """Set the styles that the parts of a report use."""
    _set(document, "Normal", size=10.5, after=6)
    title = _set(document, "Title", size=28, before=90, after=12, bold=True)
    for border in title.element.iter(qn("w:pBdr")):
        border.getparent().remove(border)
    for level, size, before in ((1, 17, 22), (2, 13, 16), (3, 11, 10)):
        _set(document, f"Heading {level}", size=size, before=before, after=5, bold=True)
    _set(document, "Caption", size=9.5, before=8, after=4, bold=True, stays=True)
    _set(document, "List Bullet", size=10.5, after=3)
    _set(document, "Quiet", size=9, after=6, colour=_QUIET)
    _set(document, "Table note", size=9, before=4, after=6, colour=_QUIET)
    _set(document, "Lead", size=10.5, after=6, colour=_QUIET, stays=True)
    _set(document, "Key line", size=10.5, after=3, bold=True, stays=True)
    _set(document, "Fact", size=10, after=3)
    _set(document, "Picture", size=10, after=6)
    inset = _set(document, "Inset", size=10.5, before=4, after=8)
    inset.paragraph_format.left_indent = Mm(5)
    inset.element.get_or_add_pPr().insert_element_before(parse_xml(_BAR), "w:spacing", "w:ind")
    _set(document, "Contents heading", size=17, after=8, bold=True)
    for level in (1, 2):
        entry = _set(document, f"toc {level}", size=10, after=3, bold=level == 1)
        entry.paragraph_format.left_indent = Mm(6 * (level - 1))
    language = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    language.set(qn("w:val"), "en-GB")


def _set(
    document: Any,
    name: str,
    *,
    size: float,
    before: float = 0,
    after: float = 0,
    bold: bool = False,
    colour: str = _INK,
    stays: bool = False,
) -> Any:
    """Set a paragraph style, made where the document has none of this name, and return it."""
    styles = document.styles
    known = name in styles
    style = styles[name] if known else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.font.size, style.font.bold = Pt(size), bold
    style.font.color.rgb = RGBColor.from_string(colour)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    # A font of the theme would go before the one that is named.
    fonts.attrib.clear()
    style.font.name = _FONT
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    layout.keep_with_next = stays or name.startswith("Heading")
    return style
