"""Put the good rows of several files into one table; repeats are counted and left out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nhpf.records.contract import Contract
from nhpf.records.encoding import encode, view_sql
from nhpf.records.engine import named, quoted, reader
from nhpf.records.importing.accounting import MOST_LISTED, Reject
from nhpf.records.importing.loading import query
from nhpf.records.importing.numbering import rows_of
from nhpf.records.importing.taking import Taken

if TYPE_CHECKING:
    import duckdb

SAME_KEY = "has the key of another row and differs from it, so neither can be trusted"


@dataclass(frozen=True, slots=True)
class Repeats:
    """Rows that say what another says already, and rows that contradict another.

    Attributes
    ----------
    duplicates : int
    contradicting : int
        Rows of one key that are not equal.
    """

    duplicates: int
    contradicting: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A table, written.

    Attributes
    ----------
    rows : int
    folder : Path
        It holds the table's Parquet files and nothing else.
    encoded : dict or None
        How its codes are read, where it has some.
    """

    rows: int
    folder: Path
    encoded: dict[str, Any] | None

    @property
    def reads(self) -> str:
        """Return the SQL that reads the table."""
        if self.encoded:
            return f"({view_sql(self.encoded, self.folder)})"
        return reader(self.folder / "rows.parquet")


def good_rows(con: duckdb.DuckDBPyConnection, files: list[Taken]) -> None:
    """Make the view ``good``: the rows of all files in which nothing is wrong."""
    parts = " union all ".join(f"({each.good})" for each in files)
    con.execute(f"create or replace temp view good as {parts}")


def repeats(con: duckdb.DuckDBPyConnection, contract: Contract) -> Repeats:
    """Count the repeats among the good rows, and make the tables of their hashes.

    Rows are compared by hashes of 64 bits, so that memory holds a number a row at most, and the
    engine can put them aside on the disk.
    """
    con.execute("create or replace temp table repeated (hash ubigint)")
    con.execute("create or replace temp table contradicting (hash ubigint)")
    whole, key = _hash(f.name for f in contract.fields), _hash(contract.key)
    keyed = _keyed(contract)
    refused = contract.duplicates == "refused"
    if contract.duplicates == "kept" or not _recurs(con, key if refused else whole, keyed):
        return Repeats(0, 0)
    if refused:
        con.execute(
            f"insert into contradicting select {key} as k from good group by k"
            f" having count(*) > 1 and count(distinct {whole}) > 1"
        )
    rest = f"{keyed} and {key} not in (select hash from contradicting)" if refused else keyed
    con.execute(
        f"insert into repeated select {whole} as h from good where {rest}"
        " group by h having count(*) > 1"
    )
    duplicates = con.execute(
        f"select count(*) - count(distinct {whole}) from good where {rest}"
        f" and {whole} in (select hash from repeated)"
    ).fetchall()
    against = con.execute(
        f"select count(*) from good where {key} in (select hash from contradicting)"
    ).fetchall()
    return Repeats(int(duplicates[0][0]), int(against[0][0]))


def doubled(con: duckdb.DuckDBPyConnection, contract: Contract) -> bool:
    """Whether each row is there twice, in a table whose equal rows are different events."""
    whole = _hash(f.name for f in contract.fields)
    if contract.duplicates != "kept":
        return False
    half = con.execute(f"select count(*) = 2 * count(distinct {whole}) from good").fetchall()
    if not half[0][0]:
        return False
    each = f"select count(*) as times from good group by {whole}"
    found = con.execute(f"select min(times) = 2 and max(times) = 2 from ({each})").fetchall()
    return bool(found[0][0])


def _recurs(con: duckdb.DuckDBPyConnection, hashed: str, where: str) -> bool:
    """Whether any hash is that of two rows, which of most imports none is."""
    found = con.execute(f"select count(*) > count(distinct {hashed}) from good where {where}")
    return bool(found.fetchall()[0][0])


def _keyed(contract: Contract) -> str:
    """Return the SQL of whether a row can be a repeat.

    Where equal rows are set aside, one without a key may be another event that looks the same.
    Where the key names the row, a blank in it is a value like any other.
    """
    fields = contract.key if contract.duplicates == "set aside" else ()
    return " and ".join(f"{named(each)} is not null" for each in fields) or "true"


def _hash(fields: object) -> str:
    listed = ", ".join(named(each) for each in fields)  # type: ignore[attr-defined]
    return f"hash({listed or '0'})"


def contradictions(
    con: duckdb.DuckDBPyConnection, contract: Contract, files: list[Taken], *, dates: str,
    today: dt.date,
) -> list[Reject]:  # fmt: skip
    """Return the first rows whose key another row has too, with their places."""
    found: list[Reject] = []
    for each in files:
        again = query(each.file, contract, dates=dates, today=today, numbered=True)
        rows = con.execute(
            f"select row_number from (select {again.values}, row_number, {again.fault} as fault"
            f" from {again.rows}) where fault = 0 and {_hash(contract.key)} in"
            f" (select hash from contradicting) order by row_number limit {MOST_LISTED}"
        ).fetchall()
        column = ", ".join(contract.key)
        places = rows_of(each.file, [int(row) for (row,) in rows], each.broken)
        found += [Reject(each.file.name, row, column, SAME_KEY) for row in places.values()]
    return found[:MOST_LISTED]


def keep(con: duckdb.DuckDBPyConnection, contract: Contract, folder: Path) -> Kept:
    """Write the good rows that are no repeat, each once.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        With the view and the tables that `good_rows` and `repeats` made.
    contract : Contract
    folder : Path
        Where the files go; it does not exist yet.
    """
    rows = _rows_to_keep(con, contract)
    if contract.encoded:
        done = encode(con, rows, fields=contract.encoded, folder=folder)
        return Kept(done.rows, folder, done.description)
    folder.mkdir()
    path = folder / "rows.parquet"
    written = con.execute(f"copy ({rows}) to {quoted(path)} (format parquet, compression zstd)")
    return Kept(int(written.fetchall()[0][0]), folder, None)


def _rows_to_keep(con: duckdb.DuckDBPyConnection, contract: Contract) -> str:
    whole, key = _hash(f.name for f in contract.fields), _hash(contract.key)
    keyed = _keyed(contract)
    repeated = f"({keyed} and {whole} in (select hash from repeated))"
    held = con.execute(
        "select (select count(*) from repeated), (select count(*) from contradicting)"
    )
    ((some_repeated, some_against),) = held.fetchall()
    rows = "select * from good"
    if some_against:
        rows += f" where {key} not in (select hash from contradicting)"
    if some_repeated:
        once = f"select distinct * from ({rows}) where {repeated}"
        rows = f"select * from ({rows}) where not {repeated} union all {once}"
    return rows
