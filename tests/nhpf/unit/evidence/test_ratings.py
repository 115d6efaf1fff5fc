"""Ratings by outcome: each category and each step of certainty by its stated rule."""

from __future__ import annotations

from typing import Any

import pytest

from nhpf.errors import InvalidInput
from nhpf.evidence import (
    CATEGORIES,
    Appraisal,
    Counts,
    Effect,
    Emmie,
    ListedStudy,
    Part,
    Study,
    Synthesis,
    crosswalk,
    effect_in_words,
    effect_of_counts,
    rate,
)
from nhpf.framework.entries import STRENGTHS

TRIALS = Appraisal("randomised", "low", "Concealed allocation in each.")


def study(name: str, value: float, variance: float = 0.01, country: str = "UK") -> Study:
    return Study(study=name, effect=Effect(value, variance), country=country)


def synthesis(*effects: float, variance: float = 0.01, **more: Any) -> Synthesis:
    country = more.pop("country", "UK")
    listed = tuple(
        ListedStudy(study(f"Study {at}", effect, variance, country), "approved")
        for at, effect in enumerate(effects)
    )
    given = {"measure": "RR", "good": "lower", "hartung_knapp": False} | more
    return Synthesis(
        intervention="iv-made-up", outcome="violence", source="made up", listed=listed, **given
    )


def moved(found: Any) -> dict[str, int]:
    return {step.domain: step.moved for step in found.certainty.steps}


HELP = (-0.5, -0.45, -0.55, -0.5)


def test_help_that_is_certain() -> None:
    found = rate(synthesis(*HELP), TRIALS)
    assert (found.category, found.strength) == ("helps", "strong")
    assert found.certainty is not None
    assert found.certainty.level == "high"
    assert all(step.reason for step in found.certainty.steps)
    assert (found.studies, found.uk_studies) == (4, 4)
    assert found.pooled is not None
    assert "In a new place like these, expect a risk ratio from" in str(found)
    assert found.crosswalk.crime_solutions == "effective, multiple studies"
    assert found.crosswalk.yef_impact == "high"
    assert "None of these bodies" in found.crosswalk.note
    assert "Harms: not known" in str(found)


@pytest.mark.parametrize(
    ("effects", "more", "category"),
    [
        (HELP, {}, "helps"),
        (HELP, {"good": "higher"}, "harmful"),
        (tuple(-each for each in HELP), {}, "harmful"),
        ((0.01, -0.01, 0.02, -0.02), {"variance": 0.004}, "null"),
        ((0.01, -0.01, 0.02, -0.02), {"variance": 0.4}, "inconclusive"),
        ((-0.5,), {}, "helps"),
        ((), {}, "inconclusive"),
        # A tiny effect that can be told from chance is still not worth having.
        ((-0.05, -0.05, -0.05, -0.06), {"variance": 0.001}, "null"),
        # Nobody said what is worth having, so nothing is null.
        ((0.01, -0.01, 0.02), {"variance": 0.004, "measure": "RD"}, "inconclusive"),
        ((0.01, -0.01, 0.02), {"variance": 0.004, "measure": "RD", "worthwhile": 0.2}, "null"),
    ],
)
def test_each_category_has_its_rule(
    effects: tuple[float, ...], more: dict[str, Any], category: str
) -> None:
    found = rate(synthesis(*effects, **more), TRIALS)
    assert found.category == category
    assert found.why


def test_help_of_very_low_certainty_is_inconclusive_and_harm_is_not() -> None:
    weak = Appraisal("no comparison group")
    assert rate(synthesis(*HELP), weak).category == "inconclusive"
    nothing = synthesis(0.01, -0.01, 0.02, -0.02, variance=0.004)
    assert rate(nothing, weak).category == "inconclusive"
    assert rate(synthesis(*HELP, good="higher"), weak).category == "harmful"


def test_what_was_screened_out_is_listed_with_its_reason() -> None:
    out = ListedStudy(study("Weak (2001)", -0.9), "screened out", "No comparison group.")
    found = rate(synthesis().adding(out), TRIALS)
    assert (found.category, found.strength, found.effect) == ("screened out", "none", None)
    assert found.set_aside == (out,)
    held = ListedStudy(study("New (2025)", -0.9), "on hold", "Full text awaited.")
    assert rate(synthesis().adding(out).adding(held), TRIALS).category == "inconclusive"


@pytest.mark.parametrize(
    ("made", "appraisal", "domain", "lowered"),
    [
        (synthesis(*HELP), TRIALS, "risk of bias", 0),
        (synthesis(*HELP), Appraisal("randomised", "some", "x"), "risk of bias", -1),
        (synthesis(*HELP), Appraisal("randomised", "high", "x"), "risk of bias", -2),
        (synthesis(*HELP), Appraisal("randomised"), "risk of bias", -1),
        (synthesis(*HELP), TRIALS, "inconsistency", 0),
        (synthesis(-0.3, -0.5, -0.6), TRIALS, "inconsistency", -1),
        (synthesis(-1.5, -0.1, 0.3), TRIALS, "inconsistency", -2),
        (synthesis(-0.5), TRIALS, "inconsistency", -1),
        (synthesis(*HELP), TRIALS, "imprecision", 0),
        (synthesis(-0.05, -0.04, variance=0.007), TRIALS, "imprecision", -1),
        (synthesis(0.0, 0.1, variance=0.4), TRIALS, "imprecision", -2),
        (synthesis(*HELP, country="USA"), TRIALS, "indirectness", -1),
        (synthesis(*HELP, country=""), TRIALS, "indirectness", -1),
        (synthesis(*HELP, country="Scotland"), TRIALS, "indirectness", 0),
        (synthesis(*HELP), TRIALS, "small-study effects", 0),
    ],
)
def test_each_step_of_certainty_has_its_rule(
    made: Synthesis, appraisal: Appraisal, domain: str, lowered: int
) -> None:
    assert moved(rate(made, appraisal))[domain] == lowered


