"""The parts of BYM2 against dense algebra and brute-force integration, and the result's words."""

from __future__ import annotations

import math
import subprocess
import sys

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.sparse import csc_array, csr_array, diags_array
from scipy.spatial import Delaunay

from nhpf.methods import small_areas
from nhpf.methods.small_areas.neighbours import structure_of
from nhpf.methods.small_areas.propagation import Areas, first_stand, fit_at
from nhpf.methods.small_areas.sparse_cholesky import factorise, pattern_of
from nhpf.numerics import graphs

NAN = math.nan


def made_up_map(n: int, seed: int = 1) -> csr_array:
    points = np.random.default_rng(seed).random((n, 2))
    starts, ends = Delaunay(points).vertex_neighbor_vertices
    return csr_array((np.ones(ends.size), ends, starts), shape=(n, n))


MAP = made_up_map(30)
FLAT = [4.0] * 30
ISLANDS = graphs.from_neighbours([[]] * 12)


@pytest.mark.parametrize("n", [4, 60, 400])
def test_factor_solution_and_inverse_are_those_of_dense_algebra(n: int) -> None:
    graph, rng = made_up_map(n), np.random.default_rng(2)
    matrix = csc_array(diags_array(np.asarray(graph.sum(axis=0)).ravel()) - graph)
    matrix.sort_indices()
    added, right = rng.uniform(0.1, 2, n), rng.normal(size=(n, 3))
    factor = factorise(pattern_of(matrix), matrix.data, added)
    dense = matrix.toarray() + np.diag(added)
    assert_allclose(factor.solve(right), np.linalg.solve(dense, right), rtol=1e-9, atol=1e-12)
    assert_allclose(factor.inverse_diagonal(), np.diag(np.linalg.inv(dense)), rtol=1e-10)
    assert factor.log_determinant == pytest.approx(np.linalg.slogdet(dense)[1])


def test_pieces_are_scaled_one_by_one_and_islands_stand_alone() -> None:
    chain = graphs.from_neighbours([[1], [0, 2], [1], [4, 5], [3, 5], [3, 4], []])
    structure = structure_of(chain)
    assert structure.islands == 1
    precision = np.zeros((7, 7))
    precision[structure.rows, structure.columns] = structure.entries
    for piece in ([0, 1, 2], [3, 4, 5]):
        variances = np.diag(np.linalg.pinv(precision[np.ix_(piece, piece)]))
        assert np.exp(np.mean(np.log(variances))) == pytest.approx(1)
    assert precision[6].tolist() == [0, 0, 0, 0, 0, 0, 1]
    assert structure.sums.sum(axis=0).tolist() == [3, 3]


def test_risks_at_one_sd_and_mixing_are_those_of_brute_force() -> None:
    """A million draws from the prior of the log risks, weighed by the likelihood."""
    rng = np.random.default_rng(3)
    graph = graphs.from_neighbours([[1], [0, 2], [1, 3], [2]])
    structure = structure_of(graph)
    counts, expected = np.array([0.0, 1, 3, 0]), np.array([0.8, 1.0, 1.2, 0.5])
    areas = Areas(counts=counts, expected=expected, covariates=np.ones((4, 1)), structure=structure)
    precision = np.zeros((4, 4))
    precision[structure.rows, structure.columns] = structure.entries
    sd, mixing, draws = 0.7, 0.6, 1_000_000
    root = np.linalg.svd(np.linalg.pinv(precision))
    spatial = (root[0] * np.sqrt(root[1])) @ rng.normal(size=(4, draws))
    effects = sd * (
        math.sqrt(mixing) * spatial + math.sqrt(1 - mixing) * rng.normal(size=(4, draws))
    )
    # The level is drawn near where it can be, and weighed for that.
    level = rng.normal(0.0, 1.5, draws)
    log_risk = level + effects
    log_weight = counts @ log_risk - expected @ np.exp(log_risk)
    log_weight += level**2 / (2 * 1.5**2) - level**2 / (2 * 100)
    weight = np.exp(log_weight - log_weight.max())
    weight /= weight.sum()
    mean = log_risk @ weight
    sds = np.sqrt((log_risk - mean[:, None]) ** 2 @ weight)
    found = fit_at(areas, sd=sd, mixing=mixing, stand=first_stand(areas))
    assert_allclose(found.mean, mean, atol=0.03)
    assert_allclose(np.sqrt(found.variance), sds, rtol=0.03)


def test_a_covariate_that_made_the_risks_is_found() -> None:
    rng = np.random.default_rng(4)
    graph, feature = made_up_map(200), rng.normal(5, 2, 200)
    expected = rng.uniform(5, 20, 200)
    counts = rng.poisson(expected * np.exp(0.3 * (feature - 5)))
    found = small_areas.bym2(counts, expected, graph, covariates=feature)
    (effect,) = found.effects
    assert effect.low < math.exp(0.3) < effect.high
    assert effect.estimate == pytest.approx(math.exp(0.3), rel=0.05)
    assert found.spread.estimate < 0.15


def test_what_is_said_of_a_map_with_an_island() -> None:
    lists = [list(map(int, MAP.indices[MAP.indptr[i] : MAP.indptr[i + 1]])) for i in range(30)]
    graph = graphs.from_neighbours([*lists, []])
    counts = np.random.default_rng(5).poisson(6, 31)
    found = small_areas.bym2(counts, [6.0] * 31, graph)
    text = str(found)
    assert text.startswith("31 areas: relative risks from")
    assert "1 area has no neighbour" in text
    assert "Not for ranking" in text
    assert (found.low < found.relative_risk).all()
    assert (found.relative_risk < found.high).all()


def test_import_is_light() -> None:
    code = (
        "import sys, nhpf.methods.small_areas\n"
        "sys.exit(any(name in sys.modules for name in ('scipy', 'numba')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
