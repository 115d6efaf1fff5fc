"""Scans against SpatialEpi 1.2.8, smerc 1.8.4, scanstatistics 1.1.2 and SaTScan 10.3.2.

Data and results: ``data/scan_*.json`` and ``data/satscan_samples.json``. Members are the same,
log-likelihood ratios agree to 1e-8 and p-values within Monte Carlo error of two runs of 999.

SpatialEpi cuts the sums of fractional cases and of expected cases to whole numbers (New York);
its ratio is reproduced from our cluster with the sums so cut. The inputs of SaTScan's New Mexico
sample hold ages and are not at hand: what it prints is checked for its cases, against the county
counts of scanstatistics, and for its ratio and relative risk, within the rounding of what it
prints as expected.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nhpf.methods import scan
from nhpf.methods.scan.likelihood import log_ratio

FOLDER = Path(__file__).parent / "data"


def read(name: str) -> dict[str, Any]:
    return json.loads((FOLDER / f"{name}.json").read_text("utf-8"))


PENNSYLVANIA = read("scan_SpatialEpi")["pennLC"]
NEW_YORK = read("scan_SpatialEpi")["NYleukemia"]
SMERC = read("scan_smerc_ny")
NEW_MEXICO = read("scan_scanstatistics_nm")
SATSCAN = read("satscan_samples")


def points(data: dict[str, Any], x: str = "x", y: str = "y") -> np.ndarray:
    return np.column_stack([data[x], data[y]])


def four_errors(p: float) -> float:
    return 4 * math.sqrt(2 * max(p, 0.002) * (1 - p) / 999)


def ratio(cases: float, expected: float, total: float, all_expected: float) -> float:
    outside = (total - cases) * math.log((total - cases) / (all_expected - expected))
    return cases * math.log(cases / expected) + outside - total * math.log(total / all_expected)


def test_pennsylvania_lung_cancer_adjusted_as_in_spatialepi() -> None:
    theirs = [PENNSYLVANIA["poisson_E"]["most.likely"], *PENNSYLVANIA["poisson_E"]["secondary"]]
    found = scan.spatial(
        PENNSYLVANIA["cases"],
        PENNSYLVANIA["population"],
        points(PENNSYLVANIA),
        expected=PENNSYLVANIA["expected_indirect_16strata"],
        rng=1,
    )
    for ours, their in zip(found.clusters[: len(theirs)], theirs, strict=True):
        assert (ours.members + 1).tolist() == their["location.IDs.included"]
        assert ours.llr == pytest.approx(their["log.likelihood.ratio"], rel=1e-8)
        assert ours.expected == pytest.approx(their["expected.cases"], rel=1e-8)
        assert ours.p == pytest.approx(their["p.value"], abs=four_errors(their["p.value"]))


@pytest.mark.parametrize(("name", "share"), [("ub15", 0.15), ("ub50", 0.5)])
def test_new_york_leukaemia_in_fractions_as_in_spatialepi(name: str, share: float) -> None:
    theirs = [NEW_YORK[name]["most.likely"], *NEW_YORK[name]["secondary"]]
    found = scan.spatial(
        NEW_YORK["cases"],
        NEW_YORK["population"],
        points(NEW_YORK),
        expected=NEW_YORK["expected"],
        max_share=share,
        rng=1,
    )
    total, all_expected = sum(NEW_YORK["cases"]), sum(NEW_YORK["expected"])
    for ours, their in zip(found.clusters[: len(theirs)], theirs, strict=True):
        assert (ours.members + 1).tolist() == their["location.IDs.included"]
        expected = ours.expected * all_expected / total
        assert ours.llr == pytest.approx(ratio(ours.cases, expected, total, all_expected), rel=1e-8)
        cut = ratio(ours.cases, expected, math.floor(total), math.floor(all_expected))
        assert cut == pytest.approx(their["log.likelihood.ratio"], rel=1e-8)
        assert ours.p == pytest.approx(their["p.value"], abs=four_errors(their["p.value"]))


def test_new_york_leukaemia_as_in_smerc() -> None:
    found = scan.spatial(np.floor(SMERC["cases"]), SMERC["population"], points(SMERC), rng=1)
    theirs = SMERC["scan_poisson"]["clusters"]
    for ours, their in zip(found.clusters[: len(theirs)], theirs, strict=True):
        # The same circle may be reached from several centres.
        assert set((ours.members + 1).tolist()) == set(their["locids"])
        assert ours.cases == their["cases"]
        assert ours.llr == pytest.approx(their["loglik"], rel=1e-8)
        assert ours.relative_risk == pytest.approx(their["rr"], rel=1e-8)
        assert ours.p == pytest.approx(their["pvalue"], abs=four_errors(their["pvalue"]))


def last_five_years() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    cases, population = (np.array(NEW_MEXICO[name]).T for name in ("counts", "population"))
    return cases[:, -5:], population[:, -5:], points(NEW_MEXICO, "lon", "lat")


def test_new_mexico_prospective_permutation_as_in_scanstatistics() -> None:
    cases, _, xy = last_five_years()
    found = scan.space_time(
        cases, None, xy, max_periods=4, prospective=True, model="permutation", rng=1
    ).clusters[0]
    theirs = NEW_MEXICO["permutation_casemargins"]
    assert set((found.members + 1).tolist()) == set(theirs["zone"])
    assert (found.start, found.end) == (5 - theirs["duration"], 4)
    assert found.llr == pytest.approx(theirs["score"], rel=1e-8)
    assert found.p == pytest.approx(theirs["MC_pvalue"], abs=four_errors(theirs["MC_pvalue"]))
    assert found.recurrence == pytest.approx(1 / found.p)


def test_new_mexico_prospective_poisson_as_in_scanstatistics() -> None:
    """Their expected cases are one fifth of all in each year, shared by that year's population."""
    cases, population, xy = last_five_years()
    found = scan.space_time(
        cases, population, xy,
        expected=population / population.sum(axis=0), max_periods=4, prospective=True, rng=1,
    ).clusters[0]  # fmt: skip
    theirs = NEW_MEXICO["pb_poisson"]
    assert (found.members + 1).tolist() == [theirs["zone"]]
    assert (found.start, found.end) == (5 - theirs["duration"], 4)
    assert found.llr == pytest.approx(theirs["score"], rel=1e-8)
    assert found.p == pytest.approx(theirs["MC_pvalue"], abs=four_errors(theirs["MC_pvalue"]))


