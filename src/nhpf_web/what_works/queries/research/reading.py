"""Reading the register: only through what a visitor may see."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Q, QuerySet

from nhpf_web.organisations import queries as organisations
from nhpf_web.organisations.queries import Visitor, may
from nhpf_web.organisations.rules import OWNER_SLUG, Right
from nhpf_web.what_works.models import Call, Output, Question, Registered, StudyProposal
from nhpf_web.what_works.rules.research.calls import CallState
from nhpf_web.what_works.rules.research.outputs import OutputState
from nhpf_web.what_works.rules.research.proposals import REGISTERED, ProposalState
from nhpf_web.what_works.rules.research.questions import WANTED, QuestionState

Record = TypeVar("Record", bound=Registered)


def decides_on_research(user: Visitor) -> bool:
    """Whether a user decides on questions and proposals for the framework's owner."""
    return may(user, Right.CALL_FOR_RESEARCH, organisation=OWNER_SLUG)


def decides_on_data(user: Visitor) -> bool:
    """Whether a user decides on requests for data for the framework's owner."""
    return may(user, Right.DECIDE_DATA, organisation=OWNER_SLUG)


def _own(user: Visitor) -> Q:
    return Q(organisation__in=organisations.visible_to(user))


def questions_visible_to(user: Visitor) -> QuerySet[Question]:
    """Return the decided questions, one's own organisations', and to editors every one."""
    held = Question.objects.select_related("organisation", "merged_into")
    if decides_on_research(user):
        return held
    return held.filter(~Q(state=QuestionState.ASKED) | _own(user))


def calls_visible_to(user: Visitor) -> QuerySet[Call]:
    """Return the calls that were opened and, to the owner's people, the drafts."""
    return Call.objects.filter(~Q(state=CallState.DRAFT) | _own(user)).select_related(
        "organisation"
    )


def proposals_visible_to(user: Visitor) -> QuerySet[StudyProposal]:
    """Return the registered studies, one's own organisations' proposals, and what one decides."""
    allowed = Q(state__in=REGISTERED) | _own(user)
    if decides_on_research(user) or decides_on_data(user):
        allowed |= ~Q(state=ProposalState.DRAFT)
    return StudyProposal.objects.filter(allowed).select_related("organisation", "call")


def outputs_visible_to(user: Visitor) -> QuerySet[Output]:
    """Return the listed and the retracted outputs, one's own, and to editors every one."""
    held = Output.objects.select_related("organisation", "proposal")
    if decides_on_research(user):
        return held
    return held.filter(Q(state__in=(OutputState.LISTED, OutputState.RETRACTED)) | _own(user))


def with_reference(held: QuerySet[Record], reference: str) -> Record | None:
    """Return the record of a reference such as rq-12, among those given."""
    prefix, _, number = reference.partition("-")
    if prefix != held.model.PREFIX or not number.isdecimal() or len(number) > 8:
        return None
    return held.filter(number=int(number)).first()


def questions_wanted() -> QuerySet[Question]:
    """Return the questions that a call or a proposal may be about."""
    return Question.objects.filter(state__in=WANTED)


def calls_open(user: Visitor) -> list[Call]:
    """Return the calls that are open today, those that close soonest first."""
    held = calls_visible_to(user).filter(state=CallState.OPEN).order_by("closes")
    return [call for call in held if call.standing == CallState.OPEN]


def outputs_about(identity: str) -> QuerySet[Output]:
    """Return the listed outputs that bear on an entry of the framework or on a practice."""
    held = Output.objects.filter(state=OutputState.LISTED).select_related("organisation")
    bears = Q(bearings__entry=identity) | Q(practices__permanent_id=identity) | Q(area=identity)
    return held.filter(bears).distinct()


def questions_about(identity: str) -> QuerySet[Question]:
    """Return the accepted questions, answered ones too, about an entry or a practice."""
    shown = (*WANTED, QuestionState.ANSWERED)
    about = Q(raised_id=identity) | Q(area=identity)
    return Question.objects.filter(about, state__in=shown).select_related("organisation")
