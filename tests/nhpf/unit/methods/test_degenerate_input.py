"""Every public function of the methods at the ends of its input: a stated result or an error.

One table: for each function a call that works, then what is changed in it and what comes of that.
A public function that is not in it fails. Beside its rows each number of each function is made
missing, infinite, a word, or too few; each word one that means nothing; each share 0 and 1.
"""

from __future__ import annotations

import importlib
import inspect
import math
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from scipy.sparse import csr_array

import nhpf.methods
from nhpf.errors import CannotTell, InvalidInput
from nhpf.methods import (
    aoristic,
    capture_recapture,
    disproportionality,
    economics,
    effect_sizes,
    evaluation,
    hot_spots,
    instruments,
    meta_analysis,
    near_repeat,
    over_representation,
    rates,
    scan,
    similarity,
    small_areas,
)
from nhpf.methods import surveillance as watch
from nhpf.numerics import graphs

Outcome = type[Exception] | Callable[[Any], bool]
Row = tuple[str, dict[str, Any], Outcome]
Entry = tuple[Callable[..., Any], dict[str, Any], list[Row]]

NAN, INF = math.nan, math.inf
NO, WRONG = CannotTell, InvalidInput
CHAIN = graphs.from_neighbours([[1], [0, 2], [1, 3], [2]])
RING = graphs.from_neighbours([[(i - 1) % 30, (i + 1) % 30] for i in range(30)])
WITH_ISLAND = graphs.from_neighbours([[1], [0, 2], [1, 3], [2], []])
RING_OF_3 = graphs.from_neighbours([[1, 2], [0, 2], [0, 1]])
RING_AND_ISLAND = graphs.from_neighbours([[(i - 1) % 11, (i + 1) % 11] for i in range(11)] + [[]])
ONE_WAY = csr_array(np.triu(RING.toarray()))
ALONE, ISLANDS = graphs.from_neighbours([[]]), graphs.from_neighbours([[], [], [], []])
DRAWS = {"permutations": 9, "rng": 1}
SPOTS = {"values": [1, 2, 3, 5], "graph": CHAIN, **DRAWS}
LINE, HERE = [[0, 0], [1, 0], [2, 0], [3, 0]], [[0, 0]] * 4
PEOPLE = {"population": [5, 5, 5, 5], "xy": LINE}
MONTHS = [[1, 9], [1, 1], [0, 1], [1, 1]]
UNIT, PERIOD = np.repeat([0, 1, 2, 3], 3), np.tile([0, 1, 2], 4)
SIDES = {"treated": [0, 0, 1, 1], "period": [-1, 0, -1, 0]}
STEPS = [0, 1, 1, 0, 1, 1, 0, 0, 1, 0, 0, 0]
ROUGH = np.random.default_rng(1).normal(size=(5, 8))
EFFECTS, VARIANCES = [0.1, 0.5, -0.2, 0.9, 0.3, 0.4], [0.04, 0.09, 0.02, 0.16, 0.05, 0.03]
STUDIES = {"effects": EFFECTS, "variances": VARIANCES}
TEAMS = {**STUDIES, "cluster": [1, 1, 2, 2, 3, 3]}
WHAT_HAPPENED = {"outcome": [0, 1, 0, 1, 0, 1, 0, 1]}
CHANCES = {"probability": [0.1, 0.7, 0.2, 0.3, 0.4, 0.6, 0.5, 0.45], **WHAT_HAPPENED}
FLAGS = {"flagged": [1, 1, 0, 1, 0, 0, 0, 1], **WHAT_HAPPENED}


def two(effects: list[float]) -> dict[str, Any]:
    return {"effects": effects, "variances": [1.0] * len(effects)}


def table(*cells: int) -> dict[str, Any]:
    names = ("events_treatment", "n_treatment", "events_control", "n_control")
    return {name: [cell] for name, cell in zip(names, cells, strict=True)}


def times(*cells: int) -> dict[str, Any]:
    names = ("events_treatment", "time_treatment", "events_control", "time_control")
    return {name: [cell] for name, cell in zip(names, cells, strict=True)}


def within(found: Any) -> bool:
    return bool(found.low < found.estimate < found.high)


def no_more(found: Any) -> bool:
    return bool(found.unseen == 0)


def says(words: str) -> Callable[[Any], bool]:
    return lambda found: words in str(found)


