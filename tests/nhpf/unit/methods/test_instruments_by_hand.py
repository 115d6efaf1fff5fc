"""Instruments by hand, what they refuse, and that intervals cover what they should."""

from __future__ import annotations

import math

import numpy as np
import pytest

from nhpf.methods.instruments import (
    auc,
    calibration,
    decision_curve,
    fairness,
    predictive_values,
)


def test_area_by_counting_pairs() -> None:
    # Pairs of case and other: 3>1, 3>2, 2>1, 2=2: 3.5 of 4.
    assert auc([3, 2, 1, 2], [1, 1, 0, 0]).estimate == 3.5 / 4


def test_perfect_ranking_says_that_its_interval_means_little() -> None:
    found = auc([1, 2, 3, 4], [0, 0, 1, 1])
    assert found.estimate == found.low == found.high == 1
    assert "means little" in str(found)


def test_false_alarms_at_a_low_base_rate() -> None:
    """Nine in ten found and nine in ten spared: at 1 in 1,000 there are 111 false alarms a case."""
    flags, outcome, weights = [1, 0, 1, 0], [1, 1, 0, 0], [90, 10, 100, 900]
    found = predictive_values(flags, outcome, weights=weights, base_rate=0.001)
    assert found.false_alarms.estimate == pytest.approx(0.999 * 0.1 / (0.001 * 0.9))
    assert found.false_alarms.low < 111 < found.false_alarms.high
    assert found.positive.estimate == pytest.approx(1 / (1 + 111))
    assert "111 false alarms for each true case" in str(found)


def test_own_base_rate_gives_the_same_values_either_way() -> None:
    table = {"weights": [30, 20, 10, 140]}
    own = predictive_values([1, 0, 1, 0], [1, 1, 0, 0], **table)
    same = predictive_values([1, 0, 1, 0], [1, 1, 0, 0], **table, base_rate=own.base_rate)
    assert same.positive.estimate == pytest.approx(own.positive.estimate)
    assert same.negative.estimate == pytest.approx(own.negative.estimate)
    assert own.false_alarms.estimate == pytest.approx(10 / 30)


def test_a_flag_that_finds_nobody_has_no_upper_limit_of_false_alarms() -> None:
    found = predictive_values([0, 1, 0], [1, 0, 0], weights=[5, 10, 100], base_rate=0.01)
    assert found.false_alarms.estimate == math.inf
    assert "no upper limit" in str(found)


def test_calibration_finds_probabilities_twice_too_high() -> None:
    rng = np.random.default_rng(2)
    truth = rng.uniform(0.05, 0.4, 4000)
    found = calibration(2 * truth, rng.random(4000) < truth)
    assert found.observed_to_expected.low < 0.5 < found.observed_to_expected.high
    assert found.in_the_large.high < 0
    assert len(found.bands) == 10
    assert sum(band.people for band in found.bands) == 4000
    assert all(band.low <= band.estimate <= band.high for band in found.bands)
    assert "happened for each one expected" in str(found)


def test_equal_probabilities_share_a_band() -> None:
    found = calibration([0.1] * 70 + [0.6] * 30, [1, 0] * 50, bands=4)
    assert [(band.people, round(band.expected, 6)) for band in found.bands] == [
        (70, 0.1),
        (30, 0.6),
    ]


def test_net_benefit_by_hand() -> None:
    found = decision_curve([0.9, 0.5, 0.5, 0.1], [1, 1, 0, 0], thresholds=[0.5, 0.2])
    # Both cases and one of two others at or above 0.5, which one false alarm undoes.
    assert found.net_benefit.tolist() == [0.25, (2 - 0.25) / 4]
    assert found.act_on_all.tolist() == [0, (2 - 2 * 0.25) / 4]
    assert found.useful().tolist() == [True, True]
    assert "beats acting on all or nobody at 2" in str(found)


def test_groups_treated_unlike_are_told_from_chance() -> None:
    flags, outcome = [1, 0, 1, 0] * 2, [1, 1, 0, 0] * 2
    group = ["a"] * 4 + ["b"] * 4
    weights = [80, 20, 50, 850, 78, 22, 200, 700]
    found = fairness(flags, outcome, group, weights=weights)
    assert found.groups[0].sensitivity.estimate == 0.8
    assert found.groups[1].false_positive_rate.estimate == pytest.approx(200 / 900)
    assert found.widest["false_positive_rate"] == pytest.approx(150 / 900)
    assert found.p["false_positive_rate"] < 1e-6
    assert found.p["sensitivity"] > 0.5
    assert "false positive rate: up to 0.167 apart, which can be told from chance" in str(found)
    assert "sensitivity: up to 0.020 apart, which cannot be told" in str(found)


def test_a_group_without_a_case_has_no_sensitivity() -> None:
    found = fairness([1, 0, 0, 1], [1, 0, 0, 0], ["a", "a", "b", "b"])
    assert found.groups[1].sensitivity is None
    assert math.isnan(found.p["sensitivity"])
