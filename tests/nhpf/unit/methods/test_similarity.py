"""Most similar places: against SciPy, and what must not matter."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.distance import cdist

from nhpf.methods.similarity import most_similar


def table(seed: int, n: int = 20) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(n, 4)) * [1, 10, 0.1, 3] + [5, 0, 1, -2]


def test_distances_are_those_of_scipy() -> None:
    covariates = table(1)
    found = most_similar(covariates, 3, most=19)
    variances = covariates.var(axis=0)
    expected = cdist(covariates[3:4], covariates, "seuclidean", V=variances)[0] / np.sqrt(4)
    assert found.estimate == pytest.approx(np.sort(np.delete(expected, 3)), abs=1e-12)
    assert found.estimate == pytest.approx(expected[found.places], abs=1e-12)
    assert found.parts.sum(axis=1) == pytest.approx(1)
    assert found.usual[1] == pytest.approx(np.median(np.delete(expected, 3)))


@given(st.integers(0, 10_000), st.floats(0.01, 100), st.floats(-50, 50))
def test_units_and_order_do_not_matter(seed: int, scale: float, shift: float) -> None:
    covariates = table(seed)
    found = most_similar(covariates, 0, most=5)
    order = np.r_[0, np.random.default_rng(seed).permutation(np.arange(1, 20))]
    moved = most_similar(covariates[order][:, ::-1] * scale + shift, 0, most=5)
    assert moved.estimate == pytest.approx(found.estimate, abs=1e-9)
    assert set(order[moved.places]) == set(found.places)
    assert moved.parts[:, ::-1] == pytest.approx(found.parts, abs=1e-6)


def test_a_twin_is_nearest_and_its_distance_has_no_parts() -> None:
    covariates = table(2)
    covariates[7] = covariates[4]
    found = most_similar(covariates, 4, most=1)
    assert found.places.tolist() == [7]
    assert found.estimate.tolist() == [0]
    assert not found.parts.any()
