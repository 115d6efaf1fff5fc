"""What an assessment holds since its second form: the two plans, further groups, monitoring."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from nhpf.framework import (
    Assessment,
    Impact,
    check_edition,
    load_edition,
    read_assessment,
    record_text,
)
from nhpf.framework.assessments import FURTHER

ADDED = ("owner", "race_action_plan", "inclusion_strategy", "monitoring")


@pytest.fixture(scope="module")
def held() -> Assessment:
    found = load_edition("2026").assessment_of("edition-2026")
    assert found is not None
    return found


def faults(held: Assessment) -> list[str]:
    edition = replace(load_edition("2026"), assessments={held.id: held}, entries={})
    return [one.what for one in check_edition(edition, today=date(2026, 11, 26))]


def test_every_shipped_assessment_answers_for_both_plans_and_every_group() -> None:
    for one in load_edition("2026").assessments.values():
        assert [name for name in ADDED if not getattr(one, name).strip()] == []
        assert tuple(impact.characteristic for impact in one.further) == FURTHER
        assert all(impact.rationale.strip() for impact in one.further)


def test_one_of_the_first_form_loads_and_is_written_as_it_was(held: Assessment) -> None:
    first = replace(held, further=(), **dict.fromkeys(ADDED, ""))
    text = record_text(first)
    assert [name for name in (*ADDED, "further") if f"{name} =" in text or f"[{name}]" in text] == [
        # Each mitigation has an owner.
        "owner"
    ]
    again = read_assessment(text, where="first")
    assert again == first
    assert (again.owner, again.further) == ("", ())
    assert record_text(again) == text
    assert faults(first) == []


def test_one_of_the_second_form_round_trips(held: Assessment) -> None:
    assert read_assessment(record_text(held), where="second") == held


@pytest.mark.parametrize(
    "further",
    [
        (Impact("wealth", "neutral", "Because"),),
        (Impact(FURTHER[1], "neutral", "Because"), Impact(FURTHER[0], "neutral", "Because")),
        (Impact(FURTHER[0], "neutral", "Because"), Impact(FURTHER[0], "neutral", "Because")),
    ],
)
def test_a_group_that_is_unknown_or_out_of_order_is_a_fault(
    held: Assessment, further: tuple[Impact, ...]
) -> None:
    (fault,) = faults(replace(held, further=further))
    assert fault.startswith("The further groups are these")


def test_an_effect_on_a_further_group_needs_a_reason(held: Assessment) -> None:
    (fault,) = faults(replace(held, further=(Impact(FURTHER[0], "+", " "),)))
    assert "needs one of" in fault
