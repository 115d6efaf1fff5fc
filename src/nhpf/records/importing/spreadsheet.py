"""Read one sheet of a spreadsheet as text, row by row; formulas are refused with their cell."""

from __future__ import annotations

import csv
import datetime as dt
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nhpf.errors import DamagedData, NhpfError
from nhpf.records.staging import unused

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

    target = unused(staging, "plain")
    try:
        # The reader warns of styles and extensions that no table needs.
        with warnings.catch_warnings(), path.open("rb") as file:
            warnings.simplefilter("ignore")
            book = load_workbook(file, read_only=True)
            _write(book, _chosen(book, name, sheet), name, target)
    except NhpfError:
        raise
    except OSError as fault:
        if fault.errno is not None:
            raise
        raise _unreadable(name) from None
    except MemoryError:
        raise
    except Exception:
        # The reader raises what it stumbles over: any fault of it is a fault of the file.
        raise _unreadable(name) from None
    return target


def _unreadable(name: str) -> DamagedData:
    return DamagedData(
        "The spreadsheet cannot be read.",
        where=name,
        next_step="Open it, save it again as XLSX or CSV, and import that.",
    )


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


def _write(book: Any, sheet: ReadOnlyWorksheet, name: str, target: Path) -> None:
    with target.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows(_rows(book, sheet, f"{name}, sheet {sheet.title}"))


def _rows(book: Any, sheet: Any, where: str) -> Iterator[list[str]]:
    """Yield every row, an empty one for each that holds nothing, none wider than the first.

    The library's own way to the rows believes the size that the sheet states, and leaves out what
    lies beyond it without a word.
    """
    from openpyxl.worksheet._reader import WorkSheetParser

    width = last = 0
    with book._archive.open(sheet._worksheet_path) as source:
        parser = WorkSheetParser(
            source,
            sheet._shared_strings,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        for number, found in parser.parse():
            if not last < number <= MOST_ROWS:
                raise DamagedData("The rows of the sheet are not in their order.", where=where)
            cells = _cells(found, where)
            if not any(cells):
                continue
            width = width or len(cells)
            if len(cells) > width:
                raise DamagedData(
                    "A row has more cells than the header.", where=f"{where}, row {number}"
                )
            yield from ([] for _ in range(last + 1, number))
            yield cells + [""] * (width - len(cells))
            last = number
        if parser.merged_cells is not None and parser.merged_cells.mergeCell:
            raise DamagedData(
                "Cells of the sheet are merged, so that some rows lack a value.",
                where=where,
                next_step="Unmerge them, write the value into each row, and import that.",
            )


def _cells(found: list[dict[str, Any]], where: str) -> list[str]:
    cells: dict[int, str] = {each["column"]: _text(each, where) for each in found}
    filled = [column for column, text in cells.items() if text]
    return [cells.get(column, "") for column in range(1, max(filled, default=0) + 1)]


def _text(cell: dict[str, Any], where: str) -> str:
    from openpyxl.utils import get_column_letter

    value, kind = cell["value"], cell["data_type"]
    if kind in ("f", "e"):
        what = "a formula, whose value depends on other cells" if kind == "f" else "an error"
        raise DamagedData(
            f"A cell holds {what}.",
            where=f"{where}, cell {get_column_letter(cell['column'])}{cell['row']}",
            next_step="Copy the sheet, paste it as values, and import that.",
        )
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ", timespec="seconds" if value.second else "minutes")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    # A line end or a NUL within a cell would break the row in two.
    return " ".join(str(value).split()).replace("\0", "") if value is not None else ""
