"""Definitions are read whole or refused with the field that is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from nhpf.errors import DamagedData, InvalidInput
from nhpf.indicators import indicator, load_indicators
from nhpf.indicators.definition import FOLDER, parse

FIRST_DOZEN = {
    "homicide-count",
    "homicide-rate",
    "homicide-sharp",
    "homicide-domestic",
    "homicide-age-sex",
    "homicide-solved",
    "violence-with-injury",
    "knife-crime-with-injury",
    "robbery",
    "weapons-possession",
    "rape",
    "stalking-harassment",
}


def robbery() -> str:
    return Path(FOLDER / "robbery.toml").read_text("utf-8")


def test_the_first_dozen_is_there() -> None:
    assert set(load_indicators()) >= FIRST_DOZEN


def test_what_the_police_look_for_is_flagged() -> None:
    flagged = {each.id for each in load_indicators().values() if each.police_generated}
    assert flagged == {"weapons-possession", "drug-trafficking"}


def test_comparisons_of_groups_are_flagged() -> None:
    flagged = {each.id for each in load_indicators().values() if each.disparity}
    assert flagged == {"homicide-age-sex", "homicide-solved"}


def test_each_definition_was_checked_by_another_desk() -> None:
    assert all(each.owner != each.checker for each in load_indicators().values())


def test_an_unknown_id_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InvalidInput, match="homicide-count"):
        indicator("murder")


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('id = "robbery"', 'id = "theft"', "id"),
        ('measure = "count"', 'measure = "score"', "measure"),
        ('checker = "Statistical methods desk"', 'checker = "Homicide analysis desk"', "checker"),
        ("review_due = 2027-11-20", "review_due = 2026-11-20", "review_due"),
        ("precursor = true", 'precursor = "yes"', "precursor"),
        ('unit = "offences"', 'unit = ""', "unit"),
        ('unit = "offences"\n', "", "unit"),
        ('unit = "offences"', 'unit = "offences"\ncolour = "blue"', "colour"),
    ],
)
def test_a_faulty_definition_is_refused_by_field(old: str, new: str, field: str) -> None:
    text = robbery()
    assert old in text
    with pytest.raises(DamagedData) as caught:
        parse("robbery", text.replace(old, new, 1))
    assert caught.value.where == f"indicator robbery, {field}"


def test_a_definition_that_is_not_toml_is_refused() -> None:
    with pytest.raises(DamagedData):
        parse("robbery", "id = ")


def test_a_review_falls_due() -> None:
    found = indicator("robbery")
    assert not found.is_overdue(on=found.review_due)
    assert found.is_overdue(on=date(2099, 1, 1))