def test_few_events_and_leaning_small_studies_lower_certainty() -> None:
    counts = Counts(20, 100, 40, 100)
    few = [
        ListedStudy(
            Study(study=name, effect=effect_of_counts(counts, "RR"), counts=counts), "approved"
        )
        for name in ("A", "B")
    ]
    made = synthesis().adding(few[0]).adding(few[1])
    assert moved(rate(made, TRIALS))["imprecision"] == -1
    leaning = synthesis()
    for at in range(10):
        variance = 0.002 * (at + 1)
        one = study(str(at), -0.2 - 3 * variance**0.5 + 0.01 * (-1) ** at, variance)
        leaning = leaning.adding(ListedStudy(one, "approved"))
    assert moved(rate(leaning, TRIALS))["small-study effects"] == -1


def test_odds_become_a_fall_through_the_risk_of_those_compared() -> None:
    counts = Counts(3750, 10_000, 5000, 10_000)  # odds ratio 0.6, risk ratio 0.75
    made = synthesis(measure="OR")
    for name in ("A", "B"):
        one = Study(study=name, effect=effect_of_counts(counts, "OR"), counts=counts)
        made = made.adding(ListedStudy(one, "approved"))
    assert rate(made, TRIALS).crosswalk.yef_impact == "moderate"
    assert rate(synthesis(*HELP, measure="OR"), TRIALS).crosswalk.yef_impact.startswith("not conv")


def test_studies_of_one_cluster_bear_no_rating() -> None:
    made = synthesis()
    for at in range(3):
        one = Study(study=f"Arm {at}", effect=Effect(-0.5, 0.01), cluster="one trial")
        made = made.adding(ListedStudy(one, "approved"))
    found = rate(made, TRIALS)
    assert (found.category, found.certainty) == ("inconclusive", None)
    assert found.pooled is not None


def test_a_synthesis_is_live() -> None:
    held = ListedStudy(study("New (2025)", 1.5, 0.001), "on hold", "Not yet assessed.")
    made = synthesis(*HELP).adding(held)
    before = made.pooled()
    after = made.deciding("New (2025)", "approved").pooled()
    assert (len(before.studies), len(after.studies)) == (4, 5)
    assert before.outcome == after.outcome == "violence"
    assert after.estimate > before.estimate


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: ListedStudy(study("A", 0), "screened out"),
        lambda: ListedStudy(study("A", 0), "lost", "x"),  # type: ignore[arg-type]
        lambda: synthesis(0.1).adding(ListedStudy(study("Study 0", 0.1), "approved")),
        lambda: synthesis(0.1).adding(
            ListedStudy(Study(study="B", effect=None, outcome="arrest"), "approved")
        ),
        lambda: synthesis(good="up"),
        lambda: synthesis(measure="HR"),
        lambda: synthesis(worthwhile=0.0),
        lambda: synthesis(0.1).deciding("nobody", "approved"),
        lambda: Synthesis(
            intervention="tk-vru", outcome="x", measure="OR", good="lower", source="x"
        ),
        lambda: Appraisal("guess"),
        lambda: Appraisal("randomised", "low"),
        lambda: Appraisal("randomised", cost_band="dear"),
        lambda: Part("known", 0),
        lambda: Part("", 2, "S"),
        lambda: Part("known", 5, "S"),
        lambda: Part("known", 2),
    ],
)
def test_what_contradicts_itself_is_refused(wrong: Any) -> None:
    with pytest.raises(InvalidInput):
        wrong()


def test_every_category_and_strength_has_words_elsewhere() -> None:
    for category in CATEGORIES:
        for strength in STRENGTHS:
            found = crosswalk(category, strength, studies=2)  # type: ignore[arg-type]
            assert all((found.emmie, found.yef_evidence, found.yef_impact, found.blueprints))
            assert (found.crime_solutions == "effective, multiple studies") == (
                category == "helps" and strength in ("moderate", "strong")
            )


@pytest.mark.parametrize(
    ("fall", "band"),
    [(0.3, "high"), (0.29, "moderate"), (0.1, "moderate"), (0.09, "low"), (0.01, "no effect")],
)
def test_the_bands_of_impact(fall: float, band: str) -> None:
    assert crosswalk("helps", "strong", studies=2, fall=fall).yef_impact == band


def test_emmie_has_five_parts_and_says_what_is_not_known() -> None:
    held = Emmie(effect=Part("some reduction", 3, "S_X"))
    assert next(name for name, _, _ in held.parts()) == "effect"
    assert held.unknown == ("mechanism", "moderators", "implementation", "economics")
    assert held.effect.quality_in_words == "strong"
    assert held.economics.quality_in_words == "no information"


@pytest.mark.parametrize(
    ("effects", "good", "words"),
    [
        (HELP, "lower", "overall reduction"),
        (HELP, "higher", "overall worsening"),
        (tuple(-each for each in HELP), "lower", "overall increase"),
        ((-0.9, 0.0, 0.1), "lower", "some reduction"),
        ((0.9, 0.0, -0.1), "lower", "some increase"),
        ((0.9, -0.9), "lower", "mixed findings"),
        ((0.1, -0.1), "lower", "no statistically significant change"),
    ],
)
def test_the_effect_in_emmies_words(effects: tuple[float, ...], good: Any, words: str) -> None:
    assert effect_in_words(synthesis(*effects).pooled(), good=good) == words
