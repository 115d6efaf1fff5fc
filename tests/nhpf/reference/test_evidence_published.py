"""``nhpf evidence pool`` on published study tables, as they came, gives their published figures.

The tables stand beside the project and are not committed. Figures marked "published" are of the
review; the others are the recomputed ones that came with the table, to their decimals.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from nhpf.cli import main
from nhpf.evidence import pool, read_study_table

ROOT = Path(__file__).parents[3]
TABLES = Path(os.environ.get("NHPF_SHARED", ROOT.parent / "shared")) / "evidence" / "meta_studies"
pytestmark = pytest.mark.skipif(
    not TABLES.is_dir(),
    reason="The study tables stand beside the project and are not here (set NHPF_SHARED).",
)

SCARED = "scared_straight_petrosino_2013.csv"
LANKESTER = "academic_achievement_youth_offending_lankester_2025.csv"
CBT = "cbt_landenberger_lipsey_2005.csv"
SCHOOL = "school_motivation_crime_tannersmith_2016.csv"
NAMED = {
    SCARED: [],
    LANKESTER: ["effect=fisher_z", "se=se_z"],
    CBT: ["effect=log_or_nonrecidivism", "se=se_log_or", "cluster=study"],
    SCHOOL: ["study=studyid", "cluster=studyid", "effect=yi", "se=sei"],
}


def pooled(name: str, *words: str, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    columns = [word for pair in NAMED[name] for word in ("--column", pair)]
    assert main(["evidence", "pool", str(TABLES / name), *columns, *words, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)["outcomes"][0]
    return found


def three(found: dict[str, Any], decimals: int) -> list[float]:
    return [round(found[name], decimals) for name in ("estimate", "low", "high")]


def test_scared_straight(capsys: pytest.CaptureFixture[str]) -> None:
    published = pooled(SCARED, "--method", "MH", capsys=capsys)
    assert three(published, 3) == [1.682, 1.198, 2.361]
    assert round(100 * published["i2"], 1) == 29.4
    assert published["q_p"] == pytest.approx(0.2039, abs=0.0001)
    assert published["told_from_chance"] is True
    equal = pooled(SCARED, "--method", "EE", capsys=capsys)
    assert three(equal, 4) == [1.6422, 1.1625, 2.3198]
    random = pooled(SCARED, "--method", "DL", capsys=capsys)
    assert three(random, 4) == [1.7236, 1.1343, 2.6190]
    assert [round(random[name], 4) for name in ("tau2", "q")] == [0.0922, 8.478]
    reml = pooled(SCARED, capsys=capsys)
    # Iterated, and stopped at another place: the last decimal differs.
    assert three(reml, 4) == pytest.approx([1.7081, 1.1427, 2.5532], abs=1.1e-4)


def test_academic_achievement(capsys: pytest.CaptureFixture[str]) -> None:
    found = pooled(LANKESTER, capsys=capsys)
    assert round(found["estimate"], 4) == -0.2054
    assert round(found["tau2"], 4) == 0.0145
    assert three(found, 2) == [-0.21, -0.29, -0.12]  # published
    assert round(100 * found["i2"], 1) == 98.4
    # Two of the nine samples share a study.
    assert found["clusters"] == 8
    assert found["funnel"]["egger"] is None


def test_cognitive_behavioural_therapy(capsys: pytest.CaptureFixture[str]) -> None:
    found = pooled(CBT, "--method", "DL", "--measure", "OR", capsys=capsys)
    assert three(found, 3) == [1.533, 1.354, 1.735]
    assert [round(found["tau2"], 4), round(found["q"], 2)] == [0.1196, 213.69]
    assert found["funnel"]["egger"] is not None
    assert found["prediction_low"] < 1 < found["prediction_high"]
    reml = pooled(CBT, "--measure", "OR", capsys=capsys)
    assert three(reml, 4) == [1.5259, 1.3554, 1.7179]
    assert found["uk_studies"] == 5


def test_school_motivation(capsys: pytest.CaptureFixture[str]) -> None:
    found = pooled(SCHOOL, "--method", "DL", capsys=capsys)
    assert three(found, 4) == [0.1154, 0.0937, 0.1370]
    robust = found["clustered"]
    assert found["clusters"] == 17
    # What depends on each other says less: the robust interval is twice as wide.
    assert robust["high"] - robust["low"] > 2 * (found["high"] - found["low"])
    assert robust["low"] > 0


def test_the_robust_interval_is_that_of_the_method() -> None:
    from nhpf.methods import meta_analysis

    named = dict(pair.split("=") for pair in NAMED[SCHOOL])
    table = read_study_table(TABLES / SCHOOL, columns=named)
    effects = [study.effect for study in table.studies if study.effect is not None]
    found = meta_analysis.robust(
        [each.value for each in effects],
        [each.variance for each in effects],
        cluster=[study.cluster for study in table.studies],
    ).pooled
    clustered = pool(table, method="DL").clustered
    assert clustered is not None
    assert (clustered.estimate, clustered.low, clustered.high) == pytest.approx(
        (found.estimate, found.low, found.high)
    )
