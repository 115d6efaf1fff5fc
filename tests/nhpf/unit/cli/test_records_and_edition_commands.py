"""``nhpf records`` and ``nhpf edition``: tables, JSON, and refusals with their codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import nhpf
from nhpf.cli import main
from nhpf.records import Release

OPEN_DATA = Path(nhpf.__file__).parent / "open_data"


@pytest.fixture(autouse=True)
def held(release: Release, data_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command find the release that these tests share."""
    monkeypatch.setenv("NHPF_DATA", str(data_root))


COUNTS = """area_kind,area,period,category,count
force,E23000028,2024-05,Robbery,12
force,E23000028,2024-06,Robbery,9
"""


def test_a_good_file_keeps_its_contract(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "counts.csv"
    path.write_text(COUNTS, encoding="utf-8")
    assert main(["records", "check", "area_month_counts", str(path), "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert row["rows"] == 2


def test_a_damaged_file_is_named_with_its_first_bad_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damaged = tmp_path / "counts.csv"
    damaged.write_text(COUNTS.replace(",9", ",eleven"), encoding="utf-8")
    assert main(["records", "check", "area_month_counts", str(damaged)]) == 5
    err = capsys.readouterr().err
    assert "counts.csv, row 2, column count: is not a whole number" in err
    assert "eleven" not in err


def test_an_unknown_source_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["records", "check", "nothing", "x.csv"]) == 2
    assert "homicide_cases" in capsys.readouterr().err


def test_releases_are_listed_and_the_current_one_marked(
    release: Release, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["records", "releases", "--json"]) == 0
    held = {each["release"]: each for each in json.loads(capsys.readouterr().out)}
    assert held[release.id]["current"]
    assert held[release.id]["changes"] == []
    assert main(["records", "releases"]) == 0
    assert release.id in capsys.readouterr().out


def test_an_unknown_release_cannot_be_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["records", "use", "nothing"]) == 6
    assert "Where: nothing" in capsys.readouterr().err


def test_the_edition_is_listed_and_an_entry_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["edition", "show", "--json"]) == 0
    ids = {row["id"] for row in json.loads(capsys.readouterr().out)}
    assert {"theme-drugs", "ar-knife", "tk-vru"} <= ids
    assert main(["edition", "show", "ar-knife"]) == 0
    assert "Knife crime" in capsys.readouterr().out
    assert main(["edition", "show", "ar-knife", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == "ar-knife"


def test_an_unknown_entry_ends_with_the_editions_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["edition", "show", "ar-nothing"]) == 7
    assert "nhpf edition show" in capsys.readouterr().err


def test_the_edition_that_is_shipped_has_no_fault(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["edition", "check"]) == 0
    assert "no fault" in capsys.readouterr().out
    assert main(["edition", "check", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_overdue_reviews_are_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The clock is set on: each review of the edition and of the indicators is then overdue."""
    import datetime

    class Later(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> Later:
            return cls(2099, 1, 1, tzinfo=tz)

    monkeypatch.setattr(datetime, "datetime", Later)
    assert main(["edition", "check"]) == 7
    shown = capsys.readouterr()
    assert "review was due" in shown.out
    assert "robbery" in shown.out
    assert "faults" in shown.err
