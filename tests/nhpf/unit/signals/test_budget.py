"""What is shown of a month's alarms, what is held back and with which reason."""

from __future__ import annotations

import numpy as np
import pytest

from nhpf.errors import InvalidInput
from nhpf.signals.budget import MOST_A_MONTH, Decision, adjusted, decide


def decided(
    p: list[float], *, homicide: list[bool] | None = None, rested: list[str] | None = None
) -> tuple[Decision, ...]:
    values = np.array(p)
    return decide(
        values,
        values,
        homicide=np.array(homicide or [False] * len(p), dtype=bool),
        rested=rested or [""] * len(p),
        series_judged=len(p),
    )


def test_adjustment_is_that_of_benjamini_and_hochberg() -> None:
    assert adjusted([0.01, 0.04, 0.03, 0.5]) == pytest.approx([0.04, 0.16 / 3, 0.16 / 3, 0.5])


def test_no_more_than_the_budget_and_every_other_with_its_reason() -> None:
    found = decided([0.001 * n for n in range(1, 10)])
    assert [each.shown for each in found] == [True] * MOST_A_MONTH + [False] * 4
    assert all(
        each.reason == "The budget of five signals a month went to rarer ones."
        for each in found[5:]
    )
    assert not any(each.reason for each in found[:5])


def test_what_chance_explains_is_held_back() -> None:
    (one, two) = decided([0.2, 0.01])
    assert not one.shown
    assert one.reason.startswith("To be expected by chance among the 2 series judged")
    assert two.shown


def test_homicide_passes_first_whatever_its_p() -> None:
    found = decided([0.04, *[0.0001] * 3, 0.002, 0.003], homicide=[True] + [False] * 5)
    assert found[0].shown
    assert sum(each.shown for each in found) == MOST_A_MONTH
    assert not found[-1].shown


def test_even_homicide_cannot_pass_the_budget() -> None:
    found = decided([0.001 * n for n in range(1, 9)], homicide=[True] * 8)
    assert sum(each.shown for each in found) == MOST_A_MONTH
    assert all(each.shown or each.reason for each in found)


def test_a_series_shown_lately_rests() -> None:
    (one, two) = decided([0.001, 0.002], rested=["March 2025", ""])
    assert one.reason == "Still high: the same series was shown in March 2025."
    assert two.shown


def test_ties_are_taken_or_left_together() -> None:
    found = decided([0.001] * 4 + [0.002] * 4)
    assert [each.shown for each in found] == [True] * 4 + [False] * 4


def test_no_alarm_is_no_decision() -> None:
    assert decided([]) == ()


def test_lists_must_speak_of_the_same_alarms() -> None:
    with pytest.raises(InvalidInput):
        decide(
            np.array([0.1]), np.array([0.1, 0.2]), homicide=np.array([False]), rested=[""],
            series_judged=1,
        )  # fmt: skip
