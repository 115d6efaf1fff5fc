"""Published syntheses of what prevents offending, reproduced from their study tables.

The tables stand beside the project and are not committed. Scared Straight (Petrosino and others
2013), fixed effect, odds ratio 1.68 [1.20, 2.36], heterogeneity p 0.2039; academic achievement
and later offending (Lankester and others 2025), Fisher's z -0.21 [-0.29, -0.12]; cognitive
behavioural therapy (Landenberger and Lipsey 2005), odds ratio 1.53 for not reoffending. The last
two are also held to the recomputed figures that came with the tables, to their decimals.
"""

from __future__ import annotations

import csv
import os
from pathlib import Path

import numpy as np
import pytest

from nhpf.methods import effect_sizes, meta_analysis

ROOT = Path(__file__).parents[3]
TABLES = Path(os.environ.get("NHPF_SHARED", ROOT.parent / "shared")) / "evidence" / "meta_studies"
pytestmark = pytest.mark.skipif(
    not TABLES.is_dir(),
    reason="The study tables stand beside the project and are not here (set NHPF_SHARED).",
)


def columns(name: str, *wanted: str) -> list[np.ndarray]:  # type: ignore[type-arg]
    with (TABLES / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [np.array([float(row[column]) for row in rows]) for column in wanted]


def test_scared_straight_does_harm() -> None:
    table = columns(
        "scared_straight_petrosino_2013.csv",
        "events_treatment",
        "n_treatment",
        "events_control",
        "n_control",
    )
    found = meta_analysis.mantel_haenszel(*table)
    assert [round(x, 2) for x in (found.estimate, found.low, found.high)] == [1.68, 1.20, 2.36]
    assert found.q_p == pytest.approx(0.2039, abs=0.002)
    single = effect_sizes.log_odds_ratio(*table)
    equal = meta_analysis.pool(single.effects, single.variances, method="EE").ratio
    assert [round(x, 4) for x in (equal.estimate, equal.low, equal.high)] == [
        1.6422,
        1.1625,
        2.3198,
    ]
    reml = meta_analysis.pool(single.effects, single.variances)
    assert round(reml.ratio.estimate, 4) == 1.7081
    assert reml.prediction_low is not None
    assert reml.prediction_low < reml.low


def test_academic_achievement_and_later_offending() -> None:
    r, n, z, se = columns(
        "academic_achievement_youth_offending_lankester_2025.csv", "r", "n", "fisher_z", "se_z"
    )
    sizes = effect_sizes.fisher_z(r, n)
    assert sizes.effects == pytest.approx(z, abs=1e-5)
    assert np.sqrt(sizes.variances) == pytest.approx(se, abs=1e-5)
    found = meta_analysis.pool(sizes.effects, sizes.variances)
    assert round(found.estimate, 4) == -0.2054
    assert round(found.tau2, 4) == 0.0145
    assert np.tanh([found.estimate, found.low, found.high]) == pytest.approx(
        [-0.2025, -0.2803, -0.1220], abs=6e-5
    )
    # One study of 451,054 people carries the common effect alone, and the result says so.
    equal = meta_analysis.pool(sizes.effects, sizes.variances, method="EE")
    assert np.tanh(equal.estimate) == pytest.approx(-0.4043, abs=6e-5)
    assert any("differ by more than chance" in caveat for caveat in equal.caveats)


def test_cognitive_behavioural_therapy() -> None:
    y, se = columns("cbt_landenberger_lipsey_2005.csv", "log_or_nonrecidivism", "se_log_or")
    dl = meta_analysis.pool(y, se**2, method="DL")
    ratio = dl.ratio
    assert [round(x, 3) for x in (ratio.estimate, ratio.low, ratio.high)] == [1.533, 1.354, 1.735]
    assert [round(dl.tau2, 4), round(dl.q, 1), round(100 * dl.i2, 1)] == [0.1196, 213.7, 73.3]
    reml = meta_analysis.pool(y, se**2)
    assert [round(reml.ratio.estimate, 4), round(reml.tau2, 4)] == [1.5259, 0.1046]
