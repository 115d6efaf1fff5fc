"""What must hold of rates whatever the numbers, and the coverage of each interval by simulation."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhpf.methods import rates

COUNTS = st.integers(0, 2000)
SPANS = st.floats(0.01, 1e8)
METHODS = st.sampled_from(["byar", "exact"])


@given(COUNTS, SPANS, st.floats(1e-3, 1e3), METHODS)
def test_units_of_the_population_do_not_matter(
    count: int, population: float, unit: float, method: rates.PoissonMethod
) -> None:
    one = rates.rate(count, population, method=method)
    other = rates.rate(count, population * unit, per=1e5 * unit, method=method)
    assert [other.estimate, other.low, other.high] == pytest.approx(
        [one.estimate, one.low, one.high]
    )


@given(COUNTS, METHODS, st.floats(0.5, 0.99))
def test_limits_rise_with_the_count_and_hold_the_rate(
    count: int, method: rates.PoissonMethod, level: float
) -> None:
    here = rates.rate(count, 1, per=1, method=method, level=level)
    more = rates.rate(count + 1, 1, per=1, method=method, level=level)
    assert here.low <= here.estimate <= here.high
    assert here.low < more.low
    assert here.high < more.high


@given(COUNTS, st.floats(0.5, 0.9), st.floats(0.91, 0.999), METHODS)
def test_a_higher_level_gives_a_wider_interval(
    count: int, low: float, high: float, method: rates.PoissonMethod
) -> None:
    narrow = rates.rate(count, 1, level=low, method=method)
    wide = rates.rate(count, 1, level=high, method=method)
    assert wide.low <= narrow.low
    assert wide.high > narrow.high


@given(st.integers(0, 500), st.integers(0, 500))
def test_a_share_and_its_complement_mirror_each_other(hits: int, misses: int) -> None:
    if hits + misses == 0:
        return
    one, other = (rates.proportion(part, hits + misses) for part in (hits, misses))
    assert [other.low, other.high] == pytest.approx([1 - one.high, 1 - one.low])
    assert 0 <= one.low <= one.estimate <= one.high <= 1


@given(COUNTS, st.floats(0.1, 10), COUNTS, st.floats(0.1, 10))
def test_comparison_turned_round_is_the_inverse(c1: int, t1: float, c2: int, t2: float) -> None:
    if c1 + c2 == 0:
        return
    there, back = rates.compare(c1, t1, c2, t2), rates.compare(c2, t2, c1, t1)
    assert there.p == pytest.approx(back.p)
    assert there.told_from_chance == back.told_from_chance
    if c1 and c2:
        assert there.low * back.high == pytest.approx(1)
        assert there.estimate * back.estimate == pytest.approx(1)


@given(st.integers(0, 200), st.integers(0, 200), st.floats(0.2, 5))
def test_interval_and_p_value_never_contradict_each_other(c1: int, c2: int, span: float) -> None:
    if c1 + c2 == 0:
        return
    found = rates.compare(c1, 1, c2, span)
    if not math.isclose(found.p, 0.05, rel_tol=1e-6):
        assert found.told_from_chance == (found.p < 0.05)


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(10, 9999)), min_size=2, max_size=12))
def test_groups_in_another_order_give_the_same_standardised_rate(
    groups: list[tuple[int, int]],
) -> None:
    counts, people = (np.array(part) for part in zip(*groups, strict=True))
    if counts.sum() == 0:
        return
    standard = np.arange(1, counts.size + 1)
    one = rates.standardised(counts, people, standard)
    turned = rates.standardised(counts[::-1], people[::-1], standard[::-1] * 7)
    assert [turned.low, turned.high] == pytest.approx([one.low, one.high])


@given(st.lists(st.tuples(st.integers(0, 90), st.floats(0.5, 60)), min_size=1, max_size=30))
def test_funnel_keeps_the_order_given_and_nests_its_limits(areas: list[tuple[int, float]]) -> None:
    counts, expected = (np.array(part) for part in zip(*areas, strict=True))
    found, turned = rates.funnel(counts, expected), rates.funnel(counts[::-1], expected[::-1])
    assert turned.position == found.position[::-1]
    assert (found.low[1] <= found.low[0]).all()
    assert (found.high[1] >= found.high[0]).all()
    assert (found.low[0] <= 1).all()
    assert (found.high[0] >= 1).all()


def coverage(
    found: Mapping[int, rates.Rate | rates.Proportion], drawn: np.ndarray, truth: float
) -> float:
    return float(np.mean([found[int(n)].low <= truth <= found[int(n)].high for n in drawn]))


def slack(share: float, draws: int) -> float:
    """Three Monte Carlo standard errors."""
    return 3 * math.sqrt(share * (1 - share) / draws)


@pytest.mark.parametrize("mean", [0, 0.1, 1, 3, 14, 600])
@pytest.mark.parametrize("method", ["byar", "exact"])
def test_rate_intervals_cover_at_least_what_they_say(
    mean: float, method: rates.PoissonMethod, length: int
) -> None:
    """Exact limits never cover less; Byar's may fall short by a fifth of a point at most."""
    drawn = np.random.default_rng(14).poisson(mean, 4000 * length)
    found = {int(n): rates.rate(int(n), 1, per=1, method=method) for n in np.unique(drawn)}
    held = coverage(found, drawn, mean)
    assert held >= 0.95 - slack(0.95, drawn.size) - (0.002 if method == "byar" else 0)
    if mean >= 14:
        assert held <= 0.97 + slack(0.95, drawn.size)


