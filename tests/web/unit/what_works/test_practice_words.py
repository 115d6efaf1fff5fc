"""Findings, the form's questions, ratings, and what may not be said of a person."""

from __future__ import annotations

from itertools import product

import pytest

from nhpf.errors import InvalidInput, NotPermitted
from nhpf.framework import load_edition
from nhpf.records.subtypes import SUBTYPES as OF_THE_HOME_OFFICE
from nhpf_web.what_works.queries import options
from nhpf_web.what_works.rules import (
    FIELDS,
    FINDINGS,
    FIVE_IS,
    OWN_OPTIONS,
    REPEATING,
    STEPS,
    WHOLE,
    Kind,
    Opinion,
    State,
    check_no_interest,
    check_number,
    fault,
    faults,
    finding_of,
    is_role_mailbox,
    settled,
    state_after,
    step,
    step_after,
    unanswered,
)

LABELS = ("worked", "promising", "new or innovative", "didn’t work")
STAGES = ("untested", "evaluated locally", "independently evaluated")
MEANT_BY = {"male": "Men", "female": "Women", "under 16": "Children"}


@pytest.mark.parametrize("finding", FINDINGS, ids=lambda finding: finding.code)
def test_every_finding_comes_back_from_its_label_and_stage(finding: object) -> None:
    from nhpf_web.what_works.rules import Finding

    assert isinstance(finding, Finding)
    assert finding_of(label=finding.label, stage=finding.stage) == finding


@pytest.mark.parametrize("label", LABELS)
def test_a_label_of_2023_alone_comes_back(label: str) -> None:
    assert (finding_of(label=label).label, finding_of(label=label).stage) == (label, "")
    assert finding_of(label=label.upper().replace("’", "'")).label == label


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_of_today_alone_comes_back(stage: str) -> None:
    assert (finding_of(stage=stage).label, finding_of(stage=stage).stage) == ("", stage)


def test_what_cannot_be_is_refused() -> None:
    impossible = []
    for label, stage in product(LABELS, STAGES):
        try:
            finding_of(label=label, stage=stage)
        except InvalidInput:
            impossible.append((label, stage))
    assert impossible == [
        ("worked", "untested"),
        ("new or innovative", "evaluated locally"),
        ("new or innovative", "independently evaluated"),
    ]
    for wrong in ({"label": "great"}, {"stage": "soon"}, {}):
        with pytest.raises(InvalidInput):
            finding_of(**wrong)


def test_the_form_asks_the_5is_at_three_depths_and_needs_the_first() -> None:
    assert [held.slug for held in REPEATING] == list(FIVE_IS)
    for held in REPEATING:
        assert [field.name for field in held.fields] == [f"{held.slug}_{n}" for n in (1, 2, 3)]
        assert [field.is_needed for field in held.fields] == [True, False, False]


def test_every_question_helps_and_every_vocabulary_is_known() -> None:
    for name, field in FIELDS.items():
        assert field.name == name
        if field.kind in (Kind.ONE, Kind.SEVERAL):
            assert options()[field.options]
        elif not name.endswith(("_2", "_3")):
            assert field.hint
            assert field.example
            assert fault(field, field.example, options=options()) == "", "its own example passes"
    assert set(OWN_OPTIONS["subtype"]) == {one[0] for one in OF_THE_HOME_OFFICE}
    for code, words in OWN_OPTIONS["subtype"].items():
        held = next(one for one in OF_THE_HOME_OFFICE if one.startswith(code))
        meant = "Women" if "female" in held else "Men" if "male" in held else "Children"
        assert words.startswith(meant)
    assert set(options()["area"]) == {one.id for one in load_edition().of_kind("area")}


def test_steps_follow_each_other_and_the_last_ends() -> None:
    assert step("nowhere") is None
    assert step_after(STEPS[0].slug) == STEPS[1]
    assert step_after(STEPS[-1].slug) is None


