"""Grouped counts serve, order does not matter, and only ranks matter to the area."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhpf.methods.instruments import auc, calibration, decision_curve, fairness, predictive_values

seeds = st.integers(0, 100_000)


def people(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    chance = rng.integers(1, 10, 40) / 10
    outcome = (rng.random(40) < chance).astype(float)
    outcome[:4] = [0, 1, 0, 1]
    chance[:4] = [0.9, 0.1, 0.5, 0.4]
    return chance, outcome, rng.integers(1, 5, 40)


@settings(max_examples=40, deadline=None)
@given(seed=seeds)
def test_weights_stand_for_as_many_rows(seed: int) -> None:
    chance, outcome, many = people(seed)
    rows = np.repeat(chance, many), np.repeat(outcome, many)
    one, other = auc(*rows), auc(chance, outcome, weights=many)
    assert (other.estimate, other.low) == pytest.approx((one.estimate, one.low))
    fitted, grouped = calibration(*rows), calibration(chance, outcome, weights=many)
    assert grouped.slope.low == pytest.approx(fitted.slope.low)
    assert [band.people for band in grouped.bands] == [band.people for band in fitted.bands]
    drawn, same = decision_curve(*rows), decision_curve(chance, outcome, weights=many)
    assert same.low == pytest.approx(drawn.low)
    flags = chance > 0.5
    single = predictive_values(np.repeat(flags, many), rows[1], base_rate=0.01)
    together = predictive_values(flags, outcome, weights=many, base_rate=0.01)
    assert together == single
    names = np.arange(40) % 3
    split = fairness(np.repeat(flags, many), rows[1], np.repeat(names, many))
    assert fairness(flags, outcome, names, weights=many).groups == split.groups


@settings(max_examples=40, deadline=None)
@given(seed=seeds)
def test_only_ranks_matter_and_turning_the_score_turns_the_area(seed: int) -> None:
    chance, outcome, _ = people(seed)
    area = auc(chance, outcome)
    assert auc(np.exp(3 * chance), outcome).low == area.low
    turned = auc(-chance, outcome)
    assert turned.estimate == pytest.approx(1 - area.estimate)
    assert turned.variance == pytest.approx(area.variance)


@settings(max_examples=40, deadline=None)
@given(seed=seeds)
def test_order_of_people_changes_nothing(seed: int) -> None:
    chance, outcome, many = people(seed)
    order = np.random.default_rng(seed).permutation(40)
    before = chance.copy()
    assert auc(chance[order], outcome[order], weights=many[order]).variance == pytest.approx(
        auc(chance, outcome, weights=many).variance
    )
    assert calibration(chance[order], outcome[order]).slope.estimate == pytest.approx(
        calibration(chance, outcome).slope.estimate
    )
    assert (chance == before).all()


@settings(max_examples=40, deadline=None)
@given(seed=seeds, rate=st.floats(0.0001, 0.4))
def test_rarer_outcomes_mean_more_false_alarms(seed: int, rate: float) -> None:
    chance, outcome, _ = people(seed)
    flags = chance > 0.3
    rarer = predictive_values(flags, outcome, base_rate=rate / 2).false_alarms
    commoner = predictive_values(flags, outcome, base_rate=rate).false_alarms
    assert rarer.estimate >= commoner.estimate
    assert rarer.low >= commoner.low


def four_errors(share: float, runs: int) -> float:
    return 4 * math.sqrt(share * (1 - share) / runs)


def test_delong_interval_covers_the_true_area(length: int) -> None:
    """Cases normal with mean 1, others with mean 0: the area is Phi(1 / sqrt 2)."""
    truth = 0.5 * math.erfc(-0.5)
    rng, runs = np.random.default_rng(1), 400 * length
    outcome, held = np.repeat([1, 0], [40, 80]), 0
    for _ in range(runs):
        found = auc(rng.normal(outcome, 1), outcome)
        held += found.low <= truth <= found.high
    # With 40 cases the normal limits fall short by about half a point.
    assert abs(held / runs - 0.945) <= 0.01 + four_errors(0.95, runs)


def test_differences_between_like_groups_are_told_one_time_in_twenty(length: int) -> None:
    rng, runs = np.random.default_rng(3), 300 * length
    told = 0
    for _ in range(runs):
        flag, outcome = rng.random(600) < 0.3, rng.random(600) < 0.2
        told += fairness(flag, outcome, rng.integers(0, 4, 600)).p["flagged"] < 0.05
    assert abs(told / runs - 0.05) <= 0.005 + four_errors(0.05, runs)


@pytest.mark.parametrize("cases", [14, 600])
def test_false_alarms_for_each_case_lie_in_their_interval(cases: int, length: int) -> None:
    """Nine in ten found, one in ten of the others flagged, brought to one case in a thousand."""
    rng, runs = np.random.default_rng(4), 300 * length
    truth, held = 999 * 0.1 / 0.9, 0
    for _ in range(runs):
        found, wrong = rng.binomial(cases, 0.9), rng.binomial(cases, 0.1)
        counted = [found, cases - found, wrong, cases - wrong]
        alarms = predictive_values(
            [1, 0, 1, 0], [1, 1, 0, 0], weights=counted, base_rate=0.001
        ).false_alarms
        held += alarms.low <= truth <= alarms.high
    assert held / runs >= 0.95 - four_errors(0.95, runs) - 0.01


def test_slope_of_calibrated_probabilities_is_one_as_often_as_its_interval_says(
    length: int,
) -> None:
    rng, runs = np.random.default_rng(5), 150 * length
    held = 0
    for _ in range(runs):
        chance = rng.uniform(0.05, 0.5, 400)
        slope = calibration(chance, rng.random(400) < chance).slope
        held += slope.low <= 1 <= slope.high
    assert abs(held / runs - 0.95) <= 0.01 + four_errors(0.95, runs)
