"""A question for research: where it stands, and what it can be raised from."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from nhpf_web.what_works.rules.research.moves import Move, Moves, Part


class QuestionState(StrEnum):
    """Where a question stands."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    CALLED = "called"
    UNDER_STUDY = "under study"
    ANSWERED = "answered"
    DECLINED = "declined"
    MERGED = "merged"


class QuestionAct(StrEnum):
    """What can be done to a question."""

    CHANGE = "change"
    ACCEPT = "accept"
    DECLINE = "decline"
    MERGE = "merge"
    CALL = "call"
    STUDY = "study"
    LAPSE = "lapse"
    ANSWER = "answer"
    REOPEN = "reopen"


_S, _A = QuestionState, QuestionAct
_ASKER, _EDITOR, _SERVICE = (Part.ASKER,), (Part.EDITOR,), (Part.SERVICE,)

QUESTIONS = Moves(
    "A question",
    _S.ASKED,
    (
        Move(_S.ASKED, _A.CHANGE, _ASKER, _S.ASKED),
        Move(_S.ASKED, _A.ACCEPT, _EDITOR, _S.ACCEPTED),
        Move(_S.ASKED, _A.DECLINE, _EDITOR, _S.DECLINED),
        Move(_S.ASKED, _A.MERGE, _EDITOR, _S.MERGED),
        Move(_S.ACCEPTED, _A.MERGE, _EDITOR, _S.MERGED),
        Move(_S.ACCEPTED, _A.CALL, _SERVICE, _S.CALLED),
        Move(_S.ACCEPTED, _A.STUDY, _SERVICE, _S.UNDER_STUDY),
        Move(_S.ACCEPTED, _A.ANSWER, _EDITOR, _S.ANSWERED),
        Move(_S.CALLED, _A.STUDY, _SERVICE, _S.UNDER_STUDY),
        Move(_S.CALLED, _A.LAPSE, _SERVICE, _S.ACCEPTED),
        Move(_S.UNDER_STUDY, _A.LAPSE, _SERVICE, _S.ACCEPTED),
        Move(_S.UNDER_STUDY, _A.ANSWER, _EDITOR, _S.ANSWERED),
        Move(_S.ANSWERED, _A.REOPEN, _EDITOR, _S.ACCEPTED),
    ),
)
QUESTION_WORDS: Mapping[QuestionState, str] = {
    _S.ASKED: "Asked: an editor decides whether it is a priority",
    _S.ACCEPTED: "Accepted: open to proposals",
    _S.CALLED: "Called: a call for research is open or being decided",
    _S.UNDER_STUDY: "Under study",
    _S.ANSWERED: "Answered",
    _S.DECLINED: "Declined",
    _S.MERGED: "Merged into another question",
}
# In these a call or a proposal may be about it.
WANTED = (_S.ACCEPTED, _S.CALLED, _S.UNDER_STUDY)
ORIGINS: Mapping[str, str] = {
    "gap": "A gap in the framework",
    "profile": "A profile",
    "radar": "The radar of untested practices",
    "practice": "A practice",
    "entry": "An entry of the framework",
    "review": "A review",
    "free": "Experience or reading",
}
