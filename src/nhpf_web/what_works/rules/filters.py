"""Filters over the framework: AND between groups, OR inside a group, kept in the address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from urllib.parse import urlencode

Tags = Mapping[str, frozenset[str]]
"""What an entry is tagged with, by group."""


@dataclass(frozen=True, slots=True)
class Option:
    """One box of a filter: its value, its words, the entries that it would leave."""

    value: str
    label: str
    count: int
    ticked: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A group of boxes under one heading."""

    name: str
    heading: str
    options: tuple[Option, ...]

    @property
    def ticked(self) -> tuple[Option, ...]:
        """The boxes that are ticked."""
        return tuple(option for option in self.options if option.ticked)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a reader ticked, by group; groups without a tick are absent."""

    values: Mapping[str, tuple[str, ...]]

    def __bool__(self) -> bool:
        """Whether anything is ticked."""
        return bool(self.values)

    def without(self, group: str, value: str) -> Chosen:
        """Return the choice with one tick taken away."""
        left = tuple(kept for kept in self.values.get(group, ()) if kept != value)
        others = {name: values for name, values in self.values.items() if name != group}
        return Chosen({**others, group: left} if left else others)

    @property
    def query(self) -> str:
        """The address's query: groups and values in one order, so that equal choices are equal."""
        pairs = [(name, value) for name in sorted(self.values) for value in self.values[name]]
        return urlencode(pairs)


def chips(
    chosen: Chosen,
    labels: Mapping[str, Mapping[str, str]],
    *,
    query: Callable[[Chosen], str] = attrgetter("query"),
) -> list[dict[str, str]]:
    """Return each tick with its words and the query of the same choice without it."""
    return [
        {"label": labels[name][value], "query": query(chosen.without(name, value))}
        for name, values in chosen.values.items()
        for value in values
    ]


def choose(asked: Mapping[str, Sequence[str]], *, known: Mapping[str, Mapping[str, str]]) -> Chosen:
    """Keep from an address what the filters know; anything else is as if it were not there."""
    kept = {
        name: tuple(value for value in options if value in asked.get(name, ()))
        for name, options in known.items()
    }
    return Chosen({name: values for name, values in kept.items() if values})


def answers(tags: Tags, chosen: Chosen, *, but: str = "") -> bool:
    """Whether tags have at least one ticked value of every group (``but`` leaves a group out)."""
    return all(
        not tags.get(name, frozenset()).isdisjoint(values)
        for name, values in chosen.values.items()
        if name != but
    )


def group_of(
    name: str,
    *,
    heading: str,
    labels: Mapping[str, str],
    tagged: Iterable[Tags],
    chosen: Chosen,
) -> Group:
    """Return a group with the number of entries that each box would leave.

    The number regards what is ticked in the other groups only: inside a group a second tick adds.
    """
    left = [tags.get(name, frozenset()) for tags in tagged if answers(tags, chosen, but=name)]
    ticked = chosen.values.get(name, ())
    return Group(
        name,
        heading,
        tuple(
            Option(value, label, sum(value in tags for tags in left), value in ticked)
            for value, label in labels.items()
        ),
    )
