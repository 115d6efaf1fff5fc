"""Statistics of the packages that the benchmarks install: esda, scikit-learn, PyMARE, statsmodels.

Where the bench group is not installed (``requirements/bench.txt``) these say so and are left out;
the benchmarks themselves compare results as well.
"""

from __future__ import annotations

import warnings
from types import ModuleType

import numpy as np
import pytest

from nhpf.methods import (
    effect_sizes,
    evaluation,
    hot_spots,
    instruments,
    meta_analysis,
    near_repeat,
    rates,
)
from nhpf.numerics import graphs, multiplicity


def peer(name: str) -> ModuleType:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pytest.importorskip(name, reason=f"{name} comes with the bench group alone.")


@pytest.mark.filterwarnings("ignore")
def test_scores_of_esda() -> None:
    esda, weights = peer("esda"), peer("libpysal.weights")
    rng = np.random.default_rng(1)
    graph = graphs.nearest(*rng.random((2, 60)), neighbours=5)
    values = rng.gamma(2, 3, 60)
    theirs = weights.WSP(graph).to_W(silence_warnings=True)
    theirs.transform = "r"
    star = esda.G_Local(values, theirs, transform="B", star=True, permutations=0).Zs
    assert hot_spots.getis_ord(values, graph, permutations=9, rng=1).z == pytest.approx(star)
    local = esda.Moran_Local(values, theirs, permutations=0).Is * 60 / 59
    found = hot_spots.local_moran(values, graph, permutations=9, rng=1)
    assert found.statistic == pytest.approx(local)
    whole = esda.Moran(values, theirs, permutations=0)
    ours = hot_spots.moran(values, graph, permutations=9, rng=1)
    assert [ours.estimate, ours.z] == pytest.approx([whole.I, whole.z_rand])


@pytest.mark.filterwarnings("ignore")
def test_near_pairs_of_pointpats() -> None:
    knox = peer("pointpats").Knox
    rng = np.random.default_rng(2)
    places, times = rng.random((90, 2)), rng.integers(0, 60, 90).astype(float)
    theirs = knox(places, times[:, None], delta=0.1, tau=7, permutations=9).statistic_
    found = near_repeat.knox(
        *places.T, times, distances=[0.1], intervals=[7], permutations=9, rng=1
    )
    assert found.observed.tolist() == [[theirs]]


def test_area_score_and_curve_of_scikit_learn() -> None:
    metrics = peer("sklearn.metrics")
    rng = np.random.default_rng(3)
    chance = np.round(rng.random(300), 2)
    outcome, people = (rng.random(300) < chance).astype(int), rng.integers(1, 5, 300)
    weighted = {"sample_weight": people}
    found = instruments.auc(chance, outcome, weights=people)
    assert found.estimate == pytest.approx(metrics.roc_auc_score(outcome, chance, **weighted))
    fitted = instruments.calibration(chance, outcome, weights=people)
    assert fitted.brier == pytest.approx(metrics.brier_score_loss(outcome, chance, **weighted))
    flags = chance > 0.5
    values = instruments.predictive_values(flags, outcome, weights=people)
    precision = metrics.precision_score(outcome, flags, **weighted)
    assert values.positive.estimate == pytest.approx(precision)
    assert values.sensitivity.estimate == pytest.approx(
        metrics.recall_score(outcome, flags, **weighted)
    )


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("name", "options", "method", "tolerance"),
    [
        ("DerSimonianLaird", {}, "DL", 1e-10),
        ("Hedges", {}, "HE", 1e-10),
        ("VarianceBasedLikelihoodEstimator", {"method": "REML"}, "REML", 1e-4),
    ],
)
def test_variance_between_studies_of_pymare(
    name: str, options: dict[str, str], method: str, tolerance: float
) -> None:
    estimator = getattr(peer("pymare.estimators"), name)(**options)
    rng = np.random.default_rng(4)
    v = rng.uniform(0.02, 0.3, 12)
    y = rng.normal(0.3, np.sqrt(v + 0.4))
    theirs = estimator.fit(y[:, None], v[:, None], np.ones((12, 1))).params_
    found = meta_analysis.pool(y, v, method=method)
    assert found.tau2 == pytest.approx(float(np.ravel(theirs["tau2"])[0]), rel=tolerance)


