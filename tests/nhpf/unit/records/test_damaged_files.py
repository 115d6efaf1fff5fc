"""A damaged file is named, with its first wrong row and its column, and none of its values."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from nhpf.errors import DamagedData, InvalidInput
from nhpf.records import open_release, releases
from nhpf.records.checking import check_rows, check_shipped, digest
from nhpf.records.open_source import OPEN_DATA, open_source, shipped

FORCES = "force_offences"


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    with duckdb.connect() as opened:
        yield opened


def spoil(tmp_path: Path, row: int, column: int, value: str) -> Path:
    """Copy the table of forces with one cell changed."""
    terms = open_source(FORCES)
    lines = terms.path.read_text("utf-8").splitlines()
    cells = lines[row].split(",") if '"' not in lines[row] else None
    assert cells is not None
    cells[column] = value
    lines[row] = ",".join(cells)
    path = tmp_path / terms.file
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def test_shipped_files_keep_their_contracts(con: duckdb.DuckDBPyConnection) -> None:
    for terms in shipped().values():
        assert check_rows(con, terms.path, terms) == check_shipped(con, terms) > 0


@pytest.mark.parametrize(
    "value",
    ["12x", "-3", "1.5", "", "1e3", "NA"],
    ids=["word", "negative", "part", "blank", "power", "none"],
)
def test_a_wrong_count_is_named(con: duckdb.DuckDBPyConnection, tmp_path: Path, value: str) -> None:
    path = spoil(tmp_path, 7, 7, value)
    with pytest.raises(DamagedData) as raised:
        check_rows(con, path, open_source(FORCES))
    assert raised.value.where == f"{path.name}, row 7, column Homicide"
    assert raised.value.exit_code == 5
    assert not value or value not in str(raised.value)


def test_the_first_wrong_row_is_named(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    path = spoil(tmp_path, 20, 3, "x")
    lines = path.read_text("utf-8").splitlines()
    lines[5] = lines[5].replace(lines[5].split(",")[1], "-1", 1)
    path.write_text("\n".join(lines) + "\n", "utf-8")
    with pytest.raises(DamagedData, match="row 5, column Arson"):
        check_rows(con, path, open_source(FORCES))


def test_an_unknown_force_is_named(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    path = spoil(tmp_path, 3, 0, "Borsetshire")
    with pytest.raises(DamagedData, match="row 3, column force_name") as raised:
        check_rows(con, path, open_source(FORCES))
    assert "Borsetshire" not in str(raised.value)


def test_an_unknown_ward_code_is_named(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    terms = open_source("london_ward_offences_current")
    path = tmp_path / terms.file
    con.execute(
        "copy (select * replace (case when wardcode = 'E05009317' then 'E05999999'"
        f" else wardcode end as wardcode) from '{terms.path}') to '{path}' (format parquet)"
    )
    with pytest.raises(DamagedData, match=r"row \d+, column wardcode"):
        check_rows(con, path, terms)


def test_a_negative_month_of_a_wide_file_is_named(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    terms = open_source("london_borough_offences_current")
    path = tmp_path / terms.file
    con.execute(
        f'copy (select * replace (case when "202407" = 0 then -1 else "202407" end as "202407")'
        f" from '{terms.path}') to '{path}' (format parquet)"
    )
    with pytest.raises(DamagedData, match=r"row \d+, column 202407"):
        check_rows(con, path, terms)


@pytest.mark.parametrize("source", ["london_ward_offences_current", "force_severity"])
def test_a_truncated_file_is_named(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, source: str
) -> None:
    terms = open_source(source)
    path = tmp_path / terms.file
    whole = terms.path.read_bytes()
    path.write_bytes(whole[: len(whole) * 2 // 3])
    with pytest.raises(DamagedData, match="cannot be read") as raised:
        check_rows(con, path, terms)
    assert raised.value.where == path.name


def test_a_wrong_header_is_named(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    terms = open_source(FORCES)
    path = tmp_path / terms.file
    path.write_text(terms.path.read_text("utf-8").replace("Homicide", "Homicides", 1), "utf-8")
    with pytest.raises(DamagedData, match=r"column is missing\. \(.*, column Homicide\)"):
        check_rows(con, path, terms)
    path.write_text(terms.path.read_text("utf-8").replace("force_name", "name,force_name", 1))
    with pytest.raises(DamagedData):
        check_rows(con, path, terms)


def test_a_wide_file_without_months_is_refused(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    terms = open_source("london_borough_offences_current")
    path = tmp_path / terms.file
    con.execute(
        f"copy (select majortext, minortext, boroughname from '{terms.path}') to '{path}'"
        " (format parquet)"
    )
    with pytest.raises(DamagedData, match="no column for a month"):
        check_rows(con, path, terms)


def test_a_file_with_no_rows_or_none_at_all_is_refused(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    terms = open_source(FORCES)
    path = tmp_path / terms.file
    with pytest.raises(DamagedData, match="no such file"):
        check_rows(con, path, terms)
    path.write_text(terms.path.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    with pytest.raises(DamagedData, match="no rows"):
        check_rows(con, path, terms)


def test_a_shipped_file_that_was_changed_is_refused(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    terms = open_source(FORCES)
    shutil.copytree(OPEN_DATA, tmp_path / "open")
    monkeypatch.setattr("nhpf.records.open_source.OPEN_DATA", tmp_path / "open")
    spoil(tmp_path / "open", 7, 7, "19")
    assert digest(terms.path) != terms.sha256
    with pytest.raises(DamagedData, match="not the one that was shipped"):
        check_shipped(con, terms)
    spoil(tmp_path / "open", 7, 7, "many")
    with pytest.raises(DamagedData, match="row 7, column Homicide"):
        check_shipped(con, terms)


def test_a_release_is_not_made_of_a_damaged_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(OPEN_DATA, tmp_path / "open")
    monkeypatch.setattr("nhpf.records.open_source.OPEN_DATA", tmp_path / "open")
    spoil(tmp_path / "open", 7, 7, "many")
    with pytest.raises(DamagedData, match="row 7, column Homicide"):
        open_release(root=tmp_path / "data")
    assert releases(root=tmp_path / "data") == ()
    assert list((tmp_path / "data" / "releases").iterdir()) == []


def test_an_unknown_source_is_refused() -> None:
    with pytest.raises(InvalidInput, match="victims_with_status"):
        open_source("nothing")
