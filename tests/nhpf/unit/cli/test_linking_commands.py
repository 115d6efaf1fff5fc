"""``nhpf records link``: figures for a terminal and for machines, sheets, and refusals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pyarrow import csv, parquet

from nhpf.cli import main
from nhpf.records.linkage import synthetic_world


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    police, hospital = synthetic_world(3000, rng=3).write(tmp_path_factory.mktemp("world"))
    return str(police), str(hospital)


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NHPF_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def test_json_has_counts_and_estimate_and_a_copy_is_written(
    files: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["records", "link", *files, "--json", "-o", str(tmp_path)]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["counts"]["both"]["value"] > 100
    copy = tmp_path / "OFFICIAL-SENSITIVE_linkage.json"
    assert json.loads(copy.read_text("utf-8")) == shown


def test_a_sheet_is_written_for_a_post_and_read_back(
    files: tuple[str, str], root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["records", "link", *files, "--distribution", "Analyst"]) == 0
    said = capsys.readouterr().out
    assert "known to neither" in said
    assert said.startswith("OFFICIAL-SENSITIVE, SYNTHETIC")
    (sheet,) = (root / "restricted").rglob("*.csv")
    assert main(["records", "link-decide", str(sheet)]) == 0
    assert "0 decisions were read" in capsys.readouterr().out
    assert main(["records", "link-decide", str(sheet), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["decided_by_people"] == 0
    assert main(["records", "link-purge", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"deleted_runs": 0}
    assert main(["records", "link-purge"]) == 0
    assert "0 runs deleted" in capsys.readouterr().out


def test_what_was_imported_is_linked_by_its_name(
    files: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The mark goes with the rows into the release; without it, the join is refused."""
    for source, path in zip(("crime_events", "hospital_assaults"), files, strict=True):
        assert main(["records", "import", source, path, "--synthetic"]) == 0
    capsys.readouterr()
    named = ["records", "link", "crime_events", "hospital_assaults", "--json"]
    violence = ["--category", "Violence with injury"]
    assert main([*named, *violence]) == 0
    imported = json.loads(capsys.readouterr().out)
    assert "crime_events of release" in imported["sources"][0]
    assert main(["records", "link", *files, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["estimates"] == imported["estimates"]
    unmarked = tmp_path / "hospital.csv"
    csv.write_csv(parquet.read_table(files[1]), unmarked)
    assert main(["records", "import", "hospital_assaults", str(unmarked)]) == 0
    capsys.readouterr()
    assert main(named) == 9
    assert "--synthetic" in capsys.readouterr().err


def test_real_data_needs_an_agreement(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "export.csv"
    path.write_text("a\n1\n", encoding="utf-8")
    assert main(["records", "link", str(path), str(path)]) == 9
    assert "--agreement" in capsys.readouterr().err


def test_an_unknown_audience_is_refused(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["records", "link", *files, "--audience", "everyone"]) == 2
    assert "public or restricted" in capsys.readouterr().err


def test_what_is_not_there_is_said(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["records", "link-decide", "absent.csv"]) == 2
    assert "no file of this name" in capsys.readouterr().err
    assert main(["records", "link", *files, "--category", "Arson"]) == 2
    assert "Its categories are Violence with injury." in capsys.readouterr().err
