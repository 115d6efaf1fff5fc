"""False alarms of every detector on quiet series: how far its stated rate can be trusted.

Lengths of simulations: ``conftest.py``.
"""

from __future__ import annotations

import math

import numpy as np
import pytest

from nhpf.methods.surveillance import change_points, cusum, ears, farrington, g_chart

YEARS = 5


@pytest.mark.parametrize("spread", [1.0, 2.0])
@pytest.mark.parametrize("threshold", ["plugin", "muan", "delta"])
@pytest.mark.parametrize("mean", [3.0, 12.0])
def test_false_alarms_stay_near_alpha(
    threshold: str, mean: float, spread: float, length: int
) -> None:
    """Series x 26 weeks with a season, Poisson or with twice its variance.

    Weighing outbreaks down also weighs down the upper tail of quiet counts, and the mean is
    uncertain, so that plug-in limits are passed somewhat more often than alpha says.
    """
    rng, series = np.random.default_rng(1), 20 * length
    weeks = 52 * YEARS + 30
    level = mean * (1 + 0.3 * np.sin(2 * np.pi * np.arange(weeks) / 52))[:, None]
    if spread > 1:
        level = rng.gamma(level / (spread - 1), spread - 1, (weeks, series))
    counts = rng.poisson(level, (weeks, series))
    rate = farrington(counts, evaluate=26, threshold=threshold, alpha=0.01).alarm.mean()
    assert 0.0005 < rate < 0.025 + 3 * math.sqrt(0.025 / (26 * series))


@pytest.mark.parametrize("threshold", ["plugin", "delta", "muan"])
def test_quiet_series_raise_no_more_alarms_than_alpha(threshold: str, length: int) -> None:
    series = 50 * length
    counts = np.random.default_rng(2).poisson(6, (52 * 4 + 10, series)).astype(float)
    found = farrington(
        counts, evaluate=20, years_back=3, threshold=threshold, alpha=0.05, trend=False
    )
    # Three years' windows leave the mean itself uncertain; plug-in limits pay a little for it.
    assert 0.01 < found.alarm.mean() < 0.065 + 4 * math.sqrt(0.05 * 0.95 / found.alarm.size)


def test_cusum_runs_as_long_as_published_between_false_alarms(length: int) -> None:
    """Normal scores, k 0.5 and h 4: one-sided, a false alarm in 336 periods (Montgomery)."""
    series = 200 * length
    lengths = []
    for seed in range(length):
        counts = np.random.default_rng([4, seed]).poisson(10_000, (2500, 200))
        alarm = cusum(counts, 10_000, k=0.5, h=4, transform="standard").alarm
        lengths.extend(np.where(alarm.any(axis=0), alarm.argmax(axis=0) + 1, 2500))
    assert np.mean(lengths) == pytest.approx(336, abs=2 + 4 * 336 / math.sqrt(series))


@pytest.mark.parametrize("method", ["C1", "C2"])
def test_ears_false_alarms_with_normal_counts_are_those_of_student(
    method: str, length: int
) -> None:
    """Seven days estimate the spread: 2.33 deviations are passed as often as t(6) says."""
    series = 400 * length
    counts = np.random.default_rng(5).poisson(10_000, (60, series))
    found = ears(counts, method=method, evaluate=20, alpha=0.01)
    # P(t6 > 2.326 / sqrt(1 + 1/7)) = 0.0364; days of one series share their baselines.
    assert found.alarm.mean() == pytest.approx(0.0364, abs=4 * 0.19 / math.sqrt(4 * series))


def test_gap_chart_false_alarms_stay_below_alpha(length: int) -> None:
    rng, runs = np.random.default_rng(7), 200 * length
    outside = []
    for _ in range(runs):
        found = g_chart(rng.geometric(0.1, 400) - 1, baseline=300, together=4, alpha=0.05)
        outside.append((found.shorter | found.longer)[75:].mean())
    assert np.mean(outside) < 0.05 + 4 * np.std(outside) / math.sqrt(runs)


@pytest.mark.parametrize("mean", [1, 3, 14])
def test_steady_counts_rarely_seem_to_change(mean: float, length: int) -> None:
    rng, runs = np.random.default_rng(10), 100 * length
    found = [bool(change_points(rng.poisson(mean, 60), most=3).starts) for _ in range(runs)]
    assert np.mean(found) < 0.12 + 4 * math.sqrt(0.12 * 0.88 / runs)
