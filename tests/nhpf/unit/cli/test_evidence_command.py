"""``nhpf evidence pool``: the forest in the terminal, before and after, JSON, refusals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nhpf.cli import main

HELD = """study,country,effect,se
Able (2001),UK,-0.50,0.20
Baker (2004),USA,-0.30,0.20
Cole (2009),USA,-0.60,0.20
"""
NEW = "study,country,effect,se\nDean (2024),UK,1.50,0.10\n"


@pytest.fixture
def held(tmp_path: Path) -> Path:
    path = tmp_path / "held.csv"
    path.write_text(HELD)
    return path


@pytest.fixture
def new(tmp_path: Path) -> Path:
    path = tmp_path / "new.csv"
    path.write_text(NEW)
    return path


def test_the_forest_the_figure_and_where_it_came_from(
    held: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evidence", "pool", str(held), "--measure", "OR"]) == 0
    shown = capsys.readouterr().out
    assert "Able (2001)   0.61 (0.41 to 0.90)" in shown
    lanes = [line for line in shown.splitlines() if "-o-" in line and "|" in line]
    assert len(lanes) == 3
    assert "odds ratio 0.63 (95% interval 0.50 to 0.79; 3 studies" in shown
    assert "This can be told from chance." in shown
    assert "In a new place like these, expect an odds ratio from" in shown
    assert "Note: Fewer than five studies" in shown
    assert "From: held.csv, 3 rows, SHA-256" in shown
    assert all(len(line) <= 80 for line in shown.splitlines()[:6])


def test_a_new_study_shows_before_and_after(
    held: Path, new: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["evidence", "pool", str(held), "--measure", "OR", "--add", str(new)]
    assert main(words) == 0
    shown = capsys.readouterr().out
    assert "Dean (2024)" in shown
    assert "The odds ratio was 0.63 (95% interval 0.50 to 0.79; 3 studies) and is" in shown
    assert "it could be told from chance, and now it cannot" in shown
    assert main([*words, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["outcomes"][0]
    assert found["change"]["added"] == ["Dean (2024)"]
    assert found["change"]["conclusion_changed"] is True
    assert found["change"]["before"]["estimate"] == pytest.approx(0.627, abs=0.001)
    assert (found["uk_studies"], found["told_from_chance"]) == (2, False)
    assert [file["name"] for file in found["files"]] == ["held.csv", "new.csv"]
    assert len(found["forest"]) == 4


def test_hartung_knapp_and_a_method(held: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evidence", "pool", str(held), "--method", "DL", "--hartung-knapp"]) == 0
    assert "DerSimonian-Laird, Hartung-Knapp interval" in capsys.readouterr().out


def test_outcomes_stand_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "two.csv"
    path.write_text("study,outcome,effect,se\nA,arrest,1,1\nB,arrest,2,1\nA,harm,1,1\n")
    assert main(["evidence", "pool", str(path)]) == 0
    shown = capsys.readouterr().out
    assert "arrest: effect as given 1.50" in shown
    assert "Not pooled: This needs at least 2 studies" in shown
    assert main(["evidence", "pool", str(path), "--json"]) == 0
    assert [each["outcome"] for each in json.loads(capsys.readouterr().out)["outcomes"]] == [
        "arrest",
        "harm",
    ]


def test_what_knows_no_upper_limit_is_still_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "far.csv"
    path.write_text("study,effect,se\nA,-50,1\nB,50,1\n")
    words = ["evidence", "pool", str(path), "--measure", "OR", "--hartung-knapp"]
    assert main([*words, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["outcomes"][0]["prediction_high"] is None
    assert main(words) == 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["none.csv"], 2, "There is no such file."),
        (["held.csv", "--method", "MH"], 2, "needs the events and sizes"),
        (["held.csv", "--column", "effect"], 2, "NAME=HEADER"),
        (["held.csv", "--add", "held.csv"], 5, "row 1, column study"),
        (["new.csv"], 12, "at least 2 studies"),
        (["wrong.csv"], 5, "wrong.csv, row 2, column se"),
    ],
)
def test_what_cannot_be_done_says_why(
    held: Path,
    new: Path,
    words: list[str],
    code: int,
    said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (held.parent / "wrong.csv").write_text(HELD.replace("-0.30,0.20", "-0.30,zero"))
    files = [str(held.parent / word) if word.endswith(".csv") else word for word in words]
    assert main(["evidence", "pool", *files]) == code
    assert said in capsys.readouterr().err


def test_one_study_before_is_nothing_to_compare_with(
    held: Path, new: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evidence", "pool", str(new), "--add", str(held)]) == 0
    assert "What the new studies changed" not in capsys.readouterr().out


def test_ratios_that_are_no_logarithms_are_doubted_before_anything_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "raw.csv"
    path.write_text("study,effect,se\nA,0.8,0.1\nB,0.9,0.1\n")
    assert main(["evidence", "pool", str(path), "--measure", "RR"]) == 0
    assert capsys.readouterr().out.startswith("Note: Every effect is above zero")
