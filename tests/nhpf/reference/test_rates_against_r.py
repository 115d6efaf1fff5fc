"""Rates against epiR, PHEindicatormethods and a plain formula, relative tolerance 1e-8.

Source: ``data/rates_ci.json``, made in R 4.2 with epiR 2.0 (``epi.conf``), PHEindicatormethods
2.1 (``phe_rate``, ``phe_proportion``, ``calculate_ISRatio``); Dobson's limits are a plain formula
there, not a package's output. ``phe_rate`` takes exact limits below ten events and Byar's from ten.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from nhpf.methods import rates

DATA: dict[str, Any] = json.loads(
    (Path(__file__).parent / "data" / "rates_ci.json").read_text("utf-8")
)
CASES = range(len(DATA["poisson"]["k"]))


def near(expected: float | Sequence[float]) -> Any:
    return pytest.approx(expected, rel=1e-8, abs=1e-14)


@pytest.mark.parametrize("case", CASES)
def test_exact_limits_are_those_of_epir(case: int) -> None:
    poisson = DATA["poisson"]
    found = rates.rate(poisson["k"][case], poisson["pt"][case], per=1, method="exact")
    theirs = [poisson["epiR_exact"][name][case] for name in ("est", "lower", "upper")]
    assert [found.estimate, found.low, found.high] == near(theirs)


@pytest.mark.parametrize("case", CASES)
def test_byar_limits_are_those_of_english_public_health(case: int) -> None:
    poisson = DATA["poisson"]
    found = rates.rate(poisson["k"][case], poisson["pt"][case])
    theirs = [poisson["phe_rate"][name][case] for name in ("value", "lowercl", "uppercl")]
    assert [found.estimate, found.low, found.high] == near(theirs)
    assert ("exact" in found.method) == (poisson["phe_rate"]["method"][case] == "Exact")


@pytest.mark.parametrize("case", range(6))
def test_wilson_limits_are_those_of_english_public_health(case: int) -> None:
    wilson = DATA["wilson"]
    found = rates.proportion(wilson["x"][case], wilson["n"][case])
    theirs = [wilson[name][case] for name in ("value", "lowercl", "uppercl")]
    assert [found.estimate, found.low, found.high] == near(theirs)


@pytest.mark.parametrize("area", ["A", "B", "C"])
@pytest.mark.parametrize(("method", "name"), [("byar", "byar"), ("exact", "exact")])
@pytest.mark.parametrize(("level", "suffix"), [(0.95, "95"), (0.998, "998")])
def test_standardised_rates_are_dobsons(
    area: str, method: rates.PoissonMethod, name: str, level: float, suffix: str
) -> None:
    data = DATA["dsr_dobson"]
    rows = [row for row, code in enumerate(data["data"]["area"]) if code == area]
    counts, people = ([data["data"][key][row] for row in rows] for key in ("cnt", "pop"))
    found = rates.standardised(counts, people, data["stdpop"], per=1, level=level, method=method)
    closed = data["closed_form"][area]
    assert found.estimate == near(closed["dsr"])
    assert [found.low, found.high] == near(closed[name + suffix])


@pytest.mark.parametrize("area", range(3))
def test_ratio_of_observed_to_expected_is_a_rate_per_expected_event(area: int) -> None:
    isr = DATA["isr"]
    found = rates.rate(isr["observed"][area], isr["expected"][area], per=1)
    theirs = [isr[name][area] for name in ("value", "lowercl", "uppercl")]
    assert [found.estimate, found.low, found.high] == near(theirs)


def test_fourteen_a_year_shows_eight_to_twenty_three() -> None:
    """Garwood's limits for 14 events, tabulated as 7.65 to 23.49."""
    found = rates.rate(14, 1, per=1, method="exact")
    assert (round(found.low, 2), round(found.high, 2)) == (7.65, 23.49)
    assert (round(found.low), round(found.high)) == (8, 23)


def test_comparison_agrees_with_the_binomial_test_of_scipy() -> None:
    """Limits of ``scipy.stats.binomtest`` (Clopper-Pearson), turned from share into ratio."""
    from scipy.stats import binomtest

    for count_1, time_1, count_2, time_2 in [(604, 1, 691, 1), (3, 2.0, 11, 1.5), (0, 1, 6, 1)]:
        found = rates.compare(count_1, time_1, count_2, time_2)
        theirs = binomtest(count_2, count_1 + count_2).proportion_ci(0.95)
        scale = time_1 / time_2
        low = scale * theirs.low / (1 - theirs.low)
        assert found.low == near(low)
        if count_1:
            assert found.high == near(scale * theirs.high / (1 - theirs.high))
        greater = binomtest(count_2, count_1 + count_2, time_2 / (time_1 + time_2), "greater")
        assert found.p == near(min(1, 2 * greater.pvalue))