@pytest.mark.parametrize("mean", [1, 3, 14, 600])
def test_no_difference_is_called_a_difference_at_most_one_time_in_twenty(
    mean: float, length: int
) -> None:
    drawn = np.random.default_rng(15).poisson(mean, (1500 * length, 2))
    pairs, times = np.unique(drawn, axis=0, return_counts=True)
    told = [
        bool(first + second) and rates.compare(int(first), 1, int(second), 1).told_from_chance
        for first, second in pairs
    ]
    share = (np.array(told) * times).sum() / len(drawn)
    assert share <= 0.05 + slack(0.05, len(drawn))


@pytest.mark.parametrize("mean", [1, 3, 14, 600])
def test_intervals_of_a_ratio_of_rates_hold_the_true_ratio(mean: float, length: int) -> None:
    """The second rate is half as high again; conditional limits never cover less than they say."""
    rng = np.random.default_rng(17)
    drawn = np.column_stack(
        [rng.poisson(mean, 800 * length), rng.poisson(1.5 * mean, 800 * length)]
    )
    pairs, times = np.unique(drawn, axis=0, return_counts=True)
    held = [
        first + second == 0
        or (found := rates.compare(int(first), 1, int(second), 1)).low <= 1.5 <= found.high
        for first, second in pairs
    ]
    assert (np.array(held) * times).sum() / len(drawn) >= 0.95 - slack(0.95, len(drawn))


@pytest.mark.parametrize(
    ("total", "share", "least"),
    [
        (1000, 0.001, 0.9197),  # one event expected: three or more leave the truth out
        (43, 0.07, 0.925),
        (14, 0.1, 0.925),
        (14, 0.5, 0.925),
        (600, 0.5, 0.94),
        (1200, 0.5, 0.94),
    ],
)
def test_wilson_intervals_cover_what_they_say_on_average(
    total: int, share: float, least: float, length: int
) -> None:
    """Wilson's interval may fall a little short at some shares: by three points at the worst."""
    drawn = np.random.default_rng(16).binomial(total, share, 4000 * length)
    found = {int(n): rates.proportion(int(n), total) for n in np.unique(drawn)}
    assert coverage(found, drawn, share) >= least - slack(0.95, drawn.size)


@pytest.mark.parametrize("mean", [3, 14, 600])
def test_standardised_intervals_cover_what_they_say(mean: float, length: int) -> None:
    """Four age groups of unlike weight; Dobson's limits cover at least so much, but for 1 point."""
    rng = np.random.default_rng(18)
    people, standard = np.array([4e5, 3e5, 2e5, 1e5]), np.array([3.0, 3, 2, 2])
    risk = np.array([1.0, 2, 1, 3])
    risk *= mean / (risk @ people)
    truth = 1e5 * (risk @ standard) / standard.sum()
    held = []
    for _ in range(600 * length):
        counts = rng.poisson(risk * people)
        if counts.any():
            found = rates.standardised(counts, people, standard)
            held.append(found.low <= truth <= found.high)
    assert np.mean(held) >= 0.94 - slack(0.95, len(held))


@pytest.mark.parametrize("expected", [3, 14, 600])
def test_areas_in_line_pass_the_funnel_as_often_as_it_says(expected: float, length: int) -> None:
    """Limits between whole counts leave at most 5% and 0.2% outside, but for the Monte Carlo."""
    counts = np.random.default_rng(19).poisson(expected, 5000 * length)
    found = rates.funnel(counts, np.full(counts.size, float(expected)))
    for row, share in enumerate((0.05, 0.002)):
        outside = ((found.ratio > found.high[row]) | (found.ratio < found.low[row])).mean()
        # An interpolated limit lies just inside the next whole count: its chance may be added.
        assert outside <= share + slack(share, counts.size) + (0.05 if expected == 3 else 0.01)
