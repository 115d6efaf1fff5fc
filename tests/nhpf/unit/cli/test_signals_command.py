"""``nhpf signals``: what it prints, as words and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nhpf.cli import main


@pytest.fixture(autouse=True)
def _own_data(monkeypatch: pytest.MonkeyPatch, data_root: Path) -> None:
    monkeypatch.setenv("NHPF_DATA", str(data_root))


def test_a_borough_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["signals", "Hackney"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Hackney, February 2026\n")
    assert "series were watched; with these counts a rise of" in out


def test_all_forces_as_json_hold_back_nothing_silently(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["signals", "--months", "12", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert len(found) == 12
    assert {each["area"] for each in found} == {"E23000001"}
    assert all(len(each["signals"]) <= 5 for each in found)
    one = next(each for month in found for each in month["signals"])
    assert one["check"]
    assert one["sources"]
    assert all(each["reason"] for month in found for each in month["held_back"])


def test_an_area_that_is_not_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["signals", "Nowhere"]) == 3
    assert "No area is called" in capsys.readouterr().err


def test_the_backtest_is_of_everything(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["signals", "Hackney", "--backtest"]) == 2
    assert "leave out the area" in capsys.readouterr().err


def test_wards_are_scanned_by_seed(capsys: pytest.CaptureFixture[str]) -> None:
    said = []
    for _ in range(2):
        assert main(["signals", "--wards", "--seed", "3", "--json"]) == 0
        said.append(json.loads(capsys.readouterr().out))
    assert said[0] == said[1]
    assert all(
        int(each["months_between_such_by_chance"].replace(",", "")) >= 60 for each in said[0]
    )
    assert main(["signals", "Hackney", "--wards"]) == 2
