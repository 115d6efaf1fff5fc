"""What the checks of input let through, and how they say what is wrong."""

from __future__ import annotations

import math

import pytest

from nhpf.errors import InvalidInput
from nhpf.numerics import inputs


@pytest.mark.parametrize("given", [0, -1, 2.5, math.nan, math.inf, "two", None])
def test_whole_numbers_are_whole_and_above_zero(given: float) -> None:
    with pytest.raises(InvalidInput, match="The number of draws must be a"):
        inputs.whole(given, name="number of draws")


def test_whole_numbers_have_their_bounds_and_may_come_as_floats() -> None:
    assert inputs.whole(3.0, name="row", least=0, most=3) == 3
    with pytest.raises(InvalidInput, match="from 0 to 3"):
        inputs.whole(4, name="row", least=0, most=3)


def test_a_count_may_be_zero_and_a_share_may_not() -> None:
    assert inputs.events(0, name="count") == 0
    with pytest.raises(InvalidInput, match="cannot be negative"):
        inputs.events(-1, name="count")
    with pytest.raises(InvalidInput, match="between 0 and 1"):
        inputs.share(1, name="level")


def test_rows_of_unlike_length_are_no_table() -> None:
    with pytest.raises(InvalidInput, match="rows of one length"):
        inputs.numbers([[1, 2], [3]], name="counts")
