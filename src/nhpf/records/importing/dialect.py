"""Find how a CSV is written: what stands between its cells, and where its header is."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from nhpf.errors import DamagedData

DELIMITERS = (",", ";", "\t", "|")
LOOKED_AT = 64 * 1024


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
        lines = file.read(LOOKED_AT).splitlines()
    skip, named = _before_the_header(lines)
    if skip >= len(lines):
        raise DamagedData("The file has no header.", where=name)
    line = lines[skip]
    delimiter = named or max(DELIMITERS, key=lambda each: len(_cells(line, each, '"')))
    quote = "'" if line.startswith("'") else '"'
    header = tuple(_cells(line, delimiter, quote))
    # A header may run over several lines within quotes; then the file is not one to guess about.
    if line.count(quote) % 2:
        raise DamagedData("The header does not end on its line.", where=f"{name}, line {skip + 1}")
    if len(lines) <= skip + 1:
        raise DamagedData("The file has no rows.", where=name)
    return Dialect(delimiter, quote, header, skip + 1)


def _before_the_header(lines: list[str]) -> tuple[int, str]:
    """Skip blank lines, and the line with which a spreadsheet program names the delimiter."""
    skip, named = 0, ""
    for line in lines:
        if line.lower().startswith("sep=") and len(line) == 5:
            named = line[4]
        elif line.strip(" ,;\t"):
            break
        skip += 1
    return skip, named


def _cells(line: str, delimiter: str, quote: str) -> list[str]:
    return next(csv.reader([line], delimiter=delimiter, quotechar=quote), [])
