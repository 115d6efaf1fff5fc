"""``nhpf records releases`` and ``use``: what each release brought, what one lacks, short ids."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from nhpf.cli import main
from nhpf.records import Release

COUNTS = "area_kind,area,period,category,count\nforce,E23000028,2024-05,Robbery,12\n"
Printed = pytest.CaptureFixture[str]


@pytest.fixture
def root(
    release: Release, data_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    shutil.copytree(data_root / "releases", tmp_path / "data" / "releases")
    monkeypatch.setenv("NHPF_DATA", str(tmp_path / "data"))
    return tmp_path


def _import(root: Path, source: str, text: str) -> None:
    path = root / f"{source}.csv"
    path.write_text(text, encoding="utf-8")
    assert main(["records", "import", source, str(path), "--synthetic"]) == 0


def _held(capsys: Printed) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert main(["records", "releases", "--json"]) == 0
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return found


def test_each_release_says_what_it_brought(root: Path, capsys: Printed) -> None:
    _import(root, "area_month_counts", COUNTS)
    first, second = _held(capsys)
    assert (first["current"], first["lacks"]) == (False, ["area_month_counts"])
    assert (second["current"], second["chosen"], second["lacks"]) == (True, False, [])
    assert second["changes"] == [
        {"table": "area_month_counts", "kind": "added", "rows": 1,
         "files": ["area_month_counts.csv"]}
    ]  # fmt: skip
    assert second["made"].startswith("20")
    assert main(["records", "releases"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "Brought" in shown
    assert "Lacks" in shown


def test_use_says_what_the_next_import_would_lose(
    release: Release, root: Path, capsys: Printed
) -> None:
    _import(root, "area_month_counts", COUNTS)
    newest = _held(capsys)[-1]["release"]
    assert main(["records", "use", release.id[:4]]) == 0
    said = capsys.readouterr().out
    assert f"Release {release.id} is current." in said
    assert "lacks what other releases hold: area_month_counts" in said
    assert f"nhpf records use {newest}" in said
    assert [each["chosen"] for each in _held(capsys)] == [True, False]
    assert main(["records", "use", newest, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["lacks"] == []


def test_another_import_of_a_source_is_said(root: Path, capsys: Printed) -> None:
    _import(root, "area_month_counts", COUNTS)
    _import(root, "area_month_counts", COUNTS.replace("12", "13"))
    older = _held(capsys)[1]
    assert older["differs"] == ["area_month_counts"]
    assert main(["records", "use", older["release"]]) == 0
    assert "holds another import of area_month_counts" in capsys.readouterr().out


def test_a_short_id_and_current_name_a_release(
    release: Release, root: Path, capsys: Printed
) -> None:
    assert main(["records", "trace", "stop_search", "--release", release.id[:5], "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["tables"][0]["release"] == release.id
    assert main(["records", "revisions", release.id[:6], "current", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["tables"] == []
    assert main(["records", "use", release.id[:3]]) == 6
    shutil.copytree(release.folder, root / "data" / "releases" / (release.id[:4] + "x" * 12))
    assert main(["records", "use", release.id[:4]]) == 6
    assert "Several releases" in capsys.readouterr().err


def test_a_data_folder_that_cannot_be_made_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    (tmp_path / "file").touch()
    for place in ("/proc/nhpf", str(tmp_path / "file")):
        monkeypatch.setenv("NHPF_DATA", place)
        assert main(["records", "releases"]) == 2
        said = capsys.readouterr().err
        assert "cannot be made or written to" in said
        assert f"Where: {place}" in said


def test_a_new_table_is_one_line_of_the_revisions_and_its_own_flags_come_first(
    release: Release, root: Path, capsys: Printed
) -> None:
    _import(root, "area_month_counts", COUNTS)
    _import(root, "area_month_counts", COUNTS.replace("12", "13"))
    first, second, third = (each["release"] for each in _held(capsys))
    assert main(["records", "revisions", first, second, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [each["kind"] for each in found["tables"]] == ["added"]
    assert found["counts"] == []
    assert main(["records", "revisions", second, third, "--json"]) == 0
    (change,) = json.loads(capsys.readouterr().out)["counts"]
    assert (change["before"], change["after"]) == (12, 13)
    assert main(["records", "quality", "--json"]) == 0
    tables = [each["table"] for each in json.loads(capsys.readouterr().out)["flags"]]
    own = tables.count("area_month_counts")
    assert 0 < own < len(tables)
    assert set(tables[:own]) == {"area_month_counts"}


def test_an_unknown_table_is_answered_with_those_held(root: Path, capsys: Printed) -> None:
    assert main(["records", "trace", "nothing"]) == 2
    assert "stop_search" in capsys.readouterr().err
