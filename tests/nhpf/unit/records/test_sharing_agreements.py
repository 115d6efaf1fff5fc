"""Sharing agreements: what they must say, and which joins they allow."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from nhpf.errors import InvalidInput, NotPermitted, PersonalData
from nhpf.records.agreements import load_agreement, may_join
from nhpf.records.contract import contract

POLICE, HOSPITAL = contract("crime_events"), contract("hospital_assaults")
TEXT = """
title = "Violence prevention in Anyshire"
parties = ["Anyshire Police", "Anyshire Hospitals"]
data_sets = ["crime_events", "hospital_assaults"]
regimes = ["law enforcement (Part 3)", "UK GDPR"]
purpose = "To know how much violence police are not told of."
lawful_basis = "Public task; the condition is written in the appropriate policy document."
reviewers = ["Analyst, violence reduction unit"]
start = 2026-01-01
end = 2027-12-31
review = 2026-12-31

[[signatories]]
organisation = "Anyshire Police"
role = "Senior information risk owner"
signed = 2025-12-01

[[signatories]]
organisation = "Anyshire Hospitals"
role = "Caldicott guardian"
signed = 2025-12-02
"""


def written(folder: Path, text: str = TEXT, name: str = "agreement.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_an_agreement_is_read_from_toml_and_from_json(tmp_path: Path) -> None:
    agreement = load_agreement(written(tmp_path))
    assert agreement.signatories[1].role == "Caldicott guardian"
    assert agreement.end == date(2027, 12, 31)
    as_json: dict[str, Any] = {
        name: value for name, value in _plain(agreement).items() if name != "signatories"
    }
    as_json["signatories"] = [_plain(each) for each in agreement.signatories]
    path = written(tmp_path, json.dumps(as_json, default=str), "agreement.json")
    assert load_agreement(path) == agreement


def _plain(thing: Any) -> dict[str, Any]:
    return {name: getattr(thing, name) for name in thing.__slots__}


def test_the_agreement_of_the_how_to_can_be_used(tmp_path: Path) -> None:
    page = (Path(__file__).parents[4] / "docs" / "how-to" / "linkage.md").read_text("utf-8")
    text = page.split("```toml\n")[1].split("```")[0]
    agreement = load_agreement(written(tmp_path, text))
    assert may_join(POLICE, HOSPITAL, on=agreement.start, agreements=[agreement]) is agreement


def test_one_agreement_in_force_that_covers_both_allows_the_join(tmp_path: Path) -> None:
    agreement = load_agreement(written(tmp_path))
    found = may_join(POLICE, HOSPITAL, on=date(2026, 11, 26), agreements=[agreement])
    assert found is agreement


def test_without_an_agreement_only_synthetic_data_is_joined() -> None:
    with pytest.raises(NotPermitted) as refused:
        may_join(POLICE, HOSPITAL, on=date(2026, 11, 26))
    assert "UK GDPR" in refused.value.where
    assert may_join(POLICE, HOSPITAL, on=date(2026, 11, 26), synthetic=True) is None


@pytest.mark.parametrize(
    "day",
    [date(2025, 12, 31), date(2027, 1, 1), date(2028, 1, 1)],
    ids=["early", "unreviewed", "late"],
)
def test_an_agreement_out_of_force_is_refused(tmp_path: Path, day: date) -> None:
    agreement = load_agreement(written(tmp_path))
    with pytest.raises(NotPermitted, match="not in force"):
        may_join(POLICE, HOSPITAL, on=day, agreements=[agreement])
    last = min(agreement.end, agreement.review)
    assert agreement.in_force(on=last)
    assert not agreement.in_force(on=last + timedelta(days=1))


def test_two_halves_make_no_agreement(tmp_path: Path) -> None:
    """Each covers one data set, or both data sets under one regime: none covers the join."""
    police = TEXT.replace('"crime_events", "hospital_assaults"', '"crime_events"')
    health = TEXT.replace('"crime_events", "hospital_assaults"', '"hospital_assaults"')
    regime = TEXT.replace('"law enforcement (Part 3)", "UK GDPR"', '"UK GDPR"')
    halves = [
        load_agreement(written(tmp_path, text, f"{n}.toml"))
        for n, text in enumerate((police, health, regime))
    ]
    with pytest.raises(NotPermitted, match="No sharing agreement covers"):
        may_join(POLICE, HOSPITAL, on=date(2026, 11, 26), agreements=halves)


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ('purpose = "To know how much violence police are not told of."', "", InvalidInput),
        ('purpose = "To', 'purpose = ""\nx = "To', InvalidInput),
        ("start = 2026-01-01", 'start = "soon"', InvalidInput),
        ("end = 2027-12-31", "end = 2025-01-01", InvalidInput),
        ('"UK GDPR"', '"GDPR"', InvalidInput),
        ('"hospital_assaults"', '"hospital_gossip"', InvalidInput),
        ('parties = ["Anyshire Police", "Anyshire Hospitals"]', 'parties = "all"', InvalidInput),
        ('organisation = "Anyshire Hospitals"', 'organisation = "Others"', InvalidInput),
        ('role = "Caldicott guardian"', 'role = "Dr Someone"', PersonalData),
        ('role = "Caldicott guardian"', 'role = "ig@hospital.test"', PersonalData),
        ('role = "Caldicott', 'name = "A"\nrole = "Caldicott', PersonalData),
        ("title", "nickname = 1\ntitle", InvalidInput),
        ("title = ", "title = = ", InvalidInput),
    ],
)
def test_faults_are_named(tmp_path: Path, old: str, new: str, error: type[Exception]) -> None:
    assert old in TEXT
    with pytest.raises(error) as refused:
        load_agreement(written(tmp_path, TEXT.replace(old, new)))
    assert "Someone" not in str(refused.value)


def test_a_missing_document_and_a_list_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput):
        load_agreement(tmp_path / "none.toml")
    with pytest.raises(InvalidInput):
        load_agreement(written(tmp_path, "[]", "list.json"))
