"""Statistics computed a second way: by SciPy's own functions, or by an optimiser from scratch.

Closed forms to 1e-8 relative; what a general optimiser finds, to what its stopping rule leaves.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import optimize, spatial, stats

from nhpf.methods import (
    economics,
    evaluation,
    hot_spots,
    instruments,
    meta_analysis,
    near_repeat,
    rates,
    surveillance,
)
from nhpf.numerics import graphs, multiplicity

RNG_SEED = 2026


def near(expected: object, rel: float = 1e-8) -> object:
    return pytest.approx(expected, rel=rel, abs=1e-12)


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(RNG_SEED)


@pytest.mark.parametrize("count", [0, 1, 3, 14, 600])
def test_exact_poisson_limits_by_chi_square(count: int) -> None:
    found = rates.rate(count, 1, per=1, method="exact")
    low = stats.chi2.ppf(0.025, 2 * count) / 2 if count else 0.0
    assert [found.low, found.high] == near([low, stats.chi2.ppf(0.975, 2 * count + 2) / 2])


@pytest.mark.parametrize(("count", "total"), [(0, 9), (3, 40), (14, 15), (600, 600)])
def test_wilson_limits_by_binomtest(count: int, total: int) -> None:
    found = rates.proportion(count, total)
    theirs = stats.binomtest(count, total).proportion_ci(method="wilson")
    assert [found.low, found.high] == near([theirs.low, theirs.high])


def test_false_discovery(rng: np.random.Generator) -> None:
    p = rng.random(50) ** 2
    assert multiplicity.false_discovery(p) == near(stats.false_discovery_control(p))


def test_gini_is_half_the_relative_mean_difference(rng: np.random.Generator) -> None:
    counts = rng.poisson(3, 60)
    apart = np.abs(counts[:, None] - counts).mean()
    assert hot_spots.concentration(counts).gini == near(apart / 2 / counts.mean())


def test_local_and_global_scores_by_whole_matrices(rng: np.random.Generator) -> None:
    x, y = rng.random((2, 40))
    graph, values = graphs.nearest(x, y, neighbours=5), rng.poisson(4, 40).astype(float)
    dense, n = graph.toarray(), 40
    star, apart = dense + np.eye(n), values - values.mean()
    spread = np.sqrt((n * (star**2).sum(1) - star.sum(1) ** 2) / (n - 1)) * values.std()
    found = hot_spots.getis_ord(values, graph, permutations=9, rng=1)
    assert found.z == near((star @ values - values.mean() * star.sum(1)) / spread)
    rows = dense / dense.sum(1, keepdims=True)
    local = hot_spots.local_moran(values, graph, permutations=9, rng=1)
    assert local.statistic == near(apart * (rows @ apart) / values.var())
    whole = hot_spots.moran(values, graph, permutations=9, rng=1)
    assert whole.estimate == near(apart @ rows @ apart / (apart @ apart))


def test_kernel_density_by_gaussian_kde(rng: np.random.Generator) -> None:
    points = rng.normal(0, 1, (2, 200))
    theirs = stats.gaussian_kde(points)
    theirs.set_bandwidth(0.4)
    # SciPy scales the kernel by the covariance: points are turned so that theirs is round.
    turned = np.linalg.solve(np.linalg.cholesky(theirs.covariance), points)
    found = hot_spots.density(
        *turned, bandwidth=1, shape=(40, 40), bounds=(-9, -9, 9, 9), edge=False
    )
    at = np.array(np.meshgrid(found.x, found.y)).reshape(2, -1)
    shown = stats.gaussian_kde(turned)
    shown.set_bandwidth(0.4)
    inside = (np.abs(turned) < 9).all(axis=0)
    assert inside.all()
    direct = shown(at).reshape(40, 40) * 200
    kept = direct > 1e-2 * direct.max()
    assert np.abs(found.values[kept] / direct[kept] - 1).max() < 0.02


def test_near_pairs_by_all_distances(rng: np.random.Generator) -> None:
    places, times = rng.random((80, 2)), rng.random(80)
    found = near_repeat.knox(
        *places.T, times, distances=[0.1, 0.3], intervals=[0.2], permutations=9, rng=1
    )
    apart, later = spatial.distance.pdist(places), spatial.distance.pdist(times[:, None])
    bands = [(apart <= 0.1) & (later <= 0.2), (apart > 0.1) & (apart <= 0.3) & (later <= 0.2)]
    assert found.observed[:, 0].tolist() == [int(band.sum()) for band in bands]


def poisson_fit(design: np.ndarray, counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return coefficients of a log-linear Poisson model and their covariance, by BFGS."""

    def misfit(beta: np.ndarray) -> tuple[float, np.ndarray]:
        mean = np.exp(design @ beta)
        return float(mean.sum() - counts @ (design @ beta)), design.T @ (mean - counts)

    start = np.zeros(design.shape[1])
    start[0] = math.log(counts.mean())
    found = optimize.minimize(misfit, start, jac=True, method="BFGS", options={"gtol": 1e-9})
    mean = np.exp(design @ found.x)
    return found.x, np.linalg.inv(design.T @ (design * mean[:, None]))


def test_interrupted_series_by_maximum_likelihood(rng: np.random.Generator) -> None:
    time = np.arange(48)
    counts = rng.poisson(np.exp(2 + 0.01 * time - 0.4 * (time >= 24)))
    found = evaluation.interrupted_series(counts, start=24, family="poisson", change="level")
    design = np.column_stack([np.ones(48), time, time >= 24]).astype(float)
    beta, covariance = poisson_fit(design, counts)
    assert math.log(found.estimate) == near(beta[2], 1e-5)
    level = found.terms.index("level")
    assert found.standard_errors[level] == near(math.sqrt(covariance[2, 2]), 1e-5)


