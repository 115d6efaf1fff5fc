"""What each version of a report withholds, and why: the public one beside the restricted one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from nhpf.disclosure.values import Disclosed
from nhpf.reports import words
from nhpf.reports.publication import WHOLE, figure, figures
from nhpf.reports.tables import is_withheld
from nhpf.reports.tree import Cell, Figure, Report, Table, Withheld

NAMED_READERS = "shown to named readers only, under the disclosure rules of this place"
LEAD = (
    "Each figure is computed for the public and for named readers, under rules of their own. This "
    "is what one or both versions do not show, by name and never by value. Data that nobody has "
    "given yet are listed under missing data."
)
ROWS = "rows: "
HEADINGS = ("Figure", "Withheld", "From", "Why")
_LABELS = ("text", "period")
_LONGEST_NAME = 60
Versions = Literal["public", "both"]
Label = tuple[str, ...]


def withheld_between(public: Report, restricted: Report) -> tuple[Withheld, ...]:
    """Return what the public version of a report withholds, and what both do.

    Parameters
    ----------
    public, restricted : Report
        The two versions, computed side by side.

    Returns
    -------
    tuple of Withheld
        In the order of the restricted version: whole figures, rows and cells, by their labels. No
        value of either version is in it.
    """
    return tuple(
        one for shown in figures(restricted) for one in _of_figure(shown, figure(public, shown.id))
    )


def _of_figure(restricted: Figure, public: Figure | None) -> Iterator[Withheld]:
    shows = restricted.table.caption
    if public is None:
        yield Withheld(restricted.id, shows, WHOLE, NAMED_READERS, "public")
        return
    shown = {_label(public.table, row) for row in public.table.rows}
    rows = [_label(restricted.table, row) for row in restricted.table.rows]
    if gone := [_called(label) for label in rows if label not in shown]:
        what = ROWS + "; ".join(dict.fromkeys(gone))
        yield Withheld(restricted.id, shows, what, NAMED_READERS, "public")
    for (column, why, versions), labels in _cells(restricted.table, public.table).items():
        what = f"{column}: {'; '.join(labels)}"
        yield Withheld(restricted.id, shows, what, why, versions)


def _label(table: Table, row: tuple[Cell, ...]) -> Label:
    """Return the text that names a row: its leading cells, up to the first that is a figure."""
    named: list[str] = []
    for column, cell in zip(table.columns, row, strict=True):
        if column.kind not in _LABELS or not isinstance(cell, str):
            break
        named.append(words.cell(cell, column.kind))
    return tuple(named)


def _called(label: Label) -> str:
    # A row may go on with prose about itself, such as a definition: names are short.
    named = [part for part in label[:2] if len(part) <= _LONGEST_NAME] or label[:1]
    return ", ".join(named) or "a row without a name"


def _cells(restricted: Table, public: Table) -> dict[tuple[str, str, Versions], list[str]]:
    """Return the labels of withheld cells by column, reason and the versions they lack in."""
    seen = {
        (_label(restricted, row), column.key)
        for row in restricted.rows
        for column, cell in zip(restricted.columns, row, strict=True)
        if not is_withheld(cell)
    }
    found: dict[tuple[str, str, Versions], list[str]] = {}
    for row in public.rows:
        label = _label(public, row)
        for column, cell in zip(public.columns, row, strict=True):
            if isinstance(cell, Disclosed) and cell.is_withheld:
                versions: Versions = "public" if (label, column.key) in seen else "both"
                why = cell.withheld.removeprefix("withheld ")
                found.setdefault((column.heading, why, versions), []).append(_called(label))
    return found