def test_what_is_left_is_what_must_be_answered() -> None:
    assert unanswered({}) == tuple(field for field in FIELDS.values() if field.is_needed)
    whole = {field.name: "x" for field in FIELDS.values() if field.is_needed}
    assert unanswered(whole) == ()


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("problem", "Seen by Sarah Jones on Monday"),
        ("problem", "Ask PC Hall"),
        ("problem", "Ring 01273 475432"),
        ("problem", "NHS number 943 476 5919"),
        ("evidence", "Write to jane.smith@north.example"),
        ("desk", "Sgt Taylor"),
        ("desk", "John Carter"),
        ("mailbox", "jane.smith@north.police.uk"),
        ("mailbox", "j.smith@north.police.uk"),
        ("mailbox", "sgt.harris@north.police.uk"),
        ("mailbox", "not an address"),
        ("title", "Two\nlines"),
        ("title", "x" * 121),
        ("finding", "great"),
        ("finding", ["worked-local"]),
        ("areas", "ar-knife"),
        ("areas", ["ar-nowhere"]),
    ],
)
def test_what_cannot_be_kept_is_said_in_words(name: str, answer: str | list[str]) -> None:
    said = fault(FIELDS[name], answer, options=options())
    assert said
    assert "Jones" not in said
    assert faults({name: answer}, options=options()) == {name: said}


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("problem", "Op Orochi and the Grace Church project"),
        ("evidence", "David Weisburd (2016), Evaluation of hot spots policing"),
        ("desk", "Homicide Prevention Desk"),
        ("mailbox", "hope.project@north.police.uk"),
        ("mailbox", "vru@london.gov.uk"),
        ("mailbox", "violence-reduction@north.police.uk"),
        ("problem", ""),
    ],
)
def test_what_names_no_person_is_kept(name: str, answer: str) -> None:
    assert fault(FIELDS[name], answer, options=options()) == ""


def test_an_address_of_a_team_is_told_from_a_persons() -> None:
    assert is_role_mailbox("intel.desk@north.police.uk")
    assert not is_role_mailbox("grace@north.police.uk")
    assert not is_role_mailbox("pc.intel.desk@north.police.uk")


def opinion(finding: str, *, is_fit: bool = True) -> Opinion:
    return Opinion(finding, is_fit)


def test_two_settle_it_only_where_they_agree_on_both() -> None:
    same, unfit = opinion("new-untested"), opinion("new-untested", is_fit=False)
    assert settled([same]) is None
    assert settled([same, same]) == same
    assert settled([same, opinion("worked-local")]) is None
    assert settled([same, unfit]) is None
    assert state_after([same]) == State.IN_ASSESSMENT
    assert state_after([same, opinion("worked-local")]) == State.THIRD_ASSESSOR
    assert state_after([same, same]) == State.CONSENSUS


def test_of_three_the_majority_stands_and_else_the_least_claim() -> None:
    a, b, c = opinion("worked-local"), opinion("promising-local"), opinion("new-untested")
    assert settled([a, b, a]) == a
    assert settled([a, b, c]) == c
    assert settled([b, a, opinion("failed-local")]) == opinion("failed-local")
    mixed = [opinion("worked-local", is_fit=False), a, opinion("worked-local", is_fit=False)]
    assert settled(mixed) == opinion("worked-local", is_fit=False)
    assert state_after([a, b, c]) == State.CONSENSUS


def test_whoever_belongs_or_wrote_does_not_assess() -> None:
    check_no_interest(organisations=["south"], owner="north", person=1, writers=[2])
    with pytest.raises(NotPermitted, match="another organisation"):
        check_no_interest(organisations=["north", "x"], owner="north", person=1, writers=[2])
    with pytest.raises(NotPermitted, match="what they wrote"):
        check_no_interest(organisations=[], owner="north", person=2, writers=[2])


@pytest.mark.parametrize(("there", "new"), [(0, 1), (0, 3), (2, 0), (2, 1)])
def test_two_are_asked_and_no_more(there: int, new: int) -> None:
    with pytest.raises(InvalidInput):
        check_number(State.IN_ASSESSMENT, there=there, new=new)
    check_number(State.SUBMITTED, there=0, new=2)
    check_number(State.THIRD_ASSESSOR, there=2, new=1)


def test_all_findings_that_the_form_offers_say_both() -> None:
    assert len(WHOLE) == 9
    assert all(finding.label and finding.stage for finding in WHOLE)
