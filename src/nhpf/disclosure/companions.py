"""Choose the cells to withhold beside the unsafe ones, at little cost, and give back the rest."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nhpf.disclosure.knowledge import SLACK, Flags, Floats, Knowledge, Places, Wish, move
from nhpf.disclosure.proof import Need, Witnesses, grants, is_met, lacking, look_widely
from nhpf.errors import RefusedByDisclosure

SHARE_AT_ONCE = 0.05
"""Of the cells that still lack protection, how many get companions in one step. On national tables
of 1,806 inner cells, one at a time gave 1% to 7% fewer companions and took 13 times as long."""

Reasons = dict[int, Wish]
"""For each companion the wish that it was withheld for."""


def with_companions(knowledge: Knowledge, need: Need, cost: Floats) -> tuple[Knowledge, Witnesses]:
    """Withhold companions until every withheld cell is protected.

    Companions are chosen by linear programs; those whose reason others have made void are given
    back, and what that lays open is protected again; at the end all is proved in whole numbers.

    Returns
    -------
    Knowledge
        With all that is to be withheld.
    Witnesses
        Tables in whole numbers that look the same, which prove it.

    Raises
    ------
    RefusedByDisclosure
        If a cell cannot be protected, whatever else is withheld.
    """
    seen = Witnesses.none(len(cost))
    reasons: Reasons = {}
    first = protected(knowledge, need, seen, cost, reasons)
    fewer = _without_void(first, reasons, cost)
    seen = seen.that_hold(fewer)
    second = protected(fewer, need, seen, cost, reasons)
    if cost[second.withheld].sum() > cost[first.withheld].sum():
        second = first
    seen = seen.that_hold(second, whole=True)
    return protected(second, need, seen, cost, reasons, whole=True), seen


def protected(
    knowledge: Knowledge,
    need: Need,
    seen: Witnesses,
    cost: Floats,
    reasons: Reasons,
    *,
    whole: bool = False,
) -> Knowledge:
    """Withhold companions, noting why, until witnesses show that every need is met."""
    look_widely(knowledge, need, seen, whole=whole)
    while not np.all(is_met(knowledge, need, seen)):
        knowledge = _add(knowledge, need, seen, cost, reasons, whole)
        look_widely(knowledge, need, seen, whole=whole)
    return knowledge


def _add(
    knowledge: Knowledge,
    need: Need,
    seen: Witnesses,
    cost: Floats,
    reasons: Reasons,
    whole: bool,
) -> Knowledge:
    """Withhold the cheapest companions of some of the cells that lack protection."""
    for wish in _in_turn(knowledge, lacking(knowledge, need, seen)):
        found = move(knowledge, wish, cost=cost, whole=whole)
        if found is None:
            continue
        opened = _beyond_shown(knowledge, found)
        if seen.add(found) or np.any(opened):
            reasons.update(dict.fromkeys(np.flatnonzero(opened).tolist(), wish))
            return knowledge.withholding(opened)
    raise RefusedByDisclosure(
        "A small count cannot be hidden in this table, whatever else is withheld.",
        next_step="Withhold the totals that are shown elsewhere, or pool the cell with others.",
    )


def _beyond_shown(knowledge: Knowledge, found: Floats) -> Flags:
    low, high = knowledge.shown
    beyond = (found < low - SLACK) | (found > high + SLACK)
    return np.asarray(beyond & ~knowledge.withheld)


def _in_turn(knowledge: Knowledge, wishes: tuple[Wish, Wish]) -> Iterator[Wish]:
    """Yield a wish for several cells, then one for each: the largest first.

    No two of the several stand in the same sum, so that they hardly compete.
    """
    cells = np.concatenate([each.cells for each in wishes])
    by = np.concatenate([each.by for each in wishes])
    columns = knowledge.sums[:, cells].tocsc()
    most = max(1, round(SHARE_AT_ONCE * len(cells)))
    taken = np.zeros(columns.shape[0], bool)
    several: list[int] = []
    largest_first = np.argsort(-np.abs(by), kind="stable").tolist()
    for at in largest_first:
        rows = columns.indices[columns.indptr[at] : columns.indptr[at + 1]]
        if len(several) < most and not taken[rows].any():
            taken[rows] = True
            several.append(at)
    for chosen in (several, *([at] for at in largest_first)):
        order: Places = np.array(sorted(chosen, key=lambda at: int(cells[at])), np.intp)
        yield Wish(cells[order], by[order])


def _without_void(knowledge: Knowledge, reasons: Reasons, cost: Floats) -> Knowledge:
    """Show again, the dearest first, each companion without which its own reason is fulfilled."""
    for cell in sorted(reasons, key=lambda cell: (-cost[cell], cell)):
        fewer = knowledge.giving_back(cell)
        wish = _of_withheld(reasons[cell], fewer)
        if grants(fewer, wish):
            knowledge = fewer
    return knowledge


def _of_withheld(wish: Wish, knowledge: Knowledge) -> Wish:
    still = knowledge.withheld[wish.cells]
    return Wish(wish.cells[still], wish.by[still])
