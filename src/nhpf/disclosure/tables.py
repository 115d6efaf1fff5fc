"""Protect a table with its totals: unsafe cells first, then companions, then the proof."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Literal

import numpy as np

from nhpf.disclosure.companions import with_companions
from nhpf.disclosure.dimensions import Dimension, Position, relations, with_totals
from nhpf.disclosure.knowledge import Flags, Floats, Knowledge
from nhpf.disclosure.policies import Policy
from nhpf.disclosure.proof import Need
from nhpf.disclosure.protected import REASON, InformationLost, ProtectedTable
from nhpf.disclosure.values import Disclosed

Margins = Literal["independent", "added"]


def protect_table(
    counts: Mapping[Position, int],
    *,
    dimensions: Sequence[Dimension],
    policy: Policy,
    official: Collection[Position] = (),
    subject: str = "",
) -> ProtectedTable:
    """Return a table with all its totals as an audience may see it.

    Counts that the policy withholds are withheld; then others, totals among them, until a reader
    who knows the policy, and solves for everything that is shown, can narrow no withheld count
    down: for a small count every number that the policy withholds stays possible, for any other
    withheld cell a range as wide. Proved by tables in whole numbers that look the same.

    Parameters
    ----------
    counts : mapping of position to int
        Every inner cell, zeros included; totals are added up here.
    dimensions : sequence of Dimension
    policy : Policy
    official : collection of positions
        Cells that are shown whatever their size, because they are published elsewhere.
    subject : str
        What is counted.

    Raises
    ------
    InvalidInput
        If a cell is missing, unknown or a total, or a count is negative.
    RefusedByDisclosure
        If the official cells lay a small count open.
    """
    full = with_totals(counts, dimensions)
    cells = list(full)
    truth = np.array(list(full.values()), float)
    shown_anyway = np.array([cell in set(official) for cell in cells])
    unsafe = np.array([policy.withholds(count) for count in full.values()]) & ~shown_anyway
    knowledge = _knowledge(cells, truth, dimensions, policy, unsafe, shown_anyway)
    positive = with_totals({cell: int(count > 0) for cell, count in counts.items()}, dimensions)
    floor = np.maximum(
        policy.least_withheld, 0 if policy.least_withheld == 0 else list(positive.values())
    )
    need = Need(
        np.where(unsafe, np.minimum(floor - truth, 0), 0),
        np.where(unsafe, policy.threshold - 1 - truth, 0),
        np.full(len(cells), float(policy.protection)),
    )
    if np.any(unsafe):
        knowledge, _ = with_companions(knowledge, need, 1 + np.log1p(truth))
    return _protected(full, tuple(dimensions), policy, knowledge.withheld, unsafe, subject)


def _knowledge(
    cells: list[Position],
    truth: Floats,
    dimensions: Sequence[Dimension],
    policy: Policy,
    unsafe: Flags,
    shown_anyway: Flags,
) -> Knowledge:
    from scipy.sparse import csr_array

    at = {cell: index for index, cell in enumerate(cells)}
    rows: list[int] = []
    columns: list[int] = []
    signs: list[float] = []
    for row, (total, parts) in enumerate(relations(dimensions)):
        rows += [row] * (len(parts) + 1)
        columns += [at[total], *(at[part] for part in parts)]
        signs += [-1.0, *([1.0] * len(parts))]
    nation = [
        any(d.nation == label != "" for d, label in zip(dimensions, cell, strict=True))
        for cell in cells
    ]
    ranges = np.array(
        [
            policy.possible(policy.rounded(int(count), of_nation=of), of_nation=of)
            for count, of in zip(truth, nation, strict=True)
        ],
        float,
    ).T
    ranges = np.where(unsafe | shown_anyway, truth, ranges)
    return Knowledge(
        csr_array((signs, (rows, columns)), shape=(max(rows, default=-1) + 1, len(cells))),
        ranges - truth,
        np.stack([np.minimum(policy.least_withheld - truth, 0), np.full(len(cells), np.inf)]),
        unsafe,
        ~unsafe & ~shown_anyway & (truth >= policy.least_withheld),
    )


def _protected(
    full: Mapping[Position, int],
    dimensions: tuple[Dimension, ...],
    policy: Policy,
    withheld: Flags,
    unsafe: Flags,
    subject: str,
) -> ProtectedTable:
    cells = {
        cell: Disclosed(None, REASON) if gone else Disclosed(policy.rounded(count))
        for (cell, count), gone in zip(full.items(), withheld, strict=True)
    }
    values = np.array(list(full.values()))
    lost = InformationLost(
        cells=int(withheld.sum()),
        small=int(unsafe.sum()),
        companions=int((withheld & ~unsafe).sum()),
        value=int(values[withheld].sum()),
        share_of_cells=float(withheld.sum() / max(np.sum((values > 0) | withheld), 1)),
        share_of_value=float(values[withheld].sum() / max(values.sum(), 1)),
    )
    return ProtectedTable(subject, dimensions, policy, cells, (), lost)
