"""Scans against a plain search of every window, and replications against their distribution."""

from __future__ import annotations

import math

import numpy as np
import pytest

from nhpf.methods import scan
from nhpf.methods.scan import checking, drawing
from nhpf.methods.scan.searching import Search, lay_out

Window = tuple[float, frozenset[int], int, int]


def ratio(cases: float, expected: float, total: float) -> float:
    if cases < 2 or cases <= expected or expected >= total:
        return 0.0
    outside = total - cases
    rest = outside * math.log(outside / (total - expected)) if outside else 0.0
    return cases * math.log(cases / expected) + rest


def all_windows(
    cases: np.ndarray,
    expected: np.ndarray,
    weight: np.ndarray,
    xy: np.ndarray,
    share: float,
    intervals: list[tuple[int, int]],
) -> list[Window]:
    """Search every circle and interval; areas at one distance enter together."""
    found = []
    for centre in xy:
        apart = np.round(np.hypot(*(xy - centre).T), 9)
        for radius in np.unique(apart):
            members = np.flatnonzero(apart <= radius)
            if weight[members].sum() > share * weight.sum():
                break
            for start, end in intervals:
                inside = cases[members, start:end].sum()
                mean = expected[members, start:end].sum()
                found.append((ratio(inside, mean, cases.sum()), frozenset(members), start, end))
    return found


def apart(windows: list[Window], most: int) -> list[Window]:
    taken: set[int] = set()
    chosen: list[Window] = []
    for window in sorted(windows, key=lambda each: -each[0]):
        if window[0] > 0 and not taken & window[1] and len(chosen) < most:
            chosen.append(window)
            taken |= window[1]
    return chosen


