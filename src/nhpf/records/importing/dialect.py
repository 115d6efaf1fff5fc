"""Find how a CSV is written: what stands between its cells, and where its header is."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from nhpf.errors import DamagedData
from nhpf.records.importing.decoding import LONGEST_LINE

DELIMITERS = (",", ";", "\t", "|")
MOST_COLUMNS = 2000


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a CSV is written.

    Attributes
    ----------
    delimiter, quote : str
    header : tuple of str
        The names of its columns, as written.
    skip : int
        The lines up to and with the header.
    """

    delimiter: str
    quote: str
    header: tuple[str, ...]
    skip: int


def dialect_of(path: Path, name: str) -> Dialect:
    """Read the first lines of a text in UTF-8 and return how it is written.

    Raises
    ------
    DamagedData
        If there is no header to be found, or no row under it.
    """
    with path.open(encoding="utf-8", newline="") as file:
        lines = file.read(2 * LONGEST_LINE).replace("\r\n", "\n").split("\n")
    skip, named = _before_the_header(lines, name)
    if skip >= len(lines):
        raise DamagedData("The file has no header.", where=name)
    line = lines[skip]
    delimiter = named or max(DELIMITERS, key=lambda each: line.count(each))
    quote = "'" if line.startswith("'") else '"'
    # A header may run over several lines within quotes; then the file is not one to guess about.
    if line.count(quote) % 2:
        raise DamagedData("The header does not end on its line.", where=f"{name}, line {skip + 1}")
    if line.count(delimiter) >= MOST_COLUMNS:
        raise DamagedData(f"The file has more than {MOST_COLUMNS:,} columns.", where=name)
    if not any(lines[skip + 1 :]):
        raise DamagedData("The file has no rows.", where=name)
    return Dialect(delimiter, quote, _cells(line, delimiter, quote, name), skip + 1)


def _before_the_header(lines: list[str], name: str) -> tuple[int, str]:
    """Skip blank lines, and the line with which a spreadsheet program names the delimiter."""
    skip, named = 0, ""
    for line in lines:
        if line.lower().startswith("sep="):
            named = line[4:]
            if named not in DELIMITERS:
                raise DamagedData(
                    "The file's first line names a mark between cells that is not taken.",
                    where=f"{name}, line {skip + 1}",
                    next_step="Save it with commas, semicolons, tabs or bars between the cells.",
                )
        elif line.strip(" ,;\t|"):
            break
        skip += 1
    return skip, named


def _cells(line: str, delimiter: str, quote: str, name: str) -> tuple[str, ...]:
    try:
        return tuple(next(csv.reader([line], delimiter=delimiter, quotechar=quote, strict=True)))
    except csv.Error:
        raise DamagedData("The header cannot be read.", where=f"{name}, header") from None
