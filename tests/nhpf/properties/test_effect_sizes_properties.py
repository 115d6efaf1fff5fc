"""Effects from tables: the order of studies, the sides and the units do not matter."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhpf.methods import effect_sizes

TABLES = st.lists(
    st.tuples(st.integers(0, 20), st.integers(21, 60), st.integers(1, 20), st.integers(21, 60)),
    min_size=1,
    max_size=8,
)
CROSSED = [effect_sizes.log_odds_ratio, effect_sizes.log_risk_ratio, effect_sizes.risk_difference]


@pytest.mark.parametrize("function", CROSSED, ids=lambda each: each.__name__)
@given(tables=TABLES)
def test_groups_turned_round_turn_the_sign(
    function: Callable[..., effect_sizes.EffectSizes], tables: list[tuple[int, int, int, int]]
) -> None:
    a, n1, c, n2 = (np.array(part) for part in zip(*tables, strict=True))
    there, back = function(a, n1, c, n2), function(c[::-1], n2[::-1], a[::-1], n1[::-1])
    assert there.effects == pytest.approx(-back.effects[::-1])
    assert there.variances == pytest.approx(back.variances[::-1])
    assert (there.half_added == back.half_added[::-1]).all()


@given(
    st.integers(0, 50), st.integers(1, 50), st.floats(0.1, 100), st.floats(0.1, 100),
    st.floats(0.01, 1000),
)  # fmt: skip
def test_rates_do_not_depend_on_the_unit_of_time(
    first: int, second: int, time_1: float, time_2: float, unit: float
) -> None:
    one = effect_sizes.log_rate_ratio([first], [time_1], [second], [time_2])
    other = effect_sizes.log_rate_ratio([first], [time_1 * unit], [second], [time_2 * unit])
    assert other.effects == pytest.approx(one.effects, abs=1e-9)
    assert other.variances == pytest.approx(one.variances)


@given(st.floats(-50, 50), st.floats(0.5, 20), st.floats(0.1, 100), st.floats(-1000, 1000))
def test_standardised_differences_do_not_depend_on_units_or_origin(
    apart: float, sd: float, unit: float, origin: float
) -> None:
    one = effect_sizes.standardised_mean_difference([apart], [sd], [20], [0], [sd], [30])
    moved = [apart * unit + origin], [sd * unit], [20], [origin], [sd * unit], [30]
    other = effect_sizes.standardised_mean_difference(*moved)
    assert other.effects == pytest.approx(one.effects, rel=1e-6, abs=1e-6)
    assert other.variances == pytest.approx(one.variances, rel=1e-6, abs=1e-9)


@given(st.integers(0, 40), st.integers(41, 90))
def test_more_events_are_more(count: int, total: int) -> None:
    fewer, more = (effect_sizes.logit_proportion([n], [total]) for n in (count, count + 1))
    assert more.effects[0] > fewer.effects[0]
