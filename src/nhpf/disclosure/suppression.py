"""Withhold small counts, and others so that no withheld count can be had by subtraction."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping
from typing import TypeVar

from nhpf.disclosure.policies import Policy
from nhpf.disclosure.protected import REASON
from nhpf.disclosure.values import Disclosed
from nhpf.errors import InvalidInput, RefusedByDisclosure

Cell = TypeVar("Cell", bound=Hashable)


def too_small(policy: Policy) -> str:
    """Return the reason that stands in place of a count below the threshold."""
    return f"withheld because it is below {policy.threshold}"


def disclose(count: int, *, policy: Policy) -> Disclosed:
    """Return one count as the audience may see it, rounded as its policy says.

    For a count of which no total is shown; ``protect_table`` serves the others.

    Raises
    ------
    InvalidInput
        If the count is negative.
    """
    if count < 0:
        raise InvalidInput("A count cannot be negative.")
    if policy.withholds(count):
        return Disclosed(None, too_small(policy))
    return Disclosed(policy.rounded(count))


def disclose_rate(value: float, *, count: Disclosed) -> Disclosed:
    """Return a rate, which is withheld where the count that it is made from is withheld.

    Where the policy rounds, make the rate from ``count.value``: the exact count would show through.
    """
    return Disclosed(None, count.withheld) if count.is_withheld else Disclosed(value)


def disclose_share(part: int, whole: int, *, policy: Policy) -> Disclosed:
    """Return a share, withheld where its part, the rest or the whole may not be seen.

    It is formed from rounded counts where the policy rounds, and not at all on a whole that is
    smaller than the policy allows.

    Raises
    ------
    InvalidInput
        If the part is larger than the whole, or the whole is zero.
    """
    if not 0 <= part <= whole or whole == 0:
        raise InvalidInput("A share needs a part that is not larger than its whole.")
    if any(policy.withholds(count) for count in (part, whole - part, whole)):
        return Disclosed(None, too_small(policy))
    if whole < policy.smallest_whole:
        return Disclosed(None, f"withheld because the whole is below {policy.smallest_whole}")
    return Disclosed(policy.rounded(part) / policy.rounded(whole))


def protect(
    counts: Mapping[Cell, int], *, policy: Policy, totals: Iterable[Collection[Cell]] = ()
) -> dict[Cell, Disclosed]:
    """Return a table's cells as an audience may see them.

    First every count from 1 to one below the threshold is withheld. Then, as long as a shown total
    holds exactly one withheld cell, the smallest of its other cells is withheld too, so that
    subtracting does not give the first one back. All are withheld for one reason, which does not
    tell the small ones from those beside them. Attacks that combine several totals are not looked
    for.

    Parameters
    ----------
    counts : mapping of cell to int
        The inner cells, without totals.
    policy : Policy
    totals : iterable of collections of cells
        For each total that is shown or can be had elsewhere: the cells that add up to it.

    Returns
    -------
    dict of cell to Disclosed
        In the order of ``counts``.

    Raises
    ------
    InvalidInput
        If a count is negative, or a total names a cell that the table has not.
    RefusedByDisclosure
        If a shown total is that of a single cell which must be withheld.
    """
    shown = {cell: disclose(count, policy=policy) for cell, count in counts.items()}
    lines = [tuple(dict.fromkeys(line)) for line in totals]
    if any(cell not in counts for line in lines for cell in line):
        raise InvalidInput("A total holds a cell that is not in the table.")
    while open_lines := [line for line in lines if _withheld(line, shown) == 1]:
        for line in open_lines:
            if _withheld(line, shown) == 1:
                shown[_companion(line, counts, shown)] = Disclosed(None, REASON)
    return {
        cell: Disclosed(None, REASON) if each.is_withheld else each for cell, each in shown.items()
    }


def _withheld(line: tuple[Cell, ...], shown: Mapping[Cell, Disclosed]) -> int:
    return sum(shown[cell].is_withheld for cell in line)


def _companion(
    line: tuple[Cell, ...], counts: Mapping[Cell, int], shown: Mapping[Cell, Disclosed]
) -> Cell:
    """Choose the cell whose loss costs least: the smallest count above zero, a zero failing that.

    A zero is the last choice, because a reader who guesses it has the withheld count again.
    """
    others = [cell for cell in line if not shown[cell].is_withheld]
    if not others:
        raise RefusedByDisclosure(
            "A total of a single withheld count may not be shown.",
            next_step="Withhold the total, or pool it with others.",
        )
    return min(others, key=lambda cell: (counts[cell] == 0, counts[cell]))


def grid_totals(cells: Iterable[tuple[Hashable, ...]]) -> list[list[tuple[Hashable, ...]]]:
    """Return the lines of a table whose cells are keyed by position: each row, column and so on.

    For cells keyed by two positions these are the rows and the columns; for three positions, every
    line that varies in one of them.
    """
    lines: dict[tuple[int, tuple[Hashable, ...]], list[tuple[Hashable, ...]]] = {}
    for cell in cells:
        for axis in range(len(cell)):
            lines.setdefault((axis, cell[:axis] + cell[axis + 1 :]), []).append(cell)
    return list(lines.values())
