"""Grouped counts serve, order does not matter, and only ranks matter to the area."""

from __future__ import annotations

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
