"""Events on disk as small whole numbers: narrow columns, in files by place, decoded by a view."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nhpf.errors import DamagedData
from nhpf.records.engine import named, quoted

if TYPE_CHECKING:
    import duckdb

FORM = "nhpf encoded events 1"
PLACES_A_FILE = 1024
BLANK = 0
"""The code of a blank; values are counted from 1."""

# Rows wait in memory for each of some forty files, on each thread. At the limit of the engine, half
# a million rows a file, they would take gigabytes; at a quarter of this one, small row groups would
# cost half as much time again.
HELD = {"partitioned_write_flush_threshold": 65_536, "partitioned_write_max_open_files": 256}


@dataclass(frozen=True, slots=True)
class Encoded:
    """What was written.

    Attributes
    ----------
    rows : int
    folder : pathlib.Path
    description : dict
        For the manifest: ``form``, ``rows``, ``clustered_by``, ``columns`` (decoded types in
        order), ``codes`` (for each coded column its number of values) and ``months`` (for each
        column of months its first and last as year × 12 + month − 1).
    """

    rows: int
    folder: Path
    description: dict[str, Any]


def encode(
    con: duckdb.DuckDBPyConnection, select_sql: str, *, fields: Sequence[str], folder: Path
) -> Encoded:
    """Write a relation with some of its columns as codes.

    Text becomes a whole number that counts the sorted values from 1 (0 is a blank), with the table
    of values beside it; a date becomes the number of its month. Rows go to one file for each 1,024
    values of the first field, which keeps counting inside the processor's cache. Memory is bounded
    by the connection's own limit and does not grow with the rows. The relation is read once for
    the values of each coded column and once for the rows, so it should be a table or Parquet.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        With one thread the files are the same bytes each time.
    select_sql : str
        The rows: text, dates and other columns.
    fields : sequence of str
        The columns to code; files are cut by the first, which is text. Dates may not be blank.
    folder : pathlib.Path
        Made here; ``rows`` and ``codes`` lie in it.

    Raises
    ------
    DamagedData
        If a month is blank.
    """
    types = {name: kind for name, kind, *_ in con.execute(f"describe ({select_sql})").fetchall()}
    months = tuple(name for name in fields if types[name] == "DATE")
    texts = tuple(name for name in fields if name not in months)
    (folder / "codes").mkdir(parents=True)
    with _settings(con), _code_lists(con, select_sql, texts) as sizes:
        for name in texts:
            _write_codes(con, name, folder)
        rows = _write_rows(con, select_sql, types, months, sizes, folder, cut_by=fields[0])
    description = {
        "form": FORM,
        "rows": rows,
        "clustered_by": fields[0],
        "columns": types,
        "codes": sizes,
        "months": {name: _span(con, name, folder) for name in months},
    }
    return Encoded(rows, folder, description)


def decoded_sql(description: dict[str, Any], *, rows: str, codes: dict[str, str]) -> str:
    """Return the SQL that gives an encoded table as it was.

    Parameters
    ----------
    description : dict
        Of ``Encoded``.
    rows : str
        How the SQL names the rows.
    codes : dict of str to str
        How it names the list of values of each coded column.
    """
    columns, joins = [], []
    for name in description["columns"]:
        plain = f"r.{named(name)}"
        if name in codes:
            alias = named(f"{name}_code")
            joins.append(f"left join {codes[name]} as {alias} on {plain} = {alias}.code")
            columns.append(f"{alias}.value as {named(name)}")
        elif name in description["months"]:
            year = f"cast(floor({plain} / 12) as integer)"
            month = f"cast({plain} % 12 + 1 as integer)"
            columns.append(f"make_date({year}, {month}, 1) as {named(name)}")
        else:
            columns.append(plain)
    return f"select {', '.join(columns)} from {rows} as r {' '.join(joins)}"


def view_sql(description: dict[str, Any], folder: Path) -> str:
    """Return the SQL of a view, for DuckDB, that reads an encoded folder as it was."""
    codes = {
        name: f"read_parquet({quoted(codes_path(folder, name))}, hive_partitioning = false)"
        for name in description["codes"]
    }
    rows = f"read_parquet({quoted(folder / 'rows' / '*.parquet')}, hive_partitioning = false)"
    return decoded_sql(description, rows=rows, codes=codes)


def codes_path(folder: Path, name: str) -> Path:
    """Return the file with the values of a coded column: ``code`` and ``value``."""
    return folder / "codes" / f"{name}.parquet"


@contextmanager
def _settings(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Hold few rows in memory while writing, and leave the connection as it was."""
    listed = ", ".join(f"current_setting('{name}')" for name in HELD)
    before = con.execute(f"select {listed}").fetchall()[0]
    _set(con, HELD.values())
    try:
        yield
    finally:
        _set(con, before)


