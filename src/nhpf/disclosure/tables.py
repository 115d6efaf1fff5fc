"""Protect a table with its totals: unsafe cells first, then companions, then the proof."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from nhpf.disclosure.companions import with_companions
from nhpf.disclosure.dimensions import Dimension, Position, with_totals
from nhpf.disclosure.dominance import distance_needed
from nhpf.disclosure.knowledge import SLACK, Flags, Floats, Knowledge, Places
from nhpf.disclosure.ledger import Publication
from nhpf.disclosure.policies import Policy
from nhpf.disclosure.proof import Need, Witnesses, unmet
from nhpf.disclosure.protected import REASON, InformationLost, ProtectedTable
from nhpf.disclosure.union import Union, is_of_nation, is_total
from nhpf.disclosure.values import Disclosed
from nhpf.errors import InvalidInput

Margins = Literal["independent", "added"]


def protect_table(
    counts: Mapping[Position, int],
    *,
    dimensions: Sequence[Dimension],
    policy: Policy,
    earlier: Iterable[Publication] = (),
    official: Collection[Position] = (),
    contributions: Mapping[Position, Mapping[str, int]] | None = None,
    margins: Margins = "independent",
    subject: str = "",
) -> ProtectedTable:
    """Return a table with all its totals as an audience may see it.

    Counts that the policy withholds are withheld; then others, totals among them, until a reader
    who knows the policy, and solves for everything that is shown here and was shown before, can
    narrow no withheld count down: for a small count every number that the policy withholds stays
    possible, for any other withheld cell a range as wide. Proved by tables in whole numbers that
    look the same.

    Parameters
    ----------
    counts : mapping of position to int
        Every inner cell, zeros included; totals are added up here.
    dimensions : sequence of Dimension
    policy : Policy
    earlier : iterable of Publication
        What the same audience has seen: ``ledger.about(subject)``.
    official : collection of positions
        Cells that are shown whatever their size, because they are published elsewhere.
    contributions : mapping of position to mapping of str to int, optional
        For each inner cell what each contributor adds to it, where the policy has a rule of
        dominance.
    margins : str
        Of rounded tables: ``independent`` rounds each total by itself, so that rounded parts need
        not add up to it; ``added`` adds up the rounded parts, and withholds a total with any of
        them.
    subject : str
        What is counted.

    Raises
    ------
    InvalidInput
        If a cell is missing, unknown or a total, or a count is negative.
    ContradictsRelease
        If the counts do not fit what was published before, within its bound on revisions.
    RefusedByDisclosure
        If the official cells lay a small count open.
    """
    table = _Table.of(counts, tuple(dimensions), policy, set(official), margins)
    distances = table.distances(contributions or {})
    unsafe = (table.small | (distances > 0)) & ~table.official
    before = tuple(each for each in earlier if each.subject == subject)
    union = Union()
    for each in before:
        union.add_publication(each)
    places = union.add_table(table.dimensions)
    knowledge = _knowledge(table, union, places, unsafe)
    need = _need(table, union, places, unsafe, distances)
    public = np.zeros(len(need.width), bool)
    if before:
        need, public = _as_before_allows(knowledge, need, places)
    if np.any(knowledge.withheld):
        cost = np.zeros(len(need.width))
        cost[places] = 1 + np.log1p(table.truth)
        knowledge, _ = with_companions(knowledge, need, cost)
    return table.protected(knowledge.withheld[places], unsafe, public[places], subject)


@dataclass(frozen=True, slots=True)
class _Table:
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
    ) -> _Table:
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


def _knowledge(table: _Table, union: Union, places: Places, unsafe: Flags) -> Knowledge:
    """Return what a reader knows once the table is out with its unsafe cells withheld."""
    low, high = np.array(union.low), np.array(union.high)
    fixed = (low.copy(), high.copy())
    fixed[0][places] = np.maximum(low[places], table.truth)
    fixed[1][places] = np.minimum(high[places], table.truth)
    counts = union.completed(*fixed)
    shown, hidden = np.stack([low, high]), np.stack([low, high])
    ranges = table.ranges()
    shown[0, places] = np.maximum(low[places], ranges[0])
    shown[1, places] = np.minimum(high[places], ranges[1])
    least = np.minimum(table.policy.least_withheld, table.truth)
    hidden[0, places] = np.maximum(low[places], least)
    withheld = union.withheld_flags()
    withheld[places] = unsafe
    can = np.zeros(len(low), bool)
    can[places] = ~unsafe & ~table.official & (table.truth >= table.policy.least_withheld)
    can &= (hidden[0] < shown[0]) | (hidden[1] > shown[1])
    return Knowledge(union.sums, shown - counts, hidden - counts, withheld, can)


def _need(table: _Table, union: Union, places: Places, unsafe: Flags, distances: Floats) -> Need:
    """Return how far a reader must stay from each withheld count, of this table and of earlier."""
    low, high = np.zeros(len(union.low)), np.zeros(len(union.low))
    least = np.minimum(table.least, table.truth)
    most = np.maximum(table.policy.threshold - 1, table.truth)
    low[places] = np.where(
        table.small, least - table.truth, -np.minimum(distances, table.truth - least)
    )
    high[places] = np.where(table.small, most - table.truth, 0)
    high[places] = np.maximum(high[places], distances)
    low[places] = np.where(unsafe, low[places], 0)
    high[places] = np.where(unsafe, high[places], 0)
    width = union.widths()
    # With zeros shown, a total of several counts cannot be told to be less than their number.
    reach = np.where(unsafe, high[places] - low[places], np.inf)
    width[places] = np.maximum(width[places], np.minimum(float(table.policy.protection), reach))
    return Need(low, high, width)


def _as_before_allows(knowledge: Knowledge, need: Need, places: Places) -> tuple[Need, Flags]:
    """Ask no more than is possible after what was published before.

    Returns
    -------
    Need
        Lowered where earlier publications tell a count more closely, whatever this table withholds.
    array of bool
        Which counts are told too closely by them: these stay public.
    """
    everything = np.zeros(len(need.width), bool)
    everything[places] = True
    hidden = replace(knowledge, withheld=knowledge.withheld | (everything & knowledge.can_withhold))
    seen = Witnesses.none(len(need.width))
    short = unmet(hidden, need, seen)
    reach = seen.high - seen.low
    lowered = Need(
        np.where(short, np.maximum(need.low, seen.low), need.low),
        np.where(short, np.minimum(need.high, seen.high), need.high),
        np.where(short, np.minimum(need.width, reach), need.width),
    )
    return lowered, short & (reach < need.width - SLACK)
