"""Where events are read from: a file in NHPF's own layout, or a table of a release."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nhpf.errors import InvalidInput
from nhpf.records.checking import digest
from nhpf.records.engine import connect, reader
from nhpf.records.parquet import SYNTHETIC, notes_of

if TYPE_CHECKING:
    from nhpf.records.release import Release


@dataclass(frozen=True, slots=True)
class Source:
    """Something to read events from; nothing of it has been read yet.

    Attributes
    ----------
    name : str
        The file's name, or the table's.
    reads : str
        The SQL that reads it.
    origin : str
        The file's hash or the release, so that a figure leads back to its rows.
    synthetic : bool
        Whether it says of itself that its rows are invented.
    """

    name: str
    reads: str
    origin: str
    synthetic: bool


def from_file(path: Path) -> Source:
    """Return a CSV or Parquet file as a source; only a Parquet file can be marked synthetic.

    Raises
    ------
    InvalidInput
        If there is no such file.
    DamagedData
        If it is no Parquet file, though its name says so.
    """
    if not path.is_file():
        raise InvalidInput("There is no file of this name.", where=str(path))
    origin = f"{path.name}, SHA-256 {digest(path)}"
    return Source(path.name, reader(path), origin, _says_synthetic(path))


def from_release(table: str, release: Release) -> Source:
    """Return an imported table as a source.

    Raises
    ------
    InvalidInput
        If nothing was imported of this name.
    """
    if table not in release.manifest["tables"]:
        raise InvalidInput(
            "Nothing has been imported of this source.",
            where=f"{table}, release {release.id}",
            next_step=f"Import it with nhpf records import {table} FILE.",
        )
    origin = f"{table} of release {release.id}"
    return Source(table, release.reads(table), origin, release.is_synthetic(table))


def _says_synthetic(path: Path) -> bool:
    if path.suffix != ".parquet":
        return False
    with connect() as con:
        # Only the plain word: rows are rather taken for real, which need an agreement.
        return b"true" in notes_of(con, path, SYNTHETIC, path.name)
