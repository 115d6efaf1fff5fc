"""``nhpf detectable``: years that a change takes, the change that years can see, and the chance."""

from __future__ import annotations

import json

import pytest

from nhpf.cli import main


def test_fourteen_a_year_takes_a_quarter_century_to_show_a_fifth_fewer(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["detectable", "--baseline", "14", "--change", "-0.2"]) == 0
    shown = capsys.readouterr().out
    assert "a fall of 20% takes 25.3 years on each side (355 events" in shown
    assert "80% power, 5% false alarms" in shown
    assert "  Note: Only chance is counted" in shown


def test_five_years_of_forty_three_areas(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["detectable", "--baseline", "14", "--years", "5", "--units", "43", "--json"]
    assert main(words) == 0
    held = json.loads(capsys.readouterr().out)
    assert held["unit"] == "years"
    assert -0.08 < held["needed"]["change"] < -0.06
    assert "seen" not in held


def test_both_give_the_chance_of_seeing_it(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["detectable", "--baseline", "14", "--change", "-0.2", "--years", "3"]
    assert main(words) == 0
    shown = capsys.readouterr().out
    assert "With 3.00 years on each side" in shown
    assert "2,000 simulated studies" in shown
    assert main([*words, "--json"]) == 0
    assert 0.1 < json.loads(capsys.readouterr().out)["seen"]["estimate"] < 0.25


def test_a_comparison_takes_longer(capsys: pytest.CaptureFixture[str]) -> None:
    years = []
    for design in ("before and after", "comparison"):
        main(["detectable", "--baseline", "14", "--change", "-0.2", "--design", design, "--json"])
        years.append(json.loads(capsys.readouterr().out)["needed"]["periods"])
    assert 1.7 < years[1] / years[0] < 2


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ([], 2),
        (["--change", "0"], 2),
        (["--change", "-1"], 2),
        (["--change", "-0.2", "--units", "0"], 2),
        (["--change", "-0.2", "--years", "0"], 2),
        (["--years", "0.01"], 12),
    ],
)
def test_what_means_nothing_is_refused(
    words: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["detectable", "--baseline", "14", *words]) == code
    assert "Error: " in capsys.readouterr().err
