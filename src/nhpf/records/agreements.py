"""Sharing agreements: which data sets may be joined, by whom, for what, and until when.

An agreement is a TOML or JSON document. It names organisations and posts, never a person.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from nhpf.errors import InvalidInput, NotPermitted, PersonalData
from nhpf.records.contract import REGIMES, Contract, contract

LISTS = ("parties", "data_sets", "regimes", "reviewers")
TEXTS = ("title", "purpose", "lawful_basis")
DATES = ("start", "end", "review")
OF_PERSONS = re.compile(r"@|\b(mr|mrs|ms|miss|dr|prof|sir|dame)\b\.?|\d{5,}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signed: a post in an organisation, and the day."""

    organisation: str
    role: str
    signed: date


@dataclass(frozen=True, slots=True)
class Agreement:
    """One sharing agreement.

    Attributes
    ----------
    title, purpose, lawful_basis : str
    parties : tuple of str
        The organisations.
    data_sets : tuple of str
        Ids of the contracts it covers.
    regimes : tuple of str
        The regimes it covers: law enforcement (Part 3), UK GDPR, not personal.
    reviewers : tuple of str
        The posts that may read pairs of events; empty where nobody may.
    start, end, review : date
        Its first and last day, and the day by which it has to be reviewed.
    signatories : tuple of Signatory
        One for each party at least.
    """

    title: str
    parties: tuple[str, ...]
    data_sets: tuple[str, ...]
    regimes: tuple[str, ...]
    purpose: str
    lawful_basis: str
    start: date
    end: date
    review: date
    signatories: tuple[Signatory, ...]
    reviewers: tuple[str, ...] = ()

    def in_force(self, *, on: date) -> bool:
        """Whether it has begun, has not ended, and its review is not overdue."""
        return self.start <= on <= min(self.end, self.review)

    def covers(self, *contracts: Contract) -> bool:
        """Whether it names the data sets of all these contracts, and their regimes."""
        return all(
            each.source in self.data_sets and each.regime in self.regimes for each in contracts
        )


def load_agreement(path: Path) -> Agreement:
    """Read an agreement from a TOML or JSON document.

    Raises
    ------
    InvalidInput
        Naming the part that is missing or wrong.
    PersonalData
        If a post or an organisation looks like a person's name, address or number.
    """
    raw = _document(path)
    known = {*LISTS, *TEXTS, *DATES, "signatories"}
    if faults := sorted((known - {"reviewers"}) - set(raw)):
        raise InvalidInput(f"The agreement does not say its {faults[0]}.", where=path.name)
    if set(raw) - known:
        raise InvalidInput("The agreement holds parts that are not known.", where=path.name)
    parts: dict[str, Any] = {name: _text(raw[name], name, path) for name in TEXTS}
    parts |= {name: _texts(raw.get(name, []), name, path) for name in LISTS}
    parts |= {name: _date(raw[name], name, path) for name in DATES}
    agreement = Agreement(signatories=_signatories(raw["signatories"], path), **parts)
    _check(agreement, path)
    return agreement


def may_join(
    first: Contract,
    second: Contract,
    *,
    on: date,
    agreements: Sequence[Agreement] = (),
    synthetic: bool = False,
) -> Agreement | None:
    """Return the agreement under which two data sets may be joined; none for synthetic data.

    Parameters
    ----------
    first, second : Contract
    on : date
        The day of the join.
    agreements : sequence of Agreement
    synthetic : bool
        Whether both data sets say of themselves that they are synthetic.

    Raises
    ------
    NotPermitted
        If data that is not synthetic would be joined, and no single agreement covers both data
        sets and both regimes and is in force.
    """
    covering = [each for each in agreements if each.covers(first, second)]
    for each in covering:
        if each.in_force(on=on):
            return each
    if synthetic:
        return None
    where = f"{first.source} ({first.regime}) with {second.source} ({second.regime})"
    if covering:
        raise NotPermitted(
            "The sharing agreement is not in force, or its review is overdue.",
            where=f"{where}; {covering[0].title}",
            next_step="Have the agreement reviewed or renewed by its parties.",
        )
    raise NotPermitted(
        "No sharing agreement covers both data sets and both regimes.",
        where=where,
        next_step="Give an agreement that does with --agreement. Synthetic data have to say that"
        " they are: import them again with --synthetic.",
    )


def _document(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text("utf-8")
        raw = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except (OSError, ValueError):
        raise InvalidInput(
            "The agreement cannot be read: it must be a TOML or JSON document.", where=str(path)
        ) from None
    if not isinstance(raw, dict):
        raise InvalidInput("The agreement must be one document, not a list.", where=path.name)
    return raw


def _check(agreement: Agreement, path: Path) -> None:
    for source in agreement.data_sets:
        contract(source)
    if set(agreement.regimes) - set(REGIMES):
        raise InvalidInput(
            "The agreement names a regime that is not known.",
            where=path.name,
            next_step=f"The regimes are {', '.join(REGIMES)}.",
        )
    unsigned = set(agreement.parties) - {each.organisation for each in agreement.signatories}
    if unsigned or len(set(agreement.parties)) < 2:
        raise InvalidInput(
            "An agreement needs two parties or more, each with a signatory.", where=path.name
        )
    if agreement.end < agreement.start:
        raise InvalidInput("The agreement ends before it starts.", where=path.name)


def _signatories(raw: Any, path: Path) -> tuple[Signatory, ...]:
    if not isinstance(raw, list) or not all(isinstance(each, dict) for each in raw):
        raise InvalidInput("Signatories must be a list.", where=path.name)
    for each in raw:
        if set(each) != {"organisation", "role", "signed"}:
            raise PersonalData(
                "A signatory is an organisation, a role and the day signed, and nothing else.",
                where=path.name,
                next_step="Leave out names and how to reach people.",
            )
    return tuple(
        Signatory(
            _text(each["organisation"], "organisation", path),
            _text(each["role"], "role", path),
            _date(each["signed"], "signed", path),
        )
        for each in raw
    )


def _text(value: Any, name: str, path: Path) -> str:
    if not isinstance(value, str) or not value.strip():
        raise InvalidInput(f"The agreement's {name} must be words.", where=path.name)
    if name in {"organisation", "role", "parties", "reviewers"} and OF_PERSONS.search(value):
        raise PersonalData(
            f"The agreement's {name} looks like a person or how to reach one.",
            where=path.name,
            next_step="Name the post and the organisation.",
        )
    return value.strip()


def _texts(value: Any, name: str, path: Path) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise InvalidInput(f"The agreement's {name} must be a list.", where=path.name)
    return tuple(_text(each, name, path) for each in value)


def _date(value: Any, name: str, path: Path) -> date:
    try:
        return value if isinstance(value, date) else date.fromisoformat(value)
    except (TypeError, ValueError):
        raise InvalidInput(
            f"The agreement's {name} must be a date, such as 2026-04-01.", where=path.name
        ) from None
