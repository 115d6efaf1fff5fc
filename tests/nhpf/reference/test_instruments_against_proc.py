"""Instruments against pROC 1.18 and rms 6.5 on aSAH, and epiR's two-by-two table.

Source: ``data/valid_proc.json``. Closed forms to 1e-8, the logistic fit to 1e-6. ``net_benefit``
there is a plain formula of Vickers and Elkin.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nhpf.methods.instruments import auc, calibration, decision_curve, predictive_values

R: dict[str, Any] = json.loads(
    (Path(__file__).parent / "data" / "valid_proc.json").read_text("utf-8")
)
POOR = [int(outcome == "Poor") for outcome in R["aSAH"]["outcome"]]


@pytest.mark.parametrize("marker", ["s100b", "wfns"])
def test_area_and_delong_interval(marker: str) -> None:
    theirs = R[marker]
    found = auc([float(value) for value in R["aSAH"][marker]], POOR)
    assert (found.low, found.estimate, found.high) == pytest.approx(theirs["ci_delong"], rel=1e-8)
    assert found.variance == pytest.approx(theirs["var"], rel=1e-8)


def test_calibration_of_wrong_probabilities() -> None:
    theirs = R["val_prob_miscal"]
    found = calibration(R["p_miscal"], POOR)
    assert found.brier == pytest.approx(theirs["Brier"], rel=1e-8)
    assert found.intercept.estimate == pytest.approx(theirs["Intercept"], rel=1e-6)
    assert found.slope.estimate == pytest.approx(theirs["Slope"], rel=1e-6)


def test_calibration_of_fitted_probabilities() -> None:
    found = calibration(R["logit"]["p"], POOR)
    assert found.brier == pytest.approx(R["val_prob"]["Brier"], rel=1e-8)
    assert found.slope.estimate == pytest.approx(1, rel=1e-6)
    assert found.intercept.estimate == pytest.approx(0, abs=1e-6)
    assert found.in_the_large.estimate == pytest.approx(0, abs=1e-6)
    assert found.observed_to_expected.estimate == pytest.approx(1, rel=1e-6)


def test_net_benefit() -> None:
    theirs = R["net_benefit"]
    found = decision_curve(R["logit"]["p"], POOR, thresholds=theirs["t"])
    assert found.net_benefit == pytest.approx(np.array(theirs["model"]), rel=1e-8)
    assert found.act_on_all == pytest.approx(np.array(theirs["all"]), rel=1e-8)


def test_predictive_values_of_a_table() -> None:
    table = R["epi_tests"]
    theirs = {
        name: (table["est"][i], table["lower"][i], table["upper"][i])
        for i, name in enumerate(table["statistic"])
    }
    # epiR's rows: flagged cases and others, then cases and others not flagged.
    found = predictive_values([1, 1, 0, 0], [1, 0, 1, 0], weights=[670, 202, 74, 640])
    for name, ours in {
        "se": found.sensitivity,
        "sp": found.specificity,
        "pv.pos": found.positive,
        "pv.neg": found.negative,
    }.items():
        assert (ours.estimate, ours.low, ours.high) == pytest.approx(theirs[name], rel=1e-8)
