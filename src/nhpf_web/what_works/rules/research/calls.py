"""A call for research, for a trial or for an evaluation: where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from nhpf_web.what_works.rules.research.moves import Move, Moves, Part


class CallState(StrEnum):
    """Where a call stands."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    AWARDED = "awarded"
    NONE = "none"


class CallAct(StrEnum):
    """What can be done to a call."""

    CHANGE = "change"
    OPEN = "open"
    EXTEND = "extend"
    CLOSE = "close"
    FALL_DUE = "fall due"
    AWARD = "award"
    END = "end without a study"


_S, _A = CallState, CallAct
_EDITOR = (Part.EDITOR,)

CALLS = Moves(
    "A call",
    _S.DRAFT,
    (
        Move(_S.DRAFT, _A.CHANGE, _EDITOR, _S.DRAFT),
        Move(_S.DRAFT, _A.OPEN, _EDITOR, _S.OPEN),
        Move(_S.OPEN, _A.EXTEND, _EDITOR, _S.OPEN),
        Move(_S.OPEN, _A.CLOSE, _EDITOR, _S.CLOSED),
        Move(_S.OPEN, _A.FALL_DUE, (Part.SERVICE,), _S.CLOSED),
        Move(_S.CLOSED, _A.AWARD, _EDITOR, _S.AWARDED),
        Move(_S.CLOSED, _A.END, _EDITOR, _S.NONE),
    ),
)
CALL_WORDS: Mapping[CallState, str] = {
    _S.DRAFT: "Draft: only the framework’s owner sees it",
    _S.OPEN: "Open",
    _S.CLOSED: "Closed: proposals are being decided",
    _S.AWARDED: "Awarded",
    _S.NONE: "Ended without a study",
}
CALL_KINDS: Mapping[str, str] = {
    "research": "Research",
    "trial": "A trial",
    "evaluation": "An evaluation",
}


def standing(state: str, *, closes: date | None, today: date) -> CallState:
    """Return where a call stands today: an open one closes by its date alone."""
    held = CallState(state)
    is_over = closes is not None and closes < today
    return CallState.CLOSED if held == CallState.OPEN and is_over else held
