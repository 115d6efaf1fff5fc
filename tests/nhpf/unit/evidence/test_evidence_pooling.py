"""Pooling by outcome: what is shown, what is concluded, what depends on what."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from nhpf.errors import CannotTell, InvalidInput
from nhpf.evidence import (
    Counts,
    Effect,
    Study,
    StudyTable,
    change,
    effect_of_counts,
    forest,
    funnel,
    measure_called,
    pool,
    read_study_table,
)
from nhpf.methods import effect_sizes, meta_analysis


def table(*studies: Study, measure: str = "OR") -> StudyTable:
    return StudyTable(studies, measure_called(measure), has_outcomes=False, files=())


def given(name: str, value: float, variance: float = 0.04, **more: str) -> Study:
    return Study(study=name, effect=Effect(value, variance), **more)  # type: ignore[arg-type]


def counted(name: str, *cells: float, measure: str = "OR") -> Study:
    counts = Counts(*cells)
    return Study(study=name, effect=effect_of_counts(counts, measure), counts=counts)


THREE = (given("A", -0.5), given("B", -0.3), given("C", -0.6))


@pytest.mark.parametrize("method", ["REML", "DL", "PM", "EE"])
def test_figures_are_those_of_the_method_as_ratios(method: str) -> None:
    found = pool(table(*THREE), method=method)
    direct = meta_analysis.pool([-0.5, -0.3, -0.6], [0.04] * 3, method=method)
    assert found.estimate == pytest.approx(math.exp(direct.estimate))
    assert found.high == pytest.approx(math.exp(direct.high))
    assert sum(found.weights) == pytest.approx(1)
    assert (found.prediction_low is None) == (method == "EE")
    assert found.told_from_chance


def test_hartung_knapp_is_wider_with_three_unlike_studies() -> None:
    unlike = table(given("A", -0.9), given("B", 0.3), given("C", -0.6))
    plain, allowing = pool(unlike), pool(unlike, hartung_knapp=True)
    assert allowing.high > plain.high
    assert not allowing.told_from_chance


TABLES = [(1, 40, 3, 41), (2, 50, 6, 48), (0, 30, 0, 31), (0, 60, 4, 62)]


@pytest.mark.parametrize("measure", ["OR", "RR", "RD"])
def test_mantel_haenszel_takes_few_events_as_they_are(measure: str) -> None:
    studies = [counted(str(at), *cells, measure=measure) for at, cells in enumerate(TABLES)]
    found = pool(table(*studies, measure=measure), method="MH")
    direct = meta_analysis.mantel_haenszel(*zip(*TABLES, strict=True), measure=measure)
    assert (found.estimate, found.low) == (direct.estimate, direct.low)
    assert (found.weights[2] == 0) == (measure != "RD")
    assert found.tau2 is None
    assert found.in_a_new_place() == ""
    if measure == "OR":
        # The weights are those with which the single ratios average to the pooled one.
        ratios = [a * (m - c) / ((n - a) * c) if c else 0 for a, n, c, m in TABLES]
        pairs = zip(ratios, found.weights, strict=True)
        assert sum(ratio * weight for ratio, weight in pairs) == pytest.approx(found.estimate)


def test_a_silent_study_is_named_under_inverse_variance() -> None:
    studies = [counted(f"Study {at}", *cells) for at, cells in enumerate(TABLES)]
    with pytest.raises(CannotTell) as caught:
        pool(table(*studies))
    assert caught.value.where == "Study 2"
    assert forest(pool(table(*studies), method="MH"))[2].effect is None
    halved = [study for study in studies if study.effect is not None]
    assert any("Half an event" in each for each in pool(table(*halved)).caveats)


def test_what_shares_a_cluster_is_not_taken_as_independent() -> None:
    studies = [given(str(at), -0.5, cluster="one" if at < 6 else f"c{at}") for at in range(8)]
    studies[7] = given("7", 0.6, cluster="c7")
    found = pool(table(*studies))
    assert found.clusters == 3
    assert found.clustered is not None
    assert found.told_from_chance is False
    assert found.high < 1 < found.clustered.high
    assert "Allowing for 3 clusters" in str(found)


def test_one_cluster_bears_no_conclusion() -> None:
    found = pool(table(*(given(str(at), -0.5 + at / 100, cluster="one") for at in range(4))))
    assert (found.clusters, found.clustered) == (1, None)
    assert found.high < 1
    assert found.told_from_chance is False


def test_a_ratio_that_is_no_logarithm_is_doubted() -> None:
    raw = pool(table(given("A", 0.7), given("B", 0.8)))
    assert any("logarithm" in each for each in raw.caveats)
    assert not any("logarithm" in each for each in pool(table(*THREE)).caveats)


@pytest.mark.parametrize(
    ("studies", "how"),
    [
        (THREE, {"method": "XX"}),
        (THREE, {"method": "MH"}),
        (THREE, {"outcome": "arrest"}),
        ((counted("A", 1, 9, 2, 9), counted("B", 1, 9, 2, 9)),
         {"method": "MH", "hartung_knapp": True}),
    ],
)  # fmt: skip
def test_what_a_table_cannot_bear_is_refused(
    studies: tuple[Study, ...], how: dict[str, object]
) -> None:
    with pytest.raises(InvalidInput):
        pool(table(*studies), **how)  # type: ignore[arg-type]


def test_the_funnel_has_eggers_test_from_ten_studies_on() -> None:
    many = [given(str(at), -0.1 * at, 0.01 * (at + 1)) for at in range(10)]
    few = funnel(pool(table(*many[:9])))
    assert few.egger is None
    assert "ten studies" in few.why_not
    full = funnel(pool(table(*many)))
    assert full.egger is not None
    direct = meta_analysis.egger(
        [-0.1 * at for at in range(10)], [0.01 * at for at in range(1, 11)]
    )
    assert full.egger.p == pytest.approx(direct.p)
    assert full.high - full.centre == pytest.approx(1.959964 * math.sqrt(0.1))


def test_the_forest_shows_each_study_with_its_own_interval() -> None:
    point = forest(pool(table(*THREE)))[0]
    assert point.effect is not None
    assert point.effect.low == pytest.approx(math.exp(-0.5 - 1.959964 * 0.2))
    assert point.weight == pytest.approx(1 / 3)


def test_a_new_study_changes_the_conclusion_and_says_so() -> None:
    before = pool(table(*THREE))
    after = pool(table(*THREE, given("D", 1.5, 0.01)))
    found = change(before, after)
    assert (found.added, found.removed) == (("D",), ())
    assert found.conclusion_changed
    assert "could be told from chance, and now it cannot" in str(found)
    assert change(after, before).conclusion_changed
    assert not change(before, before).conclusion_changed
    assert "as wide as before" in str(change(before, before))
    with pytest.raises(InvalidInput):
        change(before, pool(table(*THREE, measure="RR")))


def test_a_turn_without_a_conclusion_is_told() -> None:
    wide = [given("A", -0.3, 1.0), given("B", -0.2, 1.0)]
    found = change(pool(table(*wide)), pool(table(*wide, given("C", 0.9, 0.3))))
    assert found.direction_changed
    assert "other side of no effect" in str(found)


def test_effects_agree_with_the_vectorised_ones() -> None:
    counts = Counts(0, 30, 4, 31)
    found = effect_of_counts(counts, "RR")
    direct = effect_sizes.log_risk_ratio([0], [30], [4], [31])
    assert found is not None
    assert found.half_added
    assert found.value == pytest.approx(direct.effects[0])


def test_a_study_keeps_the_numbers_that_its_row_gave(tmp_path: Path) -> None:
    table = tmp_path / "means.csv"
    columns = "mean_treatment,sd_treatment,n_treatment,mean_control,sd_control,n_control"
    table.write_text(f"study,{columns}\nA (2001),1.5,2,30,2.25,2.5,31\n", encoding="utf-8")
    given = read_study_table(table).studies[0].given
    assert list(given) == columns.split(",")
    assert list(given.values()) == [1.5, 2, 30, 2.25, 2.5, 31]