MAPS: list[Row] = [
    ("all zero", {"values": [0] * 4}, NO),
    ("no variation", {"values": [3] * 4}, NO),
    ("one area", {"values": [3], "graph": ALONE}, NO),
    ("islands alone", {"graph": ISLANDS}, NO),
    ("an island", {"values": [1, 2, 3, 5, 9], "graph": WITH_ISLAND}, says("no neighbour")),
    ("all neighbours", {"values": [1, 2, 3], "graph": RING_OF_3}, NO),
    ("another graph", {"values": [1, 2, 3, 4, 5]}, WRONG),
    ("a dense matrix", {"values": [1, 2], "graph": np.ones((2, 2))}, WRONG),
    ("a negative weight", {"graph": -CHAIN}, WRONG),
]
PANELS: list[Row] = [
    ("all zero", {"counts": [0] * 4}, NO),
    ("an empty cell", {"counts": [3, 0, 4, 5]}, NO),
    ("one side", {"treated": [1] * 4}, NO),
    ("nothing before", {"period": [0, 1, 0, 1]}, NO),
    ("no variation", {"counts": [3] * 4}, lambda found: "Note: " in str(found)),
    ("a flag of two", {"treated": [0, 0, 2, 2]}, WRONG),
    ("a unit on both sides", {"unit": list("aaaa")}, WRONG),
    ("too few units named", {"unit": ["a"]}, WRONG),
    ("nobody exposed", {"exposure": [1, 1, 1, 0]}, WRONG),
]
CROSSED: list[Row] = [
    ("an empty group", table(0, 0, 1, 5), WRONG),
    ("more events than people", table(9, 5, 1, 5), WRONG),
]
SPREAD: list[Row] = [
    ("zero variance", {"variances": [0.0] * 6}, WRONG),
]
PROBABILITIES: list[Row] = [
    ("above one", {"probability": [1.2] * 8}, WRONG),
    ("nobody", {"weights": [0] * 8}, NO),
    ("no case", {"outcome": [0] * 8}, NO),
]
TABLE: list[Entry] = [
    (rates.rate, {"count": 3, "population": 10}, [
        ("no event", {"count": 0}, lambda found: found.low == 0 < found.high),
        ("nobody", {"population": 0}, WRONG)]),
    (rates.proportion, {"count": 3, "total": 10}, [
        ("none of them", {"count": 0}, lambda found: found.low == 0 < found.high),
        ("all of them", {"count": 10}, lambda found: found.low < found.high == 1),
        ("more than all", {"count": 11}, WRONG), ("empty total", {"count": 0, "total": 0}, WRONG)]),
    (rates.standardised, {"counts": [3, 4], "populations": [9, 9], "standard": [1, 1]}, [
        ("no event", {"counts": [0, 0]}, NO),
        ("one group", {"counts": [3], "populations": [9], "standard": [1]}, within),
        ("an empty group", {"populations": [9, 0]}, WRONG),
        ("an empty standard", {"standard": [0, 0]}, WRONG)]),
    (over_representation.over_representation, {"counts": [[3, 5]] * 12}, [
        ("nothing stands out", {}, lambda found: not found.found.any()),
        ("a place without events", {"counts": [[0, 0], *[[3, 5]] * 11]}, lambda found:
         bool(np.isnan(found.ratio[0]).all() and (found.low[0] < found.high[0]).all())),
        ("all zero", {"counts": [[0, 0]] * 12}, NO), ("nine places", {"counts": [[3, 5]] * 9}, NO),
        ("a kind that never occurs", {"counts": [[3, 0]] * 12}, NO),
        ("all in one place", {"counts": [[3, 5], *[[0, 0]] * 11]}, NO),
        ("one kind", {"counts": [[3]] * 12}, WRONG), ("one row", {"counts": [3, 5]}, WRONG)]),
    (similarity.most_similar, {"covariates": [[1, 5], [2, 4], [4, 9]], "place": 0}, [
        ("all others", {"most": 99}, lambda found: found.places.size == 2),
        ("two places", {"covariates": [[1, 5], [2, 4]]}, NO),
        ("the same everywhere", {"covariates": [[1, 5], [1, 4], [1, 9]]}, NO),
        ("a place outside", {"place": 3}, WRONG), ("one row", {"covariates": [1, 2, 3]}, WRONG)]),
    (aoristic.hours_of_the_week, {"start": ["2024-05-04 22:00"] * 2, "end": [
        "2024-05-04 23:00"] * 2, "rng": 1}, [
        ("no event", {"start": [], "end": []}, NO),
        ("all spans too long", {"longest": 0.5}, NO),
        ("a block that does not fit", {"block": 5}, WRONG), ("no block", {"block": 0}, WRONG),
        ("a whole week", {"longest": 999, "end": ["2024-05-11 21:59"] * 2}, lambda found:
         bool(np.allclose(found.estimate, 2 / 168))),
        ("ends before it starts", {"end": ["2024-05-04 21:00"] * 2}, WRONG),
        ("a missing time", {"end": ["2024-05-04 23:00", None]}, WRONG),
        ("a word", {"end": ["2024-05-04 23:00", "late"]}, WRONG)]),
    (rates.compare, {"count_1": 3, "time_1": 1, "count_2": 4, "time_2": 1}, [
        ("both zero", {"count_1": 0, "count_2": 0}, NO),
        ("first zero", {"count_1": 0}, lambda found: math.isinf(found.estimate)),
        ("second zero", {"count_2": 0}, lambda found: found.estimate == found.low == 0),
        ("no time", {"time_1": 0}, WRONG)]),
    (rates.funnel, {"count": [3, 4], "expected": [2, 5]}, [
        ("one area", {"count": [3], "expected": [2]}, lambda found: found.position == ("in line",)),
        ("all zero", {"count": [0, 0]}, lambda found: bool((found.ratio == 0).all())),
        ("nothing expected", {"expected": [2, 0]}, WRONG),
        ("spread of two areas", {"over_dispersion": True}, NO),
        ("a list of lists", {"count": [[3, 4]]}, WRONG)]),
    (hot_spots.concentration, {"counts": [4, 1, 0]}, [
        ("all zero", {"counts": [0, 0]}, NO), ("one place", {"counts": [4]}, NO),
        ("no variation", {"counts": [4, 4]}, lambda found: found.estimate == 0)]),
    (hot_spots.capture, {"score": [3, 2, 1], "outcome": [1, 1, 0], "areas": [1, 1, 2]}, [
        ("nothing later", {"outcome": [0, 0, 0]}, NO),
        ("one place", {"score": [1], "outcome": [3], "areas": None},
         lambda found: found.at[0].estimate == 1),
        ("no variation", {"score": [5] * 10, "outcome": range(10), "areas": None, "shares": (0.2,)},
         lambda found: math.isclose(found.at[0].pai, 1) and found.at[0].tied == 10),
        ("an area of no size", {"areas": [0, 1, 1]}, WRONG)]),
    (hot_spots.stability, {"counts": [[3, 4], [1, 1], [0, 2]], **DRAWS}, [
        ("all zero", {"counts": [[0, 0], [0, 0]]}, NO), ("one place", {"counts": [[1, 2]]}, NO),
        ("one period", {"counts": [[1], [2]]}, NO), ("a list", {"counts": [1, 2, 3]}, WRONG),
        ("an empty period", {"counts": [[1, 0], [2, 0]]}, NO),
        ("no variation", {"counts": [[1, 1], [1, 1]]}, lambda found: found.p > 0.05)]),
    (hot_spots.getis_ord, SPOTS, MAPS),
    (hot_spots.local_moran, SPOTS, MAPS),
    (hot_spots.moran, SPOTS, MAPS),
    (hot_spots.density, {"x": [4, 5], "y": [4, 5], "bandwidth": 2, "shape": (9, 9),
                         "bounds": (0, 0, 9, 9)}, [
        ("nothing inside", {"x": [99, 99]}, NO),
        ("one point", {"x": [4], "y": [4]}, lambda found: bool(found.values.max() > 0)),
        ("one point, quartic", {"x": [4], "y": [4], "kernel": "quartic"}, says("Quartic")),
        ("cells too wide", {"bandwidth": 0.5}, WRONG),
        ("bounds turned round", {"bounds": (9, 0, 0, 9)}, WRONG),
        ("no cells", {"shape": (0, 9)}, WRONG)]),
    (near_repeat.knox, {"x": [1, 1, 9, 4], "y": [1, 1, 9, 4], "t": [1, 2, 9, 4], "distances": [1],
                        "intervals": [1], **DRAWS}, [
        ("two events", {"x": [1, 2], "y": [1, 2], "t": [1, 2]}, NO),
        ("none near", {"distances": [0.1], "intervals": [0.1], "x": [1, 2, 9, 4]}, NO),
        ("all in one place at one time", {"x": [1] * 4, "y": [1] * 4, "t": [1] * 4},
         lambda found: found.p[0, 0] == 1 and found.ratio[0, 0] == 1),
        ("distances turned round", {"distances": [2, 1]}, WRONG),
        ("an interval below zero", {"intervals": [-1]}, WRONG)]),
    (scan.spatial, {"cases": [9, 1, 1, 0], **PEOPLE, **DRAWS}, [
        ("all zero", {"cases": [0] * 4}, NO), ("one case", {"cases": [1, 0, 0, 0]}, NO),
        ("one area", {"cases": [4], "population": [1], "xy": [[0, 0]]}, NO),
        ("no variation", {"cases": [2] * 4}, lambda found: found.clusters == ()),
        ("all in one place", {"xy": HERE}, lambda found: found.clusters == ()),
        ("an island without people", {"population": [5, 0, 5, 5], "cases": [5, 0, 1, 0]},
         lambda found: found.clusters[0].members[0] == 0),
        ("nobody", {"population": [0] * 4}, WRONG),
        ("cases of nobody", {"population": [0, 5, 5, 5]}, WRONG),
        ("far too many", {"cases": [1e6] * 4}, WRONG),
        ("more than half", {"max_share": 0.6}, WRONG),
        ("areas too large", {"max_share": 0.1}, NO)]),
    (scan.space_time, {"cases_by_period": MONTHS, **PEOPLE, **DRAWS}, [
        ("all zero", {"cases_by_period": [[0, 0]] * 4}, NO),
        ("one period", {"cases_by_period": [[1]] * 4}, NO),
        ("one area", {"cases_by_period": [[1, 4]], "population": [1], "xy": [[0, 0]]}, NO),
        ("no variation", {"cases_by_period": [[2, 2]] * 4, "model": "permutation"},
         lambda found: found.clusters == ()),
        ("a list", {"cases_by_period": [1, 2, 3, 4]}, WRONG),
        ("no population", {"population": None}, WRONG), ("nobody", {"population": [0] * 4}, WRONG),
        ("cases of nobody", {"population": [0, 5, 5, 5]}, WRONG),
        ("all periods", {"max_periods": 2}, WRONG), ("areas too large", {"max_share": 0.1}, NO),
        ("expected elsewhere", {"expected": [[1, 1]] * 3}, WRONG),
        ("expected by permutation", {"expected": [[1, 1]] * 4, "model": "permutation"}, WRONG),
        ("halves dealt anew", {"cases_by_period": [[1, 0.5]] * 4, "model": "permutation"}, WRONG)]),
    (scan.power, {"cases": 9, **PEOPLE, "members": [0], "relative_risk": 2.0, "permutations": 99,
                  "simulations": 9, "rng": 1}, [
        ("no case", {"cases": 0}, NO), ("half a case", {"cases": 2.5}, WRONG),
        ("nobody", {"population": [0] * 4}, WRONG),
        ("one area", {"population": [1], "xy": [[0, 0]]}, NO),
        ("an empty group", {"members": []}, WRONG), ("member elsewhere", {"members": [4]}, WRONG),
        ("no risk", {"relative_risk": 0}, WRONG), ("too few draws", {"permutations": 9}, WRONG),
        ("overwhelming risk", {"cases": 40, "relative_risk": 1e6},
         lambda found: found.estimate == 1)]),
    (capture_recapture.chapman, {"first": 40, "second": 30, "both": 12}, [
        ("six in both", {"both": 6}, NO), ("all in both", {"first": 12, "second": 12}, no_more),
        ("more in both than in one", {"both": 31}, WRONG), ("negative", {"first": -1}, WRONG)]),
    (capture_recapture.chapman_linked, {"first": 40, "second": 30, "probabilities": [0.9] * 14}, [
        ("none alike", {"probabilities": [0.0] * 14}, NO),
        ("all in both", {"first": 9, "second": 9, "probabilities": [1.0] * 9}, no_more),
        ("above one", {"probabilities": [1.1] * 14}, WRONG)]),
    (watch.farrington, {"counts": [3.0, 4.0] * 150, "years_back": 3}, [
        ("all zero", {"counts": [0] * 300}, lambda found: not found.alarm[0]),
        ("no variation", {"counts": [3] * 300}, lambda found: not found.alarm[0]),
        ("events after none", {"counts": [0] * 299 + [9]}, says("have events where")),
        ("too short", {"counts": [3] * 150}, NO),
        ("seasons that do not fit", {"periods": 60}, WRONG)]),
    (watch.cusum, {"counts": [3, 4, 9, 9], "expected": 3}, [
        ("all zero", {"counts": [0] * 4}, lambda found: not found.alarm.any()),
        ("nothing expected", {"expected": 0}, WRONG), ("no limit", {"h": 0}, WRONG)]),
    (watch.count_cusum, {"counts": [0, 3, 9, 0], "k": 2, "h": 4}, [
        ("all zero", {"counts": [0] * 4}, lambda found: not found.alarm.any()),
        ("one period", {"counts": [9]}, lambda found: found.alarm.tolist() == [True]),
        ("no reference", {"k": 0}, WRONG), ("no limit", {"h": 0}, WRONG),
        ("too many limits", {"h": [4, 4]}, WRONG)]),
    (watch.run_length, {"mean": 1.0, "k": 1.5, "h": 4}, [
        ("never", {"mean": 0.001, "h": 40}, NO), ("no event", {"mean": 0}, WRONG),
        ("no common lattice", {"k": 1.53, "h": 4.01}, WRONG),
        ("less scatter than chance", {"dispersion": 0.5}, WRONG)]),
    (watch.ears, {"counts": [3, 4] * 9}, [
        ("all zero", {"counts": [0] * 18}, lambda found: not found.alarm[0]),
        ("no variation", {"counts": [3] * 18}, lambda found: not found.alarm[0]),
        ("too short", {"counts": [3] * 8}, NO)]),
    (watch.g_chart, {"days_between": [3, 40, 7, 12] * 5}, [
        ("all zero", {"days_between": [0] * 20}, NO),
        ("three gaps", {"days_between": [4, 5, 6]}, NO),
        ("no variation", {"days_between": [7] * 20}, lambda found: not found.longer.any()),
        ("more gaps than there are", {"baseline": 301}, WRONG)]),
    (watch.change_points, {"counts": [3, 4] * 6 + [9, 12] * 6}, [
        ("all zero", {"counts": [0] * 20}, NO), ("one period", {"counts": [5]}, NO),
        ("no variation", {"counts": [5] * 20}, lambda found: found.starts == ()),
        ("no variation, normal", {"counts": [5] * 20, "family": "normal"}, NO)]),
    (watch.within_budget, {"p": [0.01, 0.2], "most": 1}, [
        ("not judged", {"p": [NAN, 0.2]}, lambda found: found.tolist() == [False, True]),
        ("all alike", {"p": [0.2, 0.2]}, lambda found: not found.any()),
        ("above one", {"p": [0.5, 1.2]}, WRONG)]),
    (small_areas.bym2, {"counts": [3, 4, 9] * 10, "expected": [4.0] * 30, "graph": RING}, [
        ("all zero", {"counts": [0] * 30}, NO),
        ("one area", {"counts": [3], "expected": [2.0], "graph": ALONE}, NO),
        ("an island", {"counts": [3, 4, 9, 5, 2] * 2 + [4, 6], "expected": [4.0] * 12,
                       "graph": RING_AND_ISLAND}, says("no neighbour")),
        ("islands alone", {"counts": [3] * 4, "expected": [2.0] * 4, "graph": ISLANDS}, NO),
        ("no variation", {"counts": [4] * 30}, lambda found: found.spread.estimate < 0.15),
        ("nothing expected", {"expected": [0.0] * 30}, WRONG),
        ("another graph", {"graph": CHAIN}, WRONG), ("one way only", {"graph": ONE_WAY}, WRONG),
        ("flat covariate", {"covariates": [1] * 30}, NO),
        ("twice the same", {"covariates": np.c_[:30, :30]}, NO),
        ("covariate missing", {"covariates": [NAN] * 30}, WRONG)]),
    (small_areas.count_regression, {"counts": [3, 4, 9, 5, 2], "expected": [4.0] * 5,
                                    "covariates": [1, 2, 3, 4, 9]}, [
        ("all zero", {"counts": [0] * 5}, NO),
        ("as many coefficients", {"covariates": np.eye(5)[:, :4]}, NO),
        ("one area", {"counts": [3], "expected": [2.0], "covariates": [[1]]}, NO),
        ("nothing expected", {"expected": [0.0] * 5}, WRONG),
        ("flat covariate", {"covariates": [1] * 5}, NO),
        ("twice the same", {"covariates": np.c_[:5, :5]}, NO),
        ("events in one area", {"counts": [0, 0, 0, 0, 9]}, NO),
        ("another length", {"covariates": [1, 2]}, WRONG)]),
    (evaluation.interrupted_series, {"counts": [4, 6, 5, 7] * 5, "start": 10}, [
        ("all zero", {"counts": [0] * 20}, NO),
        ("none after", {"counts": [4] * 10 + [0] * 10}, NO), ("two before", {"start": 2}, NO),
        ("few periods", {"counts": [4, 5, 6, 5, 4], "start": 3}, NO),
        ("no variation", {"counts": [4] * 20},
         lambda found: math.isclose(found.estimate, 1) and found.low < 1 < found.high),
        ("start outside", {"start": 20}, WRONG), ("nobody exposed", {"exposure": [0] * 20}, WRONG),
        ("season of one", {"season": 1}, WRONG), ("lags below zero", {"lags": -1}, WRONG)]),
    (evaluation.difference_in_differences, {"counts": [5, 6, 9, 4], **SIDES}, PANELS),
    (evaluation.event_study, {"counts": [5, 6, 9, 4], **SIDES}, PANELS),
    (evaluation.staggered, {"counts": [5, 6, 7] * 4, "unit": UNIT, "period": PERIOD,
                            "start": np.repeat([1, 1, INF, INF], 3)}, [
        ("all zero", {"counts": [0] * 12}, NO),
        ("no variation", {"counts": [5] * 12}, lambda found: math.isclose(found.estimate, 1)),
        ("nobody later", {"start": [1] * 12}, NO),
        ("no time before", {"start": np.repeat([0, 0, 1, 1], 3)}, NO),
        ("cohort of one", {"start": np.repeat([1, 2, INF, INF], 3)}, NO),
        ("two starts", {"start": [1, 2, 1] * 4}, WRONG),
        ("a row missing", {"period": [0, 1, 1] * 4}, WRONG)]),
    (evaluation.synthetic_control, {"outcomes": ROUGH, "treated": 0, "start": 5}, [
        ("no variation", {"outcomes": np.ones((5, 8))}, NO),
        ("two areas", {"outcomes": ROUGH[:2]}, NO), ("one period before", {"start": 1}, NO),
        ("flat donors", {"outcomes": np.vstack([ROUGH[:1], np.ones((5, 8))])},
         lambda found: (found.standing_out[1:] == 0).all() and math.isinf(found.high)),
        ("one row", {"outcomes": [1, 2, 3]}, WRONG), ("row outside", {"treated": 5}, WRONG),
        ("start outside", {"start": 8}, WRONG)]),
    (evaluation.displacement, {"before": [100, 50, 300], "after": [60, 50, 300]}, [
        ("all zero", {"before": [0] * 3, "after": [0] * 3}, NO),
        ("no control", {"before": [9, 9, 0]}, NO), ("no fall", {"after": [99, 50, 300]}, NO),
        ("target emptied", {"after": [0, 50, 300]}, within),
        ("two counts", {"before": [9, 9], "after": [9, 9]}, WRONG)]),
    (evaluation.stepped_wedge, {"counts": [5, 6, 7] * 4, "cluster": UNIT, "period": PERIOD,
                                "treated": STEPS}, [
        ("all zero", {"counts": [0] * 12}, NO),
        ("three clusters", {"counts": [5] * 9, "cluster": UNIT[:9], "period": PERIOD[:9],
                            "treated": STEPS[:9]}, NO),
        ("all at once", {"treated": [0, 1, 1] * 4}, NO), ("never", {"treated": [0] * 12}, NO),
        ("no variation", {"counts": [5] * 12},
         lambda found: math.isclose(found.estimate, 1) and found.spread == 0),
        ("stepped back", {"treated": [0, 1, 0] * 4}, WRONG),
        ("a flag of two", {"treated": [0, 1, 2] * 4}, WRONG)]),
    (evaluation.detectable, {"baseline": 14, "change": -0.2}, [
        ("nothing asked", {"change": None}, WRONG), ("both asked", {"periods": 5}, WRONG),
        ("no events", {"baseline": 0}, WRONG), ("no change", {"change": 0}, WRONG),
        ("below nothing", {"change": -1}, WRONG),
        ("no time", {"change": None, "periods": 0}, WRONG),
        ("too little time", {"baseline": 0.1, "change": None, "periods": 1}, NO),
        ("a few events", {"baseline": 9, "change": None, "periods": 3}, says("rough")),
        ("under-dispersed", {"dispersion": 0.5}, WRONG),
        ("a wedge of one", {"design": "stepped wedge"}, WRONG)]),
    (evaluation.power, {"baseline": 14, "change": -0.2, "periods": 3, "simulations": 50,
                        "rng": 1}, [
        ("no events", {"baseline": 0}, WRONG),
        ("hardly any", {"baseline": 0.01}, lambda found: found.estimate < 0.1),
        ("wedge of hardly any", {"baseline": 0.1, "change": 0, "units": 3,
                                 "design": "stepped wedge"}, lambda found: found.estimate < 0.2)]),
    (meta_analysis.pool, STUDIES, [*SPREAD,
        ("one study", {"effects": [0.3], "variances": [0.1]}, NO),
        ("no variation", two([1.0, 1, 1]), lambda found: found.tau2 == 0),
        ("no variation, Hartung-Knapp", two([1.0, 1, 1]) | {"hartung_knapp": True}, NO)]),
    (meta_analysis.pool_many, {"effects": [EFFECTS, EFFECTS], "variances": [VARIANCES] * 2}, [
        ("one study each", {"effects": [[1], [2]], "variances": [[1], [1]]}, NO),
        ("no variation in one", {"effects": [[1.0] * 6, EFFECTS]}, says("no Hartung-Knapp")),
        ("a list", {"effects": EFFECTS}, WRONG),
        ("zero variance", {"variances": [[0.0] * 6, VARIANCES]}, WRONG)]),
    (meta_analysis.mantel_haenszel, table(3, 20, 5, 20), [*CROSSED,
        ("no event", table(0, 9, 0, 9), NO),
        ("no event, difference", table(0, 9, 0, 9) | {"measure": "RD"}, NO),
        ("none in one group", table(0, 9, 4, 9), NO),
        ("all and none", table(9, 9, 0, 9) | {"measure": "RD"}, NO),
        ("everybody", table(9, 9, 9, 9) | {"measure": "RR"}, NO),
        ("one study", {}, lambda found: found.q_df == 0 and math.isnan(found.q_p))]),
    (meta_analysis.egger, STUDIES, [*SPREAD,
        ("two studies", two([1, 2]), NO), ("one precision", {"variances": [1.0] * 6}, NO),
        ("on a line", {"effects": [1, 2, 3], "variances": [1, 4, 9]}, NO)]),
    (meta_analysis.trim_and_fill, STUDIES, [*SPREAD,
        ("two studies", two([1, 2]), NO), ("a side that is none", {"side": "up"}, WRONG)]),
    (meta_analysis.influence, STUDIES, [*SPREAD, ("two studies", two([1, 2]), NO)]),
    (meta_analysis.regress, {**STUDIES, "moderators": [1, 2, 3, 4, 5, 7]}, [*SPREAD,
        ("moderator that stays", {"moderators": [7] * 6}, NO),
        ("moderator twice", {"moderators": np.outer(range(6), [1, 2])}, NO),
        ("too many moderators", two([1, 2, 4]) | {"moderators": [[1, 0], [0, 1], [1, 1]]}, NO),
        ("on a line", two([1, 2, 3]) | {"moderators": [1, 2, 3], "hartung_knapp": True}, NO),
        ("names too many", {"names": ["a", "b"]}, WRONG)]),
    (meta_analysis.three_level, TEAMS, [*SPREAD,
        ("one cluster", {"cluster": [1] * 6}, NO), ("each its own", {"cluster": range(6)}, NO),
        ("two effects", two([1, 2]) | {"cluster": [1, 2]}, NO),
        ("no variation", {"effects": [1.0] * 6}, lambda found: found.between == 0)]),
    (meta_analysis.robust, TEAMS, [*SPREAD,
        ("no variation", {"effects": [1.0] * 6}, NO), ("one cluster", {"cluster": [1] * 6}, NO),
        ("too few clusters", {"cluster": [1, 1, 1, 2, 2, 2], "moderators": range(6)}, NO)]),
    (effect_sizes.log_odds_ratio, table(3, 20, 5, 20), [*CROSSED,
        ("a zero cell", table(0, 20, 5, 20), says("Half an event")),
        ("no event", table(0, 9, 0, 9), NO)]),
    (effect_sizes.log_risk_ratio, table(3, 20, 5, 20), [*CROSSED,
        ("a zero cell", table(0, 20, 5, 20), says("Half an event")),
        ("everybody", table(9, 9, 9, 9), NO)]),
    (effect_sizes.risk_difference, table(3, 20, 5, 20), [*CROSSED,
        ("no event", table(0, 9, 0, 9), lambda found: found.variances[0] > 0)]),
    (effect_sizes.log_rate_ratio, times(3, 1, 4, 1), [
        ("no event", times(0, 1, 0, 1), NO),
        ("none in one group", times(0, 1, 4, 1), says("Half an event")),
        ("no time", times(3, 0, 4, 1), WRONG)]),
    (effect_sizes.standardised_mean_difference, {
        "mean_treatment": [3], "sd_treatment": [1], "n_treatment": [9],
        "mean_control": [4], "sd_control": [1], "n_control": [9]}, [
        ("no variation", {"sd_treatment": [0]}, WRONG),
        ("one person", {"n_treatment": [1]}, WRONG)]),
    (effect_sizes.fisher_z, {"correlations": [0.1], "n": [20]}, [
        ("a correlation of one", {"correlations": [1.0]}, WRONG),
        ("three people", {"n": [3]}, WRONG)]),
    (effect_sizes.logit_proportion, {"count": [3], "total": [9]}, [
        ("no event", {"count": [0]}, says("Half an event")),
        ("nobody", {"count": [0], "total": [0]}, WRONG),
        ("more than all", {"count": [10]}, WRONG)]),
    (effect_sizes.from_ratio_interval, {"ratio": [1.5], "low": [1], "high": [2]}, [
        ("limits turned round", {"low": [2], "high": [1]}, WRONG),
        ("a ratio of zero", {"ratio": [0]}, WRONG)]),
    (instruments.auc, {"score": [1, 3, 2, 2, 0, 4, 1, 5], **WHAT_HAPPENED}, [
        ("no case", {"outcome": [0] * 8}, NO), ("one case", {"outcome": [1] + [0] * 7}, NO),
        ("no variation", {"score": [1] * 8}, lambda found: found.estimate == 0.5),
        ("an outcome of two", {"outcome": [0, 2] * 4}, WRONG)]),
    (instruments.calibration, CHANCES, [*PROBABILITIES,
        ("no variation", {"probability": [0.2] * 8}, NO),
        ("perfectly parted", {"probability": [0.1, 0.9] * 4}, NO)]),
    (instruments.decision_curve, CHANCES, [*PROBABILITIES,
        ("no variation", {"probability": [0.2] * 8}, lambda found: "Note: " in str(found)),
        ("certainty as threshold", {"thresholds": [1]}, WRONG)]),
    (instruments.predictive_values, FLAGS, [
        ("everybody flagged", {"flagged": [1] * 8}, NO), ("only cases", {"outcome": [1] * 8}, NO),
        ("finds nobody", {"flagged": [1, 0] * 4}, lambda found: found.sensitivity.estimate == 0),
        ("a flag of three", {"flagged": [3] * 8}, WRONG),
        ("no base rate", {"base_rate": 0}, WRONG)]),
    (instruments.fairness, {**FLAGS, "group": list("abababab")}, [
        ("one group", {"group": ["a"] * 8}, NO),
        ("a group without a case", {}, lambda found: found.groups[0].sensitivity is None),
        ("no variation", {"flagged": [1] * 8}, lambda found: found.widest["flagged"] == 0),
        ("a group missing", {"group": [None, *"bababab"]}, WRONG)]),
    (disproportionality.relative_rate, {"counts": [5, 9], "populations": [100, 90],
                                        "reference": 0}, [
        ("all zero", {"counts": [0, 0]}, NO),
        ("none in one group", {"counts": [5, 0]}, lambda found: found[0].low == 0),
        ("none in the reference", {"counts": [0, 5]}, lambda found: math.isinf(found[0].high)),
        ("nobody", {"populations": [100, 0]}, WRONG),
        ("one group", {"counts": [1], "populations": [10]}, WRONG),
        ("a stratum missing", {"strata": ["a", "b"]}, WRONG),
        ("no stratum in common", {"counts": [[1, 0], [0, 1]], "populations": [[9, 0], [0, 9]],
                                  "strata": ["a", "b"]}, NO)]),
    (economics.discount_factors, {"years": 3}, [("no years", {"years": 0}, WRONG)]),
    (economics.present_value, {"amounts": [-5, 3, 3]}, [
        ("all zero", {"amounts": [0, 0]}, lambda found: found.value == 0),
        ("no such edition", {"edition": "1066"}, WRONG)]),
    (economics.appraise, {"harms": 100.0, "rate_ratio": 0.8, "reach": 0.5, "cost_of_harm": 1000.0,
                          "cost": 8000.0, "years": 3, "draws": 1000, "rng": 1}, [
        ("no harm", {"harms": 0}, WRONG), ("a cost below zero", {"cost": -5}, WRONG),
        ("beyond everybody", {"reach": 1.5}, WRONG),
        ("no variation", {}, lambda found: found.net_benefit.low == found.net_benefit.high),
        ("limits turned round", {"cost": economics.Uncertain(low=5, high=4)}, WRONG)]),
]  # fmt: skip

