"""Check every row of some files against a contract, in a staging folder; nothing is kept yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from nhpf.errors import DamagedData, PersonalData
from nhpf.records.contract import Contract, Field
from nhpf.records.engine import quoted, reader
from nhpf.records.importing.accounting import MOST_LISTED, Reject
from nhpf.records.importing.distinct import alone, few_values, known_of, unchanged_in
from nhpf.records.importing.loading import MOST_BROKEN_ROWS, CsvForm, Known, Query, Readable, query
from nhpf.records.importing.matching import plain
from nhpf.records.importing.numbering import rows_of
from nhpf.records.importing.screening import home_address, personal_value, suspicion
from nhpf.records.importing.values import reason
from nhpf.records.staging import unused

if TYPE_CHECKING:
    import duckdb

Progress = Callable[[str], None]

BROKEN = {
    "MISSING COLUMNS": "has fewer cells than the header",
    "TOO MANY COLUMNS": "has more cells than the header",
}
# After these nobody can say where the next row begins, so no count of rows would be true.
LOST = {
    "UNQUOTED VALUE": "A quotation mark does not end where its cell ends.",
    "LINE SIZE OVER MAXIMUM": "A row is too long: does a quotation mark not end?",
}
CLOSELY_LOOKED_AT = 100_000
SMALL = 500_000
NAMES = ("a name", "a name after a title")


@dataclass(frozen=True, slots=True)
class Taken:
    """One file, checked: its good rows and its faulty ones in a Parquet file, and what was wrong.

    Attributes
    ----------
    file : Readable
    good : str
        SQL of its good rows: the fields of the contract.
    rows, rejected : int
    rejects : tuple of Reject
    broken : tuple of int
        The rows that are not as wide as the header.
    """

    file: Readable
    good: str
    rows: int
    rejected: int
    rejects: tuple[Reject, ...]
    broken: tuple[int, ...]


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
    broken: list[Reject] = []
    if file.csv:
        file = _unpacked(con, file, file.csv, folder)
        broken = _broken(con, file)
    few = few_values(con, file)
    _refuse_personal_texts(con, file, contract, few)
    known = known_of(con, file, contract, few, dates=dates, today=today)
    found = query(file, contract, dates=dates, today=today, known=known)
    rows, faulty, as_is = _counted(con, file, contract, found)
    rejects = list(broken)
    if faulty:
        again = query(file, contract, dates=dates, today=today, numbered=True)
        _refuse_personal_rejects(con, file, contract, again)
        rows_apart = [each.row for each in broken]
        rejects += _listed(con, file, contract, again, rows_apart, dates)
    rejects.sort(key=lambda each: (each.row, each.column))
    good = f"select {found.values} from {found.rows} where {found.fault} = 0"
    if not faulty:
        known = Known(frozenset(each.name for each in contract.fields), known.as_is | as_is)
        found = query(file, contract, dates=dates, today=today, known=known)
        good = f"select {found.values} from {found.rows}"
    return Taken(
        file,
        good if rows > SMALL else _written(con, good, folder),
        rows + len(broken),
        len(broken) + faulty,
        tuple(rejects[:MOST_LISTED]),
        tuple(each.row for each in broken),
    )


def _unpacked(
    con: duckdb.DuckDBPyConnection, file: Readable, marks: CsvForm, folder: Path
) -> Readable:
    """Read a CSV once: its cells as text, in Parquet, which is much faster to read again."""
    path = unused(folder, "cells", ".parquet")
    con.execute("drop table if exists reject_errors; drop table if exists reject_scans")
    sql = f"copy (from {file.csv_cells(marks)}) to {quoted(path)}"
    with _readable(file):
        con.execute(f"{sql} (format parquet, compression lz4_raw)")
    return replace(file, unpacked=path)


def _counted(
    con: duckdb.DuckDBPyConnection, file: Readable, contract: Contract, found: Query
) -> tuple[int, int, set[str]]:
    """Return the rows of a file, those with a fault, and the fields that are as they stand."""
    open_ = [each for each in found.expressions if each.fault != "null"]
    apart = [each for each in open_ if each.field in alone(file, contract)]
    fault = f"count(*) filter ({found.fault} > 0)" if open_ else "0"
    asked = ", ".join(["count(*)", fault, *map(unchanged_in, apart)])
    with _readable(file):
        rows, faulty, *same = con.execute(f"select {asked} from {found.rows}").fetchall()[0]
    as_is = {each.field.name for each, yes in zip(apart, same, strict=True) if yes}
    return int(rows), int(faulty), as_is


def _written(con: duckdb.DuckDBPyConnection, good: str, folder: Path) -> str:
    """Write the good rows of a small file: a query over thousands of files has to stay short."""
    path = unused(folder, "good", ".parquet")
    con.execute(f"copy ({good}) to {quoted(path)} (format parquet, compression lz4_raw)")
    return f"from {reader(path)}"


@contextmanager
def _readable(file: Readable) -> Iterator[None]:
    import duckdb

    try:
        yield
    except (duckdb.InvalidInputException, duckdb.ConversionException):
        # The engine's own message quotes rows, so it is not passed on.
        raise DamagedData(
            "The file cannot be read to its end.",
            where=file.name,
            next_step="Open it, save it again as CSV in UTF-8, and import that.",
        ) from None


def _broken(con: duckdb.DuckDBPyConnection, file: Readable) -> list[Reject]:
    """Return the rows that have too few cells or too many."""
    if file.csv is None:
        return []
    errors = con.execute("select count(*) from reject_errors").fetchall()[0][0]
    if errors >= MOST_BROKEN_ROWS:
        raise DamagedData("Too many rows are not as wide as the header.", where=file.name)
    found = con.execute(
        "select line, max(error_type::varchar) from reject_errors group by line order by line"
    ).fetchall()
    for line, kind in found:
        if kind not in BROKEN:
            raise DamagedData(
                LOST.get(kind, "A row cannot be read."),
                where=f"{file.name}, row {line - file.csv.skip:,}",
                next_step="Save the table again as CSV, and import that.",
            )
    return [Reject(file.name, line - file.csv.skip, "", BROKEN[kind]) for line, kind in found]


@dataclass(frozen=True, slots=True)
class _Screened:
    """A column that is screened: its header, the bodies it may name, whether it names places.

    ``people``: whether it is free text about people, where a house with its number is a home.
    """

    header: str
    exempt: tuple[str, ...] = ()
    place: bool = False
    people: bool = False

    def finding(self, value: str) -> str:
        """Return what a value holds of a person, or ""; many a place is named after one."""
        for name in self.exempt:
            value = value.replace(name, "")
        if self.people and home_address(value):
            return "a home address"
        what = personal_value(value)
        return "" if self.place and what in NAMES else what


def _refuse_personal_texts(
    con: duckdb.DuckDBPyConnection, file: Readable, contract: Contract, few: frozenset[str]
) -> None:
    columns = {
        f"c{file.match.columns[each.name]}": _screened(file, contract, each)
        for each in contract.fields
        if each.kind in ("text", "free_text", "area", "place_name")
        and each.name in file.match.columns
    }
    # A column that is left out may be one that a field is computed from, so its exemptions hold.
    exempt = tuple(name for each in contract.fields for name in each.exempt)
    places = {plain(each) for each in file.match.layout.places}
    for at in file.match.left_out:
        header = file.match.header[at]
        columns[f"c{at}"] = _Screened(header, exempt, plain(header) in places)
    for name, column in columns.items():
        rows = file.cells()
        if name in few:
            # The limit keeps the engine from looking for the form in each row, not in each value.
            rows = f"(select distinct {name} from {rows} limit {1 << 62})"
        held = f"select distinct {name} from {rows} where regexp_matches({name}, $form)"
        with _readable(file):
            _look(con, held, file, lambda _: column)  # noqa: B023


def _screened(file: Readable, contract: Contract, field: Field) -> _Screened:
    place = field.kind in ("area", "place", "place_name")
    people = field.kind == "free_text" and contract.person_category != "none"
    return _Screened(_header_of(file, field.name), field.exempt, place, people)


def _refuse_personal_rejects(
    con: duckdb.DuckDBPyConnection, file: Readable, contract: Contract, again: Query
) -> None:
    """A value that its column may not hold may be a name that slipped into it."""
    sql = f"select distinct {again.faulty_text} as value, {again.fault} as fault from {again.rows}"
    held = f"select value, fault from ({sql}) where regexp_matches(value, $form)"
    _look(con, held, file, lambda fault: _screened(file, contract, contract.fields[fault // 10]))


def _look(
    con: duckdb.DuckDBPyConnection, sql: str, file: Readable, column: Callable[[int], _Screened]
) -> None:
    found = con.execute(sql, {"form": suspicion()})
    while some := found.fetchmany(CLOSELY_LOOKED_AT):
        for value, *fault in some:
            screened = column(*(fault or [0]))
            what = screened.finding(value)
            if what:
                raise PersonalData(
                    f"A value holds {what}, which this data set never holds. Nothing was kept.",
                    where=f"{file.name}, column {screened.header}",
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
    dates: str,
) -> Iterator[Reject]:
    """Yield the first rows with a wrong value."""
    spread = file.match.layout.spread
    columns = f"row_number, {again.fault} as fault" + (", spread_at" if spread else "")
    found = con.execute(
        f"select * from (select {columns} from {again.rows}) where fault > 0"
        f" order by row_number limit {MOST_LISTED}"
    ).fetchall()
    places = rows_of(file, [int(number) for number, *_ in found], broken)
    for number, fault, *spread_at in found:
        field = contract.fields[fault // 10]
        in_cell = spread is not None and field.name in (spread.into, spread.value)
        header = spread_at[0] if in_cell else _header_of(file, field.name)
        form = dates or file.match.layout.dates.get(field.name, "")
        yield Reject(file.name, places[number], header, reason(field, fault % 10, dates=form))
