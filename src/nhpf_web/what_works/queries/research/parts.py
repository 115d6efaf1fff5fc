"""In which parts a user acts on a record of the register, and what that lets them do."""

from __future__ import annotations

from enum import StrEnum

from nhpf_web.organisations import queries as organisations
from nhpf_web.organisations.queries import Account, Visitor, may
from nhpf_web.organisations.rules import OWNER_SLUG, Right
from nhpf_web.what_works.models import Call, Output, Question, Registered, StudyProposal
from nhpf_web.what_works.queries.research.reading import decides_on_data, decides_on_research
from nhpf_web.what_works.rules.research.calls import CALLS
from nhpf_web.what_works.rules.research.moves import Part
from nhpf_web.what_works.rules.research.outputs import OUTPUTS, OutputState
from nhpf_web.what_works.rules.research.proposals import PROPOSALS, ProposalState
from nhpf_web.what_works.rules.research.questions import QUESTIONS, QuestionState

INSIDE: dict[type[Registered], tuple[Part, Right]] = {
    Question: (Part.ASKER, Right.ASK_RESEARCH),
    StudyProposal: (Part.RESEARCHER, Right.DO_RESEARCH),
    Output: (Part.RESEARCHER, Right.ADD_STUDY),
}


def parts_of(user: Visitor, record: Registered) -> frozenset[Part]:
    """Return a user's parts in a record; of one's own never the editor's or the steward's."""
    if not user.is_authenticated:
        return frozenset()
    found = set()
    part, right = INSIDE.get(type(record), (None, None))
    if part and right and may(user, right, organisation=record.organisation.slug):
        found.add(part)
    if not has_interest(user, record):
        found |= {Part.EDITOR} if decides_on_research(user) else set()
        found |= {Part.STEWARD} if decides_on_data(user) else set()
    return frozenset(found)


def has_interest(user: Account, record: Registered) -> bool:
    """Whether a user may not judge a record: it is their organisation's, or their own words.

    The framework's owner asks and publishes too: there another person of it decides. Its calls are
    judged by none of those whose organisation answers them.
    """
    own = organisations.visible_to(user)
    if isinstance(record, Call):
        return record.proposals.filter(organisation__in=own).exists()
    if record.begun_by_id == user.pk:
        return True
    is_owners = record.organisation.slug == OWNER_SLUG and not isinstance(record, StudyProposal)
    return not is_owners and own.filter(pk=record.organisation_id).exists()


def acts_of(user: Visitor, record: Registered) -> tuple[StrEnum, ...]:
    """Return what a user may do to a record now."""
    parts = parts_of(user, record)
    match record:
        case Question():
            return QUESTIONS.open_to(QuestionState(record.state), parts)
        case Call():
            return CALLS.open_to(record.standing, parts)
        case StudyProposal():
            return PROPOSALS.open_to(ProposalState(record.state), parts)
        case Output():
            return OUTPUTS.open_to(OutputState(record.state), parts)
    return ()
