"""A proposal for a study: where it stands, its ethics, and its request for data."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from nhpf_web.what_works.rules.research.moves import Move, Moves, Part


class ProposalState(StrEnum):
    """Where a proposal stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    DECLINED = "declined"
    ACCEPTED = "accepted"
    UNDER_WAY = "under way"
    REPORTED = "reported"
    STOPPED = "stopped"


class ProposalAct(StrEnum):
    """What can be done to a proposal."""

    CHANGE = "change"
    SUBMIT = "submit"
    DECIDE_DATA = "decide on the data"
    RETURN = "return with questions"
    DECLINE = "decline"
    ACCEPT = "accept"
    AMEND = "change the protocol"
    STATE_ETHICS = "state the ethics review"
    BEGIN = "begin"
    REPORT = "report"
    STOP = "stop"


_S, _A = ProposalState, ProposalAct
_RESEARCHER, _EDITOR = (Part.RESEARCHER,), (Part.EDITOR,)

PROPOSALS = Moves(
    "A proposal",
    _S.DRAFT,
    (
        Move(_S.DRAFT, _A.CHANGE, _RESEARCHER, _S.DRAFT),
        Move(_S.DRAFT, _A.SUBMIT, _RESEARCHER, _S.SUBMITTED),
        Move(_S.SUBMITTED, _A.DECIDE_DATA, (Part.STEWARD, Part.EDITOR), _S.SUBMITTED),
        Move(_S.SUBMITTED, _A.RETURN, _EDITOR, _S.RETURNED),
        Move(_S.SUBMITTED, _A.DECLINE, _EDITOR, _S.DECLINED),
        Move(_S.SUBMITTED, _A.ACCEPT, _EDITOR, _S.ACCEPTED),
        Move(_S.RETURNED, _A.CHANGE, _RESEARCHER, _S.RETURNED),
        Move(_S.RETURNED, _A.SUBMIT, _RESEARCHER, _S.SUBMITTED),
        Move(_S.ACCEPTED, _A.AMEND, _RESEARCHER, _S.ACCEPTED),
        Move(_S.ACCEPTED, _A.STATE_ETHICS, _RESEARCHER, _S.ACCEPTED),
        Move(_S.ACCEPTED, _A.BEGIN, _RESEARCHER, _S.UNDER_WAY),
        Move(_S.ACCEPTED, _A.STOP, _RESEARCHER, _S.STOPPED),
        Move(_S.UNDER_WAY, _A.AMEND, _RESEARCHER, _S.UNDER_WAY),
        Move(_S.UNDER_WAY, _A.STATE_ETHICS, _RESEARCHER, _S.UNDER_WAY),
        Move(_S.UNDER_WAY, _A.REPORT, _RESEARCHER, _S.REPORTED),
        Move(_S.UNDER_WAY, _A.STOP, _RESEARCHER, _S.STOPPED),
    ),
)
PROPOSAL_WORDS: Mapping[ProposalState, str] = {
    _S.DRAFT: "Draft: only your organisation sees it",
    _S.SUBMITTED: "Submitted: an editor decides",
    _S.RETURNED: "Returned with questions to its organisation",
    _S.DECLINED: "Declined",
    _S.ACCEPTED: "Accepted: registered, not begun yet",
    _S.UNDER_WAY: "Under way",
    _S.REPORTED: "Reported",
    _S.STOPPED: "Stopped",
}
# From acceptance on everybody reads it: a study that stops stays listed.
REGISTERED = (_S.ACCEPTED, _S.UNDER_WAY, _S.REPORTED, _S.STOPPED)
PROTOCOL: Mapping[str, str] = {
    "design": "Design",
    "outcome": "Primary outcome",
    "measures": "How outcomes are measured",
    "analysis": "Analysis",
    "power": "What it could see",
}
DESIGNS: Mapping[str, str] = {
    "randomised": "Randomised trial",
    "cluster": "Cluster randomised trial",
    "stepped": "Stepped wedge",
    "interrupted": "Interrupted time series",
    "differences": "Difference in differences",
    "before and after": "Before and after, without a comparison",
    "qualitative": "Qualitative study",
    "descriptive": "Descriptive study",
    "synthesis": "Synthesis of studies",
    "economic": "Economic evaluation",
    "other": "Another design",
}


class Ethics(StrEnum):
    """Where the ethics review of a study stands."""

    NOT_NEEDED = "not needed"
    TO_BE_SOUGHT = "to be sought"
    SOUGHT = "sought"
    APPROVED = "approved"
    REFUSED = "refused"


ETHICS_WORDS: Mapping[Ethics, str] = {
    Ethics.NOT_NEEDED: "Not needed",
    Ethics.TO_BE_SOUGHT: "To be sought",
    Ethics.SOUGHT: "Sought, not decided yet",
    Ethics.APPROVED: "Approved",
    Ethics.REFUSED: "Refused",
}


class Data(StrEnum):
    """What data a study asks for; never a row about a person."""

    NONE = "none"
    AGGREGATE = "aggregate"
    AGREEMENT = "agreement"


DATA_WORDS: Mapping[Data, str] = {
    Data.NONE: "None",
    Data.AGGREGATE: "Aggregate tables or releases held here, through disclosure control",
    Data.AGREEMENT: "Data under a sharing agreement between organisations, kept outside",
}


class DataState(StrEnum):
    """Where a request for data stands."""

    NONE = "none"
    WAITING = "waiting"
    GRANTED = "granted"
    REFUSED = "refused"
