"""Say which row of a file is meant, where the engine counts neither blank lines nor broken rows."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from contextlib import contextmanager
from typing import TYPE_CHECKING

from nhpf.records.importing.decoding import LONGEST_LINE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhpf.records.importing.loading import Readable


def rows_of(file: Readable, counted: Iterable[int], broken: Iterable[int]) -> dict[int, int]:
    """Return the row of the file for some rows that the engine counted, each from 1.

    Parameters
    ----------
    file : Readable
    counted : iterable of int
        Rows as the engine counts them: those that hold something and are as wide as the header.
    broken : iterable of int
        Rows of the file that are not as wide.
    """
    wanted = set(counted)
    if file.csv is None:
        return {each: each for each in wanted}
    found: dict[int, int] = {}
    passed_over, at, last = set(broken), 0, max(wanted, default=0)
    for row, cells in _records(file):
        if at >= last:
            break
        if cells and row not in passed_over:
            at += 1
            if at in wanted:
                found[at] = row
    return found


def _records(file: Readable) -> Iterator[tuple[int, list[str]]]:
    marks = file.csv
    assert marks is not None
    with file.path.open(encoding="utf-8", newline="") as text, _long_cells():
        for _ in range(marks.skip):
            text.readline()
        yield from enumerate(
            csv.reader(text, delimiter=marks.delimiter, quotechar=marks.quote), start=1
        )


@contextmanager
def _long_cells() -> Iterator[None]:
    """Let the reader of the standard library take cells as long as ours does."""
    before = csv.field_size_limit(2 * LONGEST_LINE)
    try:
        yield
    finally:
        csv.field_size_limit(before)
