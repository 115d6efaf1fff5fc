"""What readers are told of a table beyond its cells: headings, ranges, and how wordy it is."""

from __future__ import annotations

from nhpf.disclosure.values import Disclosed
from nhpf.reports import words
from nhpf.reports.tree import Cell, Column, Interval, Kind, Table

WITHHELD = "[c]"
"""The sign of official statistics for a confidential figure; it is no zero and no blank."""

_NUMBERS = ("count", "rate", "share", "ratio", "number")
# Letters across that a table holds at the width of a reading column, two lines a cell.
_MOST_WORDS_ACROSS = 200


def is_numeric(column: Column) -> bool:
    """Whether a column holds numbers."""
    return column.kind in _NUMBERS


def heading(column: Column) -> str:
    """Return a column's heading with its unit."""
    return f"{column.heading} ({column.unit})" if column.unit else column.heading


def interval_note(table: Table) -> str:
    """Return what the ranges in a table are; empty where it has none."""
    kinds = {
        (cell.level, cell.method)
        for row in table.rows
        for cell in row
        if isinstance(cell, Interval)
    }
    named = [
        f"{words.number(level * 100)}% intervals{f' ({method})' if method else ''}"
        for level, method in sorted(kinds)
    ]
    return f"Ranges in brackets are {' and '.join(named)}." if named else ""


def short_cell(cell: Cell, kind: Kind) -> str:
    """Return a cell as readers see it, a withheld one by its sign alone; `notes` explains it."""
    return WITHHELD if is_withheld(cell) else words.cell(cell, kind)


def is_withheld(cell: object) -> bool:
    """Whether a cell holds a figure that may not be seen."""
    return isinstance(cell, Disclosed) and cell.is_withheld


def withheld_note(table: Table) -> str:
    """Return why cells of a table are withheld; empty where none is."""
    reasons = dict.fromkeys(
        cell.withheld.removeprefix("withheld ")
        for row in table.rows
        for cell in row
        if isinstance(cell, Disclosed) and cell.is_withheld
    )
    return f"{WITHHELD}: withheld, {', or '.join(reasons)}." if reasons else ""


def notes(table: Table) -> str:
    """Return all that is to be said under a table whose withheld cells are signs."""
    said = (table.note, interval_note(table), withheld_note(table))
    return " ".join(part for part in said if part)


def is_wordy(table: Table) -> bool:
    """Whether a table holds sentences that its columns would press into narrow strips."""
    longest = [
        max(len(cell) if isinstance(cell, str) else 12 for cell in column)
        for column in zip(*table.rows, strict=True)
    ]
    return sum(longest) > _MOST_WORDS_ACROSS
