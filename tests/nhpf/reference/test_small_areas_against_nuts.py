"""BYM2 against a long run of NUTS (nutpie, 40,000 draws) on the sudden deaths of North Carolina.

Means within three Monte Carlo errors of the run, standard deviations within 3%
(``data/bym2_nc_sids.json``). The priors are those the run's figures show: half normal for the sd,
Beta(1/2, 1/2) for the mixing.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose

from nhpf.methods.small_areas import SmallAreas, bym2
from nhpf.numerics import graphs

DATA = Path(__file__).parent / "data" / "bym2_nc_sids.json"
THEIRS: dict[str, Any] = json.loads(DATA.read_text("utf-8"))
# The least effective number of draws of any log risk.
DRAWS = THEIRS["eta_ess_min"]


@pytest.fixture(scope="module")
def ours() -> SmallAreas:
    return bym2(THEIRS["y"], THEIRS["E"], graphs.from_neighbours(THEIRS["nb"]))


@pytest.mark.parametrize(("mean", "sd"), [("relative_risk", "sd"), ("log_risk", "log_risk_sd")])
def test_means_and_sds_of_every_area(ours: SmallAreas, mean: str, sd: str) -> None:
    name = "rr" if mean == "relative_risk" else "eta"
    their_sd = np.array(THEIRS[f"{name}_sd"])
    off = np.abs(getattr(ours, mean) - THEIRS[f"{name}_mean"]) / their_sd
    assert off.max() <= 3 / math.sqrt(DRAWS)
    assert_allclose(getattr(ours, sd), their_sd, rtol=0.03)


@pytest.mark.parametrize(("field", "name"), [("spread", "sigma"), ("mixing", "rho")])
def test_sd_and_mixing(ours: SmallAreas, field: str, name: str) -> None:
    found, theirs = getattr(ours, field), THEIRS[name]
    assert found.estimate == pytest.approx(theirs["mean"], abs=3 * theirs["mcse"])
    assert found.low == pytest.approx(theirs["q025"], abs=0.1 * theirs["sd"])
    assert found.high == pytest.approx(theirs["q975"], abs=0.1 * theirs["sd"])


def test_level_limits_and_exceedance(ours: SmallAreas) -> None:
    level = THEIRS["b0"]
    assert math.log(ours.whole.estimate) == pytest.approx(level["mean"], abs=3 * level["mcse"])
    assert math.log(ours.whole.low) == pytest.approx(level["q025"], abs=0.05 * level["sd"])
    assert_allclose(ours.low, THEIRS["rr_q025"], atol=0.05 * max(THEIRS["rr_sd"]))
    off = np.abs(ours.high - THEIRS["rr_q975"]) / THEIRS["rr_sd"]
    assert off.max() < 0.12
    assert_allclose(ours.exceedance, THEIRS["p_rr_gt1"], atol=0.012)


def test_scale_of_the_map(ours: SmallAreas) -> None:
    assert ours.scales == pytest.approx([THEIRS["scale_factor"]], rel=1e-8)
