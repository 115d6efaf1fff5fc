"""Neighbour graphs, and the adjustment for many tests."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array

from nhpf.errors import InvalidInput
from nhpf.numerics import graphs
from nhpf.numerics.multiplicity import false_discovery


def test_lists_of_neighbours_become_a_graph_with_islands() -> None:
    graph = graphs.from_neighbours([[1, 2], [0], [], [0]])
    assert graph.toarray().tolist() == [[0, 1, 1, 0], [1, 0, 0, 0], [0, 0, 0, 0], [1, 0, 0, 0]]
    assert graphs.degrees(graph).tolist() == [2, 1, 0, 1]
    assert graphs.row_standardised(graph).toarray()[0].tolist() == [0, 0.5, 0.5, 0]


def test_nearest_gives_each_point_its_own_number_even_on_one_spot() -> None:
    line = graphs.nearest([0, 1, 3, 7], [0, 0, 0, 0], neighbours=1)
    assert line.toarray().argmax(axis=1).tolist() == [1, 0, 1, 2]
    heap = graphs.nearest([5] * 6, [5] * 6, neighbours=2)
    assert graphs.degrees(heap).tolist() == [2] * 6
    assert heap.diagonal().sum() == 0


def test_within_joins_points_up_to_the_distance() -> None:
    graph = graphs.within([0, 3, 6.5], [0, 4, 4], distance=5)
    assert graph.toarray().tolist() == [[0, 1, 0], [1, 0, 1], [0, 1, 0]]


def test_self_and_zero_weights_are_left_out() -> None:
    graph = graphs.checked(csr_array(np.array([[2.0, 1], [0, 0]])), areas=2)
    assert graphs.without_self(graph).toarray().tolist() == [[0, 1], [0, 0]]


@pytest.mark.parametrize(
    "call",
    [
        lambda: graphs.from_neighbours([[1], [2]]),
        lambda: graphs.from_neighbours([[0]]),
        lambda: graphs.nearest([0, 1], [0, 1], neighbours=2),
        lambda: graphs.nearest([0, 1], [0], neighbours=1),
        lambda: graphs.within([0, 1], [0, 1], distance=0),
        lambda: graphs.checked(np.zeros((2, 2)), areas=2),
        lambda: graphs.checked(csr_array((2, 3)), areas=2),
        lambda: graphs.checked(csr_array(np.array([[0, -1.0], [1, 0]])), areas=2),
        lambda: graphs.checked(csr_array(np.array([[0, np.nan], [1, 0]])), areas=2),
    ],
)
def test_graphs_that_mean_nothing_are_refused(call: object) -> None:
    with pytest.raises(InvalidInput):
        call()  # type: ignore[operator]


def test_false_discovery_by_hand() -> None:
    """Benjamini and Hochberg: 0.01 * 4/1, 0.02 * 4/2, 0.03 * 4/3 and 0.5 * 4/4, then monotone."""
    found = false_discovery(np.array([0.5, 0.01, np.nan, 0.02, 0.03]))
    assert found == pytest.approx([0.5, 0.04, np.nan, 0.04, 0.04], nan_ok=True)


def test_false_discovery_agrees_with_scipy() -> None:
    from scipy.stats import false_discovery_control

    p = np.random.default_rng(1).random(200) ** 3
    assert false_discovery(p) == pytest.approx(false_discovery_control(p))
    assert np.isnan(false_discovery(np.array([np.nan]))).all()
