"""Relative rates by hand, against the comparison of two rates, and what they refuse."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhpf.methods.disproportionality import relative_rate
from nhpf.methods.rates import compare


@pytest.mark.parametrize(("own", "other"), [(14, 9), (3, 40), (0, 5), (5, 0), (600, 480)])
def test_one_stratum_is_the_comparison_of_two_rates(own: int, other: int) -> None:
    """The second implementation: limits through the beta distribution, to 1e-8."""
    (found,) = relative_rate([other, own], [50_000, 20_000], reference=0)
    theirs = compare(other, 50_000, own, 20_000)
    assert (found.estimate, found.low, found.high) == pytest.approx(
        (theirs.estimate, theirs.low, theirs.high), rel=1e-8
    )
    assert found.p == pytest.approx(theirs.p, rel=1e-8)
    assert found.told_from_chance == theirs.told_from_chance


def test_years_are_pooled_and_said() -> None:
    years = relative_rate([[4, 6, 5], [7, 3, 9]], np.full((2, 3), 1000), reference=0)[0]
    pooled = relative_rate([15, 19], [3000, 3000], reference=0)[0]
    assert (years.low, years.high) == (pooled.low, pooled.high)
    assert "Fewer than three periods" in str(pooled)
    assert "Fewer than three periods" not in str(years)


def test_within_strata_like_is_compared_with_like() -> None:
    """Each age band has equal rates; all together the younger group looks three times as high."""
    counts, people = [[10, 90], [90, 10]], [[1000, 900], [9000, 100]]
    crude = relative_rate(counts, people, reference=1)[0]
    within = relative_rate(counts, people, reference=1, strata=["older", "younger"])[0]
    assert crude.told_from_chance
    assert crude.estimate == pytest.approx((100 / 1900) / (100 / 9100))
    assert within.estimate == pytest.approx(1)
    assert not within.told_from_chance
    assert "2 strata" in within.method
    assert "cannot be told from chance" in str(within)


def test_many_groups_are_allowed_for() -> None:
    found = relative_rate([100, 20, 10, 11], [10_000, 1000, 1000, 1000], reference=0)
    assert [each.group for each in found] == [1, 2, 3]
    assert found[0].p_adjusted == pytest.approx(3 * found[0].p)
    assert "share one reference" in found[0].caveats[-1]


def test_interval_covers_the_true_ratio() -> None:
    rng = np.random.default_rng(1)
    people = np.array([[1e4, 2e4], [3e4, 1e4]])
    rate = np.array([[2e-4, 1e-4], [4e-4, 2e-4]])
    held = 0
    for _ in range(200):
        events = rng.poisson(people * rate)
        found = relative_rate(events, people, reference=0, strata=["a", "b"])[0]
        held += found.low <= 2 <= found.high
    assert held / 200 > 0.92


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.integers(0, 40), min_size=4, max_size=4).filter(
        lambda n: n[0] + n[2] > 0 and n[1] + n[3] > 0
    ),
    st.floats(0.01, 1000),
)
def test_units_order_of_strata_and_swapping_groups(numbers: list[int], unit: float) -> None:
    events, people = np.reshape(numbers, (2, 2)), np.array([[500.0, 900], [700, 300]])
    options = {"reference": 0, "strata": ["a", "b"]}
    one = relative_rate(events, people, **options)[0]
    scaled = relative_rate(events, people * unit, **options)[0]
    turned = relative_rate(events[:, ::-1], people[:, ::-1], **options)[0]
    swapped = relative_rate(events[::-1], people[::-1], **options)[0]
    for other in (scaled, turned):
        assert (other.low, other.high) == pytest.approx((one.low, one.high))
    inverse = math.inf if one.low == 0 else 1 / one.low
    assert swapped.high == pytest.approx(inverse)
    assert one.low <= one.estimate <= one.high
