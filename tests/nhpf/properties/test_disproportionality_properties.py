"""Relative rates: units, order and direction do not matter, and intervals hold the true ratio."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhpf.methods.disproportionality import relative_rate


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


@pytest.mark.parametrize("times", [0.1, 1, 40])
def test_interval_covers_the_true_ratio(times: float, length: int) -> None:
    """Exact limits within two strata, at about 1, 14 and 600 events: never less than they say."""
    rng, runs = np.random.default_rng(1), 150 * length
    people = np.array([[1e4, 2e4], [3e4, 1e4]])
    rate = times * np.array([[2e-4, 1e-4], [4e-4, 2e-4]])
    held = 0
    for _ in range(runs):
        events = rng.poisson(people * rate)
        if not events.any():
            held += 1
            continue
        found = relative_rate(events, people, reference=0, strata=["a", "b"])[0]
        held += found.low <= 2 <= found.high
    assert held / runs >= 0.95 - 3 * math.sqrt(0.05 * 0.95 / runs)
