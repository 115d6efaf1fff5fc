"""Checks of columns, each on a small table that has the fault and one that has not."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from nhpf.records.quality import columns
from nhpf.records.quality.subjects import Subject, engine

SUBJECT = Subject(
    "counts",
    concerns="counts",
    rows="counts",
    period="month",
    place="area",
    category="category",
    count="n",
    key=("area", "month", "category", "sheet"),
)


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """An engine with a small table in it: two areas, three months, two categories."""
    with engine() as found:
        found.execute(
            "create table counts as select area, month, category, sheet,"
            " n + month(month)::integer * if(category = 'Robbery', 7, 3) as n"
            " from (values ('E23000028', 400), ('E23000032', 700)) as areas(area, n),"
            " (values (date '2024-01-01'), (date '2024-02-01'), (date '2024-03-01')) as m(month),"
            " (values ('Robbery'), ('Burglary')) as c(category), (values ('one')) as s(sheet)"
        )
        yield found


def test_a_sound_table_has_no_flag(con: duckdb.DuckDBPyConnection) -> None:
    fields = columns.completeness(con, SUBJECT)
    assert {each.field: each.blank for each in fields} == dict.fromkeys(
        ("area", "month", "category", "sheet", "n"), 0
    )
    assert list(columns.blank_fields(SUBJECT, fields)) == []
    for check in (
        columns.padded,
        columns.all_zero,
        columns.stacked,
        columns.repeated_keys,
        columns.invalid_values,
    ):
        assert list(check(con, SUBJECT)) == [], check.__name__


def test_blanks_are_counted_and_withheld_values_are_none(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("update counts set category = ' ' where month = '2024-01-01'")
    con.execute("alter table counts add column withheld varchar default ''")
    con.execute("update counts set n = null, withheld = 'too small' where area = 'E23000028'")
    found = {each.field: each for each in columns.completeness(con, SUBJECT)}
    assert (found["category"].blank, found["category"].rows) == (4, 12)
    assert (found["n"].blank, found["n"].withheld) == (0, 6)
    (flag,) = columns.blank_fields(SUBJECT, tuple(found.values()))
    assert (flag.check, flag.field, flag.rows, flag.how_bad) == (
        "blank field", "category", 4, "caution",
    )  # fmt: skip


def test_padding_is_counted(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("update counts set area = area || ' ' where month = '2024-02-01'")
    (flag,) = columns.padded(con, SUBJECT)
    assert (flag.field, flag.rows) == ("area", 4)


def test_a_category_of_zeros_is_unfit(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("update counts set n = 0 where category = 'Burglary'")
    (flag,) = columns.all_zero(con, SUBJECT)
    assert (flag.category, flag.rows, flag.how_bad) == ("Burglary", 6, "unfit")


def test_two_sheets_of_the_same_are_found_and_of_other_months_not(
    con: duckdb.DuckDBPyConnection,
) -> None:
    con.execute(
        "insert into counts"
        " select area, month, 'Any', 'two', sum(n) from counts group by area, month"
    )
    (flag,) = columns.stacked(con, SUBJECT)
    assert (flag.field, flag.how_bad) == ("category", "unfit")  # the first field that shows it
    con.execute("update counts set n = n + 5 where sheet = 'two' and month = '2024-01-01'")
    con.execute("update counts set n = n - 5 where sheet = 'two' and month = '2024-03-01'")
    assert list(columns.stacked(con, SUBJECT)) == []


def test_a_total_among_its_parts_is_found(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("update counts set n = n + 3 where category = 'Robbery'")
    con.execute(
        "insert into counts select area, month, 'All', sheet, sum(n) from counts group by 1, 2, 4"
    )
    (flag,) = columns.stacked(con, SUBJECT)
    assert flag.field == "category"
    assert "“All”" in flag.what


def test_repeated_keys_are_counted(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("insert into counts select * from counts where area = 'E23000028'")
    (flag,) = columns.repeated_keys(con, SUBJECT)
    assert flag.rows == 12
    assert "share 6 keys" in flag.what


def test_a_count_below_zero_is_invalid(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("update counts set n = -1 where area = 'E23000028' and category = 'Robbery'")
    (flag,) = columns.invalid_values(con, SUBJECT)
    assert (flag.field, flag.rows) == ("n", 3)
