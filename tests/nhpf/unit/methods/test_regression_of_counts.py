"""Regression of counts: against SciPy's likelihood, by hand, and by simulation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, stats

from nhpf.methods.small_areas import count_regression

RNG = np.random.default_rng(11)
KNOWN = RNG.normal([3.0, -1.0], [2.0, 0.5], size=(60, 2))
DUE = RNG.uniform(20, 200, size=60)
COUNTS = RNG.negative_binomial(4, 1 / (1 + DUE * np.exp(0.2 * KNOWN[:, 0] - 0.6) / 4))


def test_ratios_are_those_of_the_likeliest_model() -> None:
    design = np.column_stack([np.ones(60), KNOWN])

    def against(beta: np.ndarray) -> float:
        eta = np.log(DUE) + design @ beta
        return float(np.sum(np.exp(eta) - COUNTS * eta))

    def slope(beta: np.ndarray) -> np.ndarray:
        found: np.ndarray = design.T @ (DUE * np.exp(design @ beta) - COUNTS)
        return found

    best = optimize.minimize(against, np.zeros(3), jac=slope, method="BFGS", tol=1e-9).x
    mean = DUE * np.exp(design @ best)
    wide = np.sum((COUNTS - mean) ** 2 / mean) / 57
    covariance = wide * np.linalg.inv(design.T @ (design * mean[:, None]))
    reach = stats.t.ppf(0.975, 57) * np.sqrt(np.diag(covariance))
    found = count_regression(COUNTS, DUE, KNOWN)
    assert found.dispersion == pytest.approx(wide, rel=1e-6)
    assert wide > 5
    for at, effect in enumerate(found.effects, 1):
        assert effect.estimate == pytest.approx(np.exp(best[at]), rel=1e-6)
        assert effect.low == pytest.approx(np.exp(best[at] - reach[at]), rel=1e-6)
        assert effect.high == pytest.approx(np.exp(best[at] + reach[at]), rel=1e-6)


def test_intervals_hold_where_counts_scatter() -> None:
    rng = np.random.default_rng(5)
    known = rng.normal(size=(50, 1))
    mean = 80 * np.exp(0.3 * known[:, 0])
    truth, held, runs = np.exp(0.3), 0, 600
    for _ in range(runs):
        # A negative binomial whose variance is four times its mean.
        counts = rng.negative_binomial(mean / 3, 1 / 4)
        effect = count_regression(counts, np.full(50, 80.0), known).effects[0]
        held += effect.low < truth < effect.high
    assert held / runs > 0.95 - 4 * np.sqrt(0.95 * 0.05 / runs)
    assert held / runs < 0.95 + 4 * np.sqrt(0.95 * 0.05 / runs)


@given(st.floats(0.01, 100), st.floats(-50, 50), st.integers(0, 2**32 - 1))
def test_units_of_a_covariate_and_the_order_of_areas_do_not_matter(
    scale: float, shift: float, seed: int
) -> None:
    order = np.random.default_rng(seed).permutation(60)
    plain = count_regression(COUNTS, DUE, KNOWN)
    moved = count_regression(COUNTS[order], DUE[order], (KNOWN * scale + shift)[order])
    for one, other in zip(plain.effects, moved.effects, strict=True):
        for side in ("estimate", "low", "high"):
            assert getattr(other, side) ** scale == pytest.approx(getattr(one, side), rel=1e-6)
    assert moved.dispersion == pytest.approx(plain.dispersion, rel=1e-6)
    assert moved.explained == pytest.approx(plain.explained, rel=1e-6)


def test_no_more_scatter_than_chance_leaves_poisson_limits() -> None:
    found = count_regression(np.full(20, 9), np.full(20, 9.0), np.arange(20.0))
    unit = np.arange(20.0).std()
    reach = stats.t.ppf(0.975, 18) / np.sqrt(9 * 20) / unit
    assert found.effects[0].estimate == pytest.approx(1, abs=1e-9)
    assert np.log(found.effects[0].high) == pytest.approx(reach, rel=1e-6)
    assert "Association, not cause" in str(found)
