"""The probability yardstick, and the calculations that choose its terms."""

from __future__ import annotations

import numpy as np
import pytest

from nhpf.indicators import change
from nhpf.profile.judging import (
    chance_in_words,
    chance_to_see,
    change_because,
    likelihood_of_rise,
    years_to_see,
)
from nhpf.profile.yardstick import FIGURE, TERMS, figure, term


@pytest.mark.parametrize(
    ("probability", "name"),
    [
        (0.0, "Remote chance"),
        (0.05, "Remote chance"),
        (0.074, "Remote chance"),
        (0.076, "Highly unlikely"),
        (0.22, "Highly unlikely"),
        (0.3, "Unlikely"),
        (0.375, "Realistic possibility"),
        (0.45, "Realistic possibility"),
        (0.525, "Realistic possibility"),
        (0.53, "Likely or probable"),
        (0.7, "Likely or probable"),
        (0.775, "Likely or probable"),
        (0.85, "Highly likely"),
        (0.93, "Almost certain"),
        (1.0, "Almost certain"),
    ],
)
def test_a_probability_gets_the_term_of_its_range_or_the_nearer_one(
    probability: float, name: str
) -> None:
    assert term(probability).name == name


def test_the_seven_terms_ascend_without_touching() -> None:
    assert len(TERMS) == 7
    ends = [end for each in TERMS for end in (each.low, each.high)]
    assert ends == sorted(ends)
    assert len(set(ends)) == len(ends)
    assert figure().id == FIGURE
    assert [row[0] for row in figure().table.rows] == [each.name for each in TERMS]
    assert term(0.6).said == "it is likely (55% to 75%) that"


def test_the_likelihood_of_a_rise_agrees_with_draws_from_both_posteriors() -> None:
    rng = np.random.default_rng(5)
    for earlier, later, spread in ((20, 26, 1.0), (106, 94, 1.04), (3, 3, 1.0), (40, 50, 2.0)):
        found = change(earlier, 1, later, 1, dispersion=spread)
        rates = rng.gamma(np.array([earlier, later])[:, None] / spread + 0.5, size=(2, 200_000))
        assert likelihood_of_rise(found) == pytest.approx(np.mean(rates[1] > rates[0]), abs=0.005)


def test_periods_of_unequal_length_are_compared_as_rates() -> None:
    assert likelihood_of_rise(change(10, 1, 20, 2)) == pytest.approx(0.5, abs=0.03)
    assert likelihood_of_rise(change(10, 1, 60, 2)) > 0.95


def test_a_change_that_cannot_be_told_says_which_way_is_more_probable() -> None:
    assert "It is highly likely (80% to 90%) that the true rate is lower" in change_because(
        change(106, 1, 94, 1)
    )
    assert "the true rate" not in change_because(change(100, 1, 200, 1))


def test_the_chance_to_see_a_fall_is_the_power_of_the_test() -> None:
    assert chance_to_see(0) == pytest.approx(0.05, abs=1e-6)
    assert chance_to_see(14, years=years_to_see(14)) == pytest.approx(0.8, abs=1e-4)
    assert chance_to_see(1000) > 0.99
    assert "highly unlikely" in chance_in_words(15)
