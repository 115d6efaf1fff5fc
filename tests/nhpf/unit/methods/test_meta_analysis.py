"""What syntheses say, and what they refuse to say."""

from __future__ import annotations

import math
import os
import subprocess
import sys

import numpy as np
import pytest

from nhpf.errors import CannotTell
from nhpf.methods import effect_sizes, meta_analysis

NAN = math.nan
Y = [0.1, 0.5, -0.2, 0.9, 0.3, 0.4]
V = [0.04, 0.09, 0.02, 0.16, 0.05, 0.03]
TEAMS = [1, 1, 2, 2, 3, 3]


def test_pooled_effect_prints_what_a_new_place_may_see() -> None:
    text = str(meta_analysis.pool(Y, V))
    assert text.splitlines()[0].startswith("0.25 (95% interval")
    assert "6 studies; random effects, restricted maximum likelihood" in text
    assert "In a new place like these:" in text
    assert "Few studies" in text


def test_weights_add_to_one_and_follow_precision() -> None:
    found = meta_analysis.pool(Y, V)
    assert found.weights.sum() == pytest.approx(1)
    assert list(np.argsort(found.weights)) == list(np.argsort(V)[::-1])


def test_equal_effects_say_when_studies_differ_too_much() -> None:
    found = meta_analysis.pool([0, 2], [0.01, 0.01], method="EE")
    assert found.tau2 == 0
    assert found.prediction_low is None
    assert "one common effect does not describe them" in str(found)


def test_close_effects_make_hartung_knapp_narrower_and_that_is_said() -> None:
    found = meta_analysis.pool([0.1, 0.1001, 0.0999], [1, 1, 1], hartung_knapp=True)
    assert found.tau2 == 0
    assert "smaller than the plain one" in str(found)


def test_ratio_is_the_exponential_of_effect_and_limits() -> None:
    found = meta_analysis.pool(Y, V)
    assert found.ratio.estimate == pytest.approx(math.exp(found.estimate))
    assert found.ratio.low < found.ratio.estimate < found.ratio.high


def test_likelihood_takes_the_higher_of_two_tops() -> None:
    """Found by search: two tops, one at zero and one far from it."""
    y = np.array([0.0, 0.0, 0.0, 0.0, 40.0])
    v = np.array([0.5, 0.5, 0.5, 0.5, 300.0])
    found = meta_analysis.pool(y, v).tau2

    def likelihood(tau2: float) -> float:
        w = 1 / (v + tau2)
        centre = (w * y).sum() / w.sum()
        return float(np.log(w).sum() - np.log(w.sum()) - (w * (y - centre) ** 2).sum())

    grid = np.concatenate([[0.0], np.geomspace(1e-6, 1e4, 4000)])
    assert likelihood(found) >= max(likelihood(tau2) for tau2 in grid) - 1e-9


def test_many_syntheses_are_each_the_one() -> None:
    rng = np.random.default_rng(3)
    y, v = rng.normal(0, 0.5, (40, 6)), rng.gamma(2, 0.05, (40, 6))
    for method in meta_analysis.METHOD_NAMES:
        many = meta_analysis.pool_many(y, v, method=method, hartung_knapp=True)
        for row in (0, 7, 39):
            one = meta_analysis.pool(y[row], v[row], method=method, hartung_knapp=True)
            for name in ("estimate", "se", "low", "high", "p", "tau2", "i2", "q"):
                assert getattr(many, name)[row] == pytest.approx(
                    getattr(one, name), rel=1e-8, abs=1e-12
                )
            if method != "EE":
                assert many.prediction_low[row] == pytest.approx(one.prediction_low)
    assert "40 syntheses" in str(many)


def test_a_synthesis_without_spread_among_many_has_no_interval() -> None:
    found = meta_analysis.pool_many([[1, 1, 1], [1, 2, 3]], [[1, 1, 1], [1, 1, 1]])
    assert math.isnan(found.se[0])
    assert found.se[1] > 0
    assert any("no Hartung-Knapp interval" in caveat for caveat in found.caveats)


def test_tables_without_events_say_nothing_about_a_ratio_but_count_in_a_difference() -> None:
    silent = ([2, 0, 5], [50, 40, 60], [6, 0, 9], [50, 40, 60])
    told = tuple([column[0], column[2]] for column in silent)
    for measure in ("OR", "RR"):
        with_silent = meta_analysis.mantel_haenszel(*silent, measure=measure)
        without = meta_analysis.mantel_haenszel(*told, measure=measure)
        assert (with_silent.estimate, with_silent.informative) == (without.estimate, 2)
        assert with_silent.studies == 3
    difference = meta_analysis.mantel_haenszel(*silent, measure="RD")
    assert difference.informative == 3
    assert abs(difference.estimate) < abs(
        meta_analysis.mantel_haenszel(*told, measure="RD").estimate
    )


def test_zero_cells_are_pooled_without_half_events() -> None:
    """By hand: R = 3 * 97 / 200 * 0 + ..., the first table gives only to one side."""
    found = meta_analysis.mantel_haenszel([0, 2], [100, 100], [3, 4], [100, 100])
    up, down = 2 * 96 / 200, (100 * 3 + 98 * 4) / 200
    assert found.estimate == pytest.approx(up / down)
    assert "Fewer than five events" in str(found)
    assert "Odds ratio" in str(found)


def test_one_table_has_a_pooled_effect_but_no_test_of_differences() -> None:
    found = meta_analysis.mantel_haenszel([12], [54], [7], [53])
    assert found.estimate == pytest.approx(12 * 46 / (42 * 7))
    assert found.q_df == 0
    assert math.isnan(found.q_p)


