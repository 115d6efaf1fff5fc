"""What each design of an evaluation says, on data whose truth is known."""

from __future__ import annotations

import math
import subprocess
import sys

import numpy as np
import pytest
from numpy.testing import assert_allclose

from nhpf.errors import CannotTell
from nhpf.methods import evaluation
from nhpf.methods.evaluation.random_intercepts import _Model
from nhpf.methods.evaluation.simplex import simplex_weights

MONTHS = np.arange(1, 97)
SEASON = 100 * np.exp(0.002 * MONTHS + 0.2 * np.sin(2 * np.pi * MONTHS / 12))


def expected_series(level: float = -0.3, slope: float = 0.0, start: int = 60) -> np.ndarray:
    since = np.maximum(MONTHS - 1 - start, 0)
    return np.round(SEASON * np.exp((start < MONTHS) * level + slope * since) * 1e4)


def test_interrupted_series_finds_level_slope_and_what_was_averted() -> None:
    counts = expected_series(-0.3, -0.01)
    found = evaluation.interrupted_series(counts, start=60, season=12)
    assert found.estimate == pytest.approx(math.exp(-0.3), rel=1e-5)
    assert found.slope is not None
    assert found.slope.estimate == pytest.approx(math.exp(-0.01), rel=1e-5)
    missing = SEASON[60:].sum() * 1e4 - counts[60:].sum()
    assert found.averted.estimate == pytest.approx(missing, rel=1e-4)
    assert found.averted.low < missing < found.averted.high
    assert_allclose(found.without, SEASON * 1e4, rtol=1e-4)
    assert "30" not in found.sentence
    assert "25.9% lower" in found.sentence


def test_interrupted_series_without_over_dispersion_never_claims_less_than_poisson() -> None:
    counts = np.round(SEASON)
    quasi = evaluation.interrupted_series(counts, start=60, season=12)
    poisson = evaluation.interrupted_series(counts, start=60, season=12, family="poisson")
    assert quasi.dispersion < 1
    assert_allclose(quasi.standard_errors, poisson.standard_errors)
    size = evaluation.interrupted_series(counts, start=60, family="negative_binomial", season=12)
    assert math.isinf(size.size)
    assert any("Poisson was fitted" in caveat for caveat in size.caveats)


def test_season_of_quarters_has_one_sine_and_two_cosines() -> None:
    found = evaluation.interrupted_series(np.arange(20, 60), start=20, season=4)
    assert found.terms[-3:] == ("sine 1", "cosine 1", "cosine 2")


def test_likeness_of_neighbours_is_said() -> None:
    wave = np.round(60 * np.exp(0.5 * np.sin(MONTHS / 9)))
    found = evaluation.interrupted_series(wave, start=60)
    assert found.autocorrelation > 0.5
    assert any("ask for lags" in caveat for caveat in found.caveats)
    robust = evaluation.interrupted_series(wave, start=60, lags=12)
    assert robust.log_se > found.log_se


def test_two_by_two_has_the_closed_form() -> None:
    found = evaluation.difference_in_differences(
        [80, 60, 70, 40], [0, 0, 1, 1], [-1, 0, -1, 0], exposure=[10, 11, 7, 6]
    )
    assert found.estimate == pytest.approx((40 / 6 / 10) / (60 / 11 / 8))
    assert found.log_se == pytest.approx(math.sqrt(1 / 80 + 1 / 60 + 1 / 70 + 1 / 40))
    assert found.trend_before is None


def panel(effect: float, apart: float = 0.0) -> tuple[np.ndarray, ...]:
    unit, period = np.repeat(np.arange(12), 8), np.tile(np.arange(8) - 5, 12)
    treated = (unit % 2).astype(int)
    log = 0.1 * unit + 0.05 * period**2 + treated * (apart * period + effect * (period >= 0))
    return np.round(1e6 * np.exp(log)), treated, period, unit


def test_panel_without_noise_gives_the_effect_itself() -> None:
    counts, treated, period, unit = panel(-0.25)
    found = evaluation.difference_in_differences(counts, treated, period, unit=unit)
    assert found.estimate == pytest.approx(math.exp(-0.25), rel=1e-5)
    study = evaluation.event_study(counts, treated, period, unit=unit)
    assert_allclose(study.ratio, np.exp(-0.25 * (study.period >= 0)), rtol=1e-5)
    assert study.period[study.low == study.high].tolist() == [-1]


def test_sides_that_moved_apart_before_are_reported() -> None:
    counts, treated, period, unit = panel(0.0, apart=0.1)
    rough = np.random.default_rng(1).poisson(counts / 1e4)
    found = evaluation.difference_in_differences(rough, treated, period, unit=unit)
    assert found.trend_before is not None
    assert found.trend_before.told_from_chance
    assert any("apart before" in caveat for caveat in found.caveats)
    assert evaluation.event_study(rough, treated, period, unit=unit).p_before < 0.05


def test_staggered_start_is_free_of_the_error_that_one_regression_makes() -> None:
    """Effects that grow with time, early and late starters: the plain regression is biased."""
    unit, period = np.repeat(np.arange(8), 10), np.tile(np.arange(10), 8)
    start = np.array([3, 3, 6, 6, 8, 8, np.inf, np.inf])[unit]
    since = np.where(period >= start, period - np.where(np.isinf(start), 0, start) + 1, 0)
    counts = np.round(1e7 * np.exp(0.1 * unit + 0.3 * np.sin(period) - 0.1 * since))
    found = evaluation.staggered(counts, unit, period, start)
    assert_allclose(
        found.observed / found.expected, np.exp(-0.1 * (found.period - found.cohort + 1)), rtol=1e-5
    )
    assert [round(each.change, 4) for each in found.by_time_since] == [
        round(math.expm1(-0.1 * (each + 1)), 4) for each in found.since
    ]
    assert found.estimate == pytest.approx(found.observed.sum() / found.expected.sum())


