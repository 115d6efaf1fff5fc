"""Evaluation: what must not matter does not, and intervals and alarms hold what they promise.

Lengths of simulations: ``conftest.py``.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from nhpf.methods import evaluation

SEEDS = st.integers(0, 2**32 - 1)


def four_errors(share: float, runs: int) -> float:
    return 4 * math.sqrt(share * (1 - share) / runs)


def rows(seed: int) -> tuple[np.ndarray, ...]:
    rng = np.random.default_rng(seed)
    unit, period = np.repeat(np.arange(12), 6), np.tile(np.arange(6) - 3, 12)
    exposure = rng.uniform(1, 5, 12)[unit]
    counts = rng.poisson(8 * exposure * np.exp(0.3 * rng.normal(size=12))[unit])
    return counts, (unit < 6).astype(int), period, exposure, unit


@settings(max_examples=20, deadline=None)
@given(seed=SEEDS, factor=st.floats(0.01, 1e5))
def test_order_names_and_unit_of_exposure_do_not_matter(seed: int, factor: float) -> None:
    counts, treated, period, exposure, unit = rows(seed)
    one = evaluation.difference_in_differences(
        counts, treated, period, exposure=exposure, unit=unit
    )
    mixed = np.random.default_rng(seed).permutation(counts.size)
    names = np.array(list("qwertyuiopas"))[unit]
    other = evaluation.difference_in_differences(
        counts[mixed], treated[mixed], period[mixed], exposure=factor * exposure[mixed],
        unit=names[mixed],
    )  # fmt: skip
    assert_allclose([other.estimate, other.log_se], [one.estimate, one.log_se], rtol=1e-7)
    start = np.where(treated == 1, 0, np.inf)
    late = evaluation.staggered(counts, unit, period, start, exposure=exposure)
    late_mixed = evaluation.staggered(
        counts[mixed], names[mixed], period[mixed], start[mixed], exposure=exposure[mixed] * factor
    )
    assert_allclose([late_mixed.low, late_mixed.high], [late.low, late.high], rtol=1e-9)


@settings(max_examples=15, deadline=None)
@given(seed=SEEDS, factor=st.floats(0.01, 1e5))
def test_series_and_wedges_do_not_depend_on_order_names_or_units(seed: int, factor: float) -> None:
    rng = np.random.default_rng(seed)
    counts, exposure = rng.poisson(9, 30), rng.uniform(1, 5, 30)
    one, other = (
        evaluation.interrupted_series(counts, start=15, exposure=size)
        for size in (exposure, factor * exposure)
    )
    assert_allclose([other.low, other.high], [one.low, one.high], rtol=1e-6)
    cluster, period = np.repeat(np.arange(6), 7), np.tile(np.arange(7), 6)
    table, treated = rng.poisson(8, 42), (period > cluster).astype(int)
    mixed, names = rng.permutation(42), np.array(list("qwerty"))[cluster]
    wedge = evaluation.stepped_wedge(table, cluster, period, treated)
    turned = evaluation.stepped_wedge(table[mixed], names[mixed], period[mixed], treated[mixed])
    assert turned.estimate == pytest.approx(wedge.estimate, rel=1e-6)


@settings(max_examples=20, deadline=None)
@given(seed=SEEDS)
def test_swapping_the_sides_turns_the_ratio_over(seed: int) -> None:
    counts, treated, period, _, unit = rows(seed)
    one = evaluation.difference_in_differences(counts, treated, period, unit=unit)
    other = evaluation.difference_in_differences(counts, 1 - treated, period, unit=unit)
    assert_allclose([other.estimate, other.low], [1 / one.estimate, 1 / one.high], rtol=1e-7)


@settings(max_examples=15, deadline=None)
@given(seed=SEEDS, scale=st.floats(0.01, 1e4), shift=st.floats(-100, 100))
def test_synthetic_control_follows_its_unit_and_no_weights_do_better(
    seed: int, scale: float, shift: float
) -> None:
    rng = np.random.default_rng(seed)
    table = rng.normal(size=(8, 30)).cumsum(axis=1)
    found = evaluation.synthetic_control(table, 2, 20, level=0.8)
    moved = evaluation.synthetic_control(scale * table + shift, 2, 20, level=0.8)
    assert moved.estimate == pytest.approx(scale * found.estimate, rel=1e-5, abs=1e-8 * scale)
    assert moved.p == found.p
    donors = np.delete(np.arange(8), 2)
    for weights in rng.dirichlet(np.ones(7), 50):
        rival = np.mean((table[2, :20] - weights @ table[donors, :20]) ** 2)
        assert found.loss <= rival + 1e-12


@given(
    baseline=st.floats(1, 1e4), change=st.floats(-0.6, -0.05), more=st.floats(1.01, 3),
)  # fmt: skip
def test_more_time_more_units_and_less_dispersion_see_more(
    baseline: float, change: float, more: float
) -> None:
    plain = evaluation.detectable(baseline, change=change)
    assert evaluation.detectable(baseline * more, change=change).periods < plain.periods
    assert evaluation.detectable(baseline, change=change, units=2).periods == pytest.approx(
        plain.periods / 2
    )
    noisy = evaluation.detectable(baseline, change=change, dispersion=more)
    assert noisy.periods == pytest.approx(plain.periods * more)
    longer = evaluation.detectable(baseline, periods=plain.periods * more)
    assert change < longer.change < 0


@settings(max_examples=30, deadline=None)
@given(counts=st.lists(st.integers(0, 5000), min_size=6, max_size=6), times=st.integers(2, 5))
def test_displacement_keeps_its_quotient_when_the_control_is_larger(
    counts: list[int], times: int
) -> None:
    before, after = [900 + counts[0], 300 + counts[1], 500 + counts[2]], None
    after = [before[0] // 3, 200 + counts[3], before[2]]
    one = evaluation.displacement(before, after)
    wide = evaluation.displacement([*before[:2], before[2] * times], [*after[:2], after[2] * times])
    assert wide.estimate == pytest.approx(one.estimate)
    assert wide.high - wide.low < one.high - one.low


@pytest.mark.parametrize("mean", [3, 14, 600])
def test_interrupted_series_raises_false_alarms_at_its_level(mean: float, length: int) -> None:
    runs = 120 * length
    rng = np.random.default_rng(1)
    alarms = sum(
        evaluation.interrupted_series(
            rng.poisson(mean * rng.gamma(20, 1 / 20, 48)), start=24
        ).told_from_chance
        for _ in range(runs)
    )
    assert alarms / runs <= 0.06 + four_errors(0.05, runs)


def test_difference_in_differences_covers(length: int) -> None:
    runs = 120 * length
    rng = np.random.default_rng(2)
    unit, period = np.repeat(np.arange(20), 6), np.tile(np.arange(6) - 3, 20)
    treated, hits = (unit < 9).astype(int), 0
    for _ in range(runs):
        mean = 14 * np.exp(0.3 * rng.normal(size=20)[unit] - 0.3 * treated * (period >= 0))
        found = evaluation.difference_in_differences(
            rng.poisson(mean * rng.gamma(8, 1 / 8, 120)), treated, period, unit=unit
        )
        hits += found.low <= math.exp(-0.3) <= found.high
    assert abs(hits / runs - 0.95) <= 0.02 + four_errors(0.95, runs)


def test_staggered_covers(length: int) -> None:
    runs = 60 * length
    rng = np.random.default_rng(3)
    unit, period = np.repeat(np.arange(24), 6), np.tile(np.arange(6), 24)
    start = np.repeat([2, 4, np.inf], 8)[unit]
    hits = 0
    for _ in range(runs):
        mean = 14 * np.exp(0.3 * rng.normal(size=24)[unit] - 0.3 * (period >= start))
        found = evaluation.staggered(rng.poisson(mean), unit, period, start)
        hits += found.low <= math.exp(-0.3) <= found.high
    assert abs(hits / runs - 0.95) <= 0.02 + four_errors(0.95, runs)


def test_stepped_wedge_covers_at_least(length: int) -> None:
    runs = 40 * length
    rng = np.random.default_rng(4)
    cluster, period = np.repeat(np.arange(12), 7), np.tile(np.arange(7), 12)
    hits = 0
    for _ in range(runs):
        step = rng.permutation(np.repeat(np.arange(1, 7), 2))
        treated = (period >= step[cluster]).astype(int)
        mean = 5 * np.exp(0.3 * rng.normal(size=12)[cluster] - 0.25 * treated)
        found = evaluation.stepped_wedge(rng.poisson(mean), cluster, period, treated)
        hits += found.low <= math.exp(-0.25) <= found.high
    assert hits / runs >= 0.95 - four_errors(0.95, runs)


def test_displacement_covers(length: int) -> None:
    runs = 400 * length
    rng = np.random.default_rng(5)
    before, after = np.array([700, 500, 900]), np.array([400, 520, 870])
    truth = (520 / 870 - 500 / 900) / (400 / 870 - 700 / 900)
    hits = 0
    for _ in range(runs):
        found = evaluation.displacement(rng.poisson(before), rng.poisson(after))
        hits += found.low <= truth <= found.high
    assert abs(hits / runs - 0.95) <= 0.01 + four_errors(0.95, runs)


def test_placebos_raise_false_alarms_at_their_level(length: int) -> None:
    runs = 60 * length
    rng = np.random.default_rng(6)
    alarms = 0
    for _ in range(runs):
        table = rng.normal(size=(20, 30))
        alarms += evaluation.synthetic_control(table, 0, 20, level=0.9).told_from_chance
    assert alarms / runs <= 0.1 + four_errors(0.1, runs)


@pytest.mark.parametrize("dispersion", [1.0, 2.5])
@pytest.mark.parametrize("design", ["before and after", "comparison"])
def test_power_of_detectable_is_that_of_simulation(
    design: str, dispersion: float, length: int
) -> None:
    """14 a year, a fall of 20%: about 25 years on each side, 355 deaths."""
    runs = 2000 * length
    asked = {"design": design, "dispersion": dispersion}
    plan = evaluation.detectable(14, change=-0.2, **asked)  # type: ignore[arg-type]
    if asked == {"design": "before and after", "dispersion": 1.0}:
        assert (round(plan.periods), round(plan.events)) == (25, 355)
    shown = {"periods": plan.periods, "simulations": runs, "rng": 1, **asked}
    seen = evaluation.power(14, change=-0.2, **shown)  # type: ignore[arg-type]
    assert abs(seen.estimate - 0.8) <= 0.01 + four_errors(0.8, runs)
    false = evaluation.power(14, change=0, **shown)  # type: ignore[arg-type]
    assert abs(false.estimate - 0.05) <= 0.005 + four_errors(0.05, runs)


def test_power_of_a_stepped_wedge(length: int) -> None:
    runs = 150 * length
    plan = evaluation.detectable(14, change=-0.2, units=6, design="stepped wedge")
    seen = evaluation.power(
        14, change=-0.2, periods=plan.periods, units=6, design="stepped wedge",
        simulations=runs, rng=1,
    )  # fmt: skip
    assert abs(seen.estimate - 0.8) <= 0.02 + four_errors(0.8, runs)
