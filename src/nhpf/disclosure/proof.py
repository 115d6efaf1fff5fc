"""Prove that no withheld count can be told too closely, by tables that look the same."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from nhpf.disclosure.knowledge import SLACK, Flags, Floats, Knowledge, Wish, is_whole, move


@dataclass(frozen=True, slots=True)
class Need:
    """How far the tables that look the same have to reach.

    Attributes
    ----------
    low, high : array of float, shape (cells,)
        The move down (negative) and up that has to be possible for each cell that is unsafe by
        itself; zero for the others.
    width : array of float, shape (cells,)
        The least range of every withheld cell.
    """

    low: Floats
    high: Floats
    width: Floats

    @classmethod
    def of_width(cls, width: Floats) -> Need:
        """Return the need of cells of which a range alone is asked."""
        return cls(np.zeros(len(width)), np.zeros(len(width)), width)


@dataclass(slots=True)
class Witnesses:
    """Moves that lead to tables which the reader cannot rule out, and how far they reach."""

    low: Floats
    high: Floats
    moves: list[Floats] = field(default_factory=list)

    @classmethod
    def none(cls, cells: int) -> Witnesses:
        """Return no witness but the true table itself."""
        return cls(np.zeros(cells), np.zeros(cells))

    def add(self, move: Floats | None) -> bool:
        """Take in a move; return whether any count reaches further by it."""
        if move is None or not (np.any(move < self.low) or np.any(move > self.high)):
            return False
        self.low = np.minimum(self.low, move)
        self.high = np.maximum(self.high, move)
        self.moves.append(move)
        return True

    def that_hold(self, knowledge: Knowledge, *, whole: bool = False) -> Witnesses:
        """Return the witnesses that remain under this knowledge, or only those in whole numbers."""
        kept = Witnesses.none(len(self.low))
        for each in self.moves:
            if knowledge.allows(each) and (is_whole(each) or not whole):
                kept.add(each)
        return kept


def lacking(knowledge: Knowledge, need: Need, seen: Witnesses) -> tuple[Wish, Wish]:
    """Return the moves up and down that are still to be witnessed.

    A cell that is withheld for others' sake needs its width in any direction; asked for is what
    is missing, upwards and downwards alike.
    """
    narrow = knowledge.withheld & (seen.high - seen.low < need.width - SLACK)
    high = np.where(narrow, np.maximum(need.high, need.width + seen.low), need.high)
    low = np.where(narrow, np.minimum(need.low, seen.high - need.width), need.low)
    low = np.maximum(low, knowledge.hidden[0])
    high = np.minimum(high, knowledge.hidden[1])
    up = np.flatnonzero(knowledge.withheld & (seen.high < high - SLACK))
    down = np.flatnonzero(knowledge.withheld & (seen.low > low + SLACK))
    return Wish(up, high[up]), Wish(down, low[down])


def is_met(knowledge: Knowledge, need: Need, seen: Witnesses) -> Flags:
    """Return for each cell whether it is shown, or withheld and witnessed as far as it needs."""
    wide = seen.high - seen.low >= need.width - SLACK
    reached = (seen.high >= need.high - SLACK) & (seen.low <= need.low + SLACK)
    return np.asarray(~knowledge.withheld | (wide & reached))


def look_widely(knowledge: Knowledge, need: Need, seen: Witnesses, *, whole: bool = False) -> None:
    """Witness as many cells at once as possible, until a round brings no further cell."""
    met, before = -1, -2
    while met > before:
        before = met
        for upwards in (True, False):
            wish = lacking(knowledge, need, seen)[0 if upwards else 1]
            if len(wish.cells):
                seen.add(move(knowledge, wish, whole=whole))
        met = int(is_met(knowledge, need, seen).sum())


def grants(knowledge: Knowledge, wish: Wish) -> bool:
    """Whether one move fulfils the whole wish."""
    found = move(knowledge, wish)
    return found is not None and bool(np.all(np.abs(found[wish.cells]) >= np.abs(wish.by) - SLACK))


def unmet(knowledge: Knowledge, need: Need, seen: Witnesses) -> Flags:
    """Return which withheld cells cannot be witnessed as far as they need, looking at each."""
    look_widely(knowledge, need, seen)
    given_up = np.zeros(len(need.width), bool)
    while len(left := np.flatnonzero(~is_met(knowledge, need, seen) & ~given_up)):
        for wish in lacking(knowledge, need, seen):
            alone = wish.cells == left[0]
            if np.any(alone):
                seen.add(move(knowledge, Wish(wish.cells[alone], wish.by[alone])))
        given_up[left[0]] = not is_met(knowledge, need, seen)[left[0]]
    return given_up
