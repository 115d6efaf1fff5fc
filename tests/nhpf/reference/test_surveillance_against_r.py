"""Detectors against the R package surveillance 1.20.3, and change points against strucchange.

Sources: ``data/surveillance_farrington.json`` (last 52 weeks of ``salmonella.agona``: 48
configurations of Farrington Flexible, the method of 1996, EARS, CUSUM) and
``data/change_points.json`` (the Nile's flow and British drivers killed or seriously injured).
Iterative fits agree to 1e-10, closed forms to 1e-8.

Two figures of the package are put right here rather than copied, and the tests undo it: its score
with negative binomial limits takes the logarithm of the expected count for the count, and its
EARS C3 takes the count itself for the mean of its baseline, so that the count cancels out.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nhpf.methods.surveillance import change_points, cusum, ears, farrington

FOLDER = Path(__file__).parent / "data"
R: dict[str, Any] = json.loads((FOLDER / "surveillance_farrington.json").read_text("utf-8"))
CHANGES: dict[str, Any] = json.loads((FOLDER / "change_points.json").read_text("utf-8"))
COUNTS = R["observed"]
THRESHOLDS = {"delta": "delta", "nbPlugin": "plugin", "muan": "muan"}
WINDOW = {"frequency": 52, "evaluate": 52, "years_back": 4, "half_window": 3, "alpha": 0.01}


def numbers(values: list[float | None]) -> np.ndarray:
    return np.array([np.nan if value is None else value for value in values], dtype=float)


@pytest.mark.parametrize("name", list(R["farringtonFlexible"]))
def test_farrington_flexible(name: str) -> None:
    threshold, seasons, trend, weights, past = name.split("_")
    theirs = R["farringtonFlexible"][name]
    found = farrington(
        COUNTS,
        **WINDOW,
        past_weeks_excluded=int(past.removeprefix("past")),
        periods=int(seasons.removeprefix("np")),
        trend=trend == "trend1",
        trend_level=0.05 if past == "past3" else 1,
        weights_threshold=float(weights.removeprefix("wt")),
        threshold=THRESHOLDS[threshold],
    )
    assert found.alarm.tolist() == [bool(alarm) for alarm in theirs["alarm"]]
    assert found.upper == pytest.approx(numbers(theirs["upperbound"]), rel=1e-10, nan_ok=True)
    expected = numbers(theirs["expected"])
    shown = ~np.isnan(expected)
    assert found.expected[shown] == pytest.approx(expected[shown], rel=1e-10)
    assert found.p == pytest.approx(numbers(theirs["pvalue"]), rel=1e-10)
    assert found.dispersion == pytest.approx(numbers(theirs["phiVector"]), rel=1e-10)
    assert found.trend == pytest.approx(numbers(theirs["trendVector"]), rel=1e-8, nan_ok=True)
    middle = found.expected if threshold == "delta" else np.log(found.expected)
    score = (np.array(COUNTS[-52:]) - middle) / (found.upper - middle)
    assert score[shown] == pytest.approx(numbers(theirs["score"])[shown], rel=1e-8)
    if threshold == "delta":
        assert found.score[shown] == pytest.approx(score[shown], rel=1e-12)


def test_farrington_1996() -> None:
    found = farrington(
        COUNTS,
        **WINDOW,
        past_weeks_excluded=3,
        periods=1,
        trend_level=0.05,
        weights_threshold=1,
        threshold="original",
    )
    theirs = R["farrington"]
    # The package writes 0 for a limit that it does not judge.
    assert np.nan_to_num(found.upper) == pytest.approx(numbers(theirs["upperbound"]), rel=1e-10)
    assert found.alarm.tolist() == [bool(alarm) for alarm in theirs["alarm"]]


@pytest.mark.parametrize("method", ["C1", "C2"])
def test_ears(method: str) -> None:
    found = ears(COUNTS, method=method, evaluate=52, least_deviation=1e-12)
    theirs = R["earsC"][method]
    assert found.upper == pytest.approx(numbers(theirs["upperbound"]), rel=1e-8)
    assert found.alarm.tolist() == [bool(alarm) for alarm in theirs["alarm"]]


def test_ears_c3_but_for_what_the_package_takes_for_the_mean() -> None:
    found = ears(COUNTS, method="C3", evaluate=52, least_deviation=1e-12)
    theirs = numbers(R["earsC"]["C3"]["upperbound"])
    both = (found.upper > 0) & (theirs > 0)
    assert both.sum() > 40
    mine = found.upper - found.expected + found.count
    assert mine[both] == pytest.approx(theirs[both], rel=1e-8)


@pytest.mark.parametrize("transform", ["standard", "rossi", "anscombe"])
def test_cusum(transform: str) -> None:
    theirs = R["cusum"][transform]
    found = cusum(COUNTS[260:], np.mean(COUNTS[:260]), transform=transform)
    assert found.upper == pytest.approx(numbers(theirs["upperbound"]), rel=1e-8, abs=1e-12)
    assert found.alarm.tolist() == [bool(alarm) for alarm in theirs["alarm"]]


def test_change_points_of_strucchange() -> None:
    """R counts the last period before a change from 1: the position, from 0, of the first after."""
    nile = change_points(CHANGES["nile"], family="normal", shortest=15)
    assert nile.starts == (CHANGES["nile_bp"],)
    assert nile.information[0] == pytest.approx(CHANGES["nile_bic"], rel=1e-10)
    drivers = np.log(CHANGES["uk_driver_deaths"])
    found = change_points(drivers, family="normal", shortest=19, most=8)
    assert list(found.starts) == CHANGES["ukdriverdeaths_bp"]
