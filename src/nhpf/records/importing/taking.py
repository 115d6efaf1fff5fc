"""Check every row of some files against a contract, in a staging folder; nothing is kept yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nhpf.errors import DamagedData, PersonalData
from nhpf.records.contract import Contract
from nhpf.records.engine import named, quoted
from nhpf.records.importing.accounting import MOST_LISTED, Reject
from nhpf.records.importing.loading import MOST_BROKEN_ROWS, Query, Readable, query
from nhpf.records.importing.screening import personal_value, suspicion
from nhpf.records.importing.values import reason

if TYPE_CHECKING:
    import duckdb

Progress = Callable[[str], None]

BROKEN = {
    "MISSING COLUMNS": "has fewer cells than the header",
    "TOO MANY COLUMNS": "has more cells than the header",
    "UNQUOTED VALUE": "has a quotation mark that does not end where a cell ends",
    "LINE SIZE OVER MAXIMUM": "is too long",
    "INVALID ENCODING": "is not of the file's encoding",
}
CLOSELY_LOOKED_AT = 100_000


@dataclass(frozen=True, slots=True)
class Taken:
    """One file, checked: its good rows and its faulty ones in a Parquet file, and what was wrong.

    Attributes
    ----------
    file : Readable
    path : Path
        The fields of the contract, and ``_fault``, which is 0 in a good row.
    rows, rejected : int
    rejects : tuple of Reject
    """

    file: Readable
    path: Path
    rows: int
    rejected: int
    rejects: tuple[Reject, ...]


def taken(
    con: duckdb.DuckDBPyConnection,
    file: Readable,
    contract: Contract,
    folder: Path,
    *,
    dates: str,
    today: dt.date,
) -> Taken:
    """Read a file once, and once more where rows are wrong, to say which.

    Raises
    ------
    DamagedData
        If the file cannot be read to its end.
    PersonalData
        If a value points to a person, with the column.
    """
    path = folder / f"taken-{len(list(folder.iterdir()))}.parquet"
    found = query(file, contract, dates=dates, today=today)
    left_out = _left_out(file)
    written = _run(
        con,
        f"copy (select {found.values}, {found.fault} as _fault{left_out} from {found.rows})"
        f" to {quoted(path)} (format parquet, compression lz4_raw)",
        file,
    )
    broken = _broken(con, file)
    _refuse_personal_texts(con, file, contract, path)
    faulty = con.execute(
        f"select count(*) from read_parquet({quoted(path)}) where _fault > 0"
    ).fetchall()[0][0]
    rejects = list(broken)
    if faulty:
        again = query(file, contract, dates=dates, today=today, broken="ignore_errors")
        _refuse_personal_rejects(con, file, contract, again)
        rejects += _listed(con, file, contract, again, [each.row for each in broken])
    rejects.sort(key=lambda each: (each.row, each.column))
    rejected = len(broken) + faulty
    return Taken(file, path, written + len(broken), rejected, tuple(rejects[:MOST_LISTED]))


def _left_out(file: Readable) -> str:
    """Return the SQL of the columns that are left out, where a value asks for a closer look."""
    return "".join(
        f", case when regexp_matches(rows.left_{at}, {quoted(suspicion())}) then rows.left_{at} end"
        f" as _left_{at}"
        for at in file.match.left_out
    )


def _run(con: duckdb.DuckDBPyConnection, sql: str, file: Readable) -> int:
    import duckdb

    try:
        con.execute("drop table if exists reject_errors; drop table if exists reject_scans")
        return int(con.execute(sql).fetchall()[0][0])
    except (duckdb.InvalidInputException, duckdb.ConversionException):
        # The engine's own message quotes rows, so it is not passed on.
        raise DamagedData(
            "The file cannot be read to its end.",
            where=file.name,
            next_step="Open it, save it again as CSV in UTF-8, and import that.",
        ) from None


def _broken(con: duckdb.DuckDBPyConnection, file: Readable) -> list[Reject]:
    """Return the rows that are no rows: too few cells, too many, a quotation that does not end."""
    if file.csv is None:
        return []
    found = con.execute(
        "select line, any_value(error_type::varchar) from reject_errors group by line order by line"
    ).fetchall()
    if len(found) >= MOST_BROKEN_ROWS:
        raise DamagedData(
            f"More than {MOST_BROKEN_ROWS:,} rows are not as wide as the header.", where=file.name
        )
    return [
        Reject(file.name, line - file.csv.skip, "", BROKEN.get(kind, "cannot be read"))
        for line, kind in found
    ]


def _refuse_personal_texts(
    con: duckdb.DuckDBPyConnection, file: Readable, contract: Contract, path: Path
) -> None:
    texts = {
        each.name: _header_of(file, each.name)
        for each in contract.fields
        if each.kind in ("text", "free_text")
    }
    texts |= {f"_left_{at}": file.match.header[at] for at in file.match.left_out}
    for column, header in texts.items():
        held = f"select distinct {named(column)} from read_parquet({quoted(path)})"
        _look(con, f"{held} where regexp_matches({named(column)}, $form)", file, lambda _: header)  # noqa: B023


def _refuse_personal_rejects(
    con: duckdb.DuckDBPyConnection, file: Readable, contract: Contract, again: Query
) -> None:
    """A value that its column may not hold may be a name that slipped into it."""
    sql = f"select distinct {again.faulty_text} as value, {again.fault} as fault from {again.rows}"
    held = f"select value, fault from ({sql}) where regexp_matches(value, $form)"
    _look(con, held, file, lambda fault: _header_of(file, contract.fields[fault // 10].name))


def _look(
    con: duckdb.DuckDBPyConnection, sql: str, file: Readable, header: Callable[[int], str]
) -> None:
    found = con.execute(sql, {"form": suspicion()})
    while some := found.fetchmany(CLOSELY_LOOKED_AT):
        for value, *fault in some:
            what = personal_value(value)
            if what:
                raise PersonalData(
                    f"A value holds {what}, which this data set never holds. Nothing was kept.",
                    where=f"{file.name}, column {header(*(fault or [0]))}",
                    next_step="Take it out of the file before you import it.",
                )


def _header_of(file: Readable, field: str) -> str:
    if field in file.match.columns:
        return file.match.header[file.match.columns[field]].strip()
    return field


def _listed(
    con: duckdb.DuckDBPyConnection,
    file: Readable,
    contract: Contract,
    again: Query,
    broken: list[int],
) -> Iterator[Reject]:
    """Yield the first rows with a wrong value; rows that are no rows are counted in between."""
    spread = file.match.layout.spread
    columns = f"row_number, {again.fault} as fault" + (", spread_at" if spread else "")
    found = con.execute(
        f"select * from (select {columns} from {again.rows}) where fault > 0"
        f" order by row_number limit {MOST_LISTED}"
    ).fetchall()
    for number, fault, *spread_at in found:
        row = int(number)
        for line in broken:
            row += line <= row
        field = contract.fields[fault // 10]
        in_cell = spread is not None and field.name in (spread.into, spread.value)
        header = spread_at[0] if in_cell else _header_of(file, field.name)
        yield Reject(file.name, row, header, reason(field, fault % 10))
