"""Synthesis against metafor 3.8 and clubSandwich 0.5.8.

Source: ``data/metafor_bcg.json`` (dat.bcg, log risk ratios) and
``data/metafor_multilevel_rve.json`` (dat.konstantopoulos2011). Closed forms agree to 1e-8
relative, iterative fits to 1e-6. metafor stops its restricted likelihood for meta-regression and
for leaving one out at a change of 1e-5, and its Q-profile limits at 1e-4: those agree to what the
stopping rule leaves, and are held exactly to the equations they solve.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nhpf.methods import effect_sizes, meta_analysis

FOLDER = Path(__file__).parent / "data"
BCG: dict[str, Any] = json.loads((FOLDER / "metafor_bcg.json").read_text("utf-8"))
SCHOOLS: dict[str, Any] = json.loads((FOLDER / "metafor_multilevel_rve.json").read_text("utf-8"))[
    "konstantopoulos2011"
]
Y, V = np.array(BCG["yi"]), np.array(BCG["vi"])
EVENTS_1, EVENTS_2 = np.array(BCG["data"]["tpos"]), np.array(BCG["data"]["cpos"])
N_1, N_2 = EVENTS_1 + BCG["data"]["tneg"], EVENTS_2 + BCG["data"]["cneg"]
ITERATIVE = {"ML", "REML", "EB", "PM"}


def near(expected: Any, rel: float = 1e-8) -> Any:
    return pytest.approx(expected, rel=rel, abs=1e-14)


@pytest.mark.parametrize("hartung_knapp", [False, True])
@pytest.mark.parametrize("method", list(meta_analysis.METHOD_NAMES))
def test_every_estimator_pools_as_metafor_does(method: str, hartung_knapp: bool) -> None:
    theirs = BCG["methods"][f"{method}_{'knha' if hartung_knapp else 'z'}"]
    found = meta_analysis.pool(Y, V, method=method, hartung_knapp=hartung_knapp)
    rel = 1e-6 if method in ITERATIVE else 1e-8
    pairs = {
        "b": found.estimate,
        "se": found.se,
        "pval": found.p,
        "ci.lb": found.low,
        "ci.ub": found.high,
        "tau2": found.tau2,
        "I2": 100 * found.i2,
        "H2": found.h2,
        "QE": found.q,
        "QEp": found.q_p,
    }
    assert list(pairs.values()) == near([theirs[name] for name in pairs], rel)
    if method == "EE":
        assert found.prediction_low is found.prediction_high is None
    else:
        limits = [theirs["predict"]["pi.lb"], theirs["predict"]["pi.ub"]]
        assert [found.prediction_low, found.prediction_high] == near(limits, rel)


def test_q_profile_limits_solve_their_equation_and_agree_with_metafor() -> None:
    from scipy.special import chdtri

    found = meta_analysis.pool(Y, V)
    tau2, _, i2, _ = BCG["qprofile_REML"]["random"]
    assert [found.tau2_low, found.tau2_high] == near(tau2[1:], 3e-4)
    assert [100 * found.i2_low, 100 * found.i2_high] == near(i2[1:], 3e-4)
    for limit, tail in ((found.tau2_low, 0.025), (found.tau2_high, 0.975)):
        weights = 1 / (V + limit)
        centre = (weights * Y).sum() / weights.sum()
        assert (weights * (Y - centre) ** 2).sum() == near(chdtri(12, tail), 1e-9)


@pytest.mark.parametrize("measure", ["OR", "RR", "RD"])
def test_mantel_haenszel(measure: str) -> None:
    theirs = BCG["mh"][measure]
    found = meta_analysis.mantel_haenszel(EVENTS_1, N_1, EVENTS_2, N_2, measure=measure)
    scale = (lambda value: value) if measure == "RD" else math.log
    ours = [scale(found.estimate), found.se, scale(found.low), scale(found.high), found.q]
    assert ours == near([theirs[name] for name in ("b", "se", "ci.lb", "ci.ub", "QE")])


def test_egger() -> None:
    found, theirs = meta_analysis.egger(Y, V), BCG["egger"]["lm"]
    ours = [found.statistic, found.p, found.df, found.largest.estimate]
    assert ours == near([theirs[name] for name in ("zval", "pval", "dfs", "est")])
    mixed = meta_analysis.regress(Y, V, np.sqrt(V)).coefficients[1]
    assert mixed.statistic == near(BCG["egger"]["rma_REML"]["zval"], 1e-6)


@pytest.mark.parametrize("estimator", ["L0", "R0", "Q0"])
def test_trim_and_fill(estimator: str) -> None:
    theirs = BCG["trimfill"][estimator]
    found = meta_analysis.trim_and_fill(Y, V, estimator=estimator, method="DL")
    assert (found.missing, found.side) == (theirs["k0"], theirs["side"])
    assert list(found.filled_effects) == near(theirs["filled_yi"])
    assert list(found.filled_variances) == near(theirs["filled_vi"])
    fit = theirs["fit"]
    ours = [found.estimate, found.low, found.high, found.filled.tau2]
    assert ours == near([fit[name] for name in ("b", "ci.lb", "ci.ub", "tau2")])


def test_leaving_one_out_and_its_diagnostics() -> None:
    found = meta_analysis.influence(Y, V)
    out, inf = BCG["leave1out"], BCG["influence"]
    pairs = [
        (found.without.estimate, out["estimate"]),
        (found.without.se, out["se"]),
        (found.without.p, out["pval"]),
        (found.without.tau2, out["tau2"]),
        (found.without.low, out["ci.lb"]),
        (100 * found.without.i2, out["I2"]),
        (found.residual, inf["rstudent"]),
        (found.cook, inf["cook.d"]),
        (found.dffits, inf["dffits"]),
        (found.covariance_ratio, inf["cov.r"]),
    ]
    for ours, theirs in pairs:
        assert list(ours) == near(theirs, 1e-5)
    assert list(found.hat) == near(inf["hat"], 1e-6)
    assert list(found.without.q) == near(out["Q"])
    assert not found.influential.any()


@pytest.mark.parametrize(
    ("name", "columns", "hartung_knapp"),
    [("metareg_ablat_year", ["ablat", "year"], False), ("metareg_ablat_knha", ["ablat"], True)],
)
def test_meta_regression(name: str, columns: list[str], hartung_knapp: bool) -> None:
    theirs = BCG[name]
    moderators = np.column_stack([BCG["data"][column] for column in columns])
    found = meta_analysis.regress(Y, V, moderators, names=columns, hartung_knapp=hartung_knapp)
    assert found.coefficient("ablat") is found.coefficients[1]
    assert [found.q, found.q_p] == near([theirs["QE"], theirs["QEp"]])
    for field, key in (("estimate", "b"), ("se", "se"), ("p", "pval"), ("low", "ci.lb")):
        assert [getattr(one, field) for one in found.coefficients] == near(theirs[key], 2e-4)
    assert found.r2 is not None
    ours = [found.tau2, 100 * found.i2, found.h2, 100 * found.r2, found.test, found.test_p]
    keys = ("tau2", "I2", "H2", "R2", "QM", "QMp")
    assert ours == near([theirs[key] for key in keys], 2e-4)
    _assert_at_the_top(np.column_stack([np.ones(Y.size), moderators]), found.tau2, theirs["tau2"])


def _assert_at_the_top(design: np.ndarray[Any, Any], ours: float, theirs: float) -> None:
    """The slope of the restricted likelihood, by whole matrices, is zero at ours."""

    def slope(tau2: float) -> float:
        w = np.diag(1 / (V + tau2))
        middle = w @ design @ np.linalg.solve(design.T @ w @ design, design.T @ w)
        p = w - middle
        return float(Y @ p @ p @ Y - np.trace(p))

    assert abs(slope(ours)) < 1e-3 * abs(slope(theirs))


def test_three_levels() -> None:
    data = SCHOOLS["data"]
    found = meta_analysis.three_level(data["yi"], data["vi"], cluster=data["district"])
    assert [found.between, found.within] == near(SCHOOLS["sigma2"], 1e-6)
    ours = [found.estimate, found.se, found.low, found.high, found.log_likelihood]
    theirs = [SCHOOLS["b"], SCHOOLS["se"], *SCHOOLS["ci"], SCHOOLS["logLik"]]
    assert ours == near(theirs, 1e-6)
    assert found.q == near(SCHOOLS["QE"])
    predicted = SCHOOLS["predict"]
    limits = [predicted["pi.lb"], predicted["pi.ub"]]
    assert [found.prediction_low, found.prediction_high] == near(limits, 1e-6)
    between, within = (rows[0] for rows in SCHOOLS["profile_ci"])
    # metafor finds these by uniroot at its default tolerance.
    assert [found.between_low, found.between_high] == near(between[1:], 6e-4)
    assert [found.within_low, found.within_high] == near(within[1:], 6e-4)


@pytest.mark.parametrize("correction", ["CR1", "CR2"])
def test_robust_standard_errors(correction: str) -> None:
    data, theirs = SCHOOLS["data"], SCHOOLS[f"robust_{correction}"]
    found = meta_analysis.robust(
        data["yi"], data["vi"], cluster=data["district"], correction=correction
    ).pooled
    ours = [found.se, found.statistic, found.p, found.df]
    assert ours == near([theirs[name] for name in ("se", "zval", "pval", "dfs")], 1e-6)


def test_no_correction_is_the_first_without_its_factor() -> None:
    data = SCHOOLS["data"]
    plain, scaled = (
        meta_analysis.robust(
            data["yi"], data["vi"], cluster=data["district"], correction=name
        ).pooled
        for name in ("CR0", "CR1")
    )
    assert plain.se * math.sqrt(11 / 10) == near(scaled.se)


@pytest.mark.parametrize(
    ("measure", "function"),
    [
        ("OR", effect_sizes.log_odds_ratio),
        ("RR", effect_sizes.log_risk_ratio),
        ("RD", effect_sizes.risk_difference),
    ],
)
def test_effects_of_tables(measure: str, function: Any) -> None:
    found, theirs = function(EVENTS_1, N_1, EVENTS_2, N_2), BCG["escalc"][measure]
    assert list(found.effects) == near(theirs["yi"])
    assert list(found.variances) == near(theirs["vi"])
    assert not found.half_added.any()
