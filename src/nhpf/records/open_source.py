"""Open sources: what a shipped file must look like, and who published it on what terms."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from nhpf.errors import InvalidInput

FOLDER = Path(__file__).parent / "open_sources"
OPEN_DATA = Path(__file__).parents[1] / "open_data"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its kind says which values a row may hold.

    ``kind`` is text, count (a whole number of zero or more), number, code (matches ``pattern``),
    choice (one of ``choices``), month (YYYY-MM or a date), date, or shape. An ``optional`` column
    may hold blanks. ``known_in`` names a column of another source that must hold the value.
    """

    name: str
    kind: str
    optional: bool = False
    pattern: str = ""
    choices: tuple[str, ...] = ()
    known_in: str = ""


@dataclass(frozen=True, slots=True)
class OpenSource:
    """One source: its columns, and what every figure made from it must say about itself."""

    source: str
    title: str
    series: str
    publisher: str
    licence: str
    attribution: str
    address: str
    copied_from: str
    extract_date: str
    vintage: str
    columns: tuple[Column, ...]
    regime: str = "not personal data"
    marking: str = "OFFICIAL"
    file: str = ""
    sha256: str = ""
    months: bool = False

    @property
    def path(self) -> Path:
        """Return the place of the shipped file."""
        return OPEN_DATA / self.file


def _column(raw: dict[str, Any]) -> Column:
    return Column(**{**raw, "choices": tuple(raw.get("choices", ()))})


@cache
def open_sources() -> dict[str, OpenSource]:
    """Return every open source by its name."""
    found = {}
    for path in sorted(FOLDER.glob("*.toml")):
        raw = tomllib.loads(path.read_text("utf-8"))
        columns = tuple(_column(column) for column in raw.pop("column"))
        found[path.stem] = OpenSource(source=path.stem, columns=columns, **raw)
    return found


def open_source(source: str) -> OpenSource:
    """Return one open source.

    Raises
    ------
    InvalidInput
        If there is no such source.
    """
    known = open_sources()
    if source not in known:
        raise InvalidInput(
            "There is no source of this name.",
            where=source,
            next_step=f"The sources are {', '.join(known)}.",
        )
    return known[source]


def shipped() -> dict[str, OpenSource]:
    """Return those whose file is shipped with the library."""
    return {name: each for name, each in open_sources().items() if each.file}
