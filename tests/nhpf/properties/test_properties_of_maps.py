"""What must hold of local statistics, Knox's test, density and stability whatever the numbers."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhpf.methods import hot_spots
from nhpf.methods.near_repeat import knox
from nhpf.numerics import graphs

SEEDS = st.integers(0, 10_000)


def random_map(seed: int) -> tuple[np.random.Generator, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return rng, rng.random((2, 40)), rng.poisson(4, 40).astype(float)


@given(SEEDS, st.floats(0.1, 50), st.floats(-20, 20))
@settings(deadline=None, max_examples=40)
def test_scores_do_not_depend_on_units_or_on_the_order_of_areas(
    seed: int, scale: float, shift: float
) -> None:
    rng, (x, y), values = random_map(seed)
    order = rng.permutation(values.size)
    graph = graphs.nearest(x, y, neighbours=4)
    mixed = graphs.nearest(x[order], y[order], neighbours=4)
    for method in (hot_spots.getis_ord, hot_spots.local_moran):
        one = method(values, graph, permutations=9, rng=1)
        other = method(values[order] * scale + shift, mixed, permutations=9, rng=1)
        assert other.z == pytest.approx(one.z[order], rel=1e-6, abs=1e-6)
        clear = np.abs(other.statistic) > 1e-6
        assert (np.array(other.kind) == np.array(one.kind)[order])[clear].all()


@given(SEEDS)
@settings(deadline=None, max_examples=25)
def test_moran_is_the_mean_of_the_local_coefficients(seed: int) -> None:
    """With rows that sum to 1 the mean of the local coefficients is the global one."""
    _, (x, y), values = random_map(seed)
    graph = graphs.nearest(x, y, neighbours=4)
    overall = hot_spots.moran(values, graph, permutations=9, rng=1)
    local = hot_spots.local_moran(values, graph, permutations=9, rng=1)
    assert local.statistic.mean() == pytest.approx(overall.estimate)


@given(SEEDS, st.floats(0.5, 20), st.floats(-1e4, 1e4))
@settings(deadline=None, max_examples=25)
def test_near_repeats_do_not_depend_on_origin_units_or_order(
    seed: int, scale: float, shift: float
) -> None:
    rng, (x, y), _ = random_map(seed)
    t = rng.integers(0, 50, x.size)
    order = rng.permutation(x.size)
    one = knox(x, y, t, distances=[0.1, 0.3], intervals=[3, 9], permutations=1, rng=1)
    other = knox(
        x[order] * scale + shift,
        y[order] * scale,
        50 - t[order],
        distances=[0.1 * scale, 0.3 * scale],
        intervals=[3, 9],
        permutations=1,
        rng=1,
    )
    assert (one.observed == other.observed).all()
    assert one.expected == pytest.approx(other.expected)


@given(SEEDS, st.floats(-500, 500))
@settings(deadline=None, max_examples=25)
def test_density_moves_with_its_points_and_adds_up(seed: int, shift: float) -> None:
    _, (x, y), _ = random_map(seed)
    options = {"bandwidth": 0.2, "shape": (8, 10), "edge": False}
    whole = hot_spots.density(x, y, bounds=(0, 0, 1, 1), **options)
    moved = hot_spots.density(x + shift, y, bounds=(shift, 0, 1 + shift, 1), **options)
    parts = [
        hot_spots.density(x[part], y[part], bounds=(0, 0, 1, 1), **options).values
        for part in (slice(0, 15), slice(15, None))
    ]
    assert moved.values == pytest.approx(whole.values, rel=1e-6)
    assert parts[0] + parts[1] == pytest.approx(whole.values)
    assert (whole.values >= 0).all()


@given(SEEDS)
@settings(deadline=None, max_examples=25)
def test_stability_does_not_depend_on_the_order_of_places(seed: int) -> None:
    rng = np.random.default_rng(seed)
    table = rng.poisson(2, (30, 4)) + 1
    one = hot_spots.stability(table, permutations=9, rng=1)
    other = hot_spots.stability(table[rng.permutation(30)], permutations=9, rng=1)
    assert other.kept == pytest.approx(one.kept)
    assert ((one.kept >= 0) & (one.kept <= 1 + 1e-12)).all()


def test_one_area_in_twenty_falls_below_five_per_cent_on_a_map_of_noise(length: int) -> None:
    """Maps of 200 areas; at most 5% plus three errors, and few maps after adjustment."""
    rng, maps = np.random.default_rng(12), 20 * length
    below = found = 0
    for _ in range(maps):
        x, y = rng.random((2, 200))
        graph = graphs.nearest(x, y, neighbours=6)
        result = hot_spots.getis_ord(rng.gamma(2, 1, 200), graph, permutations=999, rng=rng)
        below += int((result.p <= 0.05).sum())
        found += int(result.unusual().any())
    # Neighbouring areas are judged together, so that a map counts for some forty of them.
    assert 0.02 <= below / (200 * maps) <= 0.05 + 3 * math.sqrt(0.05 * 0.95 / (40 * maps))
    assert found / maps <= 0.05 + 3 * math.sqrt(0.05 * 0.95 / maps)


def test_a_map_of_noise_is_called_clustered_one_time_in_twenty(length: int) -> None:
    rng, maps = np.random.default_rng(14), 100 * length
    called = 0
    for _ in range(maps):
        x, y = rng.random((2, 60))
        graph = graphs.nearest(x, y, neighbours=5)
        called += hot_spots.moran(rng.gamma(2, 1, 60), graph, permutations=99, rng=rng).p <= 0.05
    assert abs(called / maps - 0.05) <= 3 * math.sqrt(0.05 * 0.95 / maps) + 0.01


def test_events_without_near_repeats_are_called_so_one_time_in_twenty(length: int) -> None:
    rng, runs = np.random.default_rng(13), 120 * length
    called = 0
    for _ in range(runs):
        x, y, t = rng.random((3, 60))
        found = knox(x, y, t, distances=[0.15], intervals=[0.1], permutations=99, rng=rng)
        called += int(found.p[0, 0] <= 0.05)
    assert called / runs <= 0.05 + 3 * math.sqrt(0.05 * 0.95 / runs)


def test_hot_spots_that_do_not_last_are_called_lasting_one_time_in_twenty(length: int) -> None:
    rng, runs = np.random.default_rng(15), 100 * length
    called = 0
    for _ in range(runs):
        table = rng.poisson(3, (40, 3)) + rng.integers(0, 2, (40, 3))
        called += hot_spots.stability(table, permutations=99, rng=rng).p <= 0.05
    assert called / runs <= 0.05 + 3 * math.sqrt(0.05 * 0.95 / runs)
