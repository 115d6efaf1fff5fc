"""Gi, Gi*, local and global Moran against spdep 1.2.7 and GeoDa.

Sources: ``data/spdep_nc_sids.json`` (North Carolina sudden infant deaths, queen and rook
contiguity; R 4.2, spdep 1.2.7; closed forms to 1e-8, p-values of 9,999 conditional permutations
within Monte Carlo error) and ``data/ncovr.json`` (homicide rates of 3,085 US counties; GeoDa
documents Moran's I of .383 for 1990).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nhpf.methods import hot_spots
from nhpf.numerics import graphs

FOLDER = Path(__file__).parent / "data"
SPDEP: dict[str, Any] = json.loads((FOLDER / "spdep_nc_sids.json").read_text("utf-8"))
TIMES = 9999


def near(expected: list[float]) -> Any:
    return pytest.approx(np.array(expected), rel=1e-8, abs=1e-12)


@pytest.fixture(params=["queen_rate74", "rook_ft74"])
def case(request: pytest.FixtureRequest) -> dict[str, Any]:
    found: dict[str, Any] = SPDEP[request.param]
    return found


def test_getis_ord_scores_are_those_of_spdep(case: dict[str, Any]) -> None:
    graph = graphs.from_neighbours(case["nb"])
    without = hot_spots.getis_ord(case["x"], graph, star=False, permutations=9, rng=1)
    star = hot_spots.getis_ord(case["x"], graph, permutations=9, rng=1)
    weighted = hot_spots.getis_ord(case["x"], graphs.row_standardised(graph), permutations=9, rng=1)
    assert without.z == near(case["localG_binary"])
    assert star.z == near(case["localGstar_binary"])
    assert weighted.z == near(case["localGstar_W"])


def test_local_moran_is_that_of_spdep(case: dict[str, Any]) -> None:
    graph = graphs.from_neighbours(case["nb"])
    found = hot_spots.local_moran(case["x"], graph, permutations=TIMES, rng=4)
    assert found.statistic == near(case["localmoran_conditional"]["Ii"])
    assert found.z == near(case["localmoran_conditional"]["z"])
    theirs = np.array(case["localmoran_perm9999_p_sim"])
    # Both are twice a simulated tail: four standard errors of their difference.
    error = 4 * 2 * np.sqrt(2 * (theirs / 2) * (1 - theirs / 2) / TIMES) + 2 / TIMES
    # Draws that tie with what was seen count in full here and by half in spdep, which shows
    # where all neighbours of an area have a rate of zero.
    untied = np.array([any(case["x"][j] for j in around) for around in case["nb"]])
    assert (np.abs(found.p - theirs) <= error)[untied].all()
    assert (found.p >= theirs - error).all()


def test_high_areas_among_high_ones_are_those_of_spdep(case: dict[str, Any]) -> None:
    found = hot_spots.local_moran(
        case["x"], graphs.from_neighbours(case["nb"]), permutations=9, rng=1
    )
    words = {"High": "high", "Low": "low"}
    for kind, theirs in zip(found.kind, case["quadrant"], strict=True):
        if theirs:
            own, around = theirs.split("-")
            assert kind == f"{words[own]} among {words[around]}"


def test_moran_and_its_moments_are_those_of_spdep(case: dict[str, Any]) -> None:
    theirs = case["moran"]
    found = hot_spots.moran(case["x"], graphs.from_neighbours(case["nb"]), permutations=1999, rng=4)
    ours = [found.estimate, found.expected, found.variance, found.z]
    assert ours == near([theirs["I"], theirs["E"], theirs["Var_rand"], theirs["z"]])
    assert found.p <= 0.005  # theirs, one-sided with 9,999: 0.0004 and 0.0001


def test_moran_of_us_homicide_is_that_of_geoda() -> None:
    data = json.loads((FOLDER / "ncovr.json").read_text("utf-8"))
    neighbours: list[list[int]] = [[] for _ in data["HR90"]]
    for first, second in data["pairs"]:
        neighbours[first].append(second)
        neighbours[second].append(first)
    found = hot_spots.moran(
        data["HR90"], graphs.from_neighbours(neighbours), permutations=99, rng=1
    )
    assert round(found.estimate, 4) == 0.3833
    assert found.p == 0.02  # the least that 99 permutations allow