# Labels may be words, and these numbers are read only where another option asks for them.
FREE = {"cluster", "unit", "group", "strata", "treated", "harmonics", "rng"}
SHARES = {"level", "alpha", "power", "max_share", "false_finds"}
EVENTS = {
    "count", "counts", "cases", "cases_by_period", "days_between", "before", "after", "count_1",
    "count_2", "events_treatment", "events_control",
}  # fmt: skip
NEVER_NEGATIVE = EVENTS | {
    "population", "populations", "expected", "standard", "areas", "variances", "n_treatment",
    "n_control", "time_treatment", "time_control", "sd_treatment", "sd_control", "total", "time_1",
}  # fmt: skip
MAY_BE = {("within_budget", "p", "missing"), ("concentration", "shares", "empty"),
          ("staggered", "start", "infinite"), ("synthetic_control", "outcomes", "negative"),
          ("spatial", "cases", "half an event"),
          ("space_time", "cases_by_period", "half an event")}  # fmt: skip


def spoilt(value: Any, name: str) -> Iterator[tuple[str, Any]]:
    """Yield what may be wrong with one argument that is known to work."""
    if isinstance(value, str):
        yield "a word that means nothing", "no such thing"
        return
    try:
        numbers = np.asarray(value, dtype=float)
    except (TypeError, ValueError):
        return
    faults = {"missing": NAN, "infinite": INF, "a word": "word"}
    faults |= {"negative": -1.0} if name in NEVER_NEGATIVE else {}
    faults |= {"half an event": 0.5} if name in EVENTS else {}
    for fault, wrong in faults.items():
        changed = numbers.astype(object)
        changed.flat[0] = wrong
        yield fault, changed.tolist()
    if numbers.ndim:
        yield "empty", []
    if name in SHARES:
        yield from (("nothing", 0), ("everything", 1))


