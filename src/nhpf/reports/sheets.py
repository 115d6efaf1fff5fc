"""The tables of a report as sheets of a workbook: plain values, shorthand, notes and widths."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import wrap

from nhpf.disclosure.values import Disclosed
from nhpf.reports import sources, tables, withholding, words
from nhpf.reports.publication import figures
from nhpf.reports.tree import Cell, Column, Figure, Interval, Report

UNKNOWN = "[x]"
SHORTHAND = {
    tables.WITHHELD: "a figure that is withheld; the note or the sheet Withheld says why",
    UNKNOWN: "a figure that is not known",
}
_FORMATS = {"count": "#,##0", "share": "0.0%", "ratio": "0.00", "rate": "#,##0.00"}
_WIDEST, _NARROWEST = 60, 12
Value = str | int | float


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: a table of plain values and what stands around it.

    ``formats`` has a number format for each column, empty for words; ``note`` stands in the sheet
    of notes.
    """

    name: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    formats: tuple[str, ...]
    subtitles: tuple[str, ...] = ()
    source: str = ""
    scope: str = ""
    legend: tuple[str, ...] = ()
    note: str = ""

    @property
    def widths(self) -> list[int]:
        """How wide each column is, in letters: its longest word or value, within bounds."""
        return [
            max(_NARROWEST, min(_WIDEST, max(map(len, _unbroken(heading, cells))) + 2))
            for heading, cells in zip(self.headings, zip(*self.rows, strict=True), strict=True)
        ]

    @property
    def heights(self) -> list[int]:
        """How many lines the heading and each row take at those widths."""
        widths = self.widths
        return [
            max(lines(cell, width) for cell, width in zip(row, widths, strict=True))
            for row in (self.headings, *self.rows)
        ]


def lines(cell: Value, width: int) -> int:
    """Return how many lines a cell of some width takes; bold lettering runs a little wide."""
    return len(wrap(cell, int(width / 1.15))) or 1 if isinstance(cell, str) else 1


def _unbroken(heading: str, cells: tuple[Value, ...]) -> list[str]:
    return [*heading.split(), *(c if isinstance(c, str) else "1" * _NARROWEST for c in cells)]


def sheets(report: Report) -> Iterator[Sheet]:
    """Yield the sheets of a report: judgements, each figure's table, what is withheld, sources."""
    yield _judgements(report)
    for place, figure in enumerate(figures(report), start=1):
        yield _of_figure(figure, place)
    if report.withholdings:
        yield _withheld(report)
    yield _sources(report)


def _in_words(
    name: str, title: str, headings: tuple[str, ...], rows: tuple[tuple[str, ...], ...]
) -> Sheet:
    said = tuple(tuple(_plain(cell) or UNKNOWN for cell in row) for row in rows)
    return Sheet(name, title, headings, said, ("",) * len(headings))


def _judgements(report: Report) -> Sheet:
    rows = tuple(
        (one.sentence, words.confidence(one.confidence), one.because)
        for one in (report.headline, *report.judgements)
    )
    return _in_words("Judgements", "What the figures say", ("Judgement", "Confidence", "Why"), rows)


def _withheld(report: Report) -> Sheet:
    rows = tuple((one.shows, one.what, words.versions(one), one.why) for one in report.withholdings)
    return _in_words("Withheld", "What was withheld, and why", withholding.HEADINGS, rows)


def _sources(report: Report) -> Sheet:
    headings = ("Source", "Periods", "Extracted", "Vintage", "Licence", "Tables", "SHA-256")
    rows = tuple(
        (
            source.name,
            "; ".join(source.periods),
            source.first.extract_date,
            source.first.vintage,
            source.first.licence,
            ", ".join(source.first.tables),
            ", ".join(source.first.sha256),
        )
        for source in sources.listed(figures(report))
    )
    return _in_words("Sources", "Where the figures come from", headings, rows)


def _of_figure(figure: Figure, place: int) -> Sheet:
    table = figure.table
    spread = [_spread(column, cells) for column, cells in _columns(figure)]
    headings = _told_apart([heading for held in spread for heading, _, _ in held])
    formats = tuple(form for held in spread for _, form, _ in held)
    values = [column for held in spread for _, _, column in held]
    signs = {cell for column in values for cell in column if cell in SHORTHAND}
    said = (*figure.caveats, *filter(None, (tables.notes(table), figure.method)))
    return Sheet(
        name=f"Table_{place}",
        title=_plain(f"Table {place}: {table.caption}"),
        headings=headings,
        rows=tuple(zip(*values, strict=True)),
        formats=formats,
        subtitles=(_plain(figure.title), _plain(figure.subtitle)),
        source=_plain(sources.source_line(figure)),
        scope=_plain(f"Periods: {'; '.join(dict.fromkeys(p.period for p in figure.provenance))}"),
        legend=tuple(f"{sign}: {SHORTHAND[sign]}" for sign in SHORTHAND if sign in signs),
        note=_plain(" ".join(map(words.closed, said))),
    )


def _columns(figure: Figure) -> Iterator[tuple[Column, tuple[Cell, ...]]]:
    table = figure.table
    for place, column in enumerate(table.columns):
        yield column, tuple(row[place] for row in table.rows)


def _spread(column: Column, cells: tuple[Cell, ...]) -> list[tuple[str, str, tuple[Value, ...]]]:
    """Return heading, format and values of a column; of one with intervals, three such."""
    heading, form = tables.heading(column), _FORMATS.get(column.kind, "")
    estimates = tuple(map(_value, cells))
    if form == _FORMATS["count"] and any(isinstance(v, float) and v % 1 for v in estimates):
        form = "#,##0.0"
    made = [(heading, form, estimates)]
    ranges = [cell for cell in cells if isinstance(cell, Interval)]
    if ranges:
        limits = f"{words.number(ranges[0].level * 100)}% limit"
        for side, name in (("lower", "low"), ("upper", "high")):
            ends = tuple(
                getattr(cell, name) if isinstance(cell, Interval) else _value(cell)
                for cell in cells
            )
            made.append(
                (f"{heading}, {side} {limits}", form if form != "#,##0" else "#,##0.0", ends)
            )
    return made


def _value(cell: Cell) -> Value:
    if tables.is_withheld(cell):
        return tables.WITHHELD
    if isinstance(cell, Disclosed):
        cell = cell.value
    if isinstance(cell, Interval):
        cell = cell.estimate
    if cell is None:
        return UNKNOWN
    return _plain(words.cell(cell)) or UNKNOWN if isinstance(cell, str) else cell


def _told_apart(headings: list[str]) -> tuple[str, ...]:
    """Return headings of which no two are the same: a workbook's table needs that."""
    seen: dict[str, int] = {}
    told = []
    for heading in headings:
        seen[heading] = seen.get(heading, 0) + 1
        told.append(heading if seen[heading] == 1 else f"{heading} ({seen[heading]})")
    return tuple(told)


def _plain(text: str) -> str:
    """Return a text in which gptables reads neither a link nor a reference to a note."""
    return text.replace("](", "] (").replace("$$", "$ $")
