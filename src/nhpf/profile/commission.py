"""What whoever asks for a document gives with it: its terms, its owners, and what is being done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING

from nhpf.errors import InvalidInput, PersonalData
from nhpf.framework.entries import PREVENTION_LEVELS

if TYPE_CHECKING:
    from nhpf.framework import Edition

TO_BE_NAMED = "to be named"
LONGEST = 600
MOST = 200
"""Entries in one list: a document for people to read, not a register."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """Something that is done in the area now.

    Attributes
    ----------
    title : str
        What it is called.
    areas : tuple of str
        Permanent ids of the areas of focus that it serves.
    level : {"primary", "secondary", "tertiary"}
        The level of prevention.
    owner : str
        The role or body that runs it.
    source : str
        Where this is known from: "activity register", "practice adopted".
    """

    title: str
    areas: tuple[str, ...]
    level: str
    owner: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """The role that answers for what is recommended on one area of focus."""

    area: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Commission:
    """The terms of one document; what is left empty is taken from the kind of document.

    Persons are named by role or desk: a name, a telephone number or another reference to a person
    is refused wherever it stands.

    Attributes
    ----------
    asked_by, author, owner : str
        Roles, desks or bodies.
    purpose, scope : str
    questions, partners : tuple of str
    version : str
    review : date, optional
        When the document is looked at again; recommendations are due then.
    serious_violence : str
        What the partnership counts as serious violence, for a needs assessment.
    activity : tuple of Activity, optional
        None where nobody has said what is done; empty where it was asked and nothing is done.
    owners : tuple of Owner

    Raises
    ------
    PersonalData
        If a text holds a reference to a person.
    InvalidInput
        If a text or list is too long, or an activity has no title, area or known level.
    """

    asked_by: str = ""
    author: str = ""
    owner: str = ""
    purpose: str = ""
    scope: str = ""
    questions: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    version: str = ""
    review: date | None = None
    serious_violence: str = ""
    activity: tuple[Activity, ...] | None = None
    owners: tuple[Owner, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what points to a person, and what cannot be printed."""
        for where, text in _texts(asdict(self)):
            if text:
                _check_text(where, text)
        for at, each in enumerate(self.activity or (), start=1):
            _check_activity(f"activity {at}", each)

    def owner_of(self, area: str) -> str:
        """Return the role that answers for an area of focus, or that it is to be named."""
        return next((each.role for each in self.owners if each.area == area), TO_BE_NAMED)

    def check_entries(self, edition: Edition) -> None:
        """Refuse an area of focus that the edition of the framework does not have.

        Raises
        ------
        InvalidInput
        """
        known = {each.id for each in edition.of_kind("area")}
        named = [area for each in self.activity or () for area in each.areas]
        for area in (*named, *(each.area for each in self.owners)):
            if area not in known:
                raise InvalidInput(
                    f"The framework has no area of focus {area}.",
                    where="the commission",
                    next_step=f"Use one of {', '.join(sorted(known))}.",
                )


def _texts(held: object, where: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text with the name of its field."""
    if isinstance(held, str):
        yield where, held
    elif isinstance(held, dict):
        for name, value in held.items():
            yield from _texts(value, f"{where}.{name}" if where else str(name))
    elif isinstance(held, (list, tuple)):
        if len(held) > MOST:
            raise InvalidInput(f"A list holds at most {MOST} entries.", where=where)
        for at, value in enumerate(held, start=1):
            yield from _texts(value, f"{where} {at}")


def _check_text(where: str, text: str) -> None:
    # Brings the word lists, which a document without a commission does without.
    from nhpf.records.importing.screening import home_address, personal_value

    if len(text) > LONGEST:
        raise InvalidInput(f"A text has at most {LONGEST} letters.", where=where)
    found = personal_value(text) or ("a home address" if home_address(text) else "")
    if found:
        raise PersonalData(
            f"The commission of a document holds {found}.",
            where=where,
            next_step="Name a role, a desk or a body: documents name no person.",
        )


def _check_activity(where: str, each: Activity) -> None:
    if not each.title or not each.areas:
        raise InvalidInput(
            "An activity says what it is and which areas of focus it serves.",
            where=where,
            next_step="Give it a title and areas.",
        )
    if each.level not in PREVENTION_LEVELS:
        raise InvalidInput(
            "An activity's level of prevention is not known.",
            where=where,
            next_step=f"Use one of {', '.join(PREVENTION_LEVELS)}.",
        )
