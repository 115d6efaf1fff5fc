"""``nhpf records synthesise``, ``import``, ``count``: made-up events become a file of counts."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from pyarrow import parquet

from nhpf.cli import main
from nhpf.records import open_release
from nhpf.records.events import event_files, on_duckdb


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("counting")


@pytest.fixture(autouse=True, scope="module")
def imported(root: Path) -> None:
    """Put 2,000 made-up events into a release of their own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NHPF_DATA", str(root / "data"))
        sent = root / "sent"
        words = ["synthesise", str(sent), "--rows", "2000", "--months", "6", "--as", "csv"]
        assert main(["records", *words]) == 0
        file = sent / "crime_events_SYNTHETIC.csv"
        assert main(["records", "import", "crime_events", str(file), "--synthetic"]) == 0


@pytest.fixture(autouse=True)
def held(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NHPF_DATA", str(root / "data"))


def test_counts_are_those_of_the_events(capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["records", "count", "crime_events", "--by", "force,month", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["synthetic"], said["marking"]) == (True, "OFFICIAL-SENSITIVE")
    assert said["release"] == open_release().id
    rows = said["cells"]
    assert rows == sorted(rows, key=lambda row: (row["force"], row["month"]))
    assert sum(row["events"] for row in rows) == 2000
    assert {row["month"] for row in rows} == {f"2015-{month:02d}" for month in range(1, 7)}


def test_the_release_keeps_them_encoded_and_both_ways_agree() -> None:
    files = event_files(open_release(), "crime_events")
    assert files.encoded is not None
    assert sum(on_duckdb(files, ["ward", "category"])["events"].to_pylist()) == 2000


def test_a_file_of_counts_says_how_to_handle_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "counts.parquet"
    assert main(["records", "count", "crime_events", "-o", str(out)]) == 0
    assert "restricted" in capsys.readouterr().out
    table = parquet.read_table(out)
    assert sum(table["events"].to_pylist()) == 2000
    notes = table.schema.metadata
    assert notes[b"marking"] == b"OFFICIAL-SENSITIVE"
    assert notes[b"audience"] == b"restricted"
    assert notes[b"synthetic"] == b"true"
    assert b"not suppressed" in notes[b"disclosure"]
    assert [path.name for path in tmp_path.iterdir()] == ["counts.parquet"]


def test_long_tables_are_cut_and_say_so(capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["records", "count", "crime_events", "--by", "lsoa"]) == 0
    assert "more cells: write them with -o" in capsys.readouterr().out


def test_what_was_made_up_is_told_to_machines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["records", "synthesise", str(tmp_path), "--rows", "10", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["rows"], said["synthetic"]) == (10, True)
    assert Path(said["file"]).is_file()


def test_what_cannot_be_counted_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["records", "count", "police_uk_street"]) == 2
    assert "nhpf records import police_uk_street" in capsys.readouterr().err
    assert main(["records", "count", "crime_events", "--by", "postcode"]) == 2
    missing = str(tmp_path / "missing" / "counts.parquet")
    assert main(["records", "count", "crime_events", "-o", missing]) == 2


def test_a_csv_says_on_each_row_what_it_is(tmp_path: Path) -> None:
    out = tmp_path / "counts.csv"
    assert main(["records", "count", "crime_events", "--by", "force", "-o", str(out)]) == 0
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sum(int(row["events"]) for row in rows) == 2000
    assert {row["synthetic"] for row in rows} == {"true"}
    assert {row["marking"] for row in rows} == {"OFFICIAL-SENSITIVE"}
    assert main(["records", "count", "crime_events", "-o", str(tmp_path / "counts.xlsx")]) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["counts.csv"]


def test_made_up_counts_say_so_above_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["records", "count", "crime_events", "--by", "month"]) == 0
    assert "SYNTHETIC" in capsys.readouterr().out


STREET = """Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,\
LSOA name,Crime type,Last outcome category,Context
,2024-05,Kent Police,Kent Police,0.5,51.3,On or near A,,,Burglary,,
,2024-04,Kent Police,Kent Police,,,No Location,,,Robbery,,
"""
STOPS = "force,time,search_type\nE23000032,2024-05-01 10:00:00,person\n"


def test_a_point_without_an_area_is_said_and_each_source_has_its_own_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    street = tmp_path / "2024-05-kent-street.csv"
    street.write_text(STREET, encoding="utf-8")
    stops = tmp_path / "stops.csv"
    stops.write_text(STOPS, encoding="utf-8")
    monkeypatch.setenv("NHPF_DATA", str(tmp_path / "data"))
    assert main(["records", "import", "police_uk_street", str(street)]) == 0
    assert main(["records", "import", "police_uk_stops", str(stops)]) == 0
    capsys.readouterr()
    assert main(["records", "count", "police_uk_street"]) == 0
    said = capsys.readouterr().out
    assert "1 event has co-ordinates but no small area" in said
    assert "SYNTHETIC" not in said
    assert main(["records", "count", "police_uk_stops", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["cells"]
    assert set(row) == {"force", "events"}
    assert main(["records", "count", "police_uk_stops", "--by", "category"]) == 2
    assert "can be counted by force" in capsys.readouterr().err


def test_areas_of_2011_are_carried_and_no_event_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of one divided area, five events; of one area of 2021 and of none, one each."""
    monkeypatch.setenv("NHPF_DATA", str(tmp_path / "data"))
    pairs = open_release().query("lsoa_2011_to_2021")
    codes, parts = np.unique(pairs["lsoa_2011"].astype(str), return_counts=True)
    old = codes[parts > 1][0]
    kept = codes[~np.isin(codes, pairs["lsoa_2021"].astype(str))]
    assert old in kept
    lines = ["event_id,force,month,category,lsoa"]
    lines += [f"E{n},E23000032,2024-05,Burglary,{old}" for n in range(5)]
    lines += ["E5,E23000032,2024-05,Burglary,E01000001", "E6,E23000032,2024-05,Burglary,"]
    path = tmp_path / "events.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert main(["records", "import", "crime_events", str(path)]) == 0
    words = ["records", "count", "crime_events", "--by", "lsoa,month", "--carry"]
    capsys.readouterr()
    assert main([*words, "--json"]) == 0
    cells = json.loads(capsys.readouterr().out)["cells"]
    new = set(pairs["lsoa_2021"][pairs["lsoa_2011"] == old].astype(str))
    assert sum(cell["events"] for cell in cells if cell["lsoa"] in new) == 5
    assert {cell["lsoa"] for cell in cells} - new == {"E01000001", None}
    assert sum(cell["events"] for cell in cells) == 7
    assert main(words) == 0
    assert "their parts are estimates" in capsys.readouterr().out
    assert main(["records", "count", "crime_events", "--by", "month", "--carry"]) == 2