def spoilt_calls() -> Iterator[tuple[str, Callable[..., Any], dict[str, Any]]]:
    for function, works, _ in TABLE:
        for name, parameter in inspect.signature(function).parameters.items():
            value = works.get(name, parameter.default)
            if name in FREE or value is None or isinstance(value, bool):
                continue
            for fault, wrong in spoilt(value, name):
                if (function.__name__, name, fault) not in MAY_BE:
                    yield f"{function.__name__}: {name} {fault}", function, works | {name: wrong}


def unlike_calls() -> Iterator[tuple[str, Callable[..., Any], dict[str, Any]]]:
    for function, works, _ in TABLE:
        lists = {name: held for name, held in works.items() if isinstance(held, list)}
        for name, held in lists.items():
            others = [len(other) for key, other in lists.items() if key != name]
            if len(held) in others:
                yield f"{function.__name__}: {name} too short", function, works | {name: held[:-1]}


@pytest.mark.parametrize(
    ("function", "call", "outcome"),
    [
        pytest.param(function, works | changed, outcome, id=f"{function.__name__}: {name}")
        for function, works, rows in TABLE
        for name, changed, outcome in rows
    ],
)
def test_input_at_its_ends(
    function: Callable[..., Any], call: dict[str, Any], outcome: Outcome
) -> None:
    if isinstance(outcome, type):
        with pytest.raises(outcome) as refused:
            function(**call)
        assert str(refused.value).endswith((".", ")"))
    else:
        assert outcome(function(**call))


