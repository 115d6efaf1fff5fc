"""The period of a return: whole years, written in few ways."""

from __future__ import annotations

import pytest

from nhpf.errors import InvalidInput
from nhpf.records.returns import Period, period_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024", Period(2024, 1)),
        ("2024/25", Period(2024, 4)),
        ("2022 to 2024", Period(2022, 1, 3)),
        ("2022/23 to 2024/25", Period(2022, 4, 3)),
        ("1999/00", Period(1999, 4)),
        ("2022-04--2025-03", Period(2022, 4, 3)),
    ],
)
def test_a_period_is_read(text: str, expected: Period) -> None:
    assert period_of(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "24", "2024/26", "2024 to 2022", "2022 to 2023/24", "2010 to 2024", "2024-07--2025-06",
     "2022-04--2025-12", "2022-01--2025-03", "2024 to", "2024-2025"],
)  # fmt: skip
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="not a period"):
        period_of(text)


def test_periods_that_share_a_month_overlap() -> None:
    assert Period(2024, 1).overlaps(Period(2023, 4))
    assert not Period(2023, 1).overlaps(Period(2024, 1))
