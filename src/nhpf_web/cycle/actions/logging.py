"""Writing to the log what somebody did to a record of the cycle."""

from __future__ import annotations

from nhpf_web.audit.actions import record
from nhpf_web.audit.rules import LONGEST_REASON, Verb
from nhpf_web.organisations.queries import Account


def log(verb: Verb, subject: str, *, by: Account, organisation: str, reason: str = "") -> None:
    """Add one entry to the log."""
    record(
        verb, subject, who=by.username, organisation=organisation, reason=reason[:LONGEST_REASON]
    )
