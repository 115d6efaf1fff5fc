"""Over-representation: against SciPy's exact test and likelihood; false finds by simulation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import optimize, stats

from nhpf.methods.over_representation import over_representation

SHARES = np.array([14, 8, 18, 8, 21, 16, 9, 6]) / 100
RAISED = (3, 11, 19, 28, 40)
TABLE = np.random.default_rng(7).poisson(np.outer(np.linspace(20, 200, 43), SHARES))


def nation(rng: np.random.Generator, factor: float = 1.0) -> np.ndarray:
    """43 places of unlike size, of which five have more of the fifth kind."""
    expected = np.outer(rng.gamma(4, 40, 43), SHARES)
    expected[list(RAISED), 4] *= factor
    return rng.poisson(expected)


def test_p_values_are_fishers() -> None:
    found = over_representation(TABLE)
    for place, kind in ((0, 0), (12, 4), (42, 7)):
        inside = TABLE[place, kind]
        others = np.delete(TABLE, place, axis=0)
        pair = [
            [inside, TABLE[place].sum() - inside],
            [others[:, kind].sum(), others.sum() - others[:, kind].sum()],
        ]
        expected = stats.fisher_exact(pair, alternative="greater").pvalue
        assert found.p[place, kind] == pytest.approx(expected, abs=1e-9)


def test_the_model_is_the_likeliest_negative_binomial() -> None:
    rng = np.random.default_rng(5)
    table = rng.poisson(np.outer(rng.gamma(4, 40, 43), SHARES) * rng.gamma(6, 1 / 6, (43, 8)))
    found = over_representation(table)
    counts, expected = table[:, 4], found.expected[:, 4]

    def unlikely(logs: np.ndarray) -> float:
        shape, rate = np.exp(logs)
        return -float(stats.nbinom.logpmf(counts, shape, rate / (rate + expected)).sum())

    best = optimize.minimize(
        unlikely, [1.0, 1.0], method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-11}
    )
    shape, rate = np.exp(best.x)
    posterior = stats.gamma(shape + counts, scale=1 / (rate + expected))
    assert found.estimate[:, 4] == pytest.approx(posterior.mean(), rel=1e-4)
    assert found.low[:, 4] == pytest.approx(posterior.ppf(0.025), rel=1e-4)
    assert found.high[:, 4] == pytest.approx(posterior.ppf(0.975), rel=1e-4)


def test_where_nothing_is_over_represented_little_is_called() -> None:
    rng = np.random.default_rng(11)
    runs = 60
    called = np.mean([over_representation(nation(rng)).found.any() for _ in range(runs)])
    assert called <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / runs)


def test_what_is_raised_is_found_and_false_finds_stay_within_the_rate() -> None:
    rng = np.random.default_rng(12)
    false, seen = [], []
    for _ in range(25):
        found = over_representation(nation(rng, factor=3.0)).found
        truth = np.zeros_like(found)
        truth[list(RAISED), 4] = True
        false.append((found & ~truth).sum() / max(found.sum(), 1))
        seen.append((found & truth).sum() / len(RAISED))
    assert np.mean(false) <= 0.05 + 3 * np.std(false) / np.sqrt(len(false))
    assert np.mean(seen) > 0.9


@given(arrays(np.int64, (12, 3), elements=st.integers(1, 30)))
def test_the_order_of_places_and_kinds_does_not_matter(table: np.ndarray) -> None:
    rows, columns = np.arange(12)[::-1], np.array([2, 0, 1])
    found = over_representation(table)
    moved = over_representation(table[rows][:, columns])
    for name in ("expected", "estimate", "low", "high", "p", "p_adjusted"):
        straight = getattr(found, name)[rows][:, columns]
        # Where places hardly differ the likelihood is flat, and the optimiser stops where it may.
        assert np.allclose(straight, getattr(moved, name), rtol=1e-3)


def test_drawing_in_moves_small_places_more() -> None:
    table = np.tile([20, 80], (20, 1))
    table[0], table[1] = [6, 4], [600, 400]
    found = over_representation(table)
    assert found.estimate[0, 0] < found.estimate[1, 0] < found.ratio[1, 0]
    assert found.high[0, 0] - found.low[0, 0] > found.high[1, 0] - found.low[1, 0]
