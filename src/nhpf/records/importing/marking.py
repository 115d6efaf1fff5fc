"""Whether the rows of a file are invented: its name, a marker beside it or its metadata says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhpf.errors import InvalidInput
from nhpf.records.importing.opening import Opened
from nhpf.records.parquet import SYNTHETIC, notes_of

if TYPE_CHECKING:
    import duckdb

NOT_MARKED = (b"", b"false", b"no", b"0")


def marked(con: duckdb.DuckDBPyConnection, file: Opened) -> bool:
    """Return whether a file is marked as synthetic.

    Raises
    ------
    DamagedData
        If it is a Parquet file that cannot be read.
    """
    if file.synthetic or file.kind != "parquet":
        return file.synthetic
    # Whatever the note says, but that they are not: rows are rather taken for invented.
    notes = notes_of(con, file.path, SYNTHETIC, file.name)
    return any(note.lower() not in NOT_MARKED for note in notes)


def refuse_mixed(marks: list[tuple[str, bool]]) -> None:
    """Refuse files of which some are marked as synthetic and some are not.

    Raises
    ------
    InvalidInput
    """
    invented = [name for name, mark in marks if mark]
    real = [name for name, mark in marks if not mark]
    if invented and real:
        raise InvalidInput(
            "Synthetic and real rows are never put together.",
            where=f"{invented[0]} is marked as synthetic, {real[0]} is not",
            next_step="Import one of the two.",
        )
