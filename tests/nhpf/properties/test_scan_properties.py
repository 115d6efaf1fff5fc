"""What must not change a scan: the order of the areas, the units, the place of the map."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhpf.methods import scan

SEEDS = st.integers(0, 10_000)
FEW = settings(max_examples=15, deadline=None)


def a_map(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    population = rng.integers(1, 500, 24).astype(float)
    return rng.poisson(population * 0.01) + (np.arange(24) < 2), population, rng.random((24, 2))


def scanned(cases: object, population: object, xy: object) -> scan.Scan:
    return scan.spatial(cases, population, xy, permutations=19, most=3, rng=5)


@FEW
@given(seed=SEEDS)
def test_the_order_of_areas_does_not_matter(seed: int) -> None:
    """Even the p-values stay: replications are drawn in an order of their own."""
    cases, population, xy = a_map(seed)
    order = np.random.default_rng(seed + 1).permutation(24)
    plain = scanned(cases, population, xy)
    mixed = scanned(cases[order], population[order], xy[order])
    assert np.sort(plain.maxima) == pytest.approx(np.sort(mixed.maxima))
    for one, other in zip(plain.clusters, mixed.clusters, strict=True):
        assert set(one.members.tolist()) == set(order[other.members].tolist())
        assert (one.llr, one.p) == pytest.approx((other.llr, other.p))


@FEW
@given(seed=SEEDS, unit=st.floats(1e-3, 1e6), people=st.floats(1e-2, 1e3))
def test_units_of_distance_and_population_do_not_matter(
    seed: int, unit: float, people: float
) -> None:
    cases, population, xy = a_map(seed)
    plain, other = scanned(cases, population, xy), scanned(cases, population * people, xy * unit)
    for one, two in zip(plain.clusters, other.clusters, strict=True):
        assert set(one.members.tolist()) == set(two.members.tolist())
        assert two.llr == pytest.approx(one.llr)
        assert two.radius == pytest.approx(one.radius * unit)


@FEW
@given(seed=SEEDS)
def test_a_wider_search_never_finds_less(seed: int) -> None:
    cases, population, xy = a_map(seed)
    options = {"permutations": 9, "most": 1, "rng": 1}
    ratios = []
    for share in (0.35, 0.5):
        found = scan.spatial(cases, population, xy, max_share=share, **options)
        ratios.append(found.clusters[0].llr if found.clusters else 0.0)
    assert ratios[0] <= ratios[1] + 1e-12


@FEW
@given(seed=SEEDS)
def test_more_cases_in_the_likeliest_cluster_make_it_likelier(seed: int) -> None:
    cases, population, xy = a_map(seed)
    first = scanned(cases, population, xy).clusters
    if first:
        more = cases.copy()
        more[first[0].members[0]] += 5
        assert scanned(more, population, xy).clusters[0].llr > first[0].llr


@FEW
@given(seed=SEEDS)
def test_clusters_share_no_area_and_inputs_stay(seed: int) -> None:
    cases, population, xy = a_map(seed)
    kept = cases.copy(), population.copy(), xy.copy()
    found = scan.spatial(cases, population, xy, permutations=9, rng=1)
    members = [area for cluster in found.clusters for area in cluster.members.tolist()]
    assert len(members) == len(set(members))
    assert all(0 < cluster.p <= 1 and cluster.relative_risk > 1 for cluster in found.clusters)
    assert [cluster.llr for cluster in found.clusters] == sorted(
        (cluster.llr for cluster in found.clusters), reverse=True
    )
    for before, after in zip(kept, (cases, population, xy), strict=True):
        assert (before == after).all()


def test_false_alarms_come_at_their_rate(length: int) -> None:
    """One map without a cluster in twenty gives an alarm, within three standard errors."""
    rng, maps = np.random.default_rng(6), 160 * length
    population = rng.integers(50, 400, 30).astype(float)
    xy, shares = rng.random((30, 2)), population / population.sum()
    alarms = 0
    for _ in range(maps):
        cases = rng.multinomial(60, shares)
        one = scan.spatial(cases, population, xy, permutations=99, most=1, rng=rng)
        alarms += bool(one.told_from_chance())
    assert abs(alarms / maps - 0.05) <= 3 * math.sqrt(0.05 * 0.95 / maps)


@pytest.mark.parametrize("model", ["poisson", "permutation"])
def test_prospective_false_alarms_come_at_their_rate(model: str, length: int) -> None:
    """Maps of 20 areas over six periods; a test of few cases may raise fewer alarms, never more."""
    rng, maps = np.random.default_rng(9), 60 * length
    population, xy = rng.integers(50, 400, 20).astype(float), rng.random((20, 2))
    shares = np.repeat(population / population.sum() / 6, 6)
    alarms = 0
    for _ in range(maps):
        cases = rng.multinomial(90, shares).reshape(20, 6)
        one = scan.space_time(
            cases, population, xy, prospective=True, model=model, permutations=99, most=1, rng=rng
        )
        alarms += bool(one.told_from_chance())
    error = 3 * math.sqrt(0.05 * 0.95 / maps)
    assert 0.02 - error <= alarms / maps <= 0.05 + error