@pytest.mark.parametrize("count", [0, 1, 3, 14, 600])
def test_limits_of_statsmodels(count: int) -> None:
    proportion, poisson = peer("statsmodels.stats.proportion"), peer("statsmodels.stats.rates")
    share = rates.proportion(count, 700)
    wilson = proportion.proportion_confint(count, 700, method="wilson")
    assert [share.low, share.high] == pytest.approx(wilson, abs=1e-12)
    exact = rates.rate(count, 2, per=1, method="exact")
    theirs = poisson.confint_poisson(count, 2, method="exact-c")
    assert [exact.low, exact.high] == pytest.approx(np.nan_to_num(theirs))


def test_false_discovery_of_statsmodels() -> None:
    p = np.random.default_rng(5).random(40) ** 2
    theirs = peer("statsmodels.stats.multitest").multipletests(p, method="fdr_bh")[1]
    assert multiplicity.false_discovery(p) == pytest.approx(theirs)


def test_pooled_tables_of_statsmodels() -> None:
    tables = peer("statsmodels.stats.contingency_tables").StratifiedTable
    rng = np.random.default_rng(6)
    events, people = rng.integers(1, 9, (2, 5)), np.full(5, 60)
    cells = [
        np.array([[a, 60 - a], [c, 60 - c]], dtype=float) for a, c in zip(*events, strict=True)
    ]
    theirs = tables(cells)
    found = meta_analysis.mantel_haenszel(events[0], people, events[1], people)
    assert found.estimate == pytest.approx(theirs.oddsratio_pooled)
    assert found.se == pytest.approx(theirs.logodds_pooled_se)
    assert [found.low, found.high] == pytest.approx(theirs.oddsratio_pooled_confint())


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("theirs", "method"), [("chi2", "DL"), ("iterated", "PM")])
def test_pooling_of_statsmodels(theirs: str, method: str) -> None:
    combine = peer("statsmodels.stats.meta_analysis").combine_effects
    rng = np.random.default_rng(4)
    v = rng.uniform(0.02, 0.3, 12)
    y = rng.normal(0.3, np.sqrt(v + 0.4))
    # Their iteration stops at a change of 1e-5.
    other = combine(y, v, method_re=theirs)
    found = meta_analysis.pool(y, v, method=method)
    assert found.tau2 == pytest.approx(other.tau2, rel=1e-4)
    assert found.estimate == pytest.approx(other.mean_effect_re, rel=1e-4)


def test_mean_difference_of_statsmodels() -> None:
    smd = peer("statsmodels.stats.meta_analysis").effectsize_smd
    theirs, _ = smd(103.0, 5.5, 50, 100.0, 4.5, 50)
    found = effect_sizes.standardised_mean_difference([103], [5.5], [50], [100], [4.5], [50])
    # They shrink by 1 - 3 / (4 n - 9), which comes within a thousandth of the exact factor.
    assert found.effects[0] == pytest.approx(theirs, rel=1e-3)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("lags", [0, 4])
def test_interrupted_series_of_statsmodels(lags: int) -> None:
    api = peer("statsmodels.api")
    rng, time = np.random.default_rng(8), np.arange(60)
    counts = rng.poisson(np.exp(2 + 0.01 * time - 0.4 * (time >= 30)))
    design = np.column_stack([np.ones(60), time, time >= 30]).astype(float)
    options = {"maxlags": lags, "use_correction": False}
    theirs = api.GLM(counts, design, family=api.families.Poisson()).fit(
        cov_type="HAC", cov_kwds=options, tol=1e-12
    )
    found = evaluation.interrupted_series(
        counts, start=30, family="poisson", change="level", lags=lags
    )
    level = found.terms.index("level")
    assert np.log(found.estimate) == pytest.approx(theirs.params[2], rel=1e-8)
    assert found.standard_errors[level] == pytest.approx(theirs.bse[2], rel=1e-6)
