"""What holds for any series: order of series, earlier history, and monotonicity."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhpf.methods.surveillance import change_points, cusum, ears, farrington, within_budget

QUARTERS = {"frequency": 12, "years_back": 3, "half_window": 1, "periods": 3}
OPTIONS = {**QUARTERS, "past_weeks_excluded": 2, "evaluate": 3, "alpha": 0.05}
seeds = st.integers(0, 10_000)


def months(seed: int, series: int = 4) -> np.ndarray:
    return np.random.default_rng(seed).poisson(6, (44, series))


@settings(max_examples=25, deadline=None)
@given(seed=seeds)
def test_order_of_series_changes_nothing(seed: int) -> None:
    counts = months(seed)
    order = np.random.default_rng(seed).permutation(4)
    one, other = farrington(counts, **OPTIONS), farrington(counts[:, order], **OPTIONS)
    assert other.p == pytest.approx(one.p[:, order])
    assert (other.alarm == one.alarm[:, order]).all()
    alone = farrington(counts[:, 0], **OPTIONS)
    assert alone.upper == pytest.approx(one.upper[:, 0], nan_ok=True)


@settings(max_examples=25, deadline=None)
@given(seed=seeds, more=st.integers(1, 20))
def test_a_higher_count_now_is_never_less_unusual(seed: int, more: int) -> None:
    counts = months(seed)
    higher = counts.copy()
    higher[-1] += more
    before, after = farrington(counts, **OPTIONS), farrington(higher, **OPTIONS)
    assert (after.p[-1] <= before.p[-1]).all()
    assert after.expected[-1] == pytest.approx(before.expected[-1])


@settings(max_examples=25, deadline=None)
@given(seed=seeds)
def test_history_before_the_years_compared_changes_nothing(seed: int) -> None:
    counts = months(seed)
    longer = np.concatenate([np.full((12, 4), 99), counts])
    one, other = farrington(counts, **OPTIONS), farrington(longer, **OPTIONS)
    assert other.expected == pytest.approx(one.expected)
    assert ears(longer, evaluate=3).upper == pytest.approx(ears(counts, evaluate=3).upper)


@settings(max_examples=25, deadline=None)
@given(seed=seeds)
def test_arguments_are_left_as_they_were(seed: int) -> None:
    counts = months(seed).astype(float)
    before = counts.copy()
    farrington(counts, **OPTIONS)
    ears(counts)
    cusum(counts, 6)
    change_points(counts[:, 0])
    assert (counts == before).all()


@settings(max_examples=25, deadline=None)
@given(seed=seeds)
def test_changes_of_a_reversed_series_are_the_same_ones(seed: int) -> None:
    counts = np.random.default_rng(seed).poisson([4] * 12 + [9] * 12)
    forward, backward = change_points(counts), change_points(counts[::-1])
    assert backward.information == pytest.approx(forward.information)


@settings(max_examples=50, deadline=None)
@given(p=st.lists(st.floats(0, 1), min_size=1, max_size=12), most=st.integers(1, 12))
def test_budget_is_kept_and_never_skips_a_smaller_p(p: list[float], most: int) -> None:
    chosen = within_budget(p, most=most)
    assert chosen.sum() <= most
    if chosen.any() and not chosen.all():
        assert max(np.array(p)[chosen]) < min(np.array(p)[~chosen])
