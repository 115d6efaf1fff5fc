"""What a reader takes away from a figure: its table as CSV, its chart as a file, their names."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping

from nhpf.disclosure.values import Disclosed
from nhpf.reports import words
from nhpf.reports.charts.drawing import draw_alone
from nhpf.reports.pictures import rasterised
from nhpf.reports.tree import Cell, Figure, Interval, Report, Table

# A spreadsheet would run a cell that begins with one of these as a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
# The column of a CSV for each part of where a figure is from; tables have a "period" of their own.
_ORIGIN = {
    "series": "series",
    "figure_period": "period",
    "source": "source",
    "licence": "licence",
    "extract_date": "extract_date",
    "vintage": "vintage",
}
# The same parts, but for the vintage, as words under a chart.
_HEADINGS = {
    "Series": "series",
    "Period": "period",
    "Source": "source",
    "Licence": "licence",
    "Extracted": "extract_date",
}


def file_name(report: Report, *, what: str, ending: str) -> str:
    """Return a download's name: marking first, then what, where, audience and release."""
    parts = (report.marking, "NHPF", what, report.area_code, report.audience, report.release)
    plain = (re.sub(r"[^A-Za-z0-9.-]+", "-", part).strip("-") for part in parts)
    return "_".join(part for part in plain if part) + f".{ending}"


def table_csv(table: Table, *, about: Mapping[str, str] | None = None) -> str:
    """Return a table as CSV whose first line is its header.

    Parameters
    ----------
    table : Table
        Any table of a report.
    about : mapping of str to str, optional
        Columns to repeat in each row, such as series, release and marking.

    Returns
    -------
    str
        Lines end in a line feed. An interval fills three columns (``_low`` and ``_high`` beside
        the estimate). A withheld value is empty, with its reason in a column of its own
        (``_withheld``), so that it cannot be read as zero. Text that a spreadsheet would run as a
        formula is quoted. Numbers are not rounded.
    """
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    intervals, withheld = _columns_with(table, Interval), _columns_with(table, Disclosed)
    extra = dict(about or {})
    writer.writerow([*_headings(table, intervals, withheld), *extra])
    for row in table.rows:
        values = [
            value
            for column, cell in zip(table.columns, row, strict=True)
            for value in _values(
                cell, has_interval=column.key in intervals, has_withheld=column.key in withheld
            )
        ]
        writer.writerow([_safe(value) for value in (*values, *extra.values())])
    return file.getvalue()


def figure_csv(figure: Figure, report: Report) -> str:
    """Return a figure's table as CSV; each row says where it is from, so that it stands alone.

    What several sources say differently stands beside each other, with an upright between.
    """
    made = {key: " | ".join(_said(figure, name)) for key, name in _ORIGIN.items()}
    about = {**made, "release": report.release, "marking": words.marking(report)}
    return table_csv(figure.table, about=about)


def figure_svg(figure: Figure, report: Report) -> str:
    """Return a figure's chart as an SVG file that stands alone; empty where it has no chart.

    It holds the marking at top and bottom, title and subtitle, and series, period, source,
    licence, extract date and release in full.
    """
    if figure.chart is None:
        return ""
    return draw_alone(
        figure.chart,
        title=figure.title,
        description=figure.reading,
        marking=words.marking(report),
        subtitle=figure.subtitle,
        foot=[*_origin_in_words(figure), f"Release: {report.release}"],
    )


def figure_png(figure: Figure, report: Report) -> bytes:
    """Return a figure's chart as a PNG of what `figure_svg` gives; empty where it has no chart.

    Raises
    ------
    InvalidInput
        If the extra ``documents`` is not installed.
    """
    drawn = figure_svg(figure, report)
    return b"".join(rasterised([drawn] if drawn else []))


def _origin_in_words(figure: Figure) -> Iterator[str]:
    for heading, name in _HEADINGS.items():
        said = _said(figure, name)
        shown = map(words.spoken_date, said) if name == "extract_date" else said
        yield f"{heading}: {' | '.join(shown)}"


def _said(figure: Figure, name: str) -> list[str]:
    """Return what a figure's sources say in one field, each text once."""
    return list(dict.fromkeys(getattr(part, name) for part in figure.provenance))


def _columns_with(table: Table, kind: type) -> frozenset[str]:
    return frozenset(
        column.key
        for row in table.rows
        for column, cell in zip(table.columns, row, strict=True)
        if isinstance(cell, kind)
    )


def _headings(table: Table, intervals: frozenset[str], withheld: frozenset[str]) -> Iterator[str]:
    for column in table.columns:
        yield column.key
        if column.key in intervals:
            yield from (f"{column.key}_low", f"{column.key}_high")
        if column.key in withheld:
            yield f"{column.key}_withheld"


def _values(cell: Cell, *, has_interval: bool, has_withheld: bool) -> Iterator[Cell]:
    if isinstance(cell, Interval):
        yield from (cell.estimate, cell.low, cell.high)
    else:
        yield cell.value if isinstance(cell, Disclosed) else cell
        yield from (None, None) if has_interval else ()
    if has_withheld:
        yield cell.withheld if isinstance(cell, Disclosed) else ""


def _safe(value: Cell) -> Cell:
    if not isinstance(value, str):
        return value
    quoted = f"'{value}" if value.startswith(_FORMULA_STARTS) else value
    # The writer leaves a lone carriage return bare, and a reader takes it for the end of the row.
    return quoted.replace("\r", " ")
