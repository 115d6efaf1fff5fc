"""Interfaces that stay: what other code and notebooks may rely on, as the design gives them.

Before the bar stand arguments that may be given by position, after it those given by name alone.
More may be added by name; none may go, and none may move.
"""

from __future__ import annotations

import importlib
import inspect

import pytest

STAY = """
rates.rate: count population | per level method
rates.proportion: count total | level
rates.standardised: counts populations standard | per level
rates.funnel: count expected | levels
rates.compare: count_1 time_1 count_2 time_2 | level
hot_spots.getis_ord: values graph | star permutations rng
hot_spots.local_moran: values graph | permutations rng
hot_spots.moran: values graph | permutations rng
hot_spots.concentration: counts shares |
hot_spots.capture: score outcome areas shares |
hot_spots.density: x y | bandwidth shape bounds
near_repeat.knox: x y t | distances intervals permutations rng
scan.spatial: cases population xy | max_share permutations rng
scan.space_time: cases_by_period population xy | max_share max_periods prospective model permutations rng
surveillance.farrington: counts | frequency evaluate years_back half_window past_weeks_excluded periods trend weights_threshold threshold alpha
surveillance.cusum: counts expected | k h
surveillance.ears: counts | method baseline alpha
surveillance.g_chart: days_between |
surveillance.change_points: counts | most
small_areas.bym2: counts expected graph | covariates
evaluation.interrupted_series: counts | start exposure season family
evaluation.difference_in_differences: counts treated period | exposure
evaluation.synthetic_control: outcomes treated start | placebos
evaluation.displacement: before after |
evaluation.stepped_wedge: counts cluster period treated |
evaluation.detectable: baseline | units periods dispersion power alpha design
meta_analysis.pool: effects variances | method hartung_knapp level
meta_analysis.mantel_haenszel: events_treatment n_treatment events_control n_control |
meta_analysis.egger: effects variances |
meta_analysis.trim_and_fill: effects variances |
meta_analysis.influence: effects variances |
meta_analysis.regress: effects variances moderators |
meta_analysis.three_level: effects variances | cluster
meta_analysis.robust: effects variances | cluster
instruments.auc: score outcome | weights level
instruments.calibration: probability outcome | weights
instruments.predictive_values: flagged outcome | weights
instruments.decision_curve: probability outcome | weights
instruments.fairness: flagged outcome group | weights
disproportionality.relative_rate: counts populations | reference strata
economics.present_value: amounts |
economics.appraise: | rng
"""  # noqa: E501


@pytest.mark.parametrize("line", STAY.strip().splitlines(), ids=lambda line: line.split(":")[0])
def test_arguments_are_those_of_the_design(line: str) -> None:
    name, arguments = line.split(":")
    by_position, by_name = (part.split() for part in arguments.split("|"))
    room, function = name.split(".")
    given = getattr(importlib.import_module(f"nhpf.methods.{room}"), function)
    parameters = inspect.signature(given).parameters.values()
    kinds = {each.name: each.kind for each in parameters}
    assert [n for n in kinds if kinds[n] is inspect.Parameter.POSITIONAL_OR_KEYWORD] == by_position
    assert {n for n in kinds if kinds[n] is inspect.Parameter.KEYWORD_ONLY} >= set(by_name)
