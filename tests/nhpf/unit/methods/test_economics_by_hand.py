"""Present values and appraisals by hand, what they refuse, and what the draws must show."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhpf.methods.economics import Uncertain, appraise, discount_factors, present_value

CERTAIN = {
    "harms": 100.0, "rate_ratio": 0.8, "reach": 0.5, "cost_of_harm": 1000.0, "cost": 8000.0,
    "years": 10, "rng": 1,
}  # fmt: skip


def test_factors_are_those_of_the_green_book() -> None:
    """Year 0 counts whole; 3.5% to year 30, then 3.0% to year 75, then 2.5%."""
    factors = discount_factors(101)
    assert factors[0] == 1
    assert factors[10] == pytest.approx(1.035**-10)
    assert factors[30] == pytest.approx(0.3563, abs=5e-5)
    assert factors[31] == pytest.approx(1.035**-30 / 1.03)
    assert factors[75] == pytest.approx(1.035**-30 * 1.03**-45)
    assert factors[100] == pytest.approx(1.035**-30 * 1.03**-45 * 1.025**-25)
    assert discount_factors(2, kind="health")[1] == pytest.approx(1 / 1.015)
    assert discount_factors(2, kind="sensitivity")[1] == pytest.approx(1 / 1.03)


def test_present_value_by_hand_names_its_edition() -> None:
    found = present_value([-100, 60, 60])
    assert found.value == pytest.approx(-100 + 60 / 1.035 + 60 / 1.035**2)
    assert "Green Book, February 2026" in str(found)
    assert "check whether" in str(found)
    assert any("sensitivity" in caveat for caveat in present_value([1] * 60).caveats)


def test_certain_inputs_give_the_plain_sum() -> None:
    found = appraise(**CERTAIN)
    span = discount_factors(10).sum()
    assert found.benefits.estimate == pytest.approx(10 * 1000 * span)
    assert found.costs.low == pytest.approx(8000 * span)
    assert found.net_benefit.high == pytest.approx(2000 * span)
    assert found.prevented.estimate == pytest.approx(100)
    assert found.worth_it.estimate == 1


def test_switching_values_bring_the_net_benefit_to_zero() -> None:
    switching = appraise(**CERTAIN).switching
    assert switching == pytest.approx(
        {"harms": 80, "rate_ratio": 0.84, "reach": 0.4, "cost_of_harm": 800, "cost": 10_000}
    )
    for name, value in switching.items():
        found = appraise(**{**CERTAIN, name: value})
        assert found.net_benefit.estimate == pytest.approx(0, abs=1e-6)


def test_a_switching_value_that_cannot_be_is_no_number() -> None:
    dear = appraise(**{**CERTAIN, "cost": 1e6}).switching
    assert math.isnan(dear["reach"])
    assert math.isnan(dear["rate_ratio"])
    harmful = appraise(**{**CERTAIN, "rate_ratio": 1.2})
    assert math.isnan(harmful.switching["cost"])
    assert harmful.prevented.estimate < 0
    assert harmful.worth_it.estimate == 0


def test_uncertain_effect_gives_the_chance_that_theory_gives() -> None:
    """Benefits exceed costs if the ratio is below 0.84, of which the draws know the chance."""
    ratio = Uncertain(low=0.64, high=1.0)
    found = appraise(**{**CERTAIN, "rate_ratio": ratio, "draws": 40_000})
    spread = math.log(1 / 0.64) / 2 / 1.959964
    z = math.log(0.84 / 0.8) / spread
    chance = 0.5 * math.erfc(-z / math.sqrt(2))
    assert found.worth_it.estimate == pytest.approx(chance, abs=0.01)
    assert found.prevented.low == pytest.approx(0, abs=5)
    assert "Benefits exceed costs in" in str(found)


def test_draws_keep_to_their_interval_and_to_the_seed() -> None:
    drawn = Uncertain(low=2, high=8, level=0.9).draw(50_000, np.random.default_rng(1))
    assert np.mean((drawn > 2) & (drawn < 8)) == pytest.approx(0.9, abs=0.01)
    assert np.median(drawn) == pytest.approx(4, rel=0.02)
    options = {**CERTAIN, "cost": Uncertain(low=5000, high=12_000)}
    assert appraise(**options) == appraise(**options)
    assert appraise(**options) != appraise(**{**options, "rng": 2})


def test_optimism_bias_raises_the_cost_and_is_said_when_absent() -> None:
    plain, biased = appraise(**CERTAIN), appraise(**CERTAIN, optimism_bias=0.2)
    assert biased.costs.estimate == pytest.approx(1.2 * plain.costs.estimate)
    assert "No optimism bias" in str(plain)
    assert "No optimism bias" not in str(biased)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=120),
    st.floats(0.01, 100),
)
def test_present_value_is_linear_and_later_is_less(amounts: list[float], unit: float) -> None:
    whole = present_value(amounts)
    scaled = present_value(np.array(amounts) * unit)
    assert scaled.value == pytest.approx(whole.value * unit, rel=1e-9, abs=1e-6)
    assert (np.diff(whole.factors) < 0).all()
