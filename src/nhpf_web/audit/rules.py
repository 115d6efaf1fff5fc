"""What the log may hold and who may read it."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from nhpf.errors import InvalidInput

LONGEST_REASON = 200
AUDITOR = "auditor"


class Verb(StrEnum):
    """The six verbs of section 62 of the Data Protection Act 2018."""

    COLLECTION = "collection"
    ALTERATION = "alteration"
    CONSULTATION = "consultation"
    DISCLOSURE = "disclosure"
    COMBINATION = "combination"
    ERASURE = "erasure"


class Reader(Protocol):
    """What the log needs to know of a user; the organisations app's accounts have it."""

    @property
    def is_authenticated(self) -> bool:
        """Whether the user has signed in."""

    def organisations_as(self, role: str) -> frozenset[str]:
        """Return the slugs of the organisations in which the user holds a role."""


def organisations_read_by(user: Reader) -> frozenset[str]:
    """Return the organisations whose log a user may read: those where the user is auditor."""
    # A visitor who has not signed in has no organisations to ask for.
    return user.organisations_as(AUDITOR) if user.is_authenticated else frozenset()


def check_entry(*, who: str, organisation: str, subject: str, reason: str) -> None:
    """Refuse an entry that could not be used later.

    Raises
    ------
    InvalidInput
        Where the person, organisation or record is not named, or the reason is too long.
    """
    if not (who and organisation and subject):
        raise InvalidInput("An entry of the log names a person, an organisation and a record.")
    if len(reason) > LONGEST_REASON:
        raise InvalidInput(f"A reason has at most {LONGEST_REASON} characters.")
