"""``nhpf edition export`` and ``diff``: by name, by folder, from the data folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nhpf.cli.main import main


def test_exported_loaded_and_exported_again_is_the_same_bytes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    assert main(["edition", "export", str(one)]) == 0
    assert main(["edition", "export", str(two), "--edition", str(one)]) == 0
    files = sorted(path.relative_to(one) for path in one.rglob("*.toml"))
    assert all((one / name).read_bytes() == (two / name).read_bytes() for name in files)
    assert f"{len(files)} files written" in capsys.readouterr().out
    assert main(["edition", "diff", str(one), "2026"]) == 0
    assert "say the same" in capsys.readouterr().out


def test_a_second_export_into_the_same_folder_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["edition", "export", str(tmp_path / "one")]) == 0
    assert main(["edition", "export", str(tmp_path / "one")]) == 7
    assert "not empty" in capsys.readouterr().err


def test_what_changed_is_said_by_field(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NHPF_DATA", str(tmp_path))
    later = tmp_path / "editions" / "2028"
    assert main(["edition", "export", str(later)]) == 0
    path = later / "areas" / "ar-knife.toml"
    path.write_text(path.read_text().replace('title = "Knife crime"', 'title = "Knives"'))
    capsys.readouterr()
    assert main(["edition", "diff", "2026", "2028", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert [(one["id"], one["field"], one["after"]) for one in said["changed"]] == [
        ("ar-knife", "title", "Knives")
    ]
    assert main(["edition", "diff", "2026", "2028"]) == 0
    assert "ar-knife" in capsys.readouterr().out


def test_an_edition_that_is_nowhere_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["edition", "diff", "2026", "1926"]) == 7
    assert "no edition 1926" in capsys.readouterr().err
