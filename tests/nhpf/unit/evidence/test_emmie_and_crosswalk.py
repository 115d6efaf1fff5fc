"""EMMIE and other libraries' words for what the framework's entries hold, and why not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nhpf.errors import CannotTell, InvalidInput
from nhpf.evidence import crosswalk_of, emmie_of
from nhpf.evidence.crosswalk import OURS
from nhpf.evidence.emmie import PARTS, QUALITIES, SCORED_BY
from nhpf.framework import EmmiePart, Evidence, Outcome, load_edition
from nhpf.framework.entries import BEST_QUALITY, EMMIE_PARTS

EDITION = load_edition("2026")
HELPS = Outcome(
    "Violence", "14% less.", "favourable", "S_X", "relative change, %", -14.0,
    studies=44, strength="moderate",
)  # fmt: skip


def test_the_framework_and_the_evidence_have_the_same_parts_and_scores() -> None:
    assert tuple(PARTS) == EMMIE_PARTS
    assert len(QUALITIES) == len(SCORED_BY) == BEST_QUALITY + 1


def test_every_intervention_has_an_emmie_with_its_sources() -> None:
    for entry in EDITION.of_kind("intervention"):
        assert entry.evidence is not None
        found = emmie_of(entry.evidence, EDITION.sources)
        held = {part.part: part for part in entry.evidence.emmie}
        for name, _, part in found.parts():
            assert part.known == held[name].known
            assert all(EDITION.sources[id].title in part.source for id in held[name].sources)
            assert part.quality_in_words == QUALITIES[held[name].quality]


def test_a_part_that_is_not_held_is_unknown_and_a_half_one_is_refused() -> None:
    one = EmmiePart("effect", "Less.", 2, ("S_SEED",))
    found = emmie_of(Evidence("limited", emmie=(one,)), EDITION.sources)
    assert found.unknown == ("mechanism", "moderators", "implementation", "economics")
    with pytest.raises(InvalidInput, match="both words and a quality"):
        emmie_of(Evidence("limited", emmie=(replace(one, quality=0),)), EDITION.sources)


def test_a_finding_that_helps_is_put_into_other_words_with_its_band() -> None:
    found = crosswalk_of(HELPS)
    assert (found.emmie, found.yef_evidence, found.yef_impact) == ("moderate", "3", "moderate")
    assert (found.crime_solutions, found.blueprints) == ("effective, multiple studies", "Promising")
    assert found.note == OURS


def test_a_rate_ratio_is_a_fall_and_an_odds_ratio_is_not() -> None:
    ratio = replace(HELPS, measure="incidence rate ratio (below 1 favours)", estimate=0.58)
    assert crosswalk_of(ratio).yef_impact == "high"
    odds = replace(HELPS, measure="odds ratio (below 1 favours)", estimate=0.58)
    assert crosswalk_of(odds).yef_impact.startswith("not converted")


def test_harm_is_harmful_in_every_scale_that_has_a_word_for_it() -> None:
    found = crosswalk_of(replace(HELPS, direction="unfavourable", strength="strong"))
    assert (found.yef_impact, found.blueprints) == ("harmful", "harmful")
    assert found.crime_solutions.startswith("negative effects")


@pytest.mark.parametrize(
    "change",
    [
        {"direction": "no clear effect"},
        {"low": -30.0, "high": 2.0},
        {"strength": "none", "studies": None},
    ],
)
def test_what_cannot_be_told_from_chance_is_inconclusive(change: dict[str, object]) -> None:
    found = crosswalk_of(replace(HELPS, **{"strength": "limited", **change}))  # type: ignore[arg-type]
    assert found.crime_solutions == "inconclusive"
    assert found.yef_impact == "insufficient evidence"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"direction": "mixed"}, "points both ways"),
        ({"strength": ""}, "not stated"),
        ({"studies": None}, "on how many studies"),
        ({"direction": "no clear effect"}, "not the same as no effect"),
        ({"measure": "odds ratio", "estimate": 0.8, "low": 0.5, "high": 1.3}, "told from chance"),
        ({"no_crosswalk": "There was no comparison group."}, "no comparison group"),
    ],
)
def test_where_the_evidence_does_not_bear_it_the_reason_is_said(
    change: dict[str, object], why: str
) -> None:
    with pytest.raises(CannotTell, match=why):
        crosswalk_of(replace(HELPS, **change))  # type: ignore[arg-type]


def test_each_outcome_of_the_edition_is_put_into_other_words_or_says_why_not() -> None:
    told, why_not = 0, []
    for entry in EDITION.of_kind("intervention"):
        for outcome in entry.evidence.outcomes if entry.evidence else ():
            try:
                crosswalk_of(outcome)
                told += 1
            except CannotTell as reason:
                why_not.append(reason.what)
    assert told >= 30
    assert len(why_not) >= 30
    assert all(reason.endswith(".") for reason in why_not)
