"""The table of moves: what must never be possible, said without reading it back."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from nhpf.errors import NotPermitted
from nhpf_web.what_works.rules import (
    MOVES,
    OPEN,
    STATE_WORDS,
    Act,
    Party,
    State,
    acts_open_to,
    diagram,
    move_of,
    standing,
)

HOW_TO = Path(__file__).parents[4] / "docs/how-to/assess-a-practice.md"
TODAY = date(2026, 11, 26)


def leading_to(state: State) -> set[tuple[State, Act, tuple[Party, ...]]]:
    return {(m.state, m.act, m.by) for m in MOVES if state in m.to and m.state != state}


def test_the_only_way_to_readers_is_an_editor_after_the_equality_assessment() -> None:
    assert leading_to(State.PUBLISHED) == {
        (State.EQUALITY_SIGNED, Act.PUBLISH, (Party.EDITOR,)),
        (State.REVIEW_DUE, Act.REVIEW, (Party.OWNER,)),
    }
    assert {state for state, _, _ in leading_to(State.EQUALITY_SIGNED)} == {State.ASSESSED}


def test_nothing_is_assessed_without_a_rating_before_it() -> None:
    assert {state for state, _, _ in leading_to(State.ASSESSED)} == {
        State.CONSENSUS, State.ANSWERED, State.APPEAL,
    }  # fmt: skip
    assert {act for _, act, _ in leading_to(State.CONSENSUS)} == {Act.RATE}


def test_owners_never_judge_and_judges_never_write() -> None:
    judging = {Act.RATE, Act.ASSIGN, Act.ANSWER, Act.DECIDE, Act.PUBLISH, Act.SEND_BACK}
    writing = {Act.CHANGE, Act.SUBMIT, Act.ACCEPT, Act.DISPUTE, Act.APPEAL, Act.RENEW}
    assert all(Party.OWNER not in move.by for move in MOVES if move.act in judging)
    assert all(move.by == (Party.OWNER,) for move in MOVES if move.act in writing)


def test_each_state_has_words_and_one_row_for_an_act_and_can_be_reached() -> None:
    assert set(STATE_WORDS) == set(State)
    assert len({(move.state, move.act) for move in MOVES}) == len(MOVES)
    assert {to for move in MOVES for to in move.to} == set(State)
    assert {move.act for move in MOVES} == set(Act)


def test_from_every_state_but_the_end_a_way_leads_on() -> None:
    ends = {state for state in State if all(move.state != state for move in MOVES)}
    assert ends == {State.SUPERSEDED}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("act", Act)
def test_a_move_that_is_not_in_the_table_is_refused_with_the_state(state: State, act: Act) -> None:
    if act in acts_open_to(state, Party):
        move = move_of(state, act, by=Party)
        with pytest.raises(NotPermitted, match="needs its"):
            move_of(state, act, by=set(Party) - set(move.by))
        with pytest.raises(NotPermitted, match="needs its"):
            move_of(state, act, by=())
    else:
        with pytest.raises(NotPermitted, match=state):
            move_of(state, act, by=Party)


def test_only_what_is_published_falls_due_and_only_after_its_date() -> None:
    yesterday = TODAY - timedelta(days=1)
    assert standing("published", review_due=TODAY, today=TODAY) == State.PUBLISHED
    assert standing("published", review_due=yesterday, today=TODAY) == State.REVIEW_DUE
    assert standing("withdrawn", review_due=yesterday, today=TODAY) == State.WITHDRAWN
    assert State.PUBLISHED not in OPEN


def test_the_documents_diagram_is_the_table() -> None:
    assert f"```mermaid\n{diagram()}\n```" in HOW_TO.read_text("utf-8")
