"""What came out of research: where it stands, and what kinds there are."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from nhpf_web.what_works.rules.research.moves import Move, Moves, Part


class OutputState(StrEnum):
    """Where an output stands."""

    OFFERED = "offered"
    LISTED = "listed"
    DECLINED = "declined"
    RETRACTED = "retracted"


class OutputAct(StrEnum):
    """What can be done to an output."""

    CHANGE = "change"
    LIST = "list"
    DECLINE = "decline"
    RETRACT = "retract"


_S, _A = OutputState, OutputAct

OUTPUTS = Moves(
    "An output",
    _S.OFFERED,
    (
        Move(_S.OFFERED, _A.CHANGE, (Part.RESEARCHER,), _S.OFFERED),
        Move(_S.OFFERED, _A.LIST, (Part.EDITOR,), _S.LISTED),
        Move(_S.OFFERED, _A.DECLINE, (Part.EDITOR,), _S.DECLINED),
        Move(_S.LISTED, _A.RETRACT, (Part.RESEARCHER, Part.EDITOR), _S.RETRACTED),
    ),
)
OUTPUT_WORDS: Mapping[OutputState, str] = {
    _S.OFFERED: "Offered: an editor checks what it bears on",
    _S.LISTED: "Listed",
    _S.DECLINED: "Declined",
    _S.RETRACTED: "Retracted: it stays here with the reason",
}
OUTPUT_KINDS: Mapping[str, str] = {
    "publication": "Publication",
    "report": "Report",
    "dataset": "Dataset",
    "null result": "Null result",
}
