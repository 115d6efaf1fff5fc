"""The research register and everybody who has a part in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from nhpf_web.organisations.actions import open_organisation
from nhpf_web.organisations.models import Organisation, User
from nhpf_web.organisations.rules import OWNER_SLUG, Kind, Role
from nhpf_web.what_works.actions.research import calls, outputs, proposals, questions
from nhpf_web.what_works.models import Call, Output, Question, StudyProposal
from nhpf_web.what_works.rules.research.calls import CallState
from nhpf_web.what_works.rules.research.checking import PAGES
from nhpf_web.what_works.rules.research.outputs import OutputState
from nhpf_web.what_works.rules.research.proposals import ProposalState
from nhpf_web.what_works.rules.research.questions import QuestionState

Person = Callable[..., User]
WORDS = {
    "title": "Do walks between school and station prevent knife injuries?",
    "area": "ar-knife",
    "subtype": "3",
    "level": "secondary",
    "why": "Most of these injuries happen on that way.",
    "wanted": "A trial in eight places.",
}
STUDY: dict[str, Any] = {
    "title": "A stepped trial of walks",
    "summary": "Walks in eight places.",
    "area": "ar-knife",
    "subtype": "3",
    "level": "secondary",
    "design": "stepped",
    "outcome": "Hospital admissions for knife injury",
    "measures": "Monthly counts of the hospitals",
    "analysis": "Poisson with effects of place and month",
    "power": "A fall of 20% in two years",
    "ethics": "to be sought",
    "data": "none",
    "starts": date(2090, 1, 1),
    "reports": date(2092, 1, 1),
}
DATA = {
    "data": "aggregate",
    "data_what": "Counts by place and month",
    "data_purpose": "The outcome",
    "data_basis": "Public task",
    "data_control": "Small numbers are suppressed before they leave",
}
APPROVED = {
    "ethics": "approved",
    "ethics_body": "A university committee",
    "ethics_reference": "REC 12",
    "ethics_on": date(2026, 1, 5),
}
FOUND = {
    "kind": "null result",
    "title": "Walks made no difference",
    "citation": "Example, A. (2026). Walks.",
    "found": "No effect: 0.98 (0.90 to 1.07).",
    "entries": ["iv-hsp"],
}
TRIAL = {
    "kind": "trial",
    "title": "A trial of walks",
    "area": "ar-knife",
    "summary": "A trial in eight places.",
    "offered": "Aggregate counts and two analysts.",
    "outcome": "admissions",
    "baseline": 12.0,
    "fall": 20,
    "units": 8,
    "years": 2.0,
    "design": "before and after",
}


@dataclass
class Stage:
    """The people of the play; each ``to_…`` plays one record as far as a state."""

    analyst: User
    researcher: User
    other_researcher: User
    editor: User
    other_editor: User
    steward: User
    reader: User

    def question(self) -> Question:
        return questions.ask(organisation="north", values=WORDS, by=self.analyst)

    def accepted(self) -> Question:
        held = self.question()
        questions.accept(held, reason="Many die", by=self.editor)
        return fresh(held)

    def to_question(self, state: QuestionState) -> Question:
        held = QUESTION_WAYS[state](self)
        assert fresh(held).state == state
        return fresh(held)

    def call(self, **changed: Any) -> Call:
        closes = timezone.localdate() + timedelta(days=30)
        values = {**TRIAL, "closes": closes, "questions": [self.accepted()], **changed}
        return calls.begin(values, by=self.editor)

    def to_call(self, state: CallState) -> Call:
        held = CALL_WAYS[state](self)
        assert fresh(held).standing == state
        return fresh(held)

    def proposal(self, *, call: Call | None = None, **changed: Any) -> StudyProposal:
        about = [self.accepted()] if call is None else ()
        held = proposals.begin(
            organisation="study", title="x", call=call, questions=about, by=self.researcher
        )
        values = {**STUDY, **changed, "questions": held.questions.all()}
        for page in PAGES:
            given = {name: values.get(name, "") for name in page.fields}
            for day in ("ethics_on", "starts", "reports"):
                if day in given:
                    given[day] = given[day] or None
            proposals.save_page(fresh(held), page, given, by=self.researcher)
        return fresh(held)

    def submitted(self, **changed: Any) -> StudyProposal:
        held = self.proposal(**changed)
        proposals.submit(held, by=self.researcher)
        return fresh(held)

    def to_proposal(self, state: ProposalState) -> StudyProposal:
        held = PROPOSAL_WAYS[state](self)
        assert fresh(held).state == state
        return fresh(held)

    def output(self, **changed: Any) -> Output:
        return outputs.offer(organisation="study", values={**FOUND, **changed}, by=self.researcher)

    def listed(self, **changed: Any) -> Output:
        held = self.output(**changed)
        outputs.list_output(held, reason="Read it", by=self.editor)
        return fresh(held)

    def to_output(self, state: OutputState) -> Output:
        held = OUTPUT_WAYS[state](self)
        assert fresh(held).state == state
        return fresh(held)


def fresh(record: Any) -> Any:
    """The record as it stands now."""
    return type(record).objects.get(pk=record.pk)


def _declined_question(stage: Stage) -> Question:
    held = stage.question()
    questions.decline(held, reason="Known", by=stage.editor)
    return held


def _merged(stage: Stage) -> Question:
    held = stage.question()
    questions.merge(held, into=stage.accepted(), reason="The same", by=stage.editor)
    return held


def _called(stage: Stage) -> Question:
    held = stage.to_call(CallState.OPEN).questions.get()
    assert isinstance(held, Question)
    return held


def _studied(stage: Stage) -> Question:
    held = stage.to_proposal(ProposalState.UNDER_WAY).questions.get()
    assert isinstance(held, Question)
    return held


def _answered(stage: Stage) -> Question:
    held = stage.accepted()
    listed = stage.listed(questions=[held])
    questions.answer(held, outputs=[listed], reason="No effect", by=stage.editor)
    return held


QUESTION_WAYS: dict[QuestionState, Callable[[Stage], Question]] = {
    QuestionState.ASKED: Stage.question,
    QuestionState.ACCEPTED: Stage.accepted,
    QuestionState.CALLED: _called,
    QuestionState.UNDER_STUDY: _studied,
    QuestionState.ANSWERED: _answered,
    QuestionState.DECLINED: _declined_question,
    QuestionState.MERGED: _merged,
}


def _open(stage: Stage) -> Call:
    held = stage.call()
    calls.open_call(held, by=stage.editor)
    return fresh(held)


def _closed(stage: Stage) -> Call:
    held = _open(stage)
    calls.close(held, by=stage.editor)
    return fresh(held)


def closed_with_a_study(stage: Stage) -> Call:
    """A closed call that an accepted proposal answers."""
    held = _open(stage)
    study = stage.submitted(call=held)
    proposals.accept(study, reason="Sound", by=stage.editor)
    calls.close(held, by=stage.editor)
    return fresh(held)


def _awarded(stage: Stage) -> Call:
    held = closed_with_a_study(stage)
    calls.award(held, reason="The best", by=stage.editor)
    return held


def _ended(stage: Stage) -> Call:
    held = _closed(stage)
    calls.end(held, reason="Nobody came", by=stage.editor)
    return held


CALL_WAYS: dict[CallState, Callable[[Stage], Call]] = {
    CallState.DRAFT: Stage.call,
    CallState.OPEN: _open,
    CallState.CLOSED: _closed,
    CallState.AWARDED: _awarded,
    CallState.NONE: _ended,
}


def _returned(stage: Stage) -> StudyProposal:
    held = stage.submitted()
    proposals.send_back(held, reason="Why eight?", by=stage.editor)
    return held


def _declined(stage: Stage) -> StudyProposal:
    held = stage.submitted()
    proposals.decline(held, reason="Too small", by=stage.editor)
    return held


def registered(stage: Stage, **changed: Any) -> StudyProposal:
    """An accepted study whose ethics review is done."""
    held = stage.submitted(**{**APPROVED, **changed})
    proposals.accept(held, reason="Sound", by=stage.editor)
    return fresh(held)


def _under_way(stage: Stage) -> StudyProposal:
    held = registered(stage)
    proposals.start(held, by=stage.researcher)
    return fresh(held)


def with_output(stage: Stage) -> StudyProposal:
    """A study under way with an output."""
    held = _under_way(stage)
    stage.output(proposal=held)
    return held


def _reported(stage: Stage) -> StudyProposal:
    held = with_output(stage)
    proposals.report(held, by=stage.researcher)
    return held


def _stopped(stage: Stage) -> StudyProposal:
    held = _under_way(stage)
    proposals.stop(held, reason="Nobody took part", by=stage.researcher)
    return held


PROPOSAL_WAYS: dict[ProposalState, Callable[[Stage], StudyProposal]] = {
    ProposalState.DRAFT: Stage.proposal,
    ProposalState.SUBMITTED: Stage.submitted,
    ProposalState.RETURNED: _returned,
    ProposalState.DECLINED: _declined,
    ProposalState.ACCEPTED: registered,
    ProposalState.UNDER_WAY: _under_way,
    ProposalState.REPORTED: _reported,
    ProposalState.STOPPED: _stopped,
}


def _declined_output(stage: Stage) -> Output:
    held = stage.output()
    outputs.decline(held, reason="Not research", by=stage.editor)
    return held


def _retracted(stage: Stage) -> Output:
    held = stage.listed()
    outputs.retract(held, reason="The data were wrong", by=stage.editor)
    return held


OUTPUT_WAYS: dict[OutputState, Callable[[Stage], Output]] = {
    OutputState.OFFERED: Stage.output,
    OutputState.LISTED: Stage.listed,
    OutputState.DECLINED: _declined_output,
    OutputState.RETRACTED: _retracted,
}


@pytest.fixture
def research(person: Person, force: Organisation, other_force: Organisation) -> Stage:
    """North Police asks, a university studies, the framework's owner decides."""
    owner = open_organisation(OWNER_SLUG, name="Framework owner", kind=Kind.NPCC_PORTFOLIO)
    study = open_organisation("study", name="A university", kind=Kind.ACADEMIA)
    other = open_organisation("other-study", name="Another university", kind=Kind.ACADEMIA)
    return Stage(
        analyst=person("ann", Role.ANALYST, at=force),
        researcher=person("rae", Role.RESEARCHER, at=study),
        other_researcher=person("roy", Role.RESEARCHER, at=other),
        editor=person("edd", Role.EDITOR, at=owner),
        other_editor=person("eve", Role.EDITOR, at=owner),
        steward=person("stu", Role.DATA_STEWARD, at=owner),
        reader=person("rea", Role.READER, at=other_force),
    )
