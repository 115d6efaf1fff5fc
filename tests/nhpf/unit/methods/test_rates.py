"""What rates say, and what they refuse to say."""

from __future__ import annotations

import math
import os
import subprocess
import sys

import numpy as np
import pytest

from nhpf.methods import rates


def test_rate_prints_its_interval_what_it_is_made_of_and_its_caveat() -> None:
    text = str(rates.rate(14, 700_000))
    first, note = text.splitlines()
    assert first == "2.00 per 100,000 (95% interval 1.09 to 3.36; 14 in 700,000; Byar's interval)"
    assert "independent" in note


def test_pooled_years_are_a_rate_over_person_years() -> None:
    """590 homicides over 43 areas: 13.7 each on average."""
    found = rates.rate(590, 43, per=1)
    assert round(found.estimate, 1) == 13.7
    assert (round(found.low, 1), round(found.high, 1)) == (12.6, 14.9)


def test_no_event_has_an_upper_limit_and_a_lower_of_zero() -> None:
    found = rates.rate(0, 1, per=1)
    assert found.estimate == found.low == 0
    assert found.high == pytest.approx(-math.log(0.025))


def test_proportion_at_its_ends_stays_inside_zero_and_one() -> None:
    assert rates.proportion(0, 20).low == 0.0
    assert rates.proportion(20, 20).high == 1.0
    assert "0% (95% interval 0% to 16.1%; 0 of 20" in str(rates.proportion(0, 20))


def test_comparison_says_in_a_sentence_what_can_be_told() -> None:
    """The strategy's recorded homicides: 683 in 2019, 604 in 2020, 691 in 2021."""
    fall, rise = rates.compare(683, 1, 604, 1), rates.compare(604, 1, 691, 1)
    assert fall.sentence == (
        "683 then 604: a rate 11.6% lower (95% interval 20.9% lower to 1.2% lower), "
        "which can be told from chance."
    )
    assert rise.told_from_chance
    assert 0 < rise.p < 0.05
    assert rise.change == pytest.approx(691 / 604 - 1)
    assert not rates.compare(14, 1, 11, 1).told_from_chance
    assert "cannot be told from chance" in str(rates.compare(14, 1, 11, 1))


def test_comparison_with_a_period_without_events_keeps_the_limit_that_exists() -> None:
    rise, fall = rates.compare(0, 1, 9, 1), rates.compare(9, 1, 0, 1)
    assert math.isinf(rise.estimate)
    assert math.isinf(rise.high)
    assert rise.low > 1
    assert "a rise from none" in rise.sentence
    assert "no upper limit" in rise.sentence
    assert (fall.estimate, fall.low) == (0, 0)
    assert fall.high == pytest.approx(1 / rise.low)


def test_unequal_times_are_taken_into_account() -> None:
    found = rates.compare(98, 9, 115, 12)
    assert found.estimate == pytest.approx((115 / 12) / (98 / 9))
    assert "a rate 12% lower" in found.sentence
    assert "the same rate" in rates.compare(10, 1, 20, 2).sentence


def test_standardised_rate_of_few_events_warns() -> None:
    found = rates.standardised([1, 2], [1000, 3000], [1, 1])
    assert found.estimate == pytest.approx((1 / 1000 + 2 / 3000) / 2 * 1e5)
    assert any("ten events" in caveat for caveat in found.caveats)


def test_funnel_limits_are_poisson_quantiles_between_whole_counts() -> None:
    """Spiegelhalter (2005): at 10 expected the 97.5% point lies between counts 16 and 17."""
    from scipy.special import pdtr

    found = rates.funnel([10], [10], levels=[0.95])
    low, high = found.low[0, 0] * 10, found.high[0, 0] * 10
    assert 16 < high < 17
    share = (pdtr(17, 10) - 0.975) / (pdtr(17, 10) - pdtr(16, 10))
    assert high == pytest.approx(17 - share)
    assert pdtr(math.floor(low), 10) <= 0.025 <= pdtr(math.ceil(low), 10)


def test_funnel_names_what_lies_outside_and_never_orders() -> None:
    found = rates.funnel([30, 10, 0, 9], [10, 10, 10, 10])
    assert found.position == ("higher", "in line", "lower", "in line")
    assert found.levels == (0.95, 0.998)
    assert "2 in line, 1 higher, 1 lower" in str(found)
    low, high = found.limits_at([1, 10, 100])
    assert low.shape == high.shape == (2, 3)
    assert (np.diff(high, axis=1) < 0).all()
    assert low[0, 0] == 0


def test_funnel_widens_for_spread_that_chance_does_not_explain() -> None:
    rng = np.random.default_rng(20)
    expected = rng.uniform(20, 80, 43)
    counts = rng.poisson(expected * rng.gamma(10, 0.1, 43))
    plain = rates.funnel(counts, expected)
    wide = rates.funnel(counts, expected, over_dispersion=True)
    assert plain.dispersion == wide.dispersion > 1.5
    assert 0.05 < wide.between_areas < 0.4  # true: about half of 10 ** -0.5
    assert plain.between_areas == 0
    assert (wide.high > plain.high).all()
    assert any("wider" in caveat for caveat in plain.caveats)
    assert wide.position.count("in line") > plain.position.count("in line")


def test_importing_rates_does_not_load_scipy() -> None:
    code = "import sys, nhpf.methods.rates, nhpf.methods.hot_spots; print('scipy' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.stdout.strip() == "False"
