"""Knox's test against the R package surveillance 1.20.3.

Sources: ``data/surveillance_knox.json`` (636 cases of ``imdepi``, three bands, 999 permutations)
and the Burkitt data of splancs in ``data/kde_spatstat.json``. Counts exact, expected pairs to
1e-8, p-values within Monte Carlo error of two runs of 999.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest

from nhpf.methods.near_repeat import knox

FOLDER = Path(__file__).parent / "data"
SURVEILLANCE: dict[str, Any] = json.loads((FOLDER / "surveillance_knox.json").read_text("utf-8"))
BURKITT: dict[str, Any] = json.loads((FOLDER / "kde_spatstat.json").read_text("utf-8"))["burkitt"]


def four_errors(p: float) -> float:
    return 4 * math.sqrt(2 * max(p, 0.002) * (1 - p) / 999)


@pytest.mark.parametrize("band", list(SURVEILLANCE["knox"]))
def test_counts_expectation_and_p_are_those_of_surveillance(band: str) -> None:
    cases, theirs = SURVEILLANCE["imdepi"], SURVEILLANCE["knox"][band]
    found = knox(
        cases["x"],
        cases["y"],
        cases["t"],
        distances=[theirs["eps.s"]],
        intervals=[theirs["eps.t"]],
        rng=2,
    )
    assert found.observed.tolist() == [[theirs["statistic"]]]
    assert found.expected[0, 0] == pytest.approx(theirs["expected_poisson"], rel=1e-8)
    assert found.p[0, 0] == pytest.approx(theirs["p.sim"], abs=four_errors(theirs["p.sim"]))


@pytest.mark.parametrize(("distance", "interval"), [(5, 60), (10, 180)])
def test_burkitt_data(distance: float, interval: float) -> None:
    theirs = BURKITT[f"knox_{distance}_{interval}"]
    found = knox(
        BURKITT["x"], BURKITT["y"], BURKITT["t"],
        distances=[distance], intervals=[interval], rng=2,
    )  # fmt: skip
    assert found.observed.tolist() == [[theirs["stat"]]]
    assert found.p[0, 0] == pytest.approx(theirs["p"], abs=four_errors(theirs["p"]))
