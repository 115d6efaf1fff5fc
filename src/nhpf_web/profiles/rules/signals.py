"""What an organisation can find about a signal: states, acts, and what each asks for."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from nhpf.errors import InvalidInput
from nhpf_web.core.rules import led_to


class Finding(StrEnum):
    """Where an organisation stands with a signal."""

    NEW = "new"
    NEEDS_MORE = "needs more"
    RECORDING = "explained by recording"
    CHANCE = "chance"
    REAL = "real, handed to a problem"


class Look(StrEnum):
    """What can be said of a signal after looking at it."""

    EXPLAIN = "explain"
    CALL_CHANCE = "call chance"
    HAND_ON = "hand on"
    ASK_MORE = "ask more"
    REOPEN = "reopen"


_SAID: Mapping[Look, Finding] = {
    Look.EXPLAIN: Finding.RECORDING,
    Look.CALL_CHANCE: Finding.CHANCE,
    Look.HAND_ON: Finding.REAL,
    Look.ASK_MORE: Finding.NEEDS_MORE,
}
FINDINGS: Mapping[Finding, Mapping[Look, Finding]] = {
    Finding.NEW: _SAID,
    Finding.NEEDS_MORE: _SAID,
    Finding.RECORDING: {Look.REOPEN: Finding.NEEDS_MORE},
    Finding.CHANCE: {Look.REOPEN: Finding.NEEDS_MORE},
    Finding.REAL: {Look.REOPEN: Finding.NEEDS_MORE},
}
LOOK_WORDS: Mapping[Look, str] = {
    Look.EXPLAIN: "Recording explains it: a system, a category, a batch, a revision, a duplicate",
    Look.CALL_CHANCE: "Nothing was found: it looks like chance",
    Look.HAND_ON: "It is real and was handed to a problem that we work on",
    Look.ASK_MORE: "It needs more looking",
    Look.REOPEN: "Look at it again",
}
LONGEST_FINDING = 2000


def next_finding(finding: str, look: Look) -> Finding:
    """Return where a look leads.

    Raises
    ------
    NotPermitted
        Where this cannot be said of a signal that stands there.
    """
    return led_to(FINDINGS, Finding(finding), look, thing="A signal")


def check_can_say(look: Look, *, found: str, problem: str) -> None:
    """Refuse a finding without words, or one handed on to nothing.

    Raises
    ------
    InvalidInput
        Naming what is missing.
    """
    if not found.strip():
        raise InvalidInput("Say what was looked at and what was found.")
    if look is Look.HAND_ON and not problem.strip():
        raise InvalidInput("Name the problem that it was handed to.")
