"""Statistics of the packages that the benchmarks install beside ours: esda, scikit-learn, PyMARE.

Where the bench group is not installed (``requirements/bench.txt``) these say so and are left out;
the benchmarks themselves compare results as well.
"""

from __future__ import annotations

import warnings
from types import ModuleType

import numpy as np
import pytest

from nhpf.methods import hot_spots, instruments, meta_analysis, near_repeat
from nhpf.numerics import graphs


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
