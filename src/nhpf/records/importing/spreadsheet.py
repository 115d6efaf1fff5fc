"""Read one sheet of a spreadsheet as text, row by row; formulas are refused with their cell."""

from __future__ import annotations

import csv
import datetime as dt
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nhpf.errors import DamagedData

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

MOST_ROWS = 1_048_576


def sheet_as_csv(path: Path, name: str, staging: Path, *, sheet: str = "") -> Path:
    """Write a sheet as a CSV in UTF-8 and return it.

    Parameters
    ----------
    path : Path
    name : str
        What to call the file.
    staging : Path
        Where the CSV goes.
    sheet : str
        The sheet; needed where several hold something.

    Raises
    ------
    DamagedData
        If the file cannot be read, the sheet is not the only one and not named, or a cell holds a
        formula.
    """
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    target = staging / f"plain-{len(list(staging.iterdir()))}"
    try:
        # The reader warns of styles and extensions that no table needs.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(path, read_only=True)
            _write(_chosen(book, name, sheet), name, target)
            book.close()
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, SyntaxError, EOFError):
        raise DamagedData(
            "The spreadsheet cannot be read.",
            where=name,
            next_step="Open it, save it again as XLSX or CSV, and import that.",
        ) from None
    return target


def _chosen(book: Any, name: str, sheet: str) -> ReadOnlyWorksheet:
    filled = {each.title: each for each in book.worksheets if next(each.iter_rows(), None)}
    if sheet in filled:
        return filled[sheet]
    if len(filled) == 1 and not sheet:
        return next(iter(filled.values()))
    fault = "has several sheets" if not sheet and filled else "has no such sheet"
    listed = ", ".join(filled) or "none that holds something"
    raise DamagedData(
        f"The spreadsheet {fault}.",
        where=name,
        next_step=f"Name one of its sheets with --sheet: {listed}.",
    )


def _write(sheet: ReadOnlyWorksheet, name: str, target: Path) -> None:
    with target.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows(_rows(sheet, f"{name}, sheet {sheet.title}"))


def _rows(sheet: ReadOnlyWorksheet, where: str) -> Iterator[list[str]]:
    """Yield the rows that hold something, all as wide as the first."""
    width = 0
    for number, row in enumerate(sheet.iter_rows(max_row=MOST_ROWS), 1):
        cells = [_text(cell, where) for cell in row]
        while cells and not cells[-1] and len(cells) > width:
            cells.pop()
        if not any(cells):
            continue
        width = width or len(cells)
        if len(cells) > width:
            raise DamagedData(
                "A row has more cells than the header.", where=f"{where}, row {number}"
            )
        yield cells + [""] * (width - len(cells))


def _text(cell: Any, where: str) -> str:
    value = cell.value
    if cell.data_type == "f":
        raise DamagedData(
            "A cell holds a formula, whose value depends on other cells.",
            where=f"{where}, cell {cell.coordinate}",
            next_step="Copy the sheet, paste it as values, and import that.",
        )
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    # A line end or a NUL within a cell would break the row in two.
    return " ".join(str(value).split()).replace("\0", "") if value is not None else ""
