"""Change between periods: exact limits, widened where the months scatter."""

from __future__ import annotations

import math

import numpy as np
import pytest

from nhpf.indicators.change_over_time import change, dispersion
from nhpf.methods import rates


def test_without_scatter_the_limits_are_the_exact_ones() -> None:
    found, exact = change(604, 1, 691, 1), rates.compare(604, 1, 691, 1)
    assert (found.low, found.high) == (exact.low, exact.high)
    assert found.told_from_chance


def test_scatter_widens_the_limits_around_the_same_ratio() -> None:
    calm, wild = change(100, 1, 130, 1), change(100, 1, 130, 1, dispersion=4)
    assert wild.ratio == calm.ratio
    assert math.log(wild.high / wild.ratio) == pytest.approx(2 * math.log(calm.high / calm.ratio))
    assert math.log(wild.low / wild.ratio) == pytest.approx(2 * math.log(calm.low / calm.ratio))


def test_scatter_can_take_a_finding_away() -> None:
    assert change(1000, 1, 1150, 1).told_from_chance
    assert not change(1000, 1, 1150, 1, dispersion=9).told_from_chance


def test_none_after_some_keeps_the_exact_limits() -> None:
    found = change(5, 1, 0, 1, dispersion=3)
    assert found.ratio == 0
    assert found.low == 0
    assert found.high == rates.compare(5, 1, 0, 1).high


def test_dispersion_ignores_season_and_level() -> None:
    season = np.array([1.0, 2, 3, 4, 5, 6, 6, 5, 4, 3, 2, 1])
    assert dispersion(np.outer([10, 20, 30], season)) == 1.0


def test_dispersion_of_independent_counts_is_near_one() -> None:
    counts = np.random.default_rng(1).poisson(40, size=(40, 12)).astype(float)
    assert dispersion(counts) == pytest.approx(1, abs=0.15)


def test_dispersion_sees_counts_that_come_in_fours() -> None:
    counts = 4 * np.random.default_rng(1).poisson(40, size=(40, 12)).astype(float)
    assert dispersion(counts) == pytest.approx(4, rel=0.15)


def test_one_year_or_no_event_has_no_dispersion_to_measure() -> None:
    assert dispersion(np.ones((1, 12))) == 1.0
    assert dispersion(np.zeros((3, 12))) == 1.0
