"""Check a column by its distinct values, where these are few: each once, and not each row."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from nhpf.records.contract import Contract, Field
from nhpf.records.engine import named
from nhpf.records.importing.loading import Known, Readable, query
from nhpf.records.importing.values import LONGEST, TYPES, Expression

if TYPE_CHECKING:
    import duckdb


def few_values(con: duckdb.DuckDBPyConnection, file: Readable) -> frozenset[str]:
    """Return the columns of an unpacked file whose writer found that their values recur."""
    if file.unpacked is None:
        return frozenset()
    found = con.execute(
        "select path_in_schema from parquet_metadata($path) group by 1"
        " having bool_and(encodings like '%DICTIONARY%' and encodings not like 'PLAIN,%')",
        {"path": str(file.unpacked)},
    ).fetchall()
    return frozenset(name for (name,) in found)


def known_of(
    con: duckdb.DuckDBPyConnection,
    file: Readable,
    contract: Contract,
    few: frozenset[str],
    *,
    dates: str,
    today: dt.date,
) -> Known:
    """Return the fields in which nothing can be wrong, since no distinct value of them is."""
    sound, as_is = set(), set()
    for field in alone(file, contract):
        column = f"c{file.match.columns[field.name]}"
        if column not in few:
            continue
        cells = f"(select distinct {column} from {file.cells()})"
        only = replace(contract, fields=(field,))
        found = query(file, only, dates=dates, today=today, cells=cells)
        worst, unchanged = con.execute(
            f"select max({found.fault}), {unchanged_in(found.expressions[0])} from {found.rows}"
        ).fetchall()[0]
        if not worst:
            sound.add(field.name)
            if unchanged:
                as_is.add(field.name)
    return Known(frozenset(sound), frozenset(as_is))


def unchanged_in(each: Expression) -> str:
    """Return the SQL of whether the values of a field are its cells as they stand."""
    if each.field.kind in TYPES:
        return "false"
    # Of these, a value that may stand is its text: to make it once more would cost as much again.
    plain = each.field.kind in ("code", *LONGEST)
    value = f"rows.{named(f't_{each.field.name}')}" if plain else each.value
    return f"bool_and({value} is not distinct from rows.{named(f'w_{each.field.name}')})"


def alone(file: Readable, contract: Contract) -> list[Field]:
    """Return the fields that are decided by one column each, and by nothing else."""
    return [
        each
        for each in contract.fields
        if each.name in file.match.columns and _stands_alone(each, file, contract)
    ]


def _stands_alone(field: Field, file: Readable, contract: Contract) -> bool:
    """Whether a field is decided by its own column alone."""
    layout = file.match.layout
    with_others = (
        field.suppression
        or field.not_before
        or field.kind in ("area", "outline")
        or any(each.suppression == field.name for each in contract.fields)
    )
    elsewhere = {*layout.constants, *layout.computed}
    return not (with_others or layout.spread or field.name in elsewhere)
