"""Evaluation against published studies whose data may not be committed (read from the shared data).

Boston's Operation Ceasefire: 76 quarters of murders, with the comparison series of the same file.
The first evaluation claimed 63% fewer youth homicides; an augmented synthetic control of many
cities found -3.2 a quarter [-13.0, 6.9] from a mean of 9.8 (9.6 up to mid 1996 in this file).
"""

from __future__ import annotations

import csv
import os
from pathlib import Path

import numpy as np
import pytest

from nhpf.methods import evaluation

SHARED = Path(os.environ.get("NHPF_SHARED", Path(__file__).parents[4] / "shared"))
BOSTON = SHARED / "evidence" / "benchmark_data" / "boston_ceasefire_quarterly_murders.csv"


@pytest.fixture(scope="module")
def boston() -> np.ndarray:
    if not BOSTON.exists():
        pytest.skip("The murders of Boston may not be shipped; set NHPF_SHARED to a folder.")
    rows = list(csv.DictReader(BOSTON.read_text("utf-8").splitlines()))
    series = [[float(row["murders"]) for row in rows if row["boston"] == side] for side in "01"]
    return np.array(series)


def test_boston_as_an_interrupted_series(boston: np.ndarray) -> None:
    start = 4 * (1996 - 1984) + 2  # mid 1996
    level = evaluation.interrupted_series(
        boston[1], start=start, season=4, family="negative_binomial", change="level", lags=4
    )
    assert boston[1, :start].mean() == pytest.approx(9.6)
    assert level.told_from_chance
    assert -0.75 < level.change < -0.45


def test_boston_beside_its_comparison_tells_less(boston: np.ndarray) -> None:
    period = np.tile(np.arange(76) - 50, 2)
    treated = np.repeat([0, 1], 76)
    both = evaluation.difference_in_differences(boston.ravel(), treated, period)
    alone = evaluation.interrupted_series(boston[1], start=50, change="level")
    assert both.log_se > 0
    assert both.estimate > alone.estimate
