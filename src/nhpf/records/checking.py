"""Read a file against its contract; name the first row and column that break it."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from nhpf.errors import DamagedData
from nhpf.records.engine import named, quoted, reader
from nhpf.records.open_source import Column, OpenSource, open_source

if TYPE_CHECKING:
    import duckdb

NEXT_STEP = "Fetch the file again from its publisher, or correct it, and try once more."
MONTH_NAME = r"(19|20)\d{2}(0[1-9]|1[0-2])"
MISSING = "('', 'NA', ':')"
WHOLE_TYPES = {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"}


def _types(con: duckdb.DuckDBPyConnection, path: Path) -> dict[str, str]:
    import duckdb

    try:
        found = con.execute(f"describe select * from {reader(path)}").fetchall()
    except duckdb.Error:
        # The engine's own message quotes rows, so it is not passed on.
        raise DamagedData(
            "The file cannot be read.", where=path.name, next_step=NEXT_STEP
        ) from None
    return {name: kind for name, kind, *_ in found}


def _columns(terms: OpenSource, types: dict[str, str], path: Path) -> tuple[Column, ...]:
    import re

    months = tuple(
        Column(name, "count") for name in types if terms.months and re.fullmatch(MONTH_NAME, name)
    )
    columns = terms.columns + months
    expected = {column.name for column in columns}
    for name in [*(each for each in expected if each not in types), *types]:
        if name not in types or name not in expected:
            fault = "is missing" if name not in types else "is not in this source's contract"
            raise DamagedData(
                f"A column {fault}.", where=f"{path.name}, column {name}", next_step=NEXT_STEP
            )
    if terms.months and not months:
        raise DamagedData("The file has no column for a month.", where=path.name)
    return columns


def _wrong(column: Column, kind: str) -> str:
    """Return the SQL condition that is true for a value the column may not hold."""
    name = named(column.name)
    text = f"trim({name}::varchar)"
    numeric = kind in WHOLE_TYPES or kind == "DOUBLE"
    checks = {
        "text": "false",
        "shape": "false",
        "count": f"{name} < 0 or {name} <> floor({name})"
        if numeric
        else f"not regexp_full_match({text}, '\\d+')",
        "number": f"not isfinite(coalesce(try_cast({text} as double), 'nan'::double))",
        "code": f"not regexp_full_match({text}, {quoted(column.pattern)})",
        "choice": f"{text} not in ({', '.join(quoted(each) for each in column.choices) or 'null'})",
        "month": f"try_cast(case when length({text}) = 7 then {text} || '-01' else {text} end"
        " as timestamp) is null",
        "date": f"try_cast({text} as date) is null",
    }
    wrong = f"({checks[column.kind]})"
    if column.known_in:
        source, _, key = column.known_in.partition(".")
        held = f"select trim({named(key)}) from {reader(open_source(source).path)}"
        wrong = f"({wrong} or {text} not in ({held}))"
    missing = f"({name} is null or {text} in {MISSING})" if not numeric else f"{name} is null"
    if column.kind == "shape":
        missing = f"{name} is null"
    return f"case when {missing} then {'false' if column.optional else 'true'} else {wrong} end"


def check_rows(con: duckdb.DuckDBPyConnection, path: Path, terms: OpenSource) -> int:
    """Check a file's header and every row of it against a contract.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
    path : Path
        A Parquet file or a CSV, which may be compressed with gzip.
    terms : OpenSource

    Returns
    -------
    int
        The number of rows.

    Raises
    ------
    DamagedData
        With the file, the first row that is wrong (the first under the header is 1) and its column.
    """
    import duckdb

    if not path.is_file():
        raise DamagedData("There is no such file.", where=path.name)
    types = _types(con, path)
    columns = _columns(terms, types, path)
    first = ", ".join(
        f"min(row_number) filter (where {_wrong(column, types[column.name])})" for column in columns
    )
    rows = f"select *, row_number() over () as row_number from {reader(path)}"
    try:
        found = con.execute(f"select count(*), {first} from ({rows})").fetchall()[0]
    except duckdb.Error:
        raise DamagedData(
            "The file cannot be read.", where=path.name, next_step=NEXT_STEP
        ) from None
    faults = [(row, each.name) for row, each in zip(found[1:], columns, strict=True) if row]
    if faults:
        row, name = min(faults)
        raise DamagedData(
            "A row holds a value that this column may not hold.",
            where=f"{path.name}, row {row}, column {name}",
            next_step=NEXT_STEP,
        )
    if not found[0]:
        raise DamagedData("The file has no rows.", where=path.name, next_step=NEXT_STEP)
    return int(found[0])


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check_shipped(con: duckdb.DuckDBPyConnection, terms: OpenSource) -> int:
    """Check that a shipped file is the one that was shipped; return its number of rows.

    Its rows were checked against the contract before it was shipped, so they are read again only
    if the file has changed, to say what is wrong.

    Raises
    ------
    DamagedData
        If the file has changed: with its first wrong row, where a row is wrong.
    """
    if terms.path.is_file() and digest(terms.path) == terms.sha256:
        counted = con.execute(f"select count(*) from {reader(terms.path)}").fetchall()
        return int(counted[0][0])
    check_rows(con, terms.path, terms)
    raise DamagedData(
        "The file is not the one that was shipped with this version.",
        where=terms.file,
        next_step="Install NHPF again.",
    )