def _set(con: duckdb.DuckDBPyConnection, values: Iterable[int]) -> None:
    for name, value in zip(HELD, values, strict=True):
        con.execute(f"set {name} = {value}")


def _list_type(name: str) -> str:
    return named(f"nhpf_codes_of_{name}")


@contextmanager
def _code_lists(
    con: duckdb.DuckDBPyConnection, select_sql: str, texts: Sequence[str]
) -> Iterator[dict[str, int]]:
    """Make a type that lists the values of each column, and give their numbers."""
    made: dict[str, int] = {}
    try:
        for name in texts:
            column = named(name)
            con.execute(
                f"create temp type {_list_type(name)} as enum (select distinct {column}"
                f" from ({select_sql}) where {column} <> '' order by 1)"
            )
            sql = f"select len(enum_range(null::{_list_type(name)}))"
            made[name] = con.execute(sql).fetchall()[0][0]
        yield made
    finally:
        for name in made:
            con.execute(f"drop type {_list_type(name)}")


def _write_codes(con: duckdb.DuckDBPyConnection, name: str, folder: Path) -> None:
    values = f"unnest(enum_range(null::{_list_type(name)}))"
    sql = f"select row_number() over ()::integer as code, value from (select {values} as value)"
    con.execute(f"copy ({sql}) to {quoted(codes_path(folder, name))} (format parquet)")


def _code(name: str, size: int) -> str:
    """Return the SQL of a code, in the narrowest type that holds it."""
    narrowest = "utinyint" if size < 2**8 else "usmallint" if size < 2**16 else "uinteger"
    listed = f"enum_code(nullif({named(name)}, '')::{_list_type(name)})::uinteger + 1"
    return f"coalesce({listed}, {BLANK})::{narrowest} as {named(name)}"


def _write_rows(
    con: duckdb.DuckDBPyConnection,
    select_sql: str,
    types: dict[str, str],
    months: Sequence[str],
    sizes: dict[str, int],
    folder: Path,
    *,
    cut_by: str,
) -> int:
    """Write the rows, one file for each range of codes, and return their number."""
    columns = []
    for name in types:
        column = named(name)
        if name in sizes:
            column = _code(name, sizes[name])
        elif name in months:
            column = f"(year({column}) * 12 + month({column}) - 1)::smallint as {column}"
        columns.append(column)
    coded = f"select {', '.join(columns)} from ({select_sql})"
    cut = f"select *, {named(cut_by)} // {PLACES_A_FILE} as part from ({coded})"
    writing = folder / "writing"
    written = con.execute(
        f"copy ({cut}) to {quoted(writing)} (format parquet, partition_by (part), compression zstd)"
    ).fetchall()
    (folder / "rows").mkdir()
    for path in writing.glob("part=*/*.parquet"):
        part, number = int(path.parent.name[5:]), path.stem.rpartition("_")[2]
        path.rename(folder / "rows" / f"{part:04d}-{number}.parquet")
    shutil.rmtree(writing, ignore_errors=True)
    if not written[0][0]:
        empty = quoted(folder / "rows" / "0000-0.parquet")
        con.execute(f"copy ({coded} limit 0) to {empty} (format parquet)")
    return int(written[0][0])


def _span(con: duckdb.DuckDBPyConnection, name: str, folder: Path) -> list[int]:
    """Return the first and last month of the rows that were written."""
    column, files = named(name), quoted(folder / "rows" / "*.parquet")
    first, last, blank = con.execute(
        f"select coalesce(min({column}), 0), coalesce(max({column}), -1),"
        f" count(*) - count({column}) from read_parquet({files})"
    ).fetchall()[0]
    if blank:
        raise DamagedData("A month is blank.", where=f"column {name}, {blank:,} rows")
    return [first, last]
