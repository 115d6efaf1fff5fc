"""Read the cards and refuse one with a part missing."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any

from nhpf.errors import DamagedData

PEOPLE = (
    "Takes counts of events in areas and periods, never a row about a person; scores nobody "
    "and decides nothing."
)
REPAIR = "Correct the card and have its checker read it again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One comparison that shows a statistic right.

    Attributes
    ----------
    statistic, against, tolerance : str
        What is compared, with what, and how close it comes.
    test : str
        File and name of the test, below ``tests/nhpf``.
    """

    statistic: str
    against: str
    tolerance: str
    test: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodCard:
    """What a reader must know of a method before using or trusting it.

    Attributes
    ----------
    id, title : str
        Permanent id, and the name that an analyst would use.
    functions : tuple of str
        The functions of ``nhpf.methods`` that it describes.
    page : str
        Its page in ``docs/methods``: formula, assumptions, example, references.
    question, needs, gives, how : str
        The question answered, input, output, and how it is computed, each in a sentence.
    limits : tuple of str
        Where it fails or must not be used.
    people : str
        How it touches people, and who is left to decide.
    seeded : bool
        Whether chance enters; the seed is then an argument.
    checks : tuple of Check
        What shows it right.
    """

    id: str
    title: str
    functions: tuple[str, ...]
    page: str
    question: str
    needs: str
    gives: str
    how: str
    limits: tuple[str, ...]
    people: str = PEOPLE
    seeded: bool = False
    checks: tuple[Check, ...]

    def __str__(self) -> str:
        """Return the card as lines of text, its limits as notes."""
        chance = "Chance enters; its seed is an argument." if self.seeded else "No chance enters."
        lines = [
            f"{self.title} ({', '.join(self.functions)})",
            self.question,
            f"  Needs: {self.needs}",
            f"  Gives: {self.gives}",
            f"  How: {self.how} {chance}",
            f"  People: {self.people}",
            *(f"  Checked: {each.statistic} against {each.against}" for each in self.checks),
            *(f"  Note: {limit}" for limit in self.limits),
        ]
        return "\n".join(lines)


@cache
def load_cards() -> tuple[MethodCard, ...]:
    """Return all cards, file by file.

    Raises
    ------
    DamagedData
        A card with a part missing, empty or unknown, or an id that is used twice.
    """
    folder = files(__package__ or "nhpf.methods.cards")
    texts = {each.name: each.read_text("utf-8") for each in folder.iterdir()}
    cards = [
        card for name in sorted(texts) if name.endswith(".toml") for card in parse(texts[name])
    ]
    ids = [card.id for card in cards]
    if len(set(ids)) < len(ids):
        raise DamagedData("Two method cards have one id.", next_step=REPAIR)
    return tuple(cards)


def parse(text: str) -> list[MethodCard]:
    """Return the cards of one file; what stands above the first holds for all of them."""
    raw = tomllib.loads(text)
    shared = {key: value for key, value in raw.items() if not isinstance(value, dict)}
    own = {key: value for key, value in raw.items() if isinstance(value, dict)}
    return [_card(id_, {**shared, **parts}) for id_, parts in own.items()]


def _card(id_: str, parts: dict[str, Any]) -> MethodCard:
    optional = {"people", "seeded"}
    wanted = {field.name for field in fields(MethodCard)} - {"id"}
    for name in sorted(wanted - set(parts) - optional):
        raise DamagedData("A part is missing.", where=f"card {id_}, {name}", next_step=REPAIR)
    for name, value in parts.items():
        if name not in wanted or value in ("", []):
            fault = "is empty" if name in wanted else "is not part of a card"
            raise DamagedData(f"A part {fault}.", where=f"card {id_}, {name}", next_step=REPAIR)
    checks = tuple(_check(id_, each) for each in parts["checks"])
    lists = {name: tuple(parts[name]) for name in ("functions", "limits")}
    return MethodCard(**{**parts, **lists, "checks": checks, "id": id_})


def _check(id_: str, parts: dict[str, str]) -> Check:
    if set(parts) != {field.name for field in fields(Check)} or "" in parts.values():
        raise DamagedData(
            "A check says what is compared, against what, how closely, and in which test.",
            where=f"card {id_}, checks",
            next_step=REPAIR,
        )
    return Check(**parts)
