"""A table of moves: in this state these parts may do this, which leads there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from nhpf.errors import NotPermitted

State = TypeVar("State", bound=StrEnum)
Act = TypeVar("Act", bound=StrEnum)


class Part(StrEnum):
    """Who acts; on what one's own organisation put in, never as editor or data steward."""

    ASKER = "organisation that asked"
    RESEARCHER = "research organisation"
    EDITOR = "editor of the framework"
    STEWARD = "data steward"
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Move(Generic[State, Act]):
    """In this state these parts may do this, which leads to that state."""

    state: State
    act: Act
    by: tuple[Part, ...]
    to: State


@dataclass(frozen=True, slots=True)
class Moves(Generic[State, Act]):
    """Every move of one kind of record; ``thing`` is its name, as a sentence begins with it."""

    thing: str
    first: State
    table: tuple[Move[State, Act], ...]

    def find(self, state: State, act: Act, *, by: Iterable[Part]) -> Move[State, Act]:
        """Return the move that these parts may make.

        Raises
        ------
        NotPermitted
            Where the state does not allow the act, or none of the parts may do it.
        """
        allowed = [move for move in self.table if move.state == state and move.act == act]
        if not allowed:
            raise NotPermitted(f"{self.thing} that is “{state}” cannot be the object of “{act}”.")
        move = allowed[0]
        if set(move.by).isdisjoint(by):
            needed = " or ".join(move.by)
            raise NotPermitted(
                f"You may not do this: “{act}”.", next_step=f"It needs the {needed}."
            )
        return move

    def leads(self, state: State, act: Act) -> bool:
        """Whether a state allows an act, whoever does it."""
        return any(move.state == state and move.act == act for move in self.table)

    def open_to(self, state: State, by: Iterable[Part]) -> tuple[Act, ...]:
        """Return what these parts may do in a state, in the order of the table."""
        parts = set(by)
        return tuple(
            move.act for move in self.table if move.state == state and not parts.isdisjoint(move.by)
        )

    def diagram(self) -> str:
        """Return the table as a state diagram in Mermaid's words."""
        lines = [f"    [*] --> {_name(self.first)}"]
        for move in self.table:
            who = " or ".join(move.by)
            lines.append(f"    {_name(move.state)} --> {_name(move.to)}: {move.act} ({who})")
        return "\n".join(("stateDiagram-v2", *lines))


def _name(state: StrEnum) -> str:
    return state.replace(" ", "_")
