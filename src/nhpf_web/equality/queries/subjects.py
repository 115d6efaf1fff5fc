"""Where each kind of subject is found: its title, its page and what it says now.

An app that holds a kind of subject offers it here when the service starts, so that this app knows
its content without importing it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from nhpf_web.equality.rules import ABSENT, Subject


@dataclass(frozen=True, slots=True)
class Thing:
    """One subject as it is now.

    Attributes
    ----------
    identity, title : str
    address : str
        Its page; empty where it has none.
    digest : str
        Of everything in it that an assessment judges; empty in a list that needs none.
    covered_by : str
        A wider subject whose assessment covers it until it has one of its own: "edition-2026".
    """

    identity: str
    title: str
    address: str = ""
    digest: str = ""
    covered_by: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """How to find one subject of a kind, and all that need an assessment."""

    find: Callable[[str], Thing | None]
    every: Callable[[], Iterable[Thing]]


_OFFERS: dict[Subject, Offer] = {}


def offer(
    kind: Subject,
    find: Callable[[str], Thing | None],
    every: Callable[[], Iterable[Thing]],
) -> None:
    """Say how subjects of a kind are found; called once, when the app that holds them starts."""
    _OFFERS[kind] = Offer(find, every)


def offers() -> Mapping[Subject, Offer]:
    """Return the kinds that some app holds."""
    return _OFFERS


def find_thing(kind: str, identity: str) -> Thing | None:
    """Return a subject as it is now, or None where no app knows it."""
    held = _OFFERS.get(Subject(kind))
    return held.find(identity) if held else None


def digest_now(kind: str, identity: str) -> str:
    """Return the digest of a subject as it is now, or ``ABSENT``."""
    held = find_thing(kind, identity)
    return held.digest if held else ABSENT


def digest_of(content: Any) -> str:
    """Return the SHA-256 of words, numbers, dates and lists of them."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return sha256(text.encode()).hexdigest()
