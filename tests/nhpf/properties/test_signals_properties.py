"""What must hold for any month of alarms and any series of rare counts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from nhpf.errors import CannotTell
from nhpf.methods.surveillance import count_cusum, run_length
from nhpf.signals.budget import FALSE_DISCOVERIES, adjusted, decide
from nhpf.signals.thresholds import chart

Alarm = tuple[float, bool, bool]
ALARMS = st.lists(st.tuples(st.floats(0, 1), st.booleans(), st.booleans()), min_size=0, max_size=40)
COUNTS = st.lists(st.integers(0, 40), min_size=1, max_size=60)


def decided(alarms: list[Alarm], *, most: int) -> list[bool]:
    p = np.array([each[0] for each in alarms])
    found = decide(
        p,
        adjusted(p),
        homicide=np.array([each[1] for each in alarms], dtype=bool),
        rested=["May 2020" if each[2] else "" for each in alarms],
        series_judged=len(alarms),
        most=most,
    )
    assert all(each.shown != bool(each.reason) for each in found)
    return [each.shown for each in found]


@given(ALARMS, st.integers(1, 8))
def test_a_month_never_passes_its_budget_and_gives_every_reason(
    alarms: list[Alarm], most: int
) -> None:
    shown = decided(alarms, most=most)
    assert sum(shown) <= most
    p = adjusted([each[0] for each in alarms])
    for one, (_, homicide, rested), q in zip(shown, alarms, p, strict=True):
        assert not one or homicide or (q <= FALSE_DISCOVERIES and not rested)


@given(ALARMS, st.randoms())
def test_the_order_of_alarms_decides_nothing(alarms: list[Alarm], chance: object) -> None:
    order = list(range(len(alarms)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    there = decided(alarms, most=5)
    back = decided([alarms[n] for n in order], most=5)
    assert [there[n] for n in order] == back


@given(ALARMS)
def test_a_larger_budget_takes_nothing_away_from_other_harm(alarms: list[Alarm]) -> None:
    alarms = [(p, False, rested) for p, _, rested in alarms]
    few, many = decided(alarms, most=3), decided(alarms, most=6)
    assert all(b for a, b in zip(few, many, strict=True) if a)


@given(COUNTS, st.integers(1, 40), st.integers(1, 60))
def test_the_upper_count_is_the_first_that_alarms(counts: list[int], k: int, h: int) -> None:
    found = count_cusum(counts, k=k / 4, h=h / 4)
    assert (found.total >= 0).all()
    for at, upper in enumerate(found.upper):
        for count, alarms in ((upper, True), (upper - 1, False)):
            if count >= 0:
                again = count_cusum([*counts[:at], count], k=k / 4, h=h / 4)
                assert bool(again.alarm[-1]) is alarms


@given(st.integers(0, 400), st.integers(5, 60), st.floats(1, 2))
def test_a_threshold_keeps_what_was_allowed_and_rises_come_sooner(
    events: int, periods: int, dispersion: float
) -> None:
    found = chart(events, periods, rise=2.0, false_alarms=0.02, dispersion=dispersion)
    assert found.false_alarms <= 0.02
    runs = [found.risen(ratio).average for ratio in (1.0, 1.5, 3.0)]
    assert runs == sorted(runs, reverse=True)


@given(st.floats(0.1, 12), st.integers(1, 40), st.integers(1, 60))
def test_chances_of_a_run_are_chances(mean: float, k: int, h: int) -> None:
    try:
        found = run_length(mean, k=k / 4, h=h / 4)
    except CannotTell:
        reject()
    assert found.average >= 1
    within = np.array([found.within(n) for n in range(6)])
    assert within[0] == 0
    assert (np.diff(within) >= -1e-12).all()
    assert 0 <= found.chance(h / 4) <= found.chance(0) <= 1
    assert found.chance(h / 4) == pytest.approx(1 / found.average, rel=1e-6, abs=1e-12)
