"""The two states of an assessment and who may move it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from nhpf import framework
from nhpf.errors import InvalidInput, NotPermitted
from nhpf.framework.assessments import CHARACTERISTICS as OF_THE_FRAMEWORK
from nhpf.framework.assessments import EFFECTS as EFFECTS_OF_THE_FRAMEWORK
from nhpf.framework.assessments import FURTHER as FURTHER_OF_THE_FRAMEWORK
from nhpf.framework.assessments import OUTCOMES as OUTCOMES_OF_THE_FRAMEWORK
from nhpf_web.equality.rules import (
    ADDED,
    CHARACTERISTICS,
    EFFECTS,
    FURTHER,
    GROUPS,
    NEEDS,
    OPTIONAL,
    OUTCOMES,
    PARTS,
    STATES,
    Act,
    Standing,
    Status,
    Subject,
    check_can_sign,
    has_changed,
    next_status,
    standing_of,
    unanswered,
)
from nhpf_web.organisations.rules import Right

TODAY = date(2026, 11, 23)
TOMORROW = TODAY + timedelta(days=1)
WHOLE = {name: "said" for part in PARTS for name in part.fields}


def test_the_words_are_those_of_the_framework() -> None:
    assert CHARACTERISTICS == OF_THE_FRAMEWORK
    assert tuple(EFFECTS) == EFFECTS_OF_THE_FRAMEWORK
    assert tuple(OUTCOMES) == OUTCOMES_OF_THE_FRAMEWORK


def test_an_editions_assessments_are_about_what_the_service_knows() -> None:
    about = [one.about for one in framework.load_edition().assessments.values()]
    assert about
    assert {one.partition("-")[0] for one in about} <= set(Subject)


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("act", Act)
def test_each_state_allows_what_the_table_says(status: Status, act: Act) -> None:
    if act in STATES[status]:
        assert next_status(status, act) == STATES[status][act]
    else:
        with pytest.raises(NotPermitted, match=status):
            next_status(status, act)


def test_a_signed_assessment_is_not_changed() -> None:
    with pytest.raises(NotPermitted, match="Reopen it first"):
        next_status(Status.SIGNED, Act.CHANGE)


def test_a_whole_assessment_misses_nothing() -> None:
    assert unanswered(WHOLE, effects=CHARACTERISTICS, is_mitigated=True) == ()


@pytest.mark.parametrize("name", sorted(set(WHOLE) - OPTIONAL))
def test_every_field_is_asked_for(name: str) -> None:
    (missing,) = unanswered(WHOLE | {name: ""}, effects=CHARACTERISTICS, is_mitigated=True)
    assert missing == next(part.title for part in PARTS if name in part.fields)


@pytest.mark.parametrize("absent", CHARACTERISTICS)
def test_every_characteristic_is_asked_for(absent: str) -> None:
    others = [name for name in CHARACTERISTICS if name != absent]
    assert unanswered(WHOLE, effects=others, is_mitigated=True) == (
        "Effect on each protected characteristic",
    )


def test_a_worse_effect_asks_for_a_mitigation() -> None:
    assert unanswered(WHOLE, effects=CHARACTERISTICS, is_mitigated=False) == ("Mitigations",)


def test_the_signer_is_none_of_the_writers() -> None:
    check_can_sign(signer=2, writers=[1, 3], missing=(), review_due=TOMORROW, today=TODAY)
    with pytest.raises(NotPermitted, match="You wrote some"):
        check_can_sign(signer=3, writers=[1, 3], missing=(), review_due=TOMORROW, today=TODAY)


def test_what_is_not_complete_is_not_signed() -> None:
    with pytest.raises(InvalidInput, match="Who is affected"):
        check_can_sign(
            signer=2, writers=[1], missing=["Who is affected"], review_due=TOMORROW, today=TODAY
        )


def test_a_review_is_due_later_than_the_signature() -> None:
    with pytest.raises(InvalidInput, match="review date"):
        check_can_sign(signer=2, writers=[1], missing=(), review_due=TODAY, today=TODAY)


@pytest.mark.parametrize("is_changed", [False, True])
@pytest.mark.parametrize(
    ("status", "review_due", "expected"),
    [
        (Status.SIGNED, TODAY, Standing.CURRENT),
        (Status.SIGNED, TODAY - timedelta(days=1), Standing.REVIEW_DUE),
        (Status.SIGNED, None, Standing.REVIEW_DUE),
        (Status.DRAFT, TOMORROW, Standing.DRAFT),
    ],
)
def test_it_stands_while_signed_in_time_and_of_the_same_thing(
    status: Status, review_due: date | None, expected: Standing, *, is_changed: bool
) -> None:
    if is_changed and status == Status.SIGNED:
        expected = Standing.CHANGED
    found = standing_of(status, review_due=review_due, today=TODAY, is_changed=is_changed)
    assert found == expected


def test_a_subject_has_changed_where_something_was_kept_to_compare() -> None:
    assert has_changed("one", "two")
    assert has_changed("absent", "two")
    assert not has_changed("one", "one")
    assert not has_changed("", "two")


def test_the_further_groups_are_asked_and_may_be_left() -> None:
    assert FURTHER == FURTHER_OF_THE_FRAMEWORK
    assert (*CHARACTERISTICS, *FURTHER) == GROUPS
    assert unanswered(WHOLE, effects=CHARACTERISTICS, is_mitigated=True) == ()


@pytest.mark.parametrize("name", sorted(ADDED))
def test_what_the_second_form_added_is_needed(name: str) -> None:
    assert unanswered(WHOLE | {name: ""}, effects=CHARACTERISTICS, is_mitigated=True)


@pytest.mark.parametrize("act", Act)
def test_each_act_needs_a_right(act: Act) -> None:
    assert NEEDS[act] in (Right.DRAFT_ASSESSMENT, Right.SIGN_ASSESSMENT)
