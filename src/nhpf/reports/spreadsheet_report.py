"""A report as an accessible spreadsheet: cover, contents, notes, and one table a sheet.

It follows the Analysis Function's guidance on spreadsheets through gptables, which Government
analysts wrote for it: shorthand for what cannot be shown, no merged or blank cells, one table a
sheet, notes by number.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, time
from typing import Any

from nhpf.reports import paper, sheets, sources, words
from nhpf.reports.archives import without_times
from nhpf.reports.distribution import check_distribution
from nhpf.reports.extra import needing
from nhpf.reports.publication import published_part
from nhpf.reports.tree import Report

_ONE_TABLE = "This worksheet contains one table."
# Text is text: no cell of a source may run as a formula or lead to an address.
_PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_A4 = 9
# Points of a line of a table and of the cover; letters of columns that are read or that label.
_LINE, _LEAD, _READING, _LABELS = 16, 20, 100, 16
# A printed page shows so many columns at least, so that few do not stand there as giants.
_PRINTED = 8


def to_spreadsheet(report: Report, *, signed: Mapping[str, str] | Collection[str] = ()) -> bytes:
    """Return a report's tables as an Excel workbook, the same to the byte for the same report.

    Numbers are not rounded; an interval fills three columns. ``[c]`` stands for a withheld figure
    and ``[x]`` for one that is not known: no cell is blank.

    Parameters
    ----------
    report : Report
        The report tree; a restricted one with its distribution.
    signed : mapping of str to str, or collection of str
        As for `to_html`.

    Raises
    ------
    RefusedByDisclosure
        If a restricted report has no distribution.
    InvalidInput
        If the extra ``documents`` is not installed.
    """
    check_distribution(report)
    shown = published_part(report, signed)
    with needing("documents"), warnings.catch_warnings():
        # gptables leaves the file of its theme to be closed by the interpreter.
        warnings.simplefilter("ignore", ResourceWarning)
        import gptables
        import pandas
    marking = words.marking(shown)
    made = {sheet.name: sheet for sheet in sheets.sheets(shown)}
    notes = {sheet.name: sheet.note for sheet in made.values() if sheet.note}
    file = io.BytesIO()
    with warnings.catch_warnings():
        # A report without a note has no sheet of notes, which is as it should be.
        warnings.simplefilter("ignore")
        book = gptables.produce_workbook(
            file,
            {name: _table(sheet, marking) for name, sheet in made.items()},
            cover=_cover(shown),
            contentsheet_options={"subtitles": [marking], "instructions": _ONE_TABLE},
            notes_table=pandas.DataFrame(notes.items(), columns=["Note", "Note text"]),
            notesheet_options={"instructions": f"{marking}. {_ONE_TABLE}"},
            auto_width=False,
            workbook_options=_PLAIN,
        )
    _lay_out(book, marking)
    for name, sheet in made.items():
        _fit(book.get_worksheet_by_name(name), sheet)
    _fit_words(book, shown, notes)
    _describe(book, shown)
    book.close()
    return without_times(file.getvalue())


def _cover(report: Report) -> Any:
    import gptables

    return gptables.Cover(
        title=report.title,
        width=_READING,
        intro=[words.marking(report), report.headline.sentence],
        about=[f"{name}: {said}" for name, said in paper.cover(report).rows]
        + [paper.MADE.format(report), *_shorthand()],
    )


def _shorthand() -> Iterator[str]:
    for sign, meaning in sheets.SHORTHAND.items():
        yield f"{sign} in a table stands for: {meaning}."


def _table(sheet: sheets.Sheet, marking: str) -> Any:
    import gptables
    import pandas

    frame = pandas.DataFrame(list(sheet.rows), columns=list(sheet.headings), dtype=object)
    formats: list[dict[str, Any]] = [
        {"column": {"columns": [place], "format": {"valign": "top", **_number(form)}}}
        for place, form in enumerate(sheet.formats)
    ]
    return gptables.GPTable(
        table=frame,
        table_name=sheet.name,
        title=f"{sheet.title} $${sheet.name}$$" if sheet.note else sheet.title,
        subtitles=[marking, *sheet.subtitles],
        instructions=_ONE_TABLE,
        legend=list(sheet.legend),
        source=sheet.source,
        scope=sheet.scope,
        index_columns={1: 0},
        additional_formatting=formats,
    )


def _number(form: str) -> dict[str, Any]:
    return {"num_format": form, "align": "right"} if form else {}


def _lay_out(book: Any, marking: str) -> None:
    """Print on A4 across, with the marking at the top and bottom of each page."""
    line = f"&C&B{marking.replace('&', '&&')}"[:250]
    for page in book.worksheets():
        page.set_header(line)
        page.set_footer(f"{line}\n&P of &N")
        page.set_landscape()
        page.set_paper(_A4)
        page.fit_to_pages(1, 0)


def _fit(page: Any, sheet: sheets.Sheet) -> None:
    """Let columns and rows of a table hold their words, and the printed page its columns."""
    for place, width in enumerate(sheet.widths):
        page.set_column(place, place, width)
    page.set_row(0, _LEAD)
    # Title, marking, subtitles and instructions, then what gptables writes where it is given.
    above = 3 + len(sheet.subtitles) + len(sheet.legend) + bool(sheet.source) + bool(sheet.scope)
    for place, high in enumerate(sheet.heights):
        page.set_row(above + place, _LINE * high)
    page.print_area(0, 0, above + len(sheet.rows), max(len(sheet.widths), _PRINTED) - 1)
    page.repeat_rows(above)


def _fit_words(book: Any, report: Report, notes: Mapping[str, str]) -> None:
    """Let the rows of cover, contents and notes hold their words."""
    cover = _cover(report)
    said = [cover.title, "", *cover.intro, "", *cover.about]
    for place, text in enumerate(said):
        book.get_worksheet_by_name("Cover").set_row(place, _LEAD * sheets.lines(text, _READING))
    book.get_worksheet_by_name("Contents").set_column(0, 0, _LABELS)
    book.get_worksheet_by_name("Contents").set_column(1, 1, _READING)
    if notes:
        page = book.get_worksheet_by_name("Notes")
        page.set_column(0, 0, _LABELS)
        page.set_column(1, 1, _READING)
        for place, text in enumerate(notes.values(), start=3):
            page.set_row(place, _LINE * sheets.lines(text, _READING))


def _describe(book: Any, report: Report) -> None:
    """Let marking and provenance travel in the properties of the file."""
    given = report.distribution
    book.set_properties(
        {
            "title": report.title,
            "subject": f"{report.area_name}, {report.period}",
            "author": "National Homicide Prevention Framework",
            "category": report.marking,
            "keywords": f"{report.marking}; homicide; problem profile",
            "comments": f"{words.marking(report)}. {paper.MADE.format(report)}",
            "created": datetime.combine(sources.newest_extract(report), time()),
        }
    )
    book.set_custom_property("Marking", words.marking(report))
    book.set_custom_property("Release", report.release)
    if given:
        book.set_custom_property("Distribution", f"{given.recipients}; {given.purpose}")
