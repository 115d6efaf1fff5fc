"""What a reader of a table can work out: every other table that would look the same."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.intp]

SLACK = 1e-4
"""Below this a move of a count is none: the solver keeps each sum to 1e-7, and errors add up."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The sums that a reader knows to hold, and how far each count can be from its true value.

    A *move* is the difference between another table and the true one. A move that keeps every
    sum, and every cell within its range, leads to a table that the reader cannot rule out.

    Attributes
    ----------
    sums : csr_array, shape (relations, cells)
        One row for each relation: 1 for a part, -1 for the total, 0 elsewhere.
    shown : array of float, shape (2, cells)
        Lowest and highest move of each cell where it is shown; both zero unless it is rounded.
    hidden : array of float, shape (2, cells)
        The same where it is withheld.
    withheld : array of bool, shape (cells,)
    can_withhold : array of bool, shape (cells,)
        Which of the shown cells may be withheld to protect others.
    """

    sums: csr_array
    shown: Floats
    hidden: Floats
    withheld: Flags
    can_withhold: Flags

    @property
    def range(self) -> Floats:
        """Return the lowest and highest move of each cell as the table stands."""
        return np.where(self.withheld, self.hidden, self.shown)

    def withholding(self, cells: Places | Flags) -> Knowledge:
        """Return what is known when these cells are withheld too."""
        withheld = self.withheld.copy()
        withheld[cells] = True
        return replace(self, withheld=withheld)

    def giving_back(self, cell: int) -> Knowledge:
        """Return what is known when this cell is shown again."""
        withheld = self.withheld.copy()
        withheld[cell] = False
        return replace(self, withheld=withheld)

    def allows(self, move: Floats) -> bool:
        """Whether a move, known to keep every sum, keeps every cell within its range."""
        low, high = self.range
        return bool(np.all(move >= low - SLACK) and np.all(move <= high + SLACK))


@dataclass(frozen=True, slots=True)
class Wish:
    """Withheld cells whose counts a move should change, and by how much (signed)."""

    cells: Places
    by: Floats


REWARD = 1e4
"""What one count of a wish is worth beside the cost of withholding; any path costs less."""

SECONDS = 20.0
"""How long the solver may look for one move in whole numbers; without one nothing is proved."""


def move(
    knowledge: Knowledge, wish: Wish, *, cost: Floats | None = None, whole: bool = False
) -> Floats | None:
    """Return the move that comes nearest to a wish; None if none is found.

    Parameters
    ----------
    knowledge : Knowledge
    wish : Wish
    cost : array of float, shape (cells,), optional
        With it, cells that may be withheld can move beyond their shown range at this cost for
        each count: where they do, they have to be withheld. Without it, nothing more is withheld.
    whole : bool
        Whether the move is to be in whole numbers, as counts are. The corners of the linear
        program nearly always are; where one is not, the same is solved in whole numbers.

    Notes
    -----
    The linear program that Kelly, Golden and Assad (1992) and Castro (2012) solve for each cell
    and direction, here for as many as the wish names.
    """
    low, high = knowledge.range
    free = np.flatnonzero(high > low)
    closed = np.zeros(0, np.intp)
    if cost is not None:
        closed = np.flatnonzero(knowledge.can_withhold & ~knowledge.withheld)
    found = _solve(knowledge, wish, free, closed, cost, whole=False)
    if whole and found is not None and not is_whole(found):
        found = _solve(knowledge, wish, free, closed, cost, whole=True)
    if found is None:
        return None
    result = np.zeros(len(low))
    n, m = len(free), len(closed)
    np.add.at(result, free, found[:n])
    np.add.at(result, closed, found[n : n + m] - found[n + m :])
    return np.rint(result) if is_whole(result) else result


def is_whole(move: Floats) -> bool:
    """Whether every cell moves by a whole number, up to the solver's tolerance."""
    return bool(np.all(np.abs(move - np.rint(move)) < SLACK))


def _solve(
    knowledge: Knowledge,
    wish: Wish,
    free: Places,
    closed: Places,
    cost: Floats | None,
    *,
    whole: bool,
) -> Floats | None:
    """Solve for the free cells, and for the closed ones up and down beyond their shown range."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    n, m, k = len(free), len(closed), len(wish.cells)
    low, high = knowledge.range[:, free]
    room = knowledge.hidden[:, closed] - knowledge.shown[:, closed]
    price = np.zeros(0) if cost is None else cost[closed]
    found = milp(
        np.concatenate([np.zeros(n), price, price, np.full(k, -REWARD)]),
        constraints=LinearConstraint(*_rows(knowledge, wish, free, closed)),
        bounds=Bounds(
            np.concatenate([low, np.zeros(2 * m), np.full(k, -np.inf)]),
            np.concatenate([high, room[1], -room[0], np.abs(wish.by)]),
        ),
        integrality=np.repeat([int(whole), 0], [n + 2 * m, k]),
        options={"time_limit": SECONDS, "mip_rel_gap": 1e-3},
    )
    return None if found.x is None else np.asarray(found.x[: n + 2 * m])


def _rows(
    knowledge: Knowledge, wish: Wish, free: Places, closed: Places
) -> tuple[csr_array, Floats, Floats]:
    """Return the sums that stay, and what is granted of the wish: no more than the move itself."""
    from scipy.sparse import csr_array

    n, m, k = len(free), len(closed), len(wish.cells)
    sums = knowledge.sums.tocoo()
    column = np.full((3, sums.shape[1]), -1)
    for at, cells in enumerate((free, closed, closed)):
        column[at, cells] = np.arange(len(cells)) + (0, n, n + m)[at]
    rows, columns, signs = [], [], []
    for at, sign in enumerate((1, 1, -1)):
        mine = column[at, sums.col] >= 0
        rows.append(sums.row[mine])
        columns.append(column[at, sums.col[mine]])
        signs.append(sign * sums.data[mine])
    wishes = sums.shape[0] + np.arange(k)
    rows += [wishes, wishes]
    columns += [column[0, wish.cells], n + 2 * m + np.arange(k)]
    signs += [np.sign(wish.by), np.full(k, -1.0)]
    shape = (sums.shape[0] + k, n + 2 * m + k)
    placed = (np.concatenate(rows), np.concatenate(columns))
    matrix = csr_array((np.concatenate(signs), placed), shape=shape)
    highs = np.repeat([0.0, np.inf], [sums.shape[0], k])
    return matrix, np.zeros(len(highs)), highs
