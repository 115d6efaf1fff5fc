"""How values, days and periods are written."""

from __future__ import annotations

from datetime import date

import pytest

from nhpf.disclosure.values import Disclosed
from nhpf.reports import words
from nhpf.reports.tree import Cell, Interval, Kind


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (1833, "count", "1,833"),
        (4.5, "count", "4.5"),
        (1234.5678, "rate", "1,235"),
        (12.3456, "rate", "12.3"),
        (1.2345, "rate", "1.23"),
        (0.00123, "rate", "0.0012"),
        (0, "rate", "0.00"),
        (0.1234, "share", "12%"),
        (0.0345, "share", "3.5%"),
        (0.00012, "share", "0.01%"),
        (1, "share", "100%"),
        (0.857, "ratio", "0.86"),
        (-12, "number", "−12"),
        (-0.001, "ratio", "0.00"),
        (2024, "period", "2024"),
        ("2026-03-03", "period", "3 March 2026"),
        ("2010-11", "period", "2010-11"),
        ("a-b-c-d-ef", "text", "a-b-c-d-ef"),
        (None, "count", "not known"),
        (Disclosed(None, "fewer than 5"), "count", "withheld: fewer than 5"),
        (Disclosed(None, "withheld to protect others"), "count", "withheld to protect others"),
        (Disclosed(1200), "count", "1,200"),
        (Interval(14, 7.65, 23.49), "count", "14 (8 to 23)"),
        (Interval(1.134, 0.94, 1.349), "rate", "1.13 (0.94 to 1.35)"),
        (Interval(0, 0, 3.69), "rate", "0.00 (0.00 to 3.69)"),
        (Interval(0.34, 0.28, 0.41), "share", "34% (28% to 41%)"),
    ],
)
def test_a_cell_is_written_as_its_column_asks(value: Cell, kind: Kind, text: str) -> None:
    assert words.cell(value, kind) == text


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2021, 4, 1), date(2024, 3, 31), "April 2021 to March 2024 (three years)"),
        (date(2024, 4, 1), date(2025, 3, 31), "April 2024 to March 2025 (one year)"),
        (date(2010, 4, 1), date(2026, 2, 28), "April 2010 to February 2026 (191 months)"),
        (date(2024, 2, 1), date(2024, 2, 29), "February 2024"),
    ],
)
def test_a_period_says_its_length(first: date, last: date, text: str) -> None:
    assert words.period(first, last) == text


def test_days_are_written_as_they_are_said() -> None:
    assert words.spoken_date(date(2026, 3, 3)) == "3 March 2026"
    assert words.spoken_date("2026-11-22") == "22 November 2026"
    assert words.spoken_date("March 2026") == "March 2026"


def test_a_rounded_number_says_so() -> None:
    assert words.about(1833) == "about 1,800"
    assert words.about(0.0123) == "about 0.012"
    assert words.about(0) == "0"


def test_small_numbers_are_words() -> None:
    assert words.in_words(3) == "three"
    assert words.in_words(1_300) == "1,300"
