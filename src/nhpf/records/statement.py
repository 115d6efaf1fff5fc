"""SQL files that say what they hold: the grain in the first line, then what they are made from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nhpf.errors import InvalidInput

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Statement:
    """One SQL file.

    Attributes
    ----------
    name : str
        The file's name without its ending.
    grain : str
        What one row of the result is.
    notes : dict of str to str
        The other ``-- key: value`` lines above the SQL.
    sql : str
        The SQL itself.
    """

    name: str
    grain: str
    notes: dict[str, str]
    sql: str

    def listed(self, key: str) -> tuple[str, ...]:
        """Return a note that is a list of names divided by commas."""
        return tuple(part.strip() for part in self.notes.get(key, "").split(",") if part.strip())


def parse(name: str, text: str) -> Statement:
    """Read the header lines of an SQL file; the first must state the grain.

    Raises
    ------
    InvalidInput
        If the first line is not ``-- grain: ...``.
    """
    notes: dict[str, str] = {}
    for line in text.splitlines():
        if not line.startswith("-- "):
            break
        key, _, value = line[3:].partition(":")
        notes[key.strip()] = value.strip()
    if not text.startswith("-- grain: "):
        raise InvalidInput("An SQL file must state its grain in the first line.", where=name)
    return Statement(name, notes.pop("grain"), notes, text)


@cache
def statements(folder: str) -> dict[str, Statement]:
    """Return the statements of one folder of this package by name: tables, traps or sql."""
    paths = sorted((FOLDER / folder).glob("*.sql"))
    return {path.stem: parse(path.stem, path.read_text("utf-8")) for path in paths}
