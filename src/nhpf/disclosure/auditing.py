"""What a reader of one or several publications can work out about what they withhold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from nhpf.disclosure.knowledge import Knowledge
from nhpf.disclosure.ledger import Publication
from nhpf.disclosure.proof import Need, Witnesses, unmet
from nhpf.disclosure.union import Cell, Union


@dataclass(frozen=True, slots=True)
class Audit:
    """What can be told about each withheld count.

    Attributes
    ----------
    ranges : mapping of cell to (int, int)
        Each withheld count by name, with a range that a reader cannot narrow down. For counts
        told too closely it is all that is left to them; others may be wider.
    told : tuple of cells
        Counts whose range is narrower than their protection interval.
    """

    ranges: Mapping[Cell, tuple[int, int]]
    told: tuple[Cell, ...]

    @property
    def passes(self) -> bool:
        """Whether no withheld count is told too closely."""
        return not self.told


def audit(publications: Iterable[Publication]) -> Audit:
    """Hold publications against each other, and tell what their readers can work out.

    It sees only what was published: what is shown, what is withheld, and the policies.

    Raises
    ------
    ContradictsRelease
        If no counts fit them all.
    """
    union = Union()
    for each in publications:
        union.add_publication(each)
    low, high = np.array(union.low), np.array(union.high)
    counts = union.completed(low, high)
    withheld = union.withheld_flags()
    ranges = np.stack([low, high]) - counts
    knowledge = Knowledge(union.sums, ranges, ranges, withheld, np.zeros(len(counts), bool))
    seen = Witnesses.none(len(counts))
    told = unmet(knowledge, Need.of_width(union.widths()), seen)
    names = {at: name for name, at in union.at.items() if at in union.withheld}
    reach = np.stack([np.ceil(counts + seen.low - 1e-6), np.floor(counts + seen.high + 1e-6)])
    return Audit(
        {names[at]: (int(reach[0, at]), int(reach[1, at])) for at in sorted(names)},
        tuple(names[at] for at in np.flatnonzero(told).tolist()),
    )