def made_up_areas() -> np.ndarray:
    rng = np.random.default_rng(3)
    shared = rng.normal(size=(3, 60)).cumsum(axis=1)
    return 50 + rng.dirichlet(np.ones(3), 24) @ shared * 3 + rng.normal(size=(24, 60))


def test_synthetic_control_finds_a_gap_that_was_put_in() -> None:
    table = made_up_areas()
    table[7, 40:] -= 5
    found = evaluation.synthetic_control(table, 7, 40)
    assert found.told_from_chance
    assert found.low < -5 < found.high
    assert found.p == pytest.approx(1 / 24)
    assert found.weights[7] == 0
    assert_allclose(found.gap, table[7] - found.weights @ table)
    alone = evaluation.synthetic_control(table, 7, 40, placebos=False)
    assert math.isnan(alone.p)
    assert not alone.told_from_chance
    assert alone.loss == found.loss


def test_few_donors_never_tell_from_chance() -> None:
    table = made_up_areas()[:10]
    table[7, 40:] -= 500
    found = evaluation.synthetic_control(table, 7, 40)
    assert found.p == pytest.approx(0.1)
    assert not found.told_from_chance
    assert any("however large" in caveat for caveat in found.caveats)


def test_mixture_meets_the_conditions_of_a_minimum() -> None:
    rng = np.random.default_rng(5)
    donors, target = rng.normal(size=(30, 80)), rng.normal(size=30)
    weights = simplex_weights(target, donors)
    pull = donors.T @ (donors @ weights - target)
    assert weights.min() >= 0
    assert weights.sum() == pytest.approx(1)
    assert (pull - weights @ pull).min() > -1e-9
    assert np.abs((pull - weights @ pull)[weights > 0]).max() < 1e-9


def test_displacement_readings() -> None:
    spread = evaluation.displacement([2000, 1500, 6000], [1200, 1200, 6000])
    assert spread.estimate == pytest.approx((1200 - 1500) / (1200 - 2000))
    assert spread.low > 0
    assert "the good spread" in spread.reading
    moved = evaluation.displacement([2000, 1500, 6000], [1200, 1900, 6000])
    assert moved.estimate == pytest.approx(-0.5)
    assert moved.high < 0
    assert "moved to the buffer" in moved.reading
    worse = evaluation.displacement([9000, 5000, 60000], [8000, 9000, 60000])
    assert "than the target was spared" in worse.reading


def test_stepped_wedge_gradient_is_that_of_its_likelihood() -> None:
    rng = np.random.default_rng(2)
    cluster = np.repeat(np.arange(5), 6)
    design = np.column_stack([np.ones(30), rng.normal(size=30)])
    model = _Model(
        counts=rng.poisson(4, 30).astype(float), design=design, offset=np.zeros(30),
        cluster=cluster, clusters=5,
    )  # fmt: skip
    at = np.array([1.2, 0.2, 0.4])
    slope = model.log_likelihood(at)[1]
    for j in range(3):
        step = 1e-6 * np.eye(3)[j]
        rise = model.log_likelihood(at + step)[0] - model.log_likelihood(at - step)[0]
        assert slope[j] == pytest.approx(rise / 2e-6, rel=1e-6, abs=1e-6)


def test_stepped_wedge_without_difference_of_clusters_is_poisson() -> None:
    cluster, period = np.repeat(np.arange(6), 7), np.tile(np.arange(7), 6)
    treated = (period > cluster).astype(int)
    found = evaluation.stepped_wedge(
        np.round(1000 * np.exp(-0.2 * treated)), cluster, period, treated
    )
    assert found.spread == 0
    assert found.estimate == pytest.approx(math.exp(-0.2), abs=1e-3)
    assert any("not to differ" in caveat for caveat in found.caveats)


def test_detectable_for_a_force_and_for_the_nation() -> None:
    force = evaluation.detectable(14, change=-0.2)
    assert round(force.events) == 355
    assert round(force.periods) == 25
    nation = evaluation.detectable(590, change=-0.2)
    assert round(12 * nation.periods) == 7
    assert nation.events == pytest.approx(force.events)
    assert "fall of 20% takes 25.3 periods" in str(force)


@pytest.mark.parametrize(
    "design", [{}, {"design": "comparison", "units": 3}, {"design": "stepped wedge", "units": 7}]
)
def test_detectable_forth_and_back(design: dict[str, object]) -> None:
    there = evaluation.detectable(6, change=-0.3, dispersion=1.7, **design)  # type: ignore[arg-type]
    back = evaluation.detectable(6, periods=there.periods, dispersion=1.7, **design)  # type: ignore[arg-type]
    assert back.change == pytest.approx(-0.3)
    up = evaluation.detectable(6, change=there.rise, dispersion=1.7, **design)  # type: ignore[arg-type]
    assert up.periods == pytest.approx(there.periods)


def test_a_fall_that_no_count_could_show_is_refused() -> None:
    with pytest.raises(CannotTell, match="Not even a fall to nothing"):
        evaluation.detectable(1, periods=1)


def test_import_is_light() -> None:
    code = (
        "import sys, nhpf.methods.evaluation\n"
        "sys.exit(any(name in sys.modules for name in ('scipy', 'numba')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
