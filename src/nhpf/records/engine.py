"""Open the query engine the same way everywhere: silent, and with no call to the outside."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb


def connect() -> duckdb.DuckDBPyConnection:
    """Return a new connection in memory.

    It prints no progress bar into the output of a command, and fetches no extension.
    """
    import duckdb

    con = duckdb.connect(
        config={
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
    )
    con.execute("set enable_progress_bar = false")
    return con


def quoted(text: object) -> str:
    """Return text, or what prints as text, as an SQL literal."""
    return "'" + str(text).replace("'", "''") + "'"


def named(column: str) -> str:
    """Return a column's name as an SQL identifier."""
    return '"' + column.replace('"', '""') + '"'


def reader(path: Path) -> str:
    """Return the SQL that reads a file: Parquet as typed, CSV as text and nothing guessed."""
    if path.suffix == ".parquet":
        # A folder named like "year=2024" is a folder, and no column.
        return f"read_parquet({quoted(path)}, hive_partitioning = false)"
    return (
        f"read_csv({quoted(path)}, header=true, all_varchar=true, delim=',', quote='\"',"
        " escape='\"', strict_mode=true)"
    )
