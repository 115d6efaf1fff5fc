"""Rules of studies: one table of states, who decides, and words for whatever is shown."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from nhpf.errors import NotPermitted
from nhpf.evidence import CATEGORIES, MEASURES, METHODS
from nhpf.evidence.certainty import BIAS, STARTS
from nhpf.evidence.synthesis import STATUSES
from nhpf.framework.entries import DIRECTIONS
from nhpf_web.what_works.rules.studies import (
    BIAS_WORDS,
    CATEGORY_WORDS,
    DECIDED,
    DESIGN_WORDS,
    DIRECTION_CATEGORIES,
    MEASURE_WORDS,
    METHOD_WORDS,
    STUDY_MOVES,
    STUDY_STATE_WORDS,
    StudyAct,
    StudyState,
    check_may_decide,
    study_diagram,
)

HOW_TO = Path(__file__).parents[4] / "docs" / "how-to" / "put-a-study-forward.md"


def test_from_each_state_a_study_can_come_to_each_other() -> None:
    assert set(STUDY_MOVES) == set(StudyState) == set(STUDY_STATE_WORDS)
    for state in StudyState:
        reached = {state}
        for _ in StudyState:
            reached |= {to for one in reached for to in STUDY_MOVES[one].values()}
        assert reached == set(StudyState)
    assert {act for acts in STUDY_MOVES.values() for act in acts} == set(StudyAct)


def test_what_was_decided_is_what_the_library_lists() -> None:
    assert set(DECIDED) == set(STATUSES)
    # A decision is never changed without being opened again first.
    assert all(set(STUDY_MOVES[state]) == {StudyAct.REOPEN} for state in DECIDED)


@pytest.mark.parametrize(
    ("is_decider", "is_own", "has_interest"), list(product((False, True), repeat=3))
)
def test_who_decides_has_the_right_and_nothing_to_gain(
    *, is_decider: bool, is_own: bool, has_interest: bool
) -> None:
    if is_decider and not is_own and not has_interest:
        check_may_decide(is_decider=is_decider, is_own=is_own, has_interest=has_interest)
        return
    with pytest.raises(NotPermitted):
        check_may_decide(is_decider=is_decider, is_own=is_own, has_interest=has_interest)


def test_each_word_of_the_library_and_of_the_edition_is_shown_in_words() -> None:
    assert set(CATEGORY_WORDS) == set(CATEGORIES)
    assert set(METHOD_WORDS) == set(METHODS)
    assert set(MEASURE_WORDS) == set(MEASURES)
    assert set(DESIGN_WORDS) == set(STARTS)
    assert set(BIAS_WORDS) == set(BIAS)
    assert set(DIRECTION_CATEGORIES) == set(DIRECTIONS)
    # Nothing that a source merely did not find is told as shown to be absent.
    assert "null" not in DIRECTION_CATEGORIES.values()


def test_the_documents_diagram_is_the_table() -> None:
    assert f"```mermaid\n{study_diagram()}\n```" in HOW_TO.read_text("utf-8")
