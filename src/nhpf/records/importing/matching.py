"""Find the layout that a file's header fits; where none does, say what is missing or too much."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from nhpf.errors import DamagedData, NotPermitted
from nhpf.records.contract import Contract, Layout

MOST_NAMED = 12


@dataclass(frozen=True, slots=True)
class Match:
    """How the columns of a file fill the fields of a contract.

    Attributes
    ----------
    layout : Layout
    columns : dict of str to int
        Each field that a column fills, and the column's position.
    left_out : tuple of int
        The positions of columns that are read and screened, and then left out.
    spread : dict of int to str
        The positions of columns that are spread, and their headers.
    header : tuple of str
    """

    layout: Layout
    columns: dict[str, int]
    left_out: tuple[int, ...]
    spread: dict[int, str]
    header: tuple[str, ...]


def match(contract: Contract, header: tuple[str, ...], name: str, *, layout: str = "") -> Match:
    """Return how a header fits a contract.

    Parameters
    ----------
    contract : Contract
    header : tuple of str
        The names of the columns, as written.
    name : str
        What to call the file.
    layout : str
        The layout to use; the one that fits if not given.

    Raises
    ------
    DamagedData
        If a column has no name or the name of another, or no layout fits: with the columns that
        are missing and those that are not known.
    NotPermitted
        If the file is one that the contract refuses, with the reason.
    """
    _refuse_no_header(contract, header, name)
    _refuse_double(header, name)
    _refuse_known(contract, header, name)
    known = [each for each in contract.layouts if layout in ("", each.name)]
    if not known:
        raise DamagedData(
            "The contract has no such layout.",
            where=f"{contract.source}, layout {layout}",
            next_step=f"Its layouts are {', '.join(each.name for each in contract.layouts)}.",
        )
    wrong = {}
    for each in known:
        missing, unknown = _difference(each, header)
        if not missing and not unknown:
            return _match(each, header)
        wrong[each.name] = (missing, unknown)
    nearest = min(wrong, key=lambda each: len(wrong[each][0]) + len(wrong[each][1]))
    raise _no_layout(contract, name, nearest, *wrong[nearest])


def plain(header: str) -> str:
    """Return a header without regard to case, blanks and underscores."""
    return re.sub(r"[\s_]+", " ", header).strip().casefold()


def _refuse_no_header(contract: Contract, header: tuple[str, ...], name: str) -> None:
    """Quote nothing of a first line that is no header: its words may be those of a record."""
    known = {plain(each) for layout in contract.layouts for each in layout.columns}
    known |= {plain(each) for refused in contract.refused for each in refused.headers}
    if not any(plain(each) in known or _spread_by_any(contract, each) for each in header):
        raise DamagedData(
            f"The first line of the file has no column that {contract.source} knows.",
            where=f"{name}, header",
            next_step=f"Begin it with a header; see nhpf records contracts {contract.source}.",
        )


def _spread_by_any(contract: Contract, header: str) -> bool:
    return any(_is_spread(layout, header) for layout in contract.layouts)


def _refuse_double(header: tuple[str, ...], name: str) -> None:
    counts = Counter(plain(each) for each in header)
    if counts[""]:
        raise DamagedData("A column has no name.", where=f"{name}, header")
    doubled = [each for each in header if counts[plain(each)] > 1]
    if doubled:
        raise DamagedData(
            "Two columns have one name.", where=f"{name}, column {doubled[0].strip()}"
        )


def _refuse_known(contract: Contract, header: tuple[str, ...], name: str) -> None:
    present = {plain(each) for each in header}
    for each in contract.refused:
        if {plain(needed) for needed in each.headers} <= present:
            raise NotPermitted(each.reason, where=f"{name}, header", next_step=each.next_step)


def _difference(layout: Layout, header: tuple[str, ...]) -> tuple[list[str], list[str]]:
    present = {plain(each) for each in header}
    known = {plain(each) for each in layout.columns}
    missing = [
        each for each in layout.columns if plain(each) not in present and each not in layout.absent
    ]
    spread = [each for each in header if _is_spread(layout, each)]
    if layout.spread and not spread:
        missing.append(f"one for each {layout.spread.into}")
    unknown = [each for each in header if plain(each) not in known and each not in spread]
    return missing, unknown


def _is_spread(layout: Layout, header: str) -> bool:
    return bool(layout.spread and re.fullmatch(layout.spread.headers, header.strip()))


def _match(layout: Layout, header: tuple[str, ...]) -> Match:
    at = {plain(each): position for position, each in enumerate(header)}
    filled = {
        field: at[plain(each)]
        for each, field in layout.columns.items()
        if field and plain(each) in at
    }
    spread = {p: each.strip() for p, each in enumerate(header) if _is_spread(layout, each)}
    used = set(filled.values()) | set(spread)
    left_out = tuple(position for position in range(len(header)) if position not in used)
    return Match(layout, filled, left_out, spread, header)


def _no_layout(
    contract: Contract, name: str, nearest: str, missing: list[str], unknown: list[str]
) -> DamagedData:
    parts = []
    if missing:
        parts.append(f"has no column {_listed(missing)}")
    if unknown:
        parts.append(f"has {_listed([each.strip()[:60] for each in unknown])}, which it may not")
    return DamagedData(
        f"The file fits no layout of {contract.source}: against {nearest}, the nearest, it"
        f" {' and '.join(parts)}.",
        where=f"{name}, header",
        next_step=f"See nhpf records contracts {contract.source}, and name the columns as it does.",
    )


def _listed(names: list[str]) -> str:
    rest = len(names) - MOST_NAMED
    shown = ", ".join(
        "".join(c if c.isprintable() else "?" for c in each) for each in names[:MOST_NAMED]
    )
    return f"{shown} and {rest:,} more" if rest > 0 else shown
