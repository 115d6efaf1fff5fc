"""How long a Poisson CUSUM runs: against published tables and against simulation."""

from __future__ import annotations

import math

import numpy as np
import pytest

from nhpf.errors import CannotTell, InvalidInput
from nhpf.methods.surveillance import count_cusum, run_length


@pytest.mark.parametrize(
    ("mean", "k", "h", "published", "places"),
    [
        # Lucas (1985), Counted data CUSUM's, Technometrics 27, table 2, as the manual of the R
        # package spc quotes it.
        (0.25, 0.25, 10, 438, 0),
        # R package IAcsSPCR: arl(h=6, k=2, lambda=1.88, shift=0) and shift=.9627.
        (1.88, 2, 6, 37.2, 1),
        (1.88 + 0.9627 * math.sqrt(1.88), 2, 6, 5.49, 2),
    ],
)
def test_run_lengths_as_published(
    mean: float, k: float, h: float, published: float, places: int
) -> None:
    assert round(run_length(mean, k=k, h=h).average, places) == published


@pytest.mark.parametrize("dispersion", [1.0, 1.8])
def test_run_lengths_against_simulation(dispersion: float) -> None:
    mean, k, h, runs, most = 4.0, 5.5, 7.0, 2000, 1500
    rng = np.random.default_rng(7)
    level = (
        np.full((most, runs), mean)
        if dispersion == 1
        else rng.gamma(mean / (dispersion - 1), dispersion - 1, (most, runs))
    )
    counts = rng.poisson(level)
    total, ended = np.zeros(runs), np.full(runs, most)
    for at in range(most):
        total = np.maximum(0, total + counts[at] - k)
        ended = np.where((total >= h) & (ended == most), at + 1, ended)
    found = run_length(mean, k=k, h=h, dispersion=dispersion)
    error = ended.std() / math.sqrt(runs)
    assert found.average == pytest.approx(ended.mean(), abs=4 * error)
    within = found.within(12)
    assert within == pytest.approx(
        (ended <= 12).mean(), abs=4 * math.sqrt(within * (1 - within) / runs)
    )
    # In the long run, with sums begun again: one alarm in each average run.
    assert found.chance(h) == pytest.approx(1 / found.average, rel=1e-9)
    long = count_cusum(counts.T.ravel()[:200_000], k=k, h=h)
    assert found.chance(3.0) == pytest.approx((long.total >= 3.0).mean(), abs=0.01)


def test_a_sum_by_hand_begins_again_after_an_alarm() -> None:
    found = count_cusum([0, 3, 4, 1, 5], k=2, h=3)
    assert found.total.tolist() == [0, 1, 3, 0, 3]
    assert found.alarm.tolist() == [False, False, True, False, True]
    assert found.upper.tolist() == [5, 5, 4, 5, 5]


def test_no_event_raises_no_alarm() -> None:
    assert not count_cusum(np.zeros(40), k=0.5, h=1).alarm.any()


@pytest.mark.parametrize(
    "wrong", [{"k": 0.123456, "h": 3}, {"k": 1, "h": 0}, {"k": 1, "h": 3, "dispersion": 0.9}]
)
def test_what_has_no_exact_answer_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(InvalidInput):
        run_length(2.0, **wrong)  # type: ignore[arg-type]


def test_an_alarm_too_rare_to_be_told_is_not_told() -> None:
    with pytest.raises(CannotTell, match="so rare"):
        run_length(0.125, k=9, h=8)


def test_k_must_fit_the_counts() -> None:
    with pytest.raises(InvalidInput, match="one for each"):
        count_cusum([1, 2, 3], k=[1, 2], h=3)