SAMPLES = [
    (name, cluster)
    for name in (
        "NewMexico_spacetime_poisson",
        "NewMexico_spatial_poisson",
        "NewMexico_prospective_st_poisson",
        "NYC_spacetime_permutation",
    )
    for cluster in SATSCAN[name]["clusters"]
]


@pytest.mark.parametrize(
    ("sample", "cluster"), SAMPLES, ids=[f"{name}-{each['n']}" for name, each in SAMPLES]
)
def test_ratios_that_satscan_prints(sample: str, cluster: dict[str, Any]) -> None:
    total, cases = int(SATSCAN[sample]["Total number of cases"]), int(cluster["Number of cases"])
    printed = float(cluster.get("Log likelihood ratio") or cluster["Test statistic"])
    expected = float(cluster["Expected cases"])
    low, high = (log_ratio(cases, expected + half, total) for half in (0.005, -0.005))
    assert low - 1e-6 <= printed <= high + 1e-6
    if "Relative risk" in cluster:
        risk = cases / expected / ((total - cases) / (total - expected))
        assert risk == pytest.approx(float(cluster["Relative risk"]), abs=0.01)


@pytest.mark.parametrize("sample", [name for name in SATSCAN if name.startswith("NewMexico_s")])
def test_cases_that_satscan_counts_in_its_clusters(sample: str) -> None:
    row = {name: position for position, name in enumerate(NEW_MEXICO["county"])}
    cases = np.array(NEW_MEXICO["counts"])
    for cluster in SATSCAN[sample]["clusters"]:
        members = [
            row[name.lower().replace("guadelupe", "guadalupe")] for name in cluster["locations"]
        ]
        start, end = (
            int(day[:4]) for day in cluster.get("Time frame", "1973 to 1991").split(" to ")
        )
        inside = cases[start - 1973 : end - 1972, members].sum()
        assert inside == int(cluster["Number of cases"])
