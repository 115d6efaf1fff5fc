"""What a Parquet file says of itself: its columns, and the notes in its metadata."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from nhpf.errors import DamagedData
from nhpf.records.engine import quoted

if TYPE_CHECKING:
    import duckdb

SYNTHETIC = "synthetic"
"""The key of the note that a file's rows are invented."""


def header_of(con: duckdb.DuckDBPyConnection, path: Path, name: str) -> tuple[str, ...]:
    """Return the names of a file's columns; ``name`` is what to call the file.

    Raises
    ------
    DamagedData
        If it cannot be read.
    """
    sql = f"describe from read_parquet({quoted(path)}, hive_partitioning = false)"
    return tuple(column for column, *_ in _asked(con, sql, name))


def notes_of(con: duckdb.DuckDBPyConnection, path: Path, key: str, name: str) -> tuple[bytes, ...]:
    """Return what a file's metadata says under a key.

    Raises
    ------
    DamagedData
        If it cannot be read.
    """
    sql = f"select value from parquet_kv_metadata({quoted(path)}) where key = {quoted(key)}"
    return tuple(value for (value,) in _asked(con, sql, name))


def _asked(con: duckdb.DuckDBPyConnection, sql: str, name: str) -> list[Any]:
    import duckdb

    try:
        return con.execute(sql).fetchall()
    except duckdb.Error:
        # The engine's own message may quote rows, so it is not passed on.
        raise DamagedData(
            "The Parquet file cannot be read.",
            where=name,
            next_step="Fetch it again from its publisher.",
        ) from None
