"""What waits for a person in research: own questions, open calls, proposals, decisions."""

from __future__ import annotations

from dataclasses import dataclass

from nhpf_web.organisations import queries as organisations
from nhpf_web.organisations.queries import Account
from nhpf_web.what_works.models import Call, Output, Question, StudyProposal
from nhpf_web.what_works.queries.research.parts import acts_of
from nhpf_web.what_works.queries.research.reading import (
    calls_open,
    calls_visible_to,
    outputs_visible_to,
    proposals_visible_to,
    questions_visible_to,
)
from nhpf_web.what_works.rules.research.calls import CallAct, CallState
from nhpf_web.what_works.rules.research.outputs import OutputAct, OutputState
from nhpf_web.what_works.rules.research.proposals import (
    REGISTERED,
    DataState,
    ProposalAct,
    ProposalState,
)
from nhpf_web.what_works.rules.research.questions import QuestionAct, QuestionState


@dataclass(frozen=True, slots=True)
class ResearchWork:
    """One person's work with research."""

    questions: list[Question]
    calls: list[Call]
    proposals: list[StudyProposal]
    outputs: list[Output]
    questions_to_decide: list[Question]
    proposals_to_decide: list[StudyProposal]
    data_to_decide: list[StudyProposal]
    outputs_to_decide: list[Output]
    calls_to_move: list[Call]


def research_work_of(user: Account) -> ResearchWork:
    """Return what a person's organisations have in the register and what waits for the person."""
    own = organisations.visible_to(user)
    asked = questions_visible_to(user)
    proposed = proposals_visible_to(user)
    waiting = list(proposed.filter(state=ProposalState.SUBMITTED))
    offered = outputs_visible_to(user)
    return ResearchWork(
        questions=list(asked.filter(organisation__in=own)),
        calls=calls_open(user),
        proposals=list(proposed.filter(organisation__in=own)),
        outputs=list(offered.filter(organisation__in=own)),
        questions_to_decide=[
            one
            for one in asked.filter(state=QuestionState.ASKED)
            if QuestionAct.ACCEPT in acts_of(user, one)
        ],
        proposals_to_decide=[one for one in waiting if ProposalAct.ACCEPT in acts_of(user, one)],
        data_to_decide=[
            one
            for one in waiting
            if one.data_state == DataState.WAITING
            and ProposalAct.DECIDE_DATA in acts_of(user, one)
        ],
        outputs_to_decide=[
            one
            for one in offered.filter(state=OutputState.OFFERED)
            if OutputAct.LIST in acts_of(user, one)
        ],
        calls_to_move=[
            one
            for one in calls_visible_to(user).filter(state__in=(CallState.DRAFT, CallState.OPEN,
                                                                CallState.CLOSED))
            if {CallAct.CHANGE, CallAct.AWARD} & set(acts_of(user, one))
        ],
    )  # fmt: skip


def studies_of(question: Question) -> list[StudyProposal]:
    """Return the registered studies about a question, stopped ones too."""
    held = question.proposals.filter(state__in=REGISTERED)
    return list(held.select_related("organisation"))
