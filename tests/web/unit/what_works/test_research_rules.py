"""The register's tables and checks: what must never be possible, and what a trial could see."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from nhpf.errors import InvalidInput, NotPermitted
from nhpf.methods.evaluation import detectable
from nhpf_web.what_works.rules.research.calls import CALL_WORDS, CALLS, CallAct, CallState, standing
from nhpf_web.what_works.rules.research.checking import (
    PAGES,
    check_can_accept,
    check_can_begin,
    check_can_open,
    check_can_submit,
    faults,
    page_of,
)
from nhpf_web.what_works.rules.research.moves import Moves, Part
from nhpf_web.what_works.rules.research.outputs import OUTPUT_WORDS, OUTPUTS, OutputAct, OutputState
from nhpf_web.what_works.rules.research.proposals import (
    PROPOSAL_WORDS,
    PROPOSALS,
    PROTOCOL,
    REGISTERED,
    DataState,
    Ethics,
    ProposalAct,
    ProposalState,
)
from nhpf_web.what_works.rules.research.questions import (
    QUESTION_WORDS,
    QUESTIONS,
    QuestionAct,
    QuestionState,
)
from nhpf_web.what_works.rules.research.register import (
    RegisterRow,
    register_as_csv,
    register_as_json,
)
from nhpf_web.what_works.rules.research.trials import Plan, prospects

HOW_TO = Path(__file__).parents[4] / "docs/how-to/ask-for-research.md"
TODAY = date(2026, 11, 26)
TABLES: list[tuple[Moves[Any, Any], type[StrEnum], type[StrEnum], Any]] = [
    (QUESTIONS, QuestionState, QuestionAct, QUESTION_WORDS),
    (CALLS, CallState, CallAct, CALL_WORDS),
    (PROPOSALS, ProposalState, ProposalAct, PROPOSAL_WORDS),
    (OUTPUTS, OutputState, OutputAct, OUTPUT_WORDS),
]
WHOLE = {
    "title": "x", "summary": "x", "design": "cluster", "outcome": "x", "measures": "x",
    "analysis": "x", "power": "x", "starts": date(2027, 1, 1), "reports": date(2028, 1, 1),
    "ethics": "to be sought", "data": "none",
}  # fmt: skip


@pytest.mark.parametrize(("table", "states", "acts", "words"), TABLES, ids=lambda x: str(x)[:12])
def test_each_state_has_words_can_be_reached_and_has_one_row_for_an_act(
    table: Moves[Any, Any], states: type[StrEnum], acts: type[StrEnum], words: Any
) -> None:
    assert set(words) == set(states)
    assert len({(move.state, move.act) for move in table.table}) == len(table.table)
    assert {move.to for move in table.table} | {table.first} == set(states)
    assert {move.act for move in table.table} == set(acts)


@pytest.mark.parametrize(("table", "states", "acts", "_words"), TABLES, ids=lambda x: str(x)[:12])
def test_a_move_that_is_not_in_the_table_is_refused_with_the_state(
    table: Moves[Any, Any], states: type[StrEnum], acts: type[StrEnum], _words: Any
) -> None:
    for state in states:
        for act in acts:
            if table.leads(state, act):
                move = table.find(state, act, by=Part)
                assert act in table.open_to(state, move.by)
                with pytest.raises(NotPermitted, match="needs the"):
                    table.find(state, act, by=set(Part) - set(move.by))
            else:
                assert act not in table.open_to(state, Part)
                with pytest.raises(NotPermitted, match=state):
                    table.find(state, act, by=Part)


def test_who_puts_something_in_never_decides_on_it() -> None:
    writers = {Part.ASKER, Part.RESEARCHER}
    decisions = {
        QuestionAct.ACCEPT, QuestionAct.DECLINE, QuestionAct.MERGE, QuestionAct.ANSWER,
        QuestionAct.REOPEN, ProposalAct.ACCEPT, ProposalAct.DECLINE, ProposalAct.RETURN,
        ProposalAct.DECIDE_DATA, OutputAct.LIST, OutputAct.DECLINE,
    }  # fmt: skip
    for table, *_ in TABLES:
        for move in table.table:
            if move.act in decisions:
                assert writers.isdisjoint(move.by)


def test_only_an_editor_registers_and_what_is_registered_never_goes_back() -> None:
    into = {
        (move.state, move.act, move.by)
        for move in PROPOSALS.table
        if move.to in REGISTERED and move.state not in REGISTERED
    }
    assert into == {(ProposalState.SUBMITTED, ProposalAct.ACCEPT, (Part.EDITOR,))}
    left = [m for m in PROPOSALS.table if m.state in REGISTERED and m.to not in REGISTERED]
    assert left == []
    frozen = {m.state for m in PROPOSALS.table if m.act == ProposalAct.CHANGE}
    assert frozen.isdisjoint(REGISTERED)


def test_an_open_call_closes_by_its_date_alone() -> None:
    yesterday = TODAY - timedelta(days=1)
    assert standing("open", closes=TODAY, today=TODAY) == CallState.OPEN
    assert standing("open", closes=yesterday, today=TODAY) == CallState.CLOSED
    assert standing("draft", closes=yesterday, today=TODAY) == CallState.DRAFT


def test_a_trials_prospects_are_the_librarys_and_say_what_it_could_not_see() -> None:
    plan = Plan(outcome="admissions", baseline=12, fall=20, units=8, years=2)
    held = prospects(plan)
    needed = detectable(12, change=-0.2, units=8)
    smallest = detectable(12, periods=2, units=8)
    assert held.years == pytest.approx(needed.periods)
    assert "8 places and 12 admissions a year in each, a fall of 20%" in held.could
    assert f"smaller than {100 * -smallest.change:.1f}%" in held.could_not
    assert "would most likely be missed" in held.could_not
    assert held.caveats == needed.caveats
    longer = prospects(Plan(outcome="admissions", baseline=12, fall=20, units=8, years=6))
    assert "missed" not in longer.could_not
    rare = prospects(Plan(outcome="homicides", baseline=0.5, fall=50, units=1, years=1))
    assert "not see even a fall to nothing" in rare.could_not
    with pytest.raises(InvalidInput):
        prospects(Plan(outcome="x", baseline=12, fall=20, units=1, years=2, design="stepped wedge"))


def test_a_proposal_says_everything_before_it_is_submitted() -> None:
    check_can_submit(WHOLE, is_about_something=True)
    for name in WHOLE:
        if name in ("ethics", "data"):
            continue
        with pytest.raises(InvalidInput, match="Not said yet"):
            check_can_submit({**WHOLE, name: None}, is_about_something=True)
    with pytest.raises(InvalidInput, match="question"):
        check_can_submit(WHOLE, is_about_something=False)
    with pytest.raises(InvalidInput, match="lawful basis"):
        check_can_submit(
            {**WHOLE, "data": "aggregate", "data_what": "x", "data_purpose": "x"},
            is_about_something=True,
        )


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"ethics": "not needed"}, {"ethics_reason"}),
        ({"ethics": "sought"}, {"ethics_body"}),
        ({"ethics": "approved"}, {"ethics_body", "ethics_reference", "ethics_on"}),
        ({"ethics": "approved", "ethics_body": "x", "ethics_reference": "x", "ethics_on": TODAY},
         set()),
        ({"ethics": "refused"}, {"ethics_body"}),
        ({"ethics": "to be sought"}, set()),
        ({"data": "none"}, set()),
        ({"data": "aggregate"}, {"data_what", "data_purpose", "data_basis", "data_control"}),
        ({"data": "agreement", "data_what": "x", "data_purpose": "x", "data_basis": "x",
          "data_control": "x"}, {"data_agreement"}),
        ({"starts": TODAY, "reports": TODAY}, {"reports"}),
        ({"starts": TODAY, "reports": None}, set()),
        ({}, set()),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_said_at_its_field(
    values: dict[str, Any], wrong: set[str]
) -> None:
    assert set(faults(values)) == wrong


@pytest.mark.parametrize("ethics", Ethics)
@pytest.mark.parametrize("data", DataState)
def test_registration_and_beginning_wait_for_ethics_and_data(
    ethics: Ethics, data: DataState
) -> None:
    if ethics != Ethics.REFUSED and data in (DataState.NONE, DataState.GRANTED):
        check_can_accept(ethics=ethics, data_state=data)
    else:
        with pytest.raises(NotPermitted):
            check_can_accept(ethics=ethics, data_state=data)
    if ethics in (Ethics.NOT_NEEDED, Ethics.APPROVED):
        check_can_begin(ethics=ethics)
    else:
        with pytest.raises(NotPermitted):
            check_can_begin(ethics=ethics)


def test_a_call_for_a_trial_opens_with_its_arithmetic_and_a_day_to_come() -> None:
    values: dict[str, Any] = {"summary": "x", "offered": "x", "closes": TODAY}
    check_can_open(values, kind="research", is_about_something=True, today=TODAY)
    with pytest.raises(InvalidInput, match="how many places"):
        check_can_open(values, kind="trial", is_about_something=True, today=TODAY)
    with pytest.raises(InvalidInput, match="question or a practice"):
        check_can_open(values, kind="research", is_about_something=False, today=TODAY)
    late = {**values, "closes": TODAY - timedelta(days=1)}
    with pytest.raises(InvalidInput, match="passed"):
        check_can_open(late, kind="research", is_about_something=True, today=TODAY)


def test_the_forms_pages_hold_the_whole_protocol_once() -> None:
    names = [name for page in PAGES for name in page.fields]
    assert len(names) == len(set(names))
    protocol = page_of("protocol")
    assert protocol is not None
    assert set(protocol.fields) == set(PROTOCOL)
    assert page_of("elsewhere") is None


def test_the_files_hold_every_row_and_no_formula() -> None:
    row = RegisterRow(
        "study", "rp-1", "=SUM(A1)", "accepted", "A university", "ar-knife", "secondary", "3",
        TODAY, None, "Sound", "/what-works/research/proposals/rp-1/",
        is_example=False,
    )  # fmt: skip
    (read,) = csv.DictReader(io.StringIO(register_as_csv([row])))
    assert read["title"] == "'=SUM(A1)"
    assert (read["reference"], read["since"], read["closes"]) == ("rp-1", "2026-11-26", "")
    document = json.loads(register_as_json([row]))
    assert document["format"] == "nhpf-research/1"
    assert document["records"][0]["title"] == "=SUM(A1)"


@pytest.mark.parametrize(("table", "_s", "_a", "_w"), TABLES, ids=lambda x: str(x)[:12])
def test_the_documents_diagrams_are_the_tables(
    table: Moves[Any, Any], _s: Any, _a: Any, _w: Any
) -> None:
    assert f"```mermaid\n{table.diagram()}\n```" in HOW_TO.read_text("utf-8")
