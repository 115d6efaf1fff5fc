"""The gap map: what is known, written down and done in each cell, and what its gaps need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

LEVELS = ("primary", "secondary", "tertiary")
STRENGTHS = ("strong", "moderate", "limited", "none")
#: As in the national profile: a burden is much where it is one in twenty homicides or more.
MUCH = 1 / 20
#: Ours, and arbitrary: little is done where at most one in so many of those who answered act.
LITTLE = 5

CellName = tuple[str, str]
"""A row with a prevention level."""


class Gap(StrEnum):
    """What a cell may lack."""

    INTERVENTION = "no intervention"
    EVIDENCE = "no evidence of effect"
    PRACTICE = "no published practice"
    ACTIVITY = "nobody active"


class Fill(StrEnum):
    """What would fill a gap."""

    DESCRIBE = "describe a practice"
    ASK = "ask a research question"
    PROPOSE = "propose a change of the framework"
    ANSWER = "answer the scoping return"


FILLS: Mapping[Gap, tuple[Fill, ...]] = {
    Gap.INTERVENTION: (Fill.ASK, Fill.PROPOSE),
    Gap.EVIDENCE: (Fill.ASK,),
    Gap.PRACTICE: (Fill.DESCRIBE,),
    Gap.ACTIVITY: (Fill.ANSWER,),
}


@dataclass(frozen=True, slots=True)
class Placed:
    """An intervention with the rows and levels that it serves, and its strength of evidence."""

    id: str
    rows: frozenset[str]
    levels: frozenset[str]
    strength: str


@dataclass(frozen=True, slots=True)
class Active:
    """An activity: who does it, in which rows, at which level."""

    organisation: int
    is_force: bool
    rows: frozenset[str]
    level: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One row at one level: counts, never a score.

    Attributes
    ----------
    row, level : str
    strengths : mapping
        Interventions by strength of evidence; strengths that none has are left out.
    practices, forces, partners : int
        Published practices; forces and other organisations that do something.
    """

    row: str
    level: str
    strengths: Mapping[str, int]
    practices: int
    forces: int
    partners: int

    @property
    def interventions(self) -> int:
        """How many interventions serve it."""
        return sum(self.strengths.values())

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What it lacks."""
        has_evidence = any(self.strengths.get(one) for one in STRENGTHS if one != "none")
        lacking = {
            Gap.INTERVENTION: not self.interventions,
            Gap.EVIDENCE: bool(self.interventions) and not has_evidence,
            Gap.PRACTICE: not self.practices,
            Gap.ACTIVITY: not self.forces + self.partners,
        }
        return tuple(gap for gap in Gap if lacking[gap])

    @property
    def fills(self) -> tuple[Fill, ...]:
        """What would fill its gaps, each once."""
        return tuple(dict.fromkeys(fill for gap in self.gaps for fill in FILLS[gap]))


def cells(
    rows: Iterable[str],
    *,
    interventions: Collection[Placed],
    practices: Mapping[CellName, int],
    doing: Mapping[CellName, tuple[int, int]],
    levels: Iterable[str] = LEVELS,
) -> list[Cell]:
    """Return the cells of some rows, row by row and level by level, in the order given.

    Parameters
    ----------
    rows, levels : iterable of str
    interventions : collection of Placed
        Each counts in every cell that it serves.
    practices : mapping
        Published practices by cell.
    doing : mapping
        Forces and other organisations that do something, by cell.
    """
    shown = list(levels)
    return [
        Cell(
            row,
            level,
            _strengths(interventions, row, level),
            practices.get((row, level), 0),
            *doing.get((row, level), (0, 0)),
        )
        for row in rows
        for level in shown
    ]


def _strengths(placed: Iterable[Placed], row: str, level: str) -> dict[str, int]:
    held = Counter(one.strength for one in placed if row in one.rows and level in one.levels)
    return {strength: held[strength] for strength in STRENGTHS if held[strength]}


def doing(activities: Iterable[Active]) -> dict[CellName, tuple[int, int]]:
    """Return how many forces and how many others do something in each cell, each once a cell."""
    held: dict[CellName, set[tuple[int, bool]]] = {}
    for one in activities:
        for row in one.rows:
            held.setdefault((row, one.level), set()).add((one.organisation, one.is_force))
    return {cell: _by_sector(found) for cell, found in held.items()}


def active_in(activities: Iterable[Active], row: str) -> tuple[int, int]:
    """Return how many forces and how many others do something in a row, at any level."""
    return _by_sector({(one.organisation, one.is_force) for one in activities if row in one.rows})


def _by_sector(found: set[tuple[int, bool]]) -> tuple[int, int]:
    forces = sum(is_force for _, is_force in found)
    return forces, len(found) - forces


class Against(StrEnum):
    """How activity stands against the profile, in one row."""

    LITTLE = "much burden, little activity"
    ACTED_ON = "much burden, and activity"
    SMALLER = "a smaller share of homicides"
    NO_FIGURE = "no national figure"
    NOT_ASKED = "nobody has answered yet"


def against_profile(*, share_low: float | None, active: int, answered: int) -> Against:
    """Return how activity stands against the burden.

    Parameters
    ----------
    share_low : float or None
        The lower limit of its share of homicides; None where no figure is held.
    active, answered : int
        Organisations that describe an activity in it, and all that answered.
    """
    if share_low is None:
        return Against.NO_FIGURE
    if share_low < MUCH:
        return Against.SMALLER
    if not answered:
        return Against.NOT_ASKED
    return Against.LITTLE if active * LITTLE <= answered else Against.ACTED_ON
