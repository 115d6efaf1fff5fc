"""Protect the national tables for their audience."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import product

from nhpf.disclosure import Audience, Disclosed, policy_for, protect
from nhpf.records.returns.period import Period
from nhpf.records.returns.policy import METHODS, TOO_SHORT, Cell, Table, tables

ALL = "all"
SHARP_TOTALS = {"yes": "sharp instrument", "not known": "not known"}
"""The totals of victims by sharp instrument that are totals of methods too."""

Key = tuple[str, ...]


def protected(
    period: Period, sums: Mapping[str, Mapping[Cell, int]], audience: Audience
) -> dict[str, dict[Cell, Disclosed]]:
    """Return the national tables, totals included, as an audience may see them.

    All are protected at once, because they share totals: one count has one name and one answer
    wherever it stands. Counts of homicides by year or month alone are shown.

    Parameters
    ----------
    period : Period
    sums : mapping of str to mapping
        Each table's victims by cell.
    audience : str
    """
    made = {name: each for name, each in tables(period).items() if each.years <= period.years}
    with_totals = {name: _with_totals(each, sums[name]) for name, each in made.items()}
    counts = {
        _key(name, cell): n for name, cells in with_totals.items() for cell, n in cells.items()
    }
    known = {key for key in counts if _is_total(key)}
    lines = [line for each in made.values() for line in _lines(each)]
    safe = protect(
        {key: n for key, n in counts.items() if key not in known},
        policy=policy_for("homicide_attribute", audience=audience),
        totals=[[key for key in line if key not in known] for line in lines],
    )
    shown = {
        name: {cell: safe.get(_key(name, cell), Disclosed(n)) for cell, n in cells.items()}
        for name, cells in with_totals.items()
    }
    return {
        name: shown.get(name) or dict.fromkeys(each.cells, Disclosed(None, TOO_SHORT))
        for name, each in tables(period).items()
    }


def _with_totals(table: Table, cells: Mapping[Cell, int]) -> dict[Cell, int]:
    found: Counter[Cell] = Counter()
    for cell in table.cells:
        for total in _totals_of(cell):
            found[total] += cells[cell]
    # Each total stands after its parts.
    return {cell: found[cell] for cell in product(*((*labels, ALL) for labels in table.labels))}


def _totals_of(cell: Cell) -> list[Cell]:
    """Return a cell and the totals that it is part of."""
    if len(cell) == 1:
        return [cell, (ALL,)]
    return [cell, (cell[0], ALL), (ALL, cell[1]), (ALL, ALL)]


def _key(table: str, cell: Cell) -> Key:
    """Return one name for a count, whichever tables it stands in.

    The totals of the sub-types are the same in four tables, and victims of a sharp instrument are
    a method and an attribute.
    """
    if set(cell) == {ALL}:
        return (ALL,)
    if table.startswith("subtype_") and cell[1] == ALL:
        return ("subtype", cell[0])
    if table == "subtype_by_sharp" and cell[0] == ALL and cell[1] in SHARP_TOTALS:
        return ("method", SHARP_TOTALS[cell[1]])
    return (table, *cell)


def _is_total(key: Key) -> bool:
    """Whether a count is of homicides by time alone, which are published officially."""
    return key == (ALL,) or key[0].startswith("victims_") or key[:2] == ("subtype_by_year", ALL)


def _lines(table: Table) -> list[list[Key]]:
    """Return the counts that are tied by one sum: parts and their total, whatever their order."""
    lines: dict[tuple[int, str], list[Key]] = {}
    with_totals = dict.fromkeys(total for inner in table.cells for total in _totals_of(inner))
    for cell in with_totals:
        for axis in range(len(cell)):
            others = cell[:axis] + cell[axis + 1 :]
            lines.setdefault((axis, "".join(others)), []).append(_key(table.name, cell))
    found = list(lines.values())
    if table.name == "subtype_by_sharp":
        rest = [each for each in METHODS if each not in SHARP_TOTALS.values()]
        found.append([("subtype_by_sharp", ALL, "no"), *(("method", each) for each in rest)])
    return found
