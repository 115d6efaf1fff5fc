"""Several tables as one set of counts and sums: what a reader who kept them all can solve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from nhpf.disclosure.dimensions import (
    EVERYTHING,
    Dimension,
    Position,
    positions,
    relations,
    with_totals,
)
from nhpf.disclosure.knowledge import Flags, Floats, Places
from nhpf.disclosure.ledger import Publication
from nhpf.errors import ContradictsRelease

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Cell = tuple[tuple[str, str], ...]
"""A count by name: dimension and label, without those that are the total of everything."""


def name_of(position: Position, dimensions: Sequence[Dimension]) -> Cell:
    """Return the name that a cell has in every table which holds it."""
    named = zip((each.name for each in dimensions), position, strict=True)
    return tuple(sorted((name, label) for name, label in named if label != EVERYTHING))


def is_of_nation(position: Position, dimensions: Sequence[Dimension]) -> bool:
    """Whether a cell is one of the nation's, in a dimension that has a nation."""
    return any(d.nation == label != "" for d, label in zip(dimensions, position, strict=True))


@dataclass(slots=True)
class Union:
    """Counts, the sums that hold between them, and the range that publications leave to each.

    Attributes
    ----------
    at : dict
        The place of each count by name. A count that was revised since stands apart from today's,
        with ``published`` in its name.
    low, high : list of float
    withheld : set of int
        Places of counts that a publication withholds.
    protection : dict of int to int
        How wide a range each of them must be left with.
    """

    at: dict[Cell, int] = field(default_factory=dict)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    withheld: set[int] = field(default_factory=set)
    protection: dict[int, int] = field(default_factory=dict)
    _rows: list[int] = field(default_factory=list)
    _columns: list[int] = field(default_factory=list)
    _signs: list[float] = field(default_factory=list)
    _sums: dict[tuple[int, ...], int] = field(default_factory=dict)

    def place(self, name: Cell, *, low: float = 0.0, high: float = np.inf) -> int:
        """Return the place of a count, made where it is new; its range becomes no wider."""
        at = self.at.setdefault(name, len(self.low))
        if at == len(self.low):
            self.low.append(-np.inf)
            self.high.append(np.inf)
        self.low[at] = max(self.low[at], low)
        self.high[at] = min(self.high[at], high)
        return at

    def add_table(self, dimensions: Sequence[Dimension], *, revision: str = "") -> Places:
        """Take in a table's counts and sums; return the places of its positions."""

        when = (("published", revision),) if revision else ()
        places = {
            position: self.place((*name_of(position, dimensions), *when))
            for position in positions(dimensions)
        }
        for total, parts in relations(dimensions):
            self._add_sum(places[total], [places[part] for part in parts])
        return np.array(list(places.values()), np.intp)

    def add_publication(self, publication: Publication) -> Places:
        """Take in what a publication shows and withholds; return the places of its positions."""
        revision = publication.published if publication.revised_by else ""
        places = self.add_table(publication.dimensions, revision=revision)
        totals_say_nothing = publication.margins == "added"
        least = _least_withheld(publication)
        for position, at in zip(positions(publication.dimensions), places.tolist(), strict=True):
            if not (totals_say_nothing and is_total(position, publication.dimensions)):
                self._limit(at, position, publication, least[position])
            if publication.revised_by:
                self._link(at, name_of(position, publication.dimensions), publication)
        return places

    def _limit(self, at: int, position: Position, publication: Publication, least: int) -> None:
        policy, shown = publication.policy, publication.shown[position]
        if shown is None:
            self.low[at] = max(self.low[at], policy.least_withheld)
            self.withheld.add(at)
            self.protection[at] = max(policy.threshold - 1 - least, 0)
            return
        low = high = shown
        if position not in publication.official:
            nation = is_of_nation(position, publication.dimensions)
            low, high = policy.possible(shown, of_nation=nation)
        self.low[at] = max(self.low[at], low)
        self.high[at] = min(self.high[at], high)

    def _link(self, at: int, name: Cell, publication: Publication) -> None:
        """Let a count of then differ from the count of now by a revision within its bound."""
        bound = publication.revised_by
        change = (*name, ("revised since", publication.published))
        revision = self.place(change, low=-bound, high=bound)
        self._add_sum(at, [self.place(name), revision])

    def _add_sum(self, total: int, parts: list[int]) -> None:
        if (total, *parts) in self._sums:
            return
        row = self._sums.setdefault((total, *parts), len(self._sums))
        self._rows += [row] * (len(parts) + 1)
        self._columns += [total, *parts]
        self._signs += [-1.0, *([1.0] * len(parts))]

    @property
    def sums(self) -> csr_array:
        """Return one row for each sum: 1 for a part, -1 for the total."""
        from scipy.sparse import csr_array

        shape = (len(self._sums), len(self.low))
        return csr_array((self._signs, (self._rows, self._columns)), shape=shape)

    def completed(self, low: Floats, high: Floats) -> Floats:
        """Return whole counts within these ranges that keep every sum.

        Raises
        ------
        ContradictsRelease
            If there are none: what was published before does not fit the counts of now.
        """
        from scipy.optimize import Bounds, LinearConstraint, milp

        found = None
        if np.all(low <= high):
            found = milp(
                np.zeros(len(low)),
                constraints=LinearConstraint(self.sums, 0, 0) if self._sums else (),
                bounds=Bounds(low, high),
                integrality=np.ones(len(low)),
            ).x
        if found is None:
            raise ContradictsRelease(
                "The counts do not fit what was published before.",
                next_step="State how far counts may have been revised since.",
            )
        return np.asarray(np.rint(found))

    def withheld_flags(self) -> Flags:
        """Return which counts a publication withholds."""
        flags = np.zeros(len(self.low), bool)
        flags[list(self.withheld)] = True
        return flags

    def widths(self) -> Floats:
        """Return how wide a range each withheld count must be left with."""
        widths = np.zeros(len(self.low))
        widths[list(self.protection)] = list(self.protection.values())
        return widths


def is_total(position: Position, dimensions: Sequence[Dimension]) -> bool:
    """Whether a position is a total in any dimension."""
    return any(label in d.children for d, label in zip(dimensions, position, strict=True))


def _least_withheld(publication: Publication) -> dict[Position, int]:
    """Return the least that each withheld count can be: where zeros are shown, one for each part.

    Below it the rule itself promises nothing.
    """
    possible = {
        position: 0 if shown == 0 else publication.policy.least_withheld
        for position, shown in publication.shown.items()
        if not is_total(position, publication.dimensions)
    }
    return with_totals(possible, publication.dimensions)
