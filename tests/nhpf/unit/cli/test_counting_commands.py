"""``nhpf records synthesise``, ``import``, ``count``: made-up events become a file of counts."""

from __future__ import annotations

import json
from pathlib import Path

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
        assert main(["records", "import", "crime_events", str(file)]) == 0


@pytest.fixture(autouse=True)
def held(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NHPF_DATA", str(root / "data"))


def test_counts_are_those_of_the_events(capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["records", "count", "crime_events", "--by", "force,month", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
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
    assert b"not suppressed" in notes[b"disclosure"]
    assert [path.name for path in tmp_path.iterdir()] == ["counts.parquet"]


def test_long_tables_are_cut_and_say_so(capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["records", "count", "crime_events", "--by", "lsoa"]) == 0
    assert "more cells: write them with -o" in capsys.readouterr().out


def test_what_cannot_be_counted_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["records", "count", "police_uk_street"]) == 2
    assert "nhpf records import police_uk_street" in capsys.readouterr().err
    assert main(["records", "count", "crime_events", "--by", "postcode"]) == 2
    missing = str(tmp_path / "missing" / "counts.parquet")
    assert main(["records", "count", "crime_events", "-o", missing]) == 2
