"""Addresses, file names and the columns of a figure's download: decided without Django."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from nhpf.disclosure.values import Disclosed
from nhpf.reports.tree import Cell, Figure, Interval, Report

_CODE = re.compile(r"^([EWK]\d{8})(?:-|$)")
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
# A spreadsheet would run a cell that begins with one of these as a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def slug(name: str) -> str:
    """Return a name as an address writes it."""
    return _NOT_PLAIN.sub("-", name.lower().replace("'", "").replace("&", "and")).strip("-")


def place(code: str, name: str) -> str:
    """Return the part of an address that names an area: its code, then its name for readers."""
    return f"{code}-{slug(name)}"


def code_in(place: str) -> str | None:
    """Return the code at the start of such a part, or None where there is none."""
    found = _CODE.match(place)
    return found[1] if found else None


def file_name(report: Report, *, what: str, ending: str) -> str:
    """Return a download's name: marking first, then what, where, audience and release."""
    parts = (report.marking, "NHPF", what, report.area_code, report.audience, report.release)
    return "_".join(_plain(part) for part in parts) + f".{ending}"


def _plain(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9.-]+", "-", text).strip("-")


def figure_of(report: Report, figure_id: str) -> Figure | None:
    """Return the figure with this id, or None."""
    return next((figure for figure in figures(report) if figure.id == figure_id), None)


def figures(report: Report) -> Iterator[Figure]:
    """Yield the figures of a report in reading order."""
    for section in report.sections:
        for block in section.blocks:
            if isinstance(block, Figure):
                yield block


def figure_csv(figure: Figure, report: Report) -> str:
    """Return a figure's table as CSV; each row says its series, period, release and marking.

    An interval fills three columns; a withheld value is empty, with the reason in a column of
    its own, so that it cannot be read as zero.
    """
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    intervals, withheld = _columns_with(figure, Interval), _columns_with(figure, Disclosed)
    about = {
        "series": " | ".join(dict.fromkeys(part.series for part in figure.provenance)),
        "period": " | ".join(dict.fromkeys(part.period for part in figure.provenance)),
        "release": report.release,
        "marking": report.marking,
    }
    writer.writerow([*_headings(figure, intervals, withheld), *about])
    for row in figure.table.rows:
        cells = zip(figure.table.columns, row, strict=True)
        values = [
            value
            for column, cell in cells
            for value in _values(cell, column.key in intervals, column.key in withheld)
        ]
        writer.writerow([_safe(value) for value in (*values, *about.values())])
    return file.getvalue()


def _columns_with(figure: Figure, kind: type) -> frozenset[str]:
    columns = figure.table.columns
    return frozenset(
        column.key
        for row in figure.table.rows
        for column, cell in zip(columns, row, strict=True)
        if isinstance(cell, kind)
    )


def _headings(figure: Figure, intervals: frozenset[str], withheld: frozenset[str]) -> Iterator[str]:
    for column in figure.table.columns:
        yield column.key
        if column.key in intervals:
            yield from (f"{column.key}_low", f"{column.key}_high")
        if column.key in withheld:
            yield f"{column.key}_withheld"


def _values(cell: Cell, has_interval: bool, has_withheld: bool) -> Iterator[Cell]:
    match cell:
        case Interval():
            yield from (cell.estimate, cell.low, cell.high)
        case Disclosed():
            yield cell.value
            yield from (None, None) if has_interval else ()
        case _:
            yield cell
            yield from (None, None) if has_interval else ()
    if has_withheld:
        yield cell.withheld if isinstance(cell, Disclosed) else ""


def _safe(value: Cell) -> Cell:
    is_formula = isinstance(value, str) and value.startswith(_FORMULA_STARTS)
    return f"'{value}" if is_formula else value
