"""The tables of the cycle: every state with every move, the clock, what a return may not hold."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

import pytest

from nhpf.errors import InvalidInput, NotPermitted
from nhpf.framework import load_edition
from nhpf_web.cycle.rules import editions, proposals, returns
from nhpf_web.cycle.rules.phases import (
    PHASES,
    STATES,
    Move,
    State,
    check_dates,
    months_after,
    next_state,
)

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize("after", [None, *State])
@pytest.mark.parametrize("before", [None, *State])
@pytest.mark.parametrize("move", Move)
@pytest.mark.parametrize("state", State)
def test_a_phase_moves_as_the_table_says_and_in_order(
    state: State, move: Move, before: State | None, after: State | None
) -> None:
    in_order = {
        Move.BEGIN: before in (None, State.DONE),
        Move.FINISH: True,
        Move.REOPEN: after in (None, State.PLANNED),
    }
    if move in STATES[state] and in_order[move]:
        assert next_state(state, move, before=before, after=after) == STATES[state][move]
    else:
        with pytest.raises(NotPermitted):
            next_state(state, move, before=before, after=after)


def test_a_phase_is_finished_only_when_its_gates_are_met() -> None:
    with pytest.raises(InvalidInput, match="Not there yet: this; that"):
        next_state(State.UNDER_WAY, Move.FINISH, before=None, after=None, missing=["this", "that"])


def test_the_phases_are_the_strategys_in_its_order() -> None:
    held = load_edition("2026")
    assert [one.entry_id for one in PHASES] == [one.id for one in held.of_kind("phase")]
    assert [one.number for one in PHASES] == [1, 2, 3, 4, 5]
    assert [one.title for one in PHASES] == [one.title for one in held.of_kind("phase")]
    assert all(one.gates for one in PHASES)


@pytest.mark.parametrize(
    ("start", "months", "day"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 11, 23), 18, date(2028, 5, 23)),
        (date(2026, 11, 23), 24, date(2028, 11, 23)),
        (date(2026, 12, 1), 12, date(2027, 12, 1)),
    ],
)
def test_months_end_where_months_end(start: date, months: int, day: date) -> None:
    assert months_after(start, months) == day


def test_a_cycle_is_in_order_and_no_longer_than_two_years() -> None:
    dues = [months_after(TODAY, one.months) for one in PHASES]
    check_dates(dues, start=TODAY)
    with pytest.raises(InvalidInput, match="Phase 2 must end after"):
        check_dates([dues[1], dues[0], *dues[2:]], start=TODAY)
    with pytest.raises(InvalidInput, match="24 months"):
        check_dates([*dues[:4], dues[4] + timedelta(days=1)], start=TODAY)


@pytest.mark.parametrize("move", returns.ReturnMove)
@pytest.mark.parametrize("state", returns.Answer)
def test_a_return_moves_as_the_table_says(state: returns.Answer, move: returns.ReturnMove) -> None:
    if move in returns.ANSWERS[state]:
        assert returns.next_answer(state, move) == returns.ANSWERS[state][move]
    else:
        with pytest.raises(NotPermitted):
            returns.next_answer(state, move)


def test_a_return_says_something_and_all_of_it() -> None:
    whole = {name: "said" for step in returns.STEPS for name in step.fields}
    assert returns.unanswered(whole) == ()
    for name in set(whole) - returns.OPTIONAL:
        (missing,) = returns.unanswered(whole | {name: ""})
        assert name in missing.fields
    returns.check_can_send([("Patrols", ())], is_nothing=False)
    returns.check_can_send([], is_nothing=True)
    for activities, is_nothing in (([], False), ([("Patrols", ())], True)):
        with pytest.raises(InvalidInput):
            returns.check_can_send(activities, is_nothing=is_nothing)
    with pytest.raises(InvalidInput, match="“Patrols” is not complete"):
        returns.check_can_send([("Patrols", returns.STEPS[:1])], is_nothing=False)


@pytest.mark.parametrize(
    ("name", "text", "is_personal"),
    [
        ("what", "Weekend patrols at three bus stations", False),
        ("what", "Led by DS Anna Jones", True),
        ("what", "Ring 07700 900123", True),
        ("what", "Write to jane.doe@kent.example", True),
        ("contact_desk", "Violence reduction desk, 101", False),
        ("contact_desk", "vru@kent.example, 01622 690690", False),
        ("contact_desk", "jane.doe@kent.example", True),
        ("contact_desk", "07700 900123", True),
        ("contact_desk", "Mrs Jones", True),
    ],
)
def test_no_person_is_named_in_a_return(name: str, text: str, *, is_personal: bool) -> None:
    assert bool(returns.personal_in(name, text)) is is_personal


@pytest.mark.parametrize("move", proposals.ProposalMove)
@pytest.mark.parametrize("stage", proposals.Stage)
def test_a_proposal_moves_as_the_table_says(
    stage: proposals.Stage, move: proposals.ProposalMove
) -> None:
    if move in proposals.STAGES[stage]:
        assert proposals.next_stage(stage, move) == proposals.STAGES[stage][move]
    else:
        with pytest.raises(NotPermitted):
            proposals.next_stage(stage, move)


def test_a_proposal_carries_its_impact_and_a_decision_its_reasons() -> None:
    whole = dict.fromkeys(proposals.ASKED, "said")
    proposals.check_can_propose(whole)
    with pytest.raises(InvalidInput, match="impact on homicide"):
        proposals.check_can_propose(whole | {"impact": ""})
    proposals.check_can_decide(decider=1, author=2, reasons="Because")
    with pytest.raises(NotPermitted, match="You wrote"):
        proposals.check_can_decide(decider=1, author=1, reasons="Because")
    with pytest.raises(InvalidInput, match="reasons"):
        proposals.check_can_decide(decider=1, author=2, reasons=" ")


class Revised(NamedTuple):
    number: int
    publish_on: date | None


def test_an_edition_takes_the_last_revision_that_is_not_for_later() -> None:
    held = [Revised(1, None), Revised(2, TODAY), Revised(3, TODAY + timedelta(days=2))]
    assert editions.in_edition(held, published=TODAY) == held[1]
    assert editions.in_edition(held, published=TODAY - timedelta(days=1)) == held[0]
    assert editions.in_edition(held, published=TODAY + timedelta(days=9)) == held[2]
    assert editions.in_edition(held[2:], published=TODAY) is None
    before = TODAY - timedelta(days=5)
    assert editions.shown_on(held, on=TODAY, since=before) == held[1]
    assert editions.shown_on(held, on=TODAY - timedelta(days=1), since=before) is None
    assert editions.shown_on(held, on=TODAY, since=TODAY) is None


READY = {"faults": [], "broken": [], "is_assessed": True, "is_taken": False}


@pytest.mark.parametrize(
    ("lacking", "refusal"),
    [
        ({"faults": ["ar-x: empty"]}, InvalidInput),
        ({"broken": ["ar-gun"]}, InvalidInput),
        ({"is_assessed": False}, NotPermitted),
        ({"is_taken": True}, NotPermitted),
    ],
)
def test_an_edition_is_frozen_only_when_all_is_there(
    lacking: dict[str, object], refusal: type[Exception]
) -> None:
    editions.check_can_freeze(**READY)  # type: ignore[arg-type]
    with pytest.raises(refusal):
        editions.check_can_freeze(**READY | lacking)  # type: ignore[arg-type]


def test_nothing_is_published_in_the_past_or_without_an_assessment() -> None:
    editions.check_can_schedule(TODAY, today=TODAY, is_assessed=True)
    with pytest.raises(InvalidInput):
        editions.check_can_schedule(TODAY - timedelta(days=1), today=TODAY, is_assessed=True)
    with pytest.raises(NotPermitted):
        editions.check_can_schedule(TODAY, today=TODAY, is_assessed=False)
