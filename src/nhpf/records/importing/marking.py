"""Whether the rows of a file are invented: its name, a marker beside it or its metadata says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhpf.errors import DamagedData, InvalidInput
from nhpf.records.engine import quoted
from nhpf.records.importing.opening import Opened

if TYPE_CHECKING:
    import duckdb

KEY = "synthetic"
NOT_MARKED = (b"", b"false", b"no", b"0")


def marked(con: duckdb.DuckDBPyConnection, file: Opened) -> bool:
    """Return whether a file is marked as synthetic.

    Raises
    ------
    DamagedData
        If it is a Parquet file that cannot be read.
    """
    return file.synthetic or (file.kind == "parquet" and _says_so(con, file))


def _says_so(con: duckdb.DuckDBPyConnection, file: Opened) -> bool:
    import duckdb

    try:
        found = con.execute(
            f"select value from parquet_kv_metadata({quoted(file.path)}) where key = $key",
            {"key": KEY.encode()},
        ).fetchall()
    except duckdb.Error:
        raise DamagedData(
            "The Parquet file cannot be read.",
            where=file.name,
            next_step="Fetch it again from its publisher.",
        ) from None
    return any(value.lower() not in NOT_MARKED for (value,) in found)


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