def a_map(areas: int, periods: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    population = rng.integers(50, 400, areas).astype(float)
    xy = rng.integers(0, 7, (areas, 2)).astype(float)
    means = np.outer(population, np.ones(periods)) * 3 / population.mean() / periods
    means[:4] *= 2.5
    return rng.poisson(means).astype(float), population, xy


def same(found: scan.Scan, plain: list[Window]) -> None:
    assert len(found.clusters) == len(plain)
    for ours, theirs in zip(found.clusters, plain, strict=True):
        assert ours.llr == pytest.approx(theirs[0], rel=1e-9)
        if [round(each[0], 9) for each in plain].count(round(theirs[0], 9)) == 1:
            assert set(ours.members.tolist()) == theirs[1]


@pytest.mark.parametrize("share", [0.5, 0.2])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_circles_on_a_grid_with_ties(seed: int, share: float) -> None:
    cases, population, xy = a_map(40, 1, seed)
    expected = population[:, None] * cases.sum() / population.sum()
    plain = apart(all_windows(cases, expected, population, xy, share, [(0, 1)]), 4)
    same(
        scan.spatial(cases[:, 0], population, xy, max_share=share, permutations=9, most=4, rng=1),
        plain,
    )


@pytest.mark.parametrize("prospective", [False, True])
@pytest.mark.parametrize("model", ["poisson", "permutation"])
def test_cylinders(model: str, prospective: bool) -> None:
    cases, population, xy = a_map(25, 6, 4)
    ends = [6] if prospective else list(range(1, 7))
    intervals = [(end - size, end) for end in ends for size in (1, 2, 3) if end >= size]
    if model == "poisson":
        expected = np.outer(population, np.ones(6)) * cases.sum() / population.sum() / 6
    else:
        expected = np.outer(cases.sum(axis=1), cases.sum(axis=0)) / cases.sum()
    plain = apart(all_windows(cases, expected, population, xy, 0.5, intervals), 3)
    found = scan.space_time(
        cases, population, xy,
        prospective=prospective, model=model, permutations=9, most=3, rng=1,
    )  # fmt: skip
    same(found, plain)
    first = found.clusters[0]
    assert (first.start, first.end) == (plain[0][2], plain[0][3] - 1)
    assert (first.recurrence is not None) == prospective


@pytest.mark.parametrize("model", ["poisson", "permutation"])
def test_maxima_of_replications_are_those_of_a_plain_search(model: str) -> None:
    """The lanes of the quick search see what a plain one sees in the same made-up maps."""
    cases, population, xy = a_map(150, 3, 5)
    ground = lay_out(xy, population, 0.3)
    means = np.outer(population, np.ones(3))[ground.order] * cases.sum() / population.sum() / 3
    if model == "permutation":
        means = np.outer(cases.sum(axis=1), cases.sum(axis=0))[ground.order] / cases.sum()
    intervals = [(0, 1), (1, 2), (2, 3), (0, 2), (1, 3)]
    starts, ends = np.array(intervals).T.copy()
    search = Search(ground, checking.summed(means), starts, ends, float(cases.sum()))
    kept = []
    rng = np.random.default_rng(1)
    draw = (
        drawing.dealt_anew(means, int(cases.sum()), rng)
        if model == "poisson"
        else drawing.shuffled(cases[ground.order].astype(np.int64), 0, rng)
    )

    def keep(replications: int, search: Search) -> np.ndarray:
        kept.append(draw(replications, search))
        return kept[-1].copy()

    maxima = search.maxima(keep, 5)
    drawn = [np.diff(kept[0][0, :, :, lane].astype(float), axis=1, prepend=0) for lane in range(5)]
    assert {each.sum() for each in drawn} == {cases.sum()}
    laid = np.column_stack([ground.x, ground.y])
    plain = [
        max(each[0] for each in all_windows(one, means, ground.weight, laid, 0.3, intervals))
        for one in drawn
    ]
    assert np.sort(maxima) == pytest.approx(np.sort(plain), rel=1e-9)


@pytest.mark.parametrize("cases", [30, 20_000])
def test_replications_are_multinomial(cases: int) -> None:
    """Few cases are dealt one by one, many by Poisson numbers: totals, means and variances hold."""
    rng = np.random.default_rng(3)
    shares = rng.dirichlet(np.ones(40))
    shares[7] = 0.0
    shares /= shares.sum()
    xy = rng.random((40, 2))
    ground = lay_out(xy, shares, 0.5)
    once = np.zeros(1, np.int64)
    search = Search(ground, checking.summed(shares[:, None] * cases), once, once + 1, float(cases))
    drawn = drawing.dealt_anew(shares[:, None] * cases, cases, rng)(4000, search)
    maps = np.moveaxis(drawn[:, :, 0], 1, 2).reshape(-1, 40)[:4000].astype(float)
    assert (maps.sum(axis=1) == cases).all()
    assert (maps[:, 7] == 0).all()
    variance = cases * shares * (1 - shares)
    assert (np.abs(maps.mean(axis=0) - cases * shares) <= 4.5 * np.sqrt(variance / 4000)).all()
    busy = variance > 1
    assert maps[:, busy].var(axis=0) == pytest.approx(variance[busy], rel=0.13)
    first, second = np.argsort(shares)[-2:]
    together = -cases * shares[first] * shares[second]
    assert np.cov(maps[:, first], maps[:, second])[0, 1] == pytest.approx(together, rel=0.35)


def test_power_is_the_share_of_maps_in_which_the_cluster_is_found() -> None:
    rng = np.random.default_rng(7)
    population, xy = rng.integers(50, 400, 30).astype(float), rng.random((30, 2))
    members = np.argsort(np.hypot(*(xy - 0.5).T))[:4]
    power = scan.power(80, population, xy, members=members, relative_risk=3.0, rng=1)
    risk = population.copy()
    risk[members] *= 3
    found = 0
    for _ in range(150):
        cases = rng.multinomial(80, risk / risk.sum())
        one = scan.spatial(cases, population, xy, permutations=99, most=1, rng=rng)
        found += bool(one.told_from_chance())
    spread = math.sqrt(power.estimate * (1 - power.estimate) * (1 / 150 + 1 / 999))
    assert abs(found / 150 - power.estimate) < 4 * spread
    assert power.low < power.estimate < power.high
    alone = scan.power(80, population, xy, members=members, relative_risk=1.0, rng=2)
    assert alone.low <= 0.06 <= alone.high + 0.02


def test_a_scan_prints_its_clusters_and_caveats() -> None:
    cases = [9, 8, 0, 1, 0, 1, 0, 0]
    xy = [[i, 0] for i in range(8)]
    found = scan.spatial(cases, [100] * 8, xy, permutations=999, rng=1)
    lines = str(found).splitlines()
    assert lines[0].startswith("1 cluster among 8 areas and 19 cases can be told from chance")
    assert "2 areas around area" in lines[1]
    assert "17.0 cases, 4.75 expected, which can be told from chance" in lines[1]
    assert sum(line.startswith("  Note: ") for line in lines) == 3
    assert found.critical() < found.clusters[0].llr
    in_time = scan.space_time(
        [[0, 9], [0, 8], *([[1, 0]] * 6)], [100] * 8, xy, prospective=True, rng=1
    )
    assert "in periods 1 to 1" in str(in_time)
    assert "chance alone shows one such in 1,000 periods" in str(in_time)


def test_all_cases_in_one_area_have_no_risk_outside() -> None:
    found = scan.spatial([5, 0, 0, 0], [1] * 4, [[0, 0], [1, 0], [2, 0], [3, 0]], rng=1)
    assert math.isinf(found.clusters[0].relative_risk)
    assert found.clusters[0].llr == pytest.approx(5 * math.log(4))
