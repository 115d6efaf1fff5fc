"""Returns: aggregates that forces seal and send, and the national tables that they add up to."""

from nhpf.records.returns.accepting import (
    Accepted,
    accept,
    close_period,
    ledger_of,
    national,
    published,
)
from nhpf.records.returns.bundle import Bundle
from nhpf.records.returns.from_release import make_from_release
from nhpf.records.returns.keys import load_key, make_key, read_register, register_entry
from nhpf.records.returns.ledger import Ledger
from nhpf.records.returns.making import Origin, made_from, make
from nhpf.records.returns.national import National, add_up
from nhpf.records.returns.period import Period, period_of
from nhpf.records.returns.verifying import Verified, read_return, verify

__all__ = [
    "Accepted",
    "Bundle",
    "Ledger",
    "National",
    "Origin",
    "Period",
    "Verified",
    "accept",
    "add_up",
    "close_period",
    "ledger_of",
    "load_key",
    "made_from",
    "make",
    "make_from_release",
    "make_key",
    "national",
    "period_of",
    "published",
    "read_register",
    "read_return",
    "register_entry",
    "verify",
]
