"""A table as its publisher knows it: every count, what is unsafe in it, and how it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from nhpf.disclosure.dimensions import Dimension, Position, with_totals
from nhpf.disclosure.dominance import distance_needed
from nhpf.disclosure.knowledge import Flags, Floats
from nhpf.disclosure.policies import Policy
from nhpf.disclosure.protected import REASON, InformationLost, ProtectedTable
from nhpf.disclosure.union import is_of_nation, is_total
from nhpf.disclosure.values import Disclosed
from nhpf.errors import InvalidInput

Margins = Literal["independent", "added"]


@dataclass(frozen=True, slots=True)
class CountedTable:
    """A table as its publisher knows it: every position, totals included."""

    dimensions: tuple[Dimension, ...]
    policy: Policy
    margins: Margins
    counts: Mapping[Position, int]
    truth: Floats
    least: Floats
    official: Flags

    @classmethod
    def of(
        cls,
        counts: Mapping[Position, int],
        dimensions: tuple[Dimension, ...],
        policy: Policy,
        official: set[Position],
        margins: Margins,
    ) -> CountedTable:
        full = with_totals(counts, dimensions)
        if not official <= set(full):
            raise InvalidInput("An official cell is not in the table.")
        # Where zeros are shown, each withheld count is at least one, and so are its parts.
        positive = {cell: int(count > 0) for cell, count in counts.items()}
        parts = list(with_totals(positive, dimensions).values())
        least = np.array(parts, float) * policy.least_withheld
        truth = np.array(list(full.values()), float)
        chosen = np.array([cell in official for cell in full])
        return cls(dimensions, policy, margins, full, truth, least, chosen)

    @property
    def small(self) -> Flags:
        return np.array([self.policy.withholds(count) for count in self.counts.values()])

    @property
    def added_up(self) -> Flags:
        """Whether a total is published as the sum of its rounded parts, which says nothing new."""
        if self.margins == "independent" or self.policy.rounding == 1:
            return np.zeros(len(self.truth), bool)
        return np.array([is_total(cell, self.dimensions) for cell in self.counts])

    def distances(self, contributions: Mapping[Position, Mapping[str, int]]) -> Floats:
        """Return how far a reader must stay from each count that few contributors make up."""
        names = sorted({name for each in contributions.values() for name in each})
        by_name = [
            with_totals(
                {
                    cell: contributions.get(cell, {}).get(name, 0)
                    for cell in self.counts
                    if not is_total(cell, self.dimensions)
                },
                self.dimensions,
            )
            for name in names
        ]
        if by_name and any(
            sum(each[cell] for each in by_name) != count for cell, count in self.counts.items()
        ):
            raise InvalidInput("The contributions do not add up to the counts.")
        return np.array(
            [
                distance_needed([each[cell] for each in by_name], policy=self.policy)
                for cell in self.counts
            ],
            float,
        )

    def ranges(self) -> Floats:
        """Return the smallest and largest count behind each cell where it is shown."""
        policy = self.policy
        found = []
        for cell, count in self.counts.items():
            nation = is_of_nation(cell, self.dimensions)
            found.append(policy.possible(policy.rounded(count, of_nation=nation), of_nation=nation))
        low, high = np.array(found, float).T
        exact = self.small | self.official
        low, high = np.where(exact, self.truth, low), np.where(exact, self.truth, high)
        return np.stack([np.where(self.added_up, 0, low), np.where(self.added_up, np.inf, high)])

    def protected(
        self, withheld: Flags, unsafe: Flags, public: Flags, subject: str
    ) -> ProtectedTable:
        cells = list(self.counts)
        shown = self._rounded(withheld)
        values = self.truth[withheld]
        lost = InformationLost(
            cells=int(withheld.sum()),
            small=int(unsafe.sum()),
            companions=int((withheld & ~unsafe).sum()),
            value=int(values.sum()),
            share_of_cells=float(withheld.sum() / max(np.sum((self.truth > 0) | withheld), 1)),
            share_of_value=float(values.sum() / max(self.truth.sum(), 1)),
        )
        return ProtectedTable(
            subject,
            self.dimensions,
            self.policy,
            dict(zip(cells, shown, strict=True)),
            tuple(cells[at] for at in np.flatnonzero(public & withheld).tolist()),
            lost,
            self.margins,
            frozenset(cells[at] for at in np.flatnonzero(self.official).tolist()),
        )

    def _rounded(self, withheld: Flags) -> list[Disclosed]:
        """Return what is shown of each cell, totals rounded or added up as the margins say."""
        shown: dict[Position, int | None] = {}
        for at, (cell, count) in enumerate(self.counts.items()):
            nation = is_of_nation(cell, self.dimensions)
            rounded = count if self.official[at] else self.policy.rounded(count, of_nation=nation)
            shown[cell] = None if withheld[at] else rounded
        if self.added_up.any():
            inner = {c: v for c, v in shown.items() if not is_total(c, self.dimensions)}
            sums = with_totals({c: v or 0 for c, v in inner.items()}, self.dimensions)
            gaps = with_totals({c: int(v is None) for c, v in inner.items()}, self.dimensions)
            shown = {cell: None if gaps[cell] else sums[cell] for cell in shown}
        return [Disclosed(None, REASON) if v is None else Disclosed(v) for v in shown.values()]