def test_event_study_by_maximum_likelihood(rng: np.random.Generator) -> None:
    treated, period = np.repeat([0, 1], 5), np.tile(np.arange(5) - 3, 2)
    counts = rng.poisson(60, 10)
    found = evaluation.event_study(counts, treated, period)
    times = (-3, -2, 0, 1)
    dummies = [(period == time).astype(float) for time in times]
    design = np.column_stack([np.ones(10), treated, *dummies, *(treated * d for d in dummies)])
    beta, _ = poisson_fit(design, counts)
    shown = [found.ratio[found.period == time][0] for time in times]
    assert shown == near(np.exp(beta[-4:]), 1e-5)


def test_mixture_of_donors_by_sequential_programming(rng: np.random.Generator) -> None:
    table = rng.normal(size=(7, 30)).cumsum(axis=1)
    found = evaluation.synthetic_control(table, 0, 20, placebos=False)
    donors, own = table[1:, :20], table[0, :20]
    theirs = optimize.minimize(
        lambda w: np.mean((own - w @ donors) ** 2),
        np.full(6, 1 / 6),
        bounds=[(0, 1)] * 6,
        constraints={"type": "eq", "fun": lambda w: w.sum() - 1},
        options={"ftol": 1e-14, "maxiter": 1000},
    )
    assert found.loss <= theirs.fun * (1 + 1e-9)
    assert found.weights[1:] == pytest.approx(theirs.x, abs=1e-4)


@pytest.fixture
def studies(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    v = rng.uniform(0.02, 0.3, 12)
    return rng.normal(0.3, np.sqrt(v + 0.4)), v


def test_restricted_likelihood_by_a_search(studies: tuple[np.ndarray, np.ndarray]) -> None:
    y, v = studies

    def misfit(tau2: float) -> float:
        w = 1 / (v + tau2)
        centre = (w * y).sum() / w.sum()
        return float((w * (y - centre) ** 2).sum() - np.log(w).sum() + np.log(w.sum()))

    theirs = optimize.minimize_scalar(misfit, bounds=(0, 5), options={"xatol": 1e-10})
    assert meta_analysis.pool(y, v).tau2 == near(theirs.x, 1e-4)


def test_paule_and_mandel_by_a_root(studies: tuple[np.ndarray, np.ndarray]) -> None:
    y, v = studies

    def beyond(tau2: float) -> float:
        w = 1 / (v + tau2)
        return float((w * (y - (w * y).sum() / w.sum()) ** 2).sum()) - (y.size - 1)

    theirs = optimize.brentq(beyond, 0, 10, xtol=1e-14)
    assert meta_analysis.pool(y, v, method="PM").tau2 == near(theirs, 1e-6)


def test_egger_by_linregress(studies: tuple[np.ndarray, np.ndarray]) -> None:
    y, v = studies
    line = stats.linregress(1 / np.sqrt(v), y / np.sqrt(v))
    found = meta_analysis.egger(y, v)
    assert [found.estimate, found.se] == near([line.intercept, line.intercept_stderr])


def test_area_by_mann_whitney_and_delong_by_placements(rng: np.random.Generator) -> None:
    cases, others = rng.integers(2, 9, 30), rng.integers(0, 7, 50)
    found = instruments.auc(np.r_[cases, others], np.repeat([1, 0], [30, 50]))
    assert found.estimate == near(stats.mannwhitneyu(cases, others).statistic / 1500)
    wins = (cases[:, None] > others) + 0.5 * (cases[:, None] == others)
    variance = wins.mean(1).var(ddof=1) / 30 + wins.mean(0).var(ddof=1) / 50
    assert found.variance == near(variance)


def test_calibration_line_by_maximum_likelihood(rng: np.random.Generator) -> None:
    chance = rng.uniform(0.05, 0.6, 400)
    outcome = (rng.random(400) < chance**1.3).astype(float)
    logit = np.log(chance / (1 - chance))

    def misfit(beta: np.ndarray) -> float:
        line = beta[0] + beta[1] * logit
        return float(np.logaddexp(0, line).sum() - outcome @ line)

    theirs = optimize.minimize(misfit, [0.0, 1.0], method="BFGS", options={"gtol": 1e-7}).x
    found = instruments.calibration(chance, outcome)
    assert [found.intercept.estimate, found.slope.estimate] == near(theirs, 1e-4)


def test_groups_unlike_by_chi_square(rng: np.random.Generator) -> None:
    flagged, group = rng.random(500) < 0.3, rng.integers(0, 4, 500)
    found = instruments.fairness(flagged, rng.random(500) < 0.2, group)
    table = np.array([np.bincount(group[flagged], minlength=4), np.bincount(group[~flagged])])
    theirs = stats.chi2_contingency(table, correction=False).pvalue
    assert found.p["flagged"] == near(theirs)


def test_gap_limits_by_the_geometric_distribution(rng: np.random.Generator) -> None:
    gaps = rng.geometric(0.08, 60) - 1
    found = surveillance.g_chart(gaps, alpha=0.01)
    # Unbiased chance of an event a day: n - 1 over n - 1 plus the days.
    chance = stats.geom(59 / (59 + gaps.sum()), loc=-1)
    assert found.high == chance.isf(0.005)


def test_present_value_is_a_polynomial_in_the_factor(rng: np.random.Generator) -> None:
    amounts = rng.normal(0, 1e6, 31)
    found = economics.present_value(amounts).value
    assert found == near(np.polynomial.polynomial.polyval(1 / 1.035, amounts))
