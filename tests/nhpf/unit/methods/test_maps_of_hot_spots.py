"""Gi*, local and global Moran, density and stability: what they say and what they refuse."""

from __future__ import annotations

import numpy as np
import pytest

from nhpf.methods import hot_spots
from nhpf.numerics import graphs

SIDE = 12
ACROSS, UP = (axis.ravel().astype(float) for axis in np.meshgrid(range(SIDE), range(SIDE)))
GRID = graphs.within(ACROSS, UP, distance=1.5)
CLUSTER = (ACROSS < 4) & (UP < 4)


def counts_with_a_cluster() -> np.ndarray:
    return np.random.default_rng(8).poisson(np.where(CLUSTER, 12, 3)).astype(float)


@pytest.mark.parametrize("star", [True, False])
def test_getis_ord_finds_the_cluster_and_little_else(star: bool) -> None:
    found = hot_spots.getis_ord(counts_with_a_cluster(), GRID, star=star, permutations=4999, rng=1)
    told = found.unusual()
    assert told[CLUSTER].sum() >= 12
    near = graphs.row_standardised(GRID) @ CLUSTER.astype(float) > 0
    assert told[~near & ~CLUSTER].sum() == 0
    assert all(found.kind[area] == "high" for area in np.flatnonzero(told & CLUSTER))
    assert "can be told from chance" in str(found)


def test_local_moran_names_the_kind_of_neighbourhood() -> None:
    values = counts_with_a_cluster()
    lone = 9 * SIDE + 9
    values[lone] = 40
    found = hot_spots.local_moran(values, GRID, permutations=999, rng=1)
    assert found.kind[SIDE + 1] == "high among high"
    assert found.kind[lone] == "high among low"
    assert found.statistic[lone] < 0


def test_an_area_at_the_mean_is_never_unusual() -> None:
    ring = graphs.from_neighbours([[4, 1], [0, 2], [1, 3], [2, 4], [3, 0]])
    found = hot_spots.local_moran([0.1, 0.3, 0.2, 0.3, 0.1], ring, permutations=99, rng=1)
    assert (found.statistic[2], found.z[2], found.p[2]) == (0, 0, 1)


def test_too_few_permutations_for_a_single_find_is_said() -> None:
    found = hot_spots.getis_ord(counts_with_a_cluster(), GRID, permutations=199, rng=1)
    assert any("nothing is found unless at least 29 areas" in text for text in found.caveats)


def test_islands_have_no_result() -> None:
    graph = graphs.from_neighbours([[1], [0, 2], [1], [], [2]])
    found = hot_spots.getis_ord([1, 5, 2, 9, 4], graph, permutations=99, rng=1)
    assert np.isnan([found.z[3], found.p[3], found.p_adjusted[3]]).all()
    assert found.kind[3] == "no neighbour"
    assert not found.unusual()[3]
    assert np.isfinite(np.delete(found.p, 3)).all()
    assert any("1 of 5 areas" in text for text in found.caveats)


def test_moran_of_a_chessboard_is_minus_one() -> None:
    rook = graphs.within(ACROSS, UP, distance=1)
    board = (ACROSS + UP) % 2
    found = hot_spots.moran(board, rook, permutations=199, rng=1)
    assert found.estimate == pytest.approx(-1)
    assert found.p == 0.01
    assert found.chance_low < found.expected < found.chance_high
    assert "can be told from chance" in str(found)


def test_moran_of_noise_cannot_be_told_from_chance() -> None:
    noise = np.random.default_rng(2).normal(size=SIDE**2)
    assert "cannot be told" in str(hot_spots.moran(noise, GRID, permutations=199, rng=1))


def test_density_of_one_point_is_the_kernel_and_its_edge_correction() -> None:
    plain = hot_spots.density(
        [0.0], [0.0], bandwidth=1, shape=(9, 9), bounds=(-4.5, -4.5, 4.5, 4.5), edge=False
    )
    assert plain.values[4, 4] == pytest.approx(1 / (2 * np.pi), rel=0.01)
    assert plain.values[4, 6] == pytest.approx(np.exp(-2) / (2 * np.pi), rel=0.01)
    corner = hot_spots.density([0, 9], [0, 9], bandwidth=1, shape=(9, 9), bounds=(0, 0, 9, 9))
    assert (
        corner.values[0, 0]
        > hot_spots.density(
            [0, 9], [0, 9], bandwidth=1, shape=(9, 9), bounds=(0, 0, 9, 9), edge=False
        ).values[0, 0]
    )


def test_density_keeps_the_number_of_events_and_counts_those_outside() -> None:
    rng = np.random.default_rng(5)
    found = hot_spots.density(
        [*rng.normal(50, 5, 400), 200.0],
        [*rng.normal(50, 5, 400), 50.0],
        bandwidth=3,
        shape=(80, 100),
        bounds=(0, 0, 100, 100),
        edge=False,
    )
    cell = (found.x[1] - found.x[0]) * (found.y[1] - found.y[0])
    assert found.values.sum() * cell == pytest.approx(400, rel=0.002)
    assert (found.events, found.outside) == (400, 1)
    assert "1 events lie outside" in str(found)


def test_stability_of_fixed_places_is_what_fixed_risk_gives() -> None:
    rng = np.random.default_rng(6)
    risk = rng.gamma(0.5, 20, 200)
    found = hot_spots.stability(rng.poisson(risk[:, None], (200, 6)), rng=1)
    assert found.fixed_low - 0.03 <= found.estimate <= found.fixed_high + 0.03
    assert found.p > 0.02
    assert found.kept.shape == (5,)
    assert "no more than chance" in str(found)


def test_stability_notices_places_that_move() -> None:
    rng = np.random.default_rng(7)
    table = np.column_stack([rng.poisson(rng.gamma(0.5, 20, 200)) for _ in range(5)])
    found = hot_spots.stability(table, rng=1)
    assert found.estimate < found.fixed_low
    assert found.p == 1 / 200
    assert "more than small counts explain" in str(found)


def test_stability_averages_over_ties() -> None:
    """Two of three places tie for one seat: each holds half of it, then one holds it alone."""
    found = hot_spots.stability([[2, 9], [2, 0], [0, 0]], share=0.34, permutations=9, rng=1)
    assert found.kept.tolist() == [0.5]
