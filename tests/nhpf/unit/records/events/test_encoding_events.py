"""The compact form loses nothing but the difference between two kinds of blank."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from nhpf.errors import DamagedData
from nhpf.records.checking import digest
from nhpf.records.encoding import Encoded, encode, view_sql


def test_the_view_gives_every_row_back(con: duckdb.DuckDBPyConnection, encoded: Encoded) -> None:
    back = view_sql(encoded.description, encoded.folder)
    blank = "select * replace (nullif(lsoa, '') as lsoa) from events"
    assert encoded.rows == 3_000
    for one, other in ((back, blank), (blank, back)):
        lost = con.execute(f"select count(*) from (({one}) except all ({other}))").fetchall()
        assert lost == [(0,)]


def test_codes_are_small_whole_numbers(con: duckdb.DuckDBPyConnection, encoded: Encoded) -> None:
    rows = f"read_parquet('{encoded.folder}/rows/*.parquet')"
    kinds = dict(row[:2] for row in con.execute(f"describe from {rows}").fetchall())
    assert [kinds[name] for name in ("lsoa", "month")] == ["UTINYINT", "SMALLINT"]
    assert kinds["easting"] == "DOUBLE"
    blanks = con.execute(f"select count(*) from {rows} where lsoa = 0").fetchall()
    assert (
        blanks
        == con.execute("select count(*) from events where lsoa is null or lsoa = ''").fetchall()
    )


def test_the_description_fits_a_manifest(encoded: Encoded) -> None:
    held = json.loads(json.dumps(encoded.description))
    assert held["rows"] == 3_000
    assert held["months"] == {"month": [2021 * 12 + 10, 2022 * 12 + 2]}
    assert held["codes"] == {"lsoa": 41, "category": 3, "force": 2}


def test_the_connection_is_as_it_was(con: duckdb.DuckDBPyConnection, encoded: Encoded) -> None:
    fresh = duckdb.connect()
    setting = "select current_setting('partitioned_write_flush_threshold')"
    assert con.execute(setting).fetchall() == fresh.execute(setting).fetchall()
    left = "select count(*) from duckdb_types() where type_name like 'nhpf%'"
    assert con.execute(left).fetchall() == [(0,)]


def test_no_rows_are_an_empty_table(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    none = encode(con, "from events limit 0", fields=["lsoa", "month"], folder=tmp_path / "none")
    assert none.rows == 0
    sql = view_sql(none.description, none.folder)
    assert con.execute(sql).fetchall() == []
    assert [each[0] for each in con.description] == list(none.description["columns"])


def test_many_places_go_to_several_files(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    sql = "select 'P' || lpad((i % 3000)::varchar, 5, '0') as lsoa from range(9000) t(i)"
    found = encode(con, sql, fields=["lsoa"], folder=tmp_path / "many")
    names = [path.name for path in sorted((found.folder / "rows").iterdir())]
    assert names == ["0000-0.parquet", "0001-0.parquet", "0002-0.parquet"]
    ends = con.execute(
        f"select min(lsoa), max(lsoa) from '{found.folder}/rows/0001-0.parquet'"
    ).fetchall()
    assert ends == [(1024, 2047)]


def test_one_thread_writes_the_same_bytes(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    con.execute("set threads = 1")
    for name in ("first", "second"):
        encode(con, "from events", fields=["lsoa", "month", "category"], folder=tmp_path / name)
    first, second = (
        {path.relative_to(tmp_path / name): digest(path)
         for path in (tmp_path / name).rglob("*.parquet")}
        for name in ("first", "second")
    )  # fmt: skip
    assert len(first) == 3
    assert first == second


def test_a_blank_month_is_refused(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    sql = "select lsoa, if(event_id = 'E7', null, month) as month from events"
    with pytest.raises(DamagedData, match=r"month is blank\. \(column month, 1 rows\)"):
        encode(con, sql, fields=["lsoa", "month"], folder=tmp_path / "blank")
