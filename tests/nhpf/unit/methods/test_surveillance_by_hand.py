"""Detectors by hand, what they refuse, and that they raise no more false alarms than they say."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from nhpf.methods.surveillance import (
    change_points,
    cusum,
    ears,
    farrington,
    g_chart,
    within_budget,
)
from nhpf.methods.surveillance.limits import forecast_limit

YEARS = {"evaluate": 20, "years_back": 3}


def quiet_series(seed: int, *, series: int, mean: float) -> np.ndarray:
    return np.random.default_rng(seed).poisson(mean, (52 * 4 + 10, series)).astype(float)


def test_an_outbreak_is_found_among_many_series_and_said() -> None:
    counts = quiet_series(1, series=30, mean=4)
    counts[-1, 7] = 30
    found = farrington(counts, **YEARS)
    assert found.alarm.shape == (20, 30)
    assert found.alarm[-1, 7]
    assert found.unusual()[-1].tolist() == [column == 7 for column in range(30)]
    assert "alarms in 30 series over 20 periods" in str(found)
    assert "remain at 5% false discoveries" in str(found)
    assert found.score[-1, 7] > 1


def test_a_series_with_few_recent_events_counts_as_a_test_that_found_nothing() -> None:
    counts = quiet_series(1, series=2, mean=4)
    counts[-4:, 1] = 0
    counts[-1, 0] = 12
    found = farrington(counts, years_back=3)
    assert np.isnan(found.upper[0, 1])
    assert not found.alarm[0, 1]
    assert found.p_adjusted[0, 0] == pytest.approx(2 * found.p[0, 0])
    assert "too few events of late" in str(found)


def test_events_where_there_were_none_before_are_said() -> None:
    counts = np.zeros(52 * 4)
    counts[-1] = 9
    found = farrington(counts, years_back=3)
    assert np.isnan(found.p[0])
    assert any("have events where" in caveat for caveat in found.caveats)


def test_limits_are_the_smallest_counts_that_will_do_however_wide_the_spread() -> None:
    """The chance of more must be at most alpha at the limit, and above it one count lower."""
    rng = np.random.default_rng(2)
    mean = rng.lognormal(0, 3, 500)
    spread = np.where(rng.random(500) < 0.3, 1, 1 + rng.lognormal(0, 3, 500))
    given = {"threshold": "plugin", "alpha": 0.01}
    upper, _ = forecast_limit(mean, np.log(mean), mean, spread, **given)
    _, above = forecast_limit(upper + 1, np.log(mean), mean, spread, **given)
    _, at = forecast_limit(upper, np.log(mean), mean, spread, **given)
    assert (above <= 0.01).all()
    assert ((at > 0.01) | (upper == 0)).all()


def test_budget_takes_or_leaves_ties_together() -> None:
    p = [[0.01, 0.02, 0.02, 0.5], [0.9, 0.1, np.nan, 0.2]]
    assert within_budget(p, most=2).tolist() == [
        [True, False, False, False],
        [False, True, False, True],
    ]
    assert within_budget([0.3, 0.3, 0.3], most=3).all()


def test_cusum_by_hand() -> None:
    found = cusum([4, 8, 8, 4], 4, k=0.5, h=2.5, transform="standard")
    # Scores 0, 2, 2, 0; sums 0, 1.5, 3, 2.5.
    assert found.alarm.tolist() == [False, False, True, True]
    # The sum before is 0: the score must reach 3, which is a count of 4 + 3 * 2.
    assert found.upper[0] == 10


def test_one_event_after_quiet_weeks_is_no_alarm() -> None:
    assert not ears([0] * 12 + [1], method="C2").alarm[0]
    assert ears([0] * 12 + [4], method="C2").alarm[0]


def test_gap_limits_by_direct_sums() -> None:
    rng = np.random.default_rng(6)
    gaps = rng.geometric(0.05, 80) - 1
    found = g_chart(gaps, alpha=0.01)
    risk = 79 / (79 + gaps.sum())
    above = [(1 - risk) ** (day + 1) for day in range(2000)]
    assert found.high == next(day for day, chance in enumerate(above) if chance <= 0.005)
    assert found.low == next(day for day, chance in enumerate(above) if 1 - chance > 0.005)
    assert found.centre == gaps.mean()


def test_gaps_that_shrink_show_only_when_added_up() -> None:
    gaps = [30] * 5 + [12, 55, 31, 8, 40, 22, 19, 61, 27, 33, 14, 47, 36, 9, 51] + [3, 2, 1, 2] * 3
    alone = g_chart(gaps, baseline=20)
    assert not alone.shorter.any()
    assert "cannot show" in str(alone)
    assert g_chart(gaps, baseline=20, together=4).shorter[-3:].any()


def test_a_drop_is_dated() -> None:
    rng = np.random.default_rng(8)
    found = change_points(np.concatenate([rng.poisson(12, 30), rng.poisson(4, 30)]))
    assert len(found.starts) == 1
    assert abs(found.starts[0] - 30) <= 1
    assert found.levels[0].low < 12 < found.levels[0].high
    assert "changes at period" in str(found)


def test_best_division_is_that_of_trying_all() -> None:
    counts = np.random.default_rng(9).poisson([2] * 6 + [7] * 5 + [1] * 5).astype(float)

    def cost(cuts: tuple[int, ...]) -> float:
        parts = np.split(counts, cuts)
        return -2 * sum(p.sum() * math.log(p.mean()) for p in parts if p.sum() > 0)

    tried = [c for c in itertools.combinations(range(2, 15), 2) if c[1] - c[0] >= 2]
    assert change_points(counts, most=2).positions[2] == min(tried, key=cost)
