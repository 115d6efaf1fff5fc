"""What must hold of concentration and capture whatever the numbers."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhpf.methods import hot_spots

PLACES = st.lists(st.integers(0, 30), min_size=2, max_size=40).filter(any)
SCORED = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 5)), min_size=3, max_size=40).filter(
    lambda rows: any(later for _, later in rows)
)


@given(PLACES, st.randoms(use_true_random=False))
def test_order_of_places_does_not_matter(counts: list[int], shuffled: object) -> None:
    mixed = list(counts)
    shuffled.shuffle(mixed)  # type: ignore[attr-defined]
    one, other = hot_spots.concentration(counts), hot_spots.concentration(mixed)
    assert one.estimate == pytest.approx(other.estimate)
    assert one.busiest == other.busiest


@given(PLACES)
def test_gini_lies_between_even_and_single(counts: list[int]) -> None:
    found = hot_spots.concentration(counts)
    assert -1e-12 <= found.estimate <= 1
    assert found.estimate <= found.gini + 1e-12
    assert (np.diff(found.lorenz_events) >= 0).all()
    assert found.lorenz_events[-1] == pytest.approx(1)


@given(PLACES)
def test_more_places_hold_no_less(counts: list[int]) -> None:
    busiest = hot_spots.concentration(counts, shares=(0.1, 0.3, 0.6, 0.9)).busiest
    for fewer, more in pairwise(busiest):
        assert fewer.share_of_events <= more.share_of_events + 1e-12
        assert fewer.by_chance <= more.by_chance + 1e-12


@given(SCORED, st.randoms(use_true_random=False))
def test_capture_does_not_depend_on_order_or_units(
    rows: list[tuple[int, int]], shuffled: object
) -> None:
    mixed = list(rows)
    shuffled.shuffle(mixed)  # type: ignore[attr-defined]
    one = hot_spots.capture(*zip(*rows, strict=True))
    scores, later = zip(*mixed, strict=True)
    other = hot_spots.capture(np.array(scores) * 2.5 + 1, later, np.full(len(rows), 3.7))
    for here, there in zip(one.at, other.at, strict=True):
        assert there.estimate == pytest.approx(here.estimate)
        assert there.pai == pytest.approx(here.pai)
        assert [there.tie_low, there.tie_high] == pytest.approx([here.tie_low, here.tie_high])


@given(SCORED, st.randoms(use_true_random=False))
def test_averaged_share_is_the_mean_over_orders_and_lies_in_the_tie_range(
    rows: list[tuple[int, int]], shuffled: object
) -> None:
    score, later = zip(*rows, strict=True)
    averaged = hot_spots.capture(score, later, None, (0.3,)).at[0]
    keys = [f"{number:02}" for number in range(len(rows))]
    shares = []
    for _ in range(20):
        shuffled.shuffle(keys)  # type: ignore[attr-defined]
        shares.append(hot_spots.capture(score, later, None, (0.3,), order=keys).at[0].estimate)
    assert averaged.tie_low <= min(shares) + 1e-12
    assert averaged.tie_high >= max(shares) - 1e-12
    assert averaged.tie_low - 1e-12 <= averaged.estimate <= averaged.tie_high + 1e-12
    assert averaged.low <= averaged.estimate <= averaged.high


@given(SCORED)
def test_more_places_capture_no_less_and_the_best_order_captures_most(
    rows: list[tuple[int, int]],
) -> None:
    score, later = zip(*rows, strict=True)
    shares = (0.1, 0.3, 0.6, 0.9)
    ours = hot_spots.capture(score, later, None, shares).at
    best = hot_spots.capture(later, later, None, shares).at
    for fewer, more in pairwise(ours):
        assert fewer.hits <= more.hits + 1e-12
    for here, most in zip(ours, best, strict=True):
        assert here.hits <= most.hits + 1e-12
        assert here.pei_low - 1e-12 <= here.pei <= here.pei_high + 1e-12 <= 1 + 2e-12
        assert most.pei == pytest.approx(1)


@pytest.mark.parametrize("events", [14, 43, 600])
def test_capture_intervals_cover_the_true_share(events: int, length: int) -> None:
    """The chosen tenth of places truly draws a fifth of events."""
    draws = 600 * length
    rng = np.random.default_rng(events)
    score = np.arange(100, 0, -1)
    weights = np.where(score > 90, 0.02, 0.8 / 90)
    held = 0
    for _ in range(draws):
        found = hot_spots.capture(score, rng.multinomial(events, weights), None, (0.1,)).at[0]
        held += found.low <= 0.2 <= found.high
    assert held / draws >= 0.95 - 3 * math.sqrt(0.05 * 0.95 / draws) - 0.01
