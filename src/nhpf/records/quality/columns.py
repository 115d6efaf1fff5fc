"""Checks of a table's columns: blanks, invalid values, padding, repeated keys, stacked rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from nhpf.records.engine import named, quoted
from nhpf.records.quality.flags import KEPT, FieldCompleteness, Flag
from nhpf.records.quality.subjects import Subject, series

if TYPE_CHECKING:
    import duckdb

MANY_BLANK = 0.05
AREA_CODE = "[EWKNSJ][0-9]{8}"
# A field with more values than this is no name of a sheet, an area kind or a measure.
MOST_SHEETS = 12
# Small totals are equal by chance.
LEAST_STACKED = 1000


def _columns(con: duckdb.DuckDBPyConnection, subject: Subject) -> dict[str, str]:
    found = con.execute(f"describe select * from {subject.rows}").fetchall()
    return {name: kind for name, kind, *_ in found}


def _one(con: duckdb.DuckDBPyConnection, sql: str) -> tuple[Any, ...]:
    row: tuple[Any, ...] = con.execute(sql).fetchall()[0]
    return row


def completeness(con: duckdb.DuckDBPyConnection, subject: Subject) -> tuple[FieldCompleteness, ...]:
    """Count the blanks of each field; in rows that withhold a value, a blank number is no blank."""
    columns = _columns(con, subject)
    fields = [name for name in columns if name not in ("withheld", "note")]
    parts = []
    for name in fields:
        blank, hidden = f"{named(name)} is null", "false"
        if columns[name] == "VARCHAR":
            blank = f"coalesce(trim({named(name)}), '') = ''"
        elif "withheld" in columns:
            hidden = "coalesce(withheld, '') <> ''"
        parts += [
            f"count(*) filter ({blank} and not {hidden})",
            f"count(*) filter ({blank} and {hidden})",
        ]
    rows, *counts = _one(con, f"select count(*), {', '.join(parts)} from {subject.rows}")
    pairs = zip(fields, counts[::2], counts[1::2], strict=True)
    return tuple(
        FieldCompleteness(subject.concerns, name, rows, blank, withheld)
        for name, blank, withheld in pairs
    )


def blank_fields(subject: Subject, found: tuple[FieldCompleteness, ...]) -> Iterator[Flag]:
    """Flag fields that are blank and should not be."""
    for each in found:
        may = each.field in subject.may_be_blank
        # An optional field that no row has was not in the files.
        if may and not MANY_BLANK * each.rows <= each.blank < each.rows:
            continue
        if not each.blank:
            continue
        yield Flag(
            "blank field",
            subject.concerns,
            f"{each.field} is blank in {each.blank:,} of {each.rows:,} rows.",
            "note" if may else "caution",
            field=each.field,
            rows=each.blank,
        )


def invalid_values(con: duckdb.DuckDBPyConnection, subject: Subject) -> Iterator[Flag]:
    """Flag counts below zero and area codes of another form."""
    columns = _columns(con, subject)
    tests = [
        (name, f"not regexp_full_match({named(name)}, '{AREA_CODE}')", "is no code of an area")
        for name, kind in columns.items()
        if kind == "VARCHAR" and name in ("area_code", "force_code", "borough_code", "ward_code")
    ]
    if subject.count in columns:
        tests.append((subject.count, f"{named(subject.count)} < 0", "is below zero"))
    for name, wrong, words in tests:
        (rows,) = _one(con, f"select count(*) filter ({wrong}) from {subject.rows}")
        if rows:
            yield Flag(
                "invalid value",
                subject.concerns,
                f"{name} {words} in {rows:,} {'row' if rows == 1 else 'rows'}.",
                "caution",
                field=name,
                rows=rows,
            )


def padded(con: duckdb.DuckDBPyConnection, subject: Subject) -> Iterator[Flag]:
    """Flag text that begins or ends with a blank: a match with a look-up would lose it."""
    texts = [name for name, kind in _columns(con, subject).items() if kind == "VARCHAR"]
    if not texts:
        return
    parts = ", ".join(f"count(*) filter ({named(n)} <> trim({named(n)}))" for n in texts)
    rows, *counts = _one(con, f"select count(*), {parts} from {subject.rows}")
    for name, count in zip(texts, counts, strict=True):
        if count:
            yield Flag(
                "padded codes",
                subject.concerns,
                f"{name} begins or ends with a blank in {count:,} of {rows:,} rows.",
                "caution",
                field=name,
                rows=count,
                done=subject.done or KEPT,
            )


def repeated_keys(con: duckdb.DuckDBPyConnection, subject: Subject) -> Iterator[Flag]:
    """Flag rows whose key another row has too; a blank key names nothing."""
    if not subject.key:
        return
    key = ", ".join(map(named, subject.key))
    known = "" if len(subject.key) > 1 else f" where {named(subject.key[0])} is not null"
    again = f"select count(*) as n from {subject.rows}{known} group by {key} having count(*) > 1"
    keys, rows = _one(con, f"select count(*), coalesce(sum(n), 0)::bigint from ({again})")
    if rows:
        yield Flag(
            "repeated keys",
            subject.concerns,
            f"{rows:,} rows share {keys:,} {'key' if keys == 1 else 'keys'}"
            f" ({', '.join(subject.key)}).",
            "caution",
            rows=rows,
        )


def all_zero(con: duckdb.DuckDBPyConnection, subject: Subject) -> Iterator[Flag]:
    """Flag categories that have rows and not one count above zero."""
    if not subject.count:
        return
    found = con.execute(
        f"select layer, category, count(*) from ({series(subject)}) group by layer, category"
        " having max(count) = 0 order by all"
    )
    for layer, category, rows in found.fetchall():
        yield Flag(
            "all-zero category",
            subject.concerns,
            f"All {rows:,} counts of {category or layer} are zero: it was not published here.",
            "unfit",
            category=category,
            rows=rows,
            done="Zero is what the file says; it is no measure of none.",
        )


def stacked(con: duckdb.DuckDBPyConnection, subject: Subject) -> Iterator[Flag]:
    """Flag the first field of which one value adds up to another, or to all others together."""
    columns = _columns(con, subject)
    if subject.count not in columns:
        return
    for name in (name for name, kind in columns.items() if kind == "VARCHAR"):
        values = con.execute(
            f"select {named(name)}, sum({named(subject.count)})::bigint, count(*)"
            f" from {subject.rows} group by all order by 2 desc, 1 limit {MOST_SHEETS + 1}"
        ).fetchall()
        if not 2 <= len(values) <= MOST_SHEETS or values[0][1] < LEAST_STACKED:
            continue
        (most, total, rows), (second, next_total, _) = values[:2]
        if total == next_total and _equal(con, subject, name, most, second):
            other = f"those of {_called(second)}"
        elif total == sum(n or 0 for _, n, _ in values[1:]) and _equal(con, subject, name, most):
            other = "all other rows together"
        else:
            continue
        yield Flag(
            "stacked rows",
            subject.concerns,
            f"{rows:,} rows with {name} {_called(most)} hold {total:,}, as many as {other}, in"
            " every period.",
            "note" if subject.done else "unfit",
            field=name,
            rows=rows,
            done=subject.done or "Kept as it came: never add the rows up.",
        )
        return


def _equal(
    con: duckdb.DuckDBPyConnection, subject: Subject, name: str, one: str | None, *other: str | None
) -> bool:
    """Whether a value holds as much as another, or as all others, in every period."""
    (apart,) = _one(
        con,
        "select count(*) from (select sum("
        f"case when {_is(name, one)} then {named(subject.count)}"
        f" when {_is(name, other[0]) if other else 'true'} then -{named(subject.count)} end"
        f") as apart from {subject.rows} group by {subject.period or '1 = 1'}) where apart <> 0",
    )
    return bool(apart == 0)


def _is(name: str, value: str | None) -> str:
    return f"{named(name)} is not distinct from {'null' if value is None else quoted(value)}"


def _called(value: str | None) -> str:
    return f"“{value}”" if value else "blank"
