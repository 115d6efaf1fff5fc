"""BYM2: the order of areas and the unit of expectation do not matter, and intervals hold.

Lengths of simulations: ``conftest.py``.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.sparse import csr_array

from nhpf.methods.small_areas import bym2
from nhpf.methods.small_areas.neighbours import structure_of


def grid(side: int) -> csr_array:
    place = np.arange(side * side).reshape(side, side)
    pairs = np.concatenate(
        [
            np.column_stack([place[:, :-1].ravel(), place[:, 1:].ravel()]),
            np.column_stack([place[:-1].ravel(), place[1:].ravel()]),
        ]
    )
    ends = np.concatenate([pairs, pairs[:, ::-1]])
    shape = (side * side, side * side)
    return csr_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=shape)


@pytest.mark.parametrize("seed", range(2))
def test_order_of_areas_and_unit_of_expectation_do_not_matter(seed: int) -> None:
    rng, graph = np.random.default_rng(seed), grid(7)
    expected = rng.uniform(1, 10, 49)
    counts = rng.poisson(expected * np.exp(0.4 * rng.normal(size=49)))
    one = bym2(counts, expected, graph)
    mixed = rng.permutation(49)
    other = bym2(counts[mixed], 5 * expected[mixed], graph[mixed][:, mixed])
    # The lattice starts elsewhere, so that sums over it agree to its error and no further.
    assert_allclose(5 * other.relative_risk, one.relative_risk[mixed], rtol=5e-3)
    assert other.mixing.estimate == pytest.approx(one.mixing.estimate, abs=5e-3)


def spatial_effects(graph: csr_array, rng: np.random.Generator) -> np.ndarray:
    structure = structure_of(graph)
    precision = np.zeros(graph.shape)
    precision[structure.rows, structure.columns] = structure.entries
    values, vectors = np.linalg.eigh(precision)
    return vectors[:, 1:] @ (rng.normal(size=len(values) - 1) / np.sqrt(values[1:]))


def test_intervals_hold_when_truth_is_drawn_from_the_model(length: int) -> None:
    runs = 8 * length
    rng, graph = np.random.default_rng(7), grid(10)
    inside, above = [], []
    for _ in range(runs):
        sd, mixing = abs(rng.normal()), rng.beta(0.5, 0.5)
        own = rng.normal(size=100)
        log_risk = sd * (
            math.sqrt(mixing) * spatial_effects(graph, rng) + math.sqrt(1 - mixing) * own
        )
        expected = rng.uniform(1, 12, 100)
        found = bym2(rng.poisson(expected * np.exp(log_risk)), expected, graph)
        truth = np.exp(log_risk)
        inside.append(np.mean((found.low <= truth) & (truth <= found.high)))
        above.append(np.mean(found.exceedance - (truth > 1)))
    # Areas of one map lean on each other: errors come from how maps differ.
    error = max(float(np.std(inside)), 0.02) / math.sqrt(runs)
    assert abs(float(np.mean(inside)) - 0.95) <= 4 * error
    assert abs(float(np.mean(above))) <= 4 * max(float(np.std(above)), 0.02) / math.sqrt(runs)