def test_trim_and_fill_mirrors_what_is_missing() -> None:
    y = np.array([0.0, 0.1, -0.1, 0.05, 0.8, 0.9, 1.0])
    v = np.array([0.01, 0.012, 0.011, 0.013, 0.2, 0.25, 0.3])
    found = meta_analysis.trim_and_fill(y, v, method="EE")
    assert found.side == "left"
    assert found.missing >= 2
    assert found.estimate < found.observed.estimate
    assert found.filled_effects.size == y.size + found.missing
    assert "added on the left" in str(found)
    turned = meta_analysis.trim_and_fill(-y, v, method="EE")
    assert (turned.side, turned.missing) == ("right", found.missing)
    assert turned.estimate == pytest.approx(-found.estimate)


def test_influence_points_to_the_study_that_moves_the_result() -> None:
    y, v = np.append(np.linspace(0, 0.2, 9), 3.0), np.full(10, 0.02)
    found = meta_analysis.influence(y, v)
    assert list(np.flatnonzero(found.influential)) == [9]
    assert found.without.tau2[9] == 0
    assert "1 to look at" in str(found)


def test_regression_says_what_it_cannot_bear() -> None:
    found = meta_analysis.regress(Y, V, [1, 2, 3, 4, 5, 6], names=["dose"])
    assert "dose" in str(found)
    assert any("ten studies" in caveat for caveat in found.caveats)
    assert any("not a difference between people" in caveat for caveat in found.caveats)


def test_clusters_print_and_warn_when_few() -> None:
    assert "3 clusters" in str(meta_analysis.three_level(Y, V, cluster=TEAMS))
    few = meta_analysis.robust(Y, V, cluster=TEAMS)
    assert any("four degrees of freedom" in caveat for caveat in few.caveats)
    named = meta_analysis.three_level(Y, V, cluster=["a", "a", "b", "b", "c", "c"])
    assert named.estimate == meta_analysis.three_level(Y, V, cluster=TEAMS).estimate


def test_robust_regression_over_clusters_gives_each_coefficient_its_own_degrees() -> None:
    rng = np.random.default_rng(8)
    teams = np.repeat(np.arange(12), 3)
    dose = np.repeat(rng.normal(size=12), 3)
    y = 0.3 * dose + rng.normal(size=36) * 0.2
    found = meta_analysis.robust(
        y, np.full(36, 0.04), cluster=teams, moderators=dose, names=["dose"]
    )
    assert found.coefficients[1].low < 0.3 < found.coefficients[1].high
    intercept, slope = (one.df for one in found.coefficients)
    assert intercept is not None
    assert slope is not None
    assert slope < intercept < 11


def test_effects_all_alike_between_and_within_clusters_have_no_variance() -> None:
    found = meta_analysis.three_level([1.0] * 6, V, cluster=TEAMS)
    assert (found.between, found.within) == (0, 0)
    assert found.between_high > 0


def test_hedges_g_shrinks_the_difference_and_matches_a_worked_case() -> None:
    """Borenstein and others (2009, page 26): means 103 and 100, sds 5.5 and 4.5, 50 in each."""
    found = effect_sizes.standardised_mean_difference([103], [5.5], [50], [100], [4.5], [50])
    assert found.effects[0] == pytest.approx(0.5924, abs=1e-4)
    assert math.sqrt(found.variances[0]) == pytest.approx(0.2028, abs=2e-3)


def test_half_events_are_added_only_where_a_cell_is_zero_and_that_is_said() -> None:
    found = effect_sizes.log_odds_ratio([0, 5], [20, 20], [3, 4], [20, 20])
    assert list(found.half_added) == [True, False]
    assert found.effects[0] == pytest.approx(math.log(0.5 * 17.5 / (20.5 * 3.5)))
    assert found.effects[1] == pytest.approx(math.log(5 * 16 / (15 * 4)))
    assert "Mantel" in str(found)


def test_published_interval_gives_back_its_standard_error() -> None:
    found = effect_sizes.from_ratio_interval([1.6422], [1.1625], [2.3198])
    assert math.sqrt(found.variances[0]) == pytest.approx(math.log(2.3198 / 1.1625) / 3.91993)


def test_rates_and_proportions_have_the_variance_of_their_logarithms() -> None:
    rates = effect_sizes.log_rate_ratio([14, 0], [1, 1], [28, 3], [2, 1])
    assert rates.effects[0] == pytest.approx(0)
    assert rates.variances[0] == pytest.approx(1 / 14 + 1 / 28)
    assert rates.effects[1] == pytest.approx(math.log(0.5 / 3.5))
    shares = effect_sizes.logit_proportion([5, 0], [10, 10])
    assert list(shares.effects) == pytest.approx([0, math.log(0.5 / 10.5)])
    assert list(shares.variances) == pytest.approx([0.4, 1 / 0.5 + 1 / 10.5])


def test_the_study_that_says_nothing_is_named() -> None:
    with pytest.raises(CannotTell, match="study 2"):
        effect_sizes.log_odds_ratio([1, 0], [9, 9], [2, 0], [9, 9])


def test_arguments_stay_as_they_were() -> None:
    y, v = np.array(Y), np.array(V)
    meta_analysis.pool(y, v)
    meta_analysis.trim_and_fill(y, v)
    meta_analysis.influence(y, v)
    meta_analysis.robust(y, v, cluster=TEAMS)
    assert (list(y), list(v)) == (Y, V)


def test_importing_synthesis_does_not_load_scipy() -> None:
    code = (
        "import sys, nhpf.methods.meta_analysis, nhpf.methods.effect_sizes; "
        "print('scipy' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.stdout.strip() == "False"
