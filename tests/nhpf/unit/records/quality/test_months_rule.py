"""The rule of a low month: it finds what is missing, and lets rare counts vary by chance."""

from __future__ import annotations

import numpy as np
import pytest

from nhpf.records.quality.months import (
    CHANCE,
    too_low,
    too_many_absent,
    usual,
    usual_on_both_sides,
)

MONTHS = 60
SERIES = 2000


def test_what_is_usual_is_the_median_of_the_twelve_months_on_either_side() -> None:
    counts = [*range(1, 13), 100, *range(13, 25)]
    assert usual(counts)[12] == 12.5
    assert usual(counts)[0] == 7.5  # of 2 to 12 and 100, twelve months
    assert usual_on_both_sides(counts)[12] == 6.5
    assert usual_on_both_sides(counts)[0] == 0


def test_a_month_of_3_767_where_28_000_is_usual_is_found() -> None:
    counts = np.full(24, 28_000)
    counts[10] = 3767
    assert np.flatnonzero(too_low(counts, usual(counts))).tolist() == [10]


def test_a_month_that_is_missing_counts_as_zero_and_is_found() -> None:
    counts = np.full(24, 15)
    counts[5] = 0
    assert np.flatnonzero(too_low(counts, usual(counts))).tolist() == [5]


def test_no_homicide_in_a_month_of_few_is_no_hole() -> None:
    counts = np.full(36, 4)
    counts[[3, 17, 18]] = 0
    assert not too_low(counts, usual(counts)).any()


def test_a_short_series_says_nothing() -> None:
    assert not too_low([900, 0, 900, 900, 900], np.full(5, 900)).any()


@pytest.mark.parametrize("mean", [0.5, 2, 8, 12, 30, 100, 1000, 30_000])
def test_poisson_counts_raise_no_more_false_alarms_than_the_rule_says(mean: float) -> None:
    counts = np.random.default_rng(20261126).poisson(mean, (SERIES, MONTHS))
    alarms = sum(int(too_low(row, usual(row)).sum()) for row in counts)
    assert alarms / counts.size < CHANCE / 5


@pytest.mark.parametrize("mean", [12, 30, 100, 1000])
def test_counts_of_twice_that_variance_keep_to_the_rule_too(mean: float) -> None:
    counts = np.random.default_rng(20261126).negative_binomial(mean, 0.5, (SERIES, MONTHS))
    alarms = sum(int(too_low(row, usual(row)).sum()) for row in counts)
    assert alarms / counts.size < 1.5 * CHANCE


@pytest.mark.parametrize("mean", [100, 1000])
def test_a_month_of_a_third_is_found_in_nearly_every_series(mean: float) -> None:
    counts = np.random.default_rng(20261126).poisson(mean, (500, MONTHS))
    counts[:, 30] = np.random.default_rng(1).poisson(mean / 3, 500)
    found = sum(bool(too_low(row, usual(row))[30]) for row in counts)
    assert found > 0.99 * len(counts)


def test_areas_that_are_silent_by_chance_are_not_missing() -> None:
    rng = np.random.default_rng(20261126)
    means = rng.gamma(4, 2.5, 800)
    means = means[means >= 5]
    counts = rng.poisson(means, (MONTHS, means.size))
    expected = np.full(MONTHS, np.exp(-means).sum())
    absent = (counts == 0).sum(axis=1)
    assert not too_many_absent(absent, expected, means.size).any()
    absent[7] += means.size // 10
    assert np.flatnonzero(too_many_absent(absent, expected, means.size)).tolist() == [7]


def test_a_small_count_is_called_unfit_only_where_half_of_the_usual_would_not_do_it() -> None:
    counts = np.full(36, 17)
    counts[9] = 3
    assert too_low(counts, usual(counts))[9]
    assert not too_low(counts, usual(counts), share=0.5)[9]
    counts[9] = 0
    assert not too_low(counts, usual(counts), share=0.4)[9]
    counts[:] = 1700
    counts[9] = 300
    assert too_low(counts, usual(counts), share=0.5)[9]
