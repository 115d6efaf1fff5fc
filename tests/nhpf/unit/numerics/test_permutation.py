"""Conditional permutation by lookup against drawing and adding up for each area alone."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from scipy.sparse import csr_array

from nhpf.errors import CannotTell
from nhpf.numerics import graphs, permutation


def exact_tails(values: np.ndarray, weights: np.ndarray, area: int) -> tuple[float, float]:
    """Return the shares of all sets of neighbours that sum to as much, and to as little."""
    near = np.flatnonzero(weights[area])
    others = np.delete(np.arange(values.size), area)
    sums = np.array([values[list(chosen)].sum() for chosen in combinations(others, near.size)])
    seen = values[near].sum()
    return (sums >= seen - 1e-9).mean(), (sums <= seen + 1e-9).mean()


def test_tails_are_those_of_all_possible_sets_of_neighbours() -> None:
    """Twelve areas with one to four neighbours; four standard errors of 20,000 draws."""
    rng = np.random.default_rng(3)
    values = rng.poisson(3, 12).astype(float)
    lists = [rng.choice(np.delete(np.arange(12), i), 1 + i % 4, replace=False) for i in range(12)]
    graph = graphs.from_neighbours([list(map(int, near)) for near in lists])
    high, low = permutation.compare_neighbour_sums(values, graph, permutations=20_000, rng=5)
    for area in range(12):
        for found, exact in zip(
            (high[area], low[area]), exact_tails(values, graph.toarray(), area), strict=True
        ):
            error = 4 * np.sqrt(exact * (1 - exact) / 20_000) + 1e-12
            assert abs(found / 20_000 - exact) <= error


def test_unlike_weights_give_what_like_ones_do_when_they_are_nearly_alike() -> None:
    rng = np.random.default_rng(4)
    values = rng.normal(size=60)
    graph = graphs.nearest(*rng.random((2, 60)), neighbours=5)
    nudged = csr_array(
        (graph.data * (1 + 1e-9 * np.arange(graph.nnz)), graph.indices, graph.indptr)
    )
    plain = permutation.compare_neighbour_sums(values, graph, permutations=999, rng=6)
    product = permutation.compare_neighbour_sums(values, nudged, permutations=999, rng=6)
    assert np.abs(plain[0] - product[0]).max() <= 1
    assert np.abs(plain[1] - product[1]).max() <= 1


def test_draws_never_repeat_an_area_and_reach_all() -> None:
    for n, size in ((200, 5), (6, 5)):
        drawn = permutation._draws(n, size, 500, np.random.default_rng(1))
        assert drawn.shape == (500, size)
        assert all(len(set(row)) == size for row in drawn.tolist())
        assert set(drawn.ravel().tolist()) == set(range(n))


def test_same_seed_same_answer_and_a_generator_is_used_as_given() -> None:
    values = np.arange(10.0)
    graph = graphs.nearest(values, values, neighbours=2)
    one = permutation.compare_neighbour_sums(values, graph, permutations=99, rng=1)
    same = permutation.compare_neighbour_sums(
        values, graph, permutations=99, rng=np.random.default_rng(1)
    )
    assert (one[0] == same[0]).all()


def test_an_area_that_neighbours_all_others_cannot_be_permuted() -> None:
    graph = graphs.from_neighbours([[1, 2, 3], [0], [0], [0]])
    with pytest.raises(CannotTell, match="neighbours all others"):
        permutation.compare_neighbour_sums(np.arange(4.0), graph, permutations=9, rng=1)


def test_two_sided_p_is_twice_the_smaller_tail_and_at_most_one() -> None:
    p = permutation.two_sided(np.array([0, 9, 60]), np.array([99, 90, 60]), permutations=99)
    assert p.tolist() == [0.02, 0.2, 1.0]
