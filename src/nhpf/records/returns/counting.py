"""Count a force's homicide cases into the tables of a return."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nhpf.errors import DamagedData, InvalidInput
from nhpf.records.contract import contract
from nhpf.records.engine import connect, named, quoted, reader
from nhpf.records.returns.period import Period
from nhpf.records.returns.policy import BROAD_AGES, CONTRACT, FLAGS, Cell, Table, tables, withheld
from nhpf.records.subtypes import subtype_sql

if TYPE_CHECKING:
    import duckdb

VIEW = "cases_to_return"

Counts = dict[str, dict[Cell, int] | str]
"""Each table's victims by cell; the reason for a table that is withheld."""


def count(cases: Path | duckdb.DuckDBPyRelation, *, force: str, period: Period) -> Counts:
    """Return the tables of one force's victims, those withheld that the policy does not split.

    Parameters
    ----------
    cases : Path or duckdb.DuckDBPyRelation
        The table ``homicide_cases`` in the canonical columns of its contract.
    force : str
        The code of the force; other forces' cases are not counted.
    period : Period

    Raises
    ------
    InvalidInput
        If the table lacks a column, or holds no case of the force in any month.
    DamagedData
        If a field holds a value that the contract does not know.
    """
    if isinstance(cases, Path):
        with connect() as con:
            return _count(con.sql(f"select * from {reader(cases)}"), force, period)
    return _count(cases, force, period)


def _count(cases: duckdb.DuckDBPyRelation, force: str, period: Period) -> Counts:
    wanted = tables(period)
    columns = [*dict.fromkeys(c for each in wanted.values() for c in each.dimensions)]
    rows = _rows(cases, _grouped(cases.columns, columns, force, period))
    if not rows:
        raise InvalidInput(
            "The table holds no homicide case of this force, in any month.",
            where=force,
            next_step="Check the force's code, and that its cases are imported.",
        )
    inside = [row for row in rows if row[columns.index("year")] is not None]
    counts = {name: _table(each, columns, inside) for name, each in wanted.items()}
    hidden = withheld(period, sum(counts["victims_by_year"].values()))
    return counts | hidden


def _grouped(held: list[str], columns: list[str], force: str, period: Period) -> str:
    """Return the query that counts a force's victims; the year is null outside the period."""
    years = " ".join(f"when {quoted(m)} then {quoted(y)}" for m, y in period.year_of.items())
    return (
        f"select {', '.join(columns)}, sum(victims)::bigint from"
        f" (select *, case month {years} end as year from ({_canonical(held)}))"
        f" where force = {quoted(force)} group by all"
    )


def _rows(cases: duckdb.DuckDBPyRelation, sql: str) -> list[tuple[Any, ...]]:
    found = cases.query(VIEW, sql)
    return found.fetchall() if found is not None else []


def _table(table: Table, columns: list[str], rows: list[tuple[Any, ...]]) -> dict[Cell, int]:
    places = [columns.index(each) for each in table.dimensions]
    found: Counter[Cell] = Counter()
    for row in rows:
        found[tuple(row[place] for place in places)] += int(row[-1])
    cells = {cell: found.pop(cell, 0) for cell in table.cells}
    if found:
        raise DamagedData(
            "A homicide case holds a value that its contract does not know.",
            where=f"{CONTRACT}, {' or '.join(table.dimensions)}",
            next_step="Import the cases again through the contract.",
        )
    return cells


def _canonical(columns: list[str]) -> str:
    """Return the query that gives each case the columns which tables are broken down by."""
    fields = contract(CONTRACT).fields
    missing = [each.name for each in fields if not each.optional and each.name not in columns]
    if missing:
        raise InvalidInput(
            "The table of homicide cases lacks columns that its contract asks for.",
            where=", ".join(missing),
            next_step=f"Import the cases: nhpf records import {CONTRACT} FILE",
        )
    absent = {each.name: each.kind for each in fields if each.name not in columns}
    blank = "".join(
        f", cast(null as {'bigint' if kind == 'count' else 'varchar'}) as {named(name)}"
        for name, kind in absent.items()
    )
    ages = " ".join(
        f"when {quoted(band)} then {quoted(broad)}"
        for broad, bands in BROAD_AGES.items()
        for band in bands
    )
    return f"""
        select force, left(cast(recorded_month as varchar), 7) as month,
            coalesce(victims, 1) as victims, {subtype_sql()} as subtype,
            {_flag("alcohol_related")} as alcohol_related, {_flag("drug_related")} as drug_related,
            case method when 'sharp instrument' then 'yes' when 'not known' then 'not known'
                else 'no' end as sharp_instrument,
            case victim_age_band {ages} end as age, victim_sex as sex, method,
            {_flag("domestic")} as domestic
        from (select *{blank} from {VIEW})"""


def _flag(column: str) -> str:
    known = ", ".join(quoted(each) for each in FLAGS)
    return (
        f"case when {column} is null then 'not known' when {column} in ({known}) then {column} end"
    )
