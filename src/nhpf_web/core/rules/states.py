"""Moves between states, from the one table that each kind of record has."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from nhpf.errors import NotPermitted

State = TypeVar("State", bound=StrEnum)
Act = TypeVar("Act", bound=StrEnum)


def led_to(
    table: Mapping[State, Mapping[Act, State]],
    state: State,
    act: Act,
    *,
    thing: str,
    then: str = "",
) -> State:
    """Return the state that an act leads to.

    Parameters
    ----------
    table : mapping of state to mapping of act to state
    state, act : StrEnum
    thing : str
        What is moved, as a sentence begins with it: "A return".
    then : str
        What to do first, where the state does not allow the act.

    Raises
    ------
    NotPermitted
        Where the state does not allow the act.
    """
    allowed = table[state]
    if act not in allowed:
        raise NotPermitted(
            f"{thing} that is {state} cannot be the object of “{act}”.", next_step=then
        )
    return allowed[act]
