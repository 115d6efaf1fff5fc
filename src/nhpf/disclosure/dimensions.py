"""The ways in which a table is broken down, each flat or a tree, and the totals that follow."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from nhpf.errors import InvalidInput

Position = tuple[str, ...]
"""One label for each dimension, in the table's order of dimensions."""

EVERYTHING = "all"
"""The label of a total of everything: a table without the dimension counts the same."""

Relation = tuple[Position, tuple[Position, ...]]
"""A total, and the cells that add up to it."""


@dataclass(frozen=True)
class Dimension:
    """One way of breaking a table down: its labels, and which of them add up to which.

    The same label in dimensions of the same name means the same thing in every table, so that
    tables published at different times can be held against each other: a total of other years or
    of other places needs another label. The label ``all`` is the total of everything, which is
    also what a table without the dimension counts.

    Attributes
    ----------
    name : str
        For instance ``force`` or ``sub-type``.
    parents : mapping of str to str or None
        For each label the label of the total that it is part of, or None for one that is part of
        no shown total.
    nation : str
        The label that a policy which rounds only below the nation leaves as it is; "" for none.
    """

    name: str
    parents: Mapping[str, str | None]
    nation: str = ""

    def __post_init__(self) -> None:
        """Refuse labels that are their own total, by whatever way round."""
        for label in self.parents:
            if any(above == label for above in self._above(label)):
                raise InvalidInput("A total cannot be part of itself.", where=self.name)

    @classmethod
    def flat(cls, name: str, labels: Iterable[str], *, total: str | None = EVERYTHING) -> Dimension:
        """Return a dimension of labels side by side, with one total or (``None``) without."""
        parents: dict[str, str | None] = dict.fromkeys(labels, total)
        return cls(name, parents if total is None else {**parents, total: None})

    @classmethod
    def tree(cls, name: str, parents: Mapping[str, str], *, nation: str = "") -> Dimension:
        """Return a dimension of several levels from the total that each label is part of."""
        tops = dict.fromkeys(above for above in parents.values() if above not in parents)
        return cls(name, {**parents, **tops}, nation)

    def _above(self, label: str) -> Iterator[str]:
        """Yield the totals that a label is part of, from the nearest upwards."""
        for _ in self.parents:
            above = self.parents.get(label)
            if above is None:
                return
            yield above
            label = above

    @cached_property
    def children(self) -> dict[str, tuple[str, ...]]:
        """Return the labels that add up to each total, in the order given."""
        found: dict[str, list[str]] = {}
        for label, above in self.parents.items():
            if above is not None:
                found.setdefault(above, []).append(label)
        return {above: tuple(labels) for above, labels in found.items()}

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """Return every label, totals included, in the order given."""
        return tuple(self.parents)

    @cached_property
    def leaves(self) -> tuple[str, ...]:
        """Return the labels that are no total of others."""
        return tuple(label for label in self.parents if label not in self.children)

    def lineage(self, leaf: str) -> tuple[str, ...]:
        """Return a label and every total that it is part of."""
        return (leaf, *self._above(leaf))


def positions(dimensions: Sequence[Dimension]) -> list[Position]:
    """Return every position of a table, totals included."""
    return list(itertools.product(*(each.labels for each in dimensions)))


def relations(dimensions: Sequence[Dimension]) -> Iterator[Relation]:
    """Yield every sum that holds in a table: one for each total of each dimension, all else alike.

    For a table of forces by sub-types these are its rows and its columns, margins included.
    """
    for at, dimension in enumerate(dimensions):
        before = [each.labels for each in dimensions[:at]]
        after = [each.labels for each in dimensions[at + 1 :]]
        for total, parts in dimension.children.items():
            for left in itertools.product(*before):
                for right in itertools.product(*after):
                    yield (
                        (*left, total, *right),
                        tuple((*left, part, *right) for part in parts),
                    )


def with_totals(
    counts: Mapping[Position, int], dimensions: Sequence[Dimension]
) -> dict[Position, int]:
    """Return the counts of every position, totals added up.

    Parameters
    ----------
    counts : mapping of position to int
        Every position that is no total, zeros included.

    Raises
    ------
    InvalidInput
        If a position is missing, unknown or a total, or a count is negative or not whole.
    """
    names = [each.name for each in dimensions]
    if len(set(names)) != len(names) or not names:
        raise InvalidInput("A table needs dimensions, each with a name of its own.")
    leaves = math.prod(len(each.leaves) for each in dimensions)
    full = dict.fromkeys(positions(dimensions), 0)
    for position, count in counts.items():
        _check(position, count, dimensions)
        ways = (each.lineage(label) for each, label in zip(dimensions, position, strict=True))
        for above in itertools.product(*ways):
            full[above] += int(count)
    if len(counts) != leaves:
        raise InvalidInput(
            f"The table gives {len(counts)} of its {leaves} cells.",
            next_step="Write a count of zero as zero; a missing count is not zero.",
        )
    return full


def _check(position: Position, count: int, dimensions: Sequence[Dimension]) -> None:
    """Refuse a cell that is not an inner cell of the table, or that holds no count."""
    known = len(position) == len(dimensions) and all(
        label in each.parents and label not in each.children
        for each, label in zip(dimensions, position, strict=True)
    )
    if not known:
        raise InvalidInput(
            "A cell's position is not one of the table's, or is one of its totals.",
            where=" × ".join(map(str, position)),
            next_step="Give inner cells only; totals are added up here.",
        )
    if count < 0 or int(count) != count:
        raise InvalidInput("A count is a whole number that is not negative.")
