"""What is read of the two files, how events are compared, and which files are refused."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from nhpf.errors import DamagedData, InvalidInput
from nhpf.records.linkage.comparing import ASPECTS, Aspect
from nhpf.records.linkage.events import read_events, small_areas
from nhpf.records.linkage.sources import from_file

POLICE = "event_id,force,month,category,time_from,time_to,lsoa,geocoding_confidence,method\n"
HOSPITAL = "site_code,assault_time,assault_method,assault_location_type,lsoa,geocoding_confidence\n"


def police(folder: Path, *rows: str, header: str = POLICE) -> Path:
    path = folder / "police.csv"
    lines = [f"E{n},E23000032,2024-05,Violence,{row}\n" for n, row in enumerate(rows)]
    path.write_text(header + "".join(lines), encoding="utf-8")
    return path


def hospital(folder: Path, *rows: str, header: str = HOSPITAL) -> Path:
    path = folder / "hospital.csv"
    path.write_text(header + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def test_only_times_known_to_a_week_can_be_compared(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    path = police(
        tmp_path,
        "2024-05-04 22:15,2024-05-04 22:45,E01016067,0.9,body part",
        "2024-05-04 22:15,,E01016067,,body part",
        ",,E01016067,0.9,body part",
        "2024-05-04 22:15,2024-05-20 22:45,E01016067,0.9,body part",
        "2024-05-04 22:15,2024-05-04 20:00,E01016067,0.9,body part",
    )
    read = read_events(con, "police", from_file(path))
    assert (read.rows, read.comparable) == (5, 2)
    spans = con.execute("select minute_to - minute_from from police_event order by 1").fetchall()
    assert spans == [(0,), (30,)]


def test_an_unsure_place_is_no_place(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    path = hospital(
        tmp_path,
        "RXX01,2024-05-04 22:30,body part,home,E01016067,0.9",
        "RXX01,2024-05-04 22:30,body part,home,E01016067,0.49",
        "RXX01,2024-05-04 22:30,body part,home,,",
    )
    read_events(con, "hospital", from_file(path))
    places = con.execute("select lsoa, msoa, area from hospital_event order by 1").fetchall()
    # The site's other attendances say which force area it lies in.
    assert places == [("E01016067", "Medway 027", "E23000032"), *[(None, None, "E23000032")] * 2]


def test_a_site_without_any_place_cannot_be_compared(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    path = hospital(tmp_path, "RXX01,2024-05-04 22:30,body part,home,,")
    assert read_events(con, "hospital", from_file(path)).comparable == 0


def level(con: duckdb.DuckDBPyConnection, name: str, **values: object) -> str:
    """Return in words how two events agree in one aspect."""
    aspect: Aspect = next(each for each in ASPECTS if each.name == name)
    columns = ", ".join(f"${key}::{kind(value)} as {key}" for key, value in values.items())
    found = con.execute(f"select {aspect.case()} from (select {columns})", values).fetchall()[0][0]
    return "not known" if found < 0 else aspect.levels[found].words


def kind(value: object) -> str:
    return "double" if isinstance(value, int | float) else "varchar"


@pytest.mark.parametrize(
    ("said", "start", "end", "words"),
    [
        (100, 90, 90, "within half an hour"),
        (100, 110, 180, "within half an hour"),
        (100, 180, 200, "within an hour and a half"),
        (100, 0, 1440, "within a wide span of the police's"),
        (100, 340, 340, "within six hours"),
        (100, 600, 600, "farther apart"),
        (1000, 0, 1440, "within a wide span of the police's"),
        (100, None, None, "not known"),
    ],
)
def test_times_agree_by_gap_and_span(
    con: duckdb.DuckDBPyConnection, said: int, start: int | None, end: int | None, words: str
) -> None:
    times = {"minute_from_l": said, "minute_to_l": said, "minute_from_r": start, "minute_to_r": end}
    if start is None:
        con.execute("select null")
        aspect = next(each for each in ASPECTS if each.name == "time")
        sql = f"select {aspect.case()} from (select {said} as minute_from_l, {said} as minute_to_l,"
        sql += " null::double as minute_from_r, null::double as minute_to_r)"
        assert con.execute(sql).fetchall() == [(-1,)]
        return
    assert level(con, "time", **times) == words


def test_places_agree_by_nested_areas(con: duckdb.DuckDBPyConnection) -> None:
    here = {"lsoa_l": "a", "msoa_l": "m", "ltla_l": "t"}
    for there, words in (
        (("a", "m", "t"), "the same small area"),
        (("b", "m", "t"), "the same middle area"),
        (("b", "n", "t"), "the same local authority"),
        (("b", "n", "u"), "another local authority"),
    ):
        other = dict(zip(("lsoa_r", "msoa_r", "ltla_r"), there, strict=True))
        assert level(con, "place", **here, **other) == words


def test_ages_agree_by_band(con: duckdb.DuckDBPyConnection) -> None:
    assert level(con, "age", age_l=4, age_r=4) == "the same band"
    assert level(con, "age", age_l=4, age_r=5) == "the next band"
    assert level(con, "age", age_l=4, age_r=9) == "another band"


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("soon,,E01016067,0.9,body part", "time_from"),
        ("2024-05-04 22:15,,E01016067,high,body part", "geocoding_confidence"),
        ("2024-05-04 22:15,,E01016067,0.9,secret words", "method"),
    ],
)
def test_a_row_that_breaks_the_contract_is_named_not_repeated(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, row: str, column: str
) -> None:
    path = police(tmp_path, "2024-05-04 22:15,,E01016067,0.9,body part", row)
    with pytest.raises(DamagedData) as refused:
        read_events(con, "police", from_file(path))
    assert refused.value.where == f"police.csv, row 2, column {column}"
    assert "secret" not in str(refused.value)


def test_columns_out_of_contract_are_refused_and_not_named(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    path = police(tmp_path, header=POLICE.replace("event_id", "event_id,surname"))
    with pytest.raises(DamagedData, match="1 columns") as refused:
        read_events(con, "police", from_file(path))
    assert "surname" not in str(refused.value)
    path = police(tmp_path, header=POLICE.replace("force,", ""))
    with pytest.raises(DamagedData, match="lacks the column force"):
        read_events(con, "police", from_file(path))


def test_what_is_no_table_is_refused(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    path = tmp_path / "noise.parquet"
    path.write_bytes(b"\0nothing")
    with pytest.raises(DamagedData):
        read_events(con, "police", from_file(path))
    with pytest.raises(InvalidInput):
        from_file(tmp_path / "none.parquet")


def test_only_the_wanted_categories_are_read(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    row = "2024-05-04 22:15,,E01016067,0.9,body part"
    path = police(tmp_path, row, row)
    path.write_text(path.read_text("utf-8").replace("Violence", "Burglary", 1), encoding="utf-8")
    with pytest.raises(InvalidInput, match="these categories"):
        read_events(con, "police", from_file(path), categories=["Arson"])
    con.execute("drop table police_row; drop table police_event")
    read = read_events(con, "police", from_file(path), categories=["Violence", "Arson"])
    assert read.rows == 1


def test_only_the_mark_inside_makes_a_file_synthetic(
    files: tuple[Path, Path], con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    assert from_file(files[0]).synthetic
    copy = tmp_path / "synthetic_police.parquet"
    con.execute(f"copy (from '{files[0]}') to '{copy}' (format parquet)")
    assert not from_file(copy).synthetic


def test_a_force_area_that_is_none_is_refused() -> None:
    with pytest.raises(InvalidInput):
        small_areas("E99999999")
