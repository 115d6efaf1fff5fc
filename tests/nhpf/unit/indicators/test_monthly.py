"""Months without gaps, and the sums made of them."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from nhpf.errors import InvalidInput
from nhpf.indicators import Monthly, monthly


def series(months: int = 30) -> Monthly:
    start = np.datetime64("2023-11")
    names = (start + np.arange(months)).astype("datetime64[D]")
    return monthly(names, np.arange(1, months + 1))


def test_latest_months_and_those_before() -> None:
    assert series().latest(12) == (sum(range(19, 31)), date(2025, 5, 1), date(2026, 4, 1))
    assert series().latest(12, before=12)[0] == sum(range(7, 19))


def test_more_months_than_are_held_are_refused() -> None:
    assert series().holds(30)
    with pytest.raises(InvalidInput):
        series().latest(24, before=12)


def test_calendar_years_say_how_many_months_they_hold() -> None:
    assert series().by_calendar_year() == (
        (2023, 2, 3),
        (2024, 12, sum(range(3, 15))),
        (2025, 12, sum(range(15, 27))),
        (2026, 4, 27 + 28 + 29 + 30),
    )


def test_years_that_end_with_the_series() -> None:
    assert series().by_latest_years() == (
        (date(2025, 4, 1), sum(range(7, 19))),
        (date(2026, 4, 1), sum(range(19, 31))),
    )
    assert series().year_table(1).shape == (1, 12)
    assert series().year_table().sum() == sum(range(7, 31))


def test_a_gap_is_refused() -> None:
    names = np.array(["2024-01-01", "2024-03-01"], dtype="datetime64[D]")
    with pytest.raises(InvalidInput):
        monthly(names, np.array([1, 2]))


def test_months_wrap_round_the_year() -> None:
    assert series().month(0) == date(2023, 11, 1)
    assert series().month(2) == date(2024, 1, 1)
    assert series().last == date(2026, 4, 1)