@pytest.mark.parametrize(
    ("function", "call"),
    [pytest.param(*rest, id=name) for name, *rest in (*spoilt_calls(), *unlike_calls())],
)
def test_an_argument_that_means_nothing(function: Callable[..., Any], call: dict[str, Any]) -> None:
    with pytest.raises((InvalidInput, CannotTell)) as refused:
        function(**call)
    assert str(refused.value).endswith((".", ")"))


BARE = {"within_budget", "discount_factors"}  # plain arrays


@pytest.mark.parametrize(
    ("function", "works"), [pytest.param(f, call, id=f.__name__) for f, call, _ in TABLE]
)
def test_a_result_prints_its_caveats(function: Callable[..., Any], works: dict[str, Any]) -> None:
    if function.__name__ not in BARE:
        found = function(**works)
        for one in found if isinstance(found, tuple) else (found,):
            assert "\n  Note: " in str(one)
            assert type(one).__dataclass_params__.frozen
            assert "__dict__" not in dir(one)


def test_every_public_function_is_in_the_table() -> None:
    public = {
        value
        for info in pkgutil.iter_modules(nhpf.methods.__path__, "nhpf.methods.")
        for name, value in vars(importlib.import_module(info.name)).items()
        if inspect.isfunction(value)
        and value.__module__.startswith(info.name)
        and not name.startswith("_")
        and info.name != "nhpf.methods.cards"  # they tell of methods and are none
    }
    assert public == {function for function, *_ in TABLE}
