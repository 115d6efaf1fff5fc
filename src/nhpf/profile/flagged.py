"""Say on each figure which faults of its tables lie in its areas and years."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nhpf.records.quality import Flag, concerning
from nhpf.reports.dates import MONTHS
from nhpf.reports.tree import Block, Figure, Section
from nhpf.reports.words import in_words

if TYPE_CHECKING:
    from nhpf.profile.scope import Scope

_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
MOST_NAMED = 3


def with_flags(scope: Scope, sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Return the sections with a caveat on each figure that rests on a flagged cell.

    A flag concerns a figure where its table, its area and its period are among the figure's: the
    area of the profile, what lies in it, and the force that it lies in.
    """
    areas = _areas(scope)
    return tuple(
        replace(section, blocks=tuple(_noted(scope, block, areas) for block in section.blocks))
        for section in sections
    )


def _areas(scope: Scope) -> dict[str, str]:
    """Return the names of the areas by code that a profile is about."""
    from nhpf.records import areas

    area = scope.area
    held = {each.code: each.name for each in areas(scope.release)}
    if area.kind == "nation":
        return held
    inside = {each.code for each in areas(scope.release) if each.parent == area.code}
    return {code: held.get(code, code) for code in {area.code, *inside} | {area.parent} - {""}}


def _noted(scope: Scope, block: Block, areas: dict[str, str]) -> Block:
    if not isinstance(block, Figure):
        return block
    tables = dict.fromkeys(name for part in block.provenance for name in part.tables)
    years = _years(" ".join(part.period for part in block.provenance))
    found = concerning(scope.release, *tables, areas=set(areas), years=years)
    said = _sentences(found, areas)
    return replace(block, caveats=(*block.caveats, *said)) if said else block


def _years(period: str) -> range:
    """Return the calendar years that a period in words spans; none where it names no year."""
    years = [int(year) for year in _YEAR.findall(period)]
    return range(min(years), max(years) + 1) if years else range(0)


def _sentences(found: tuple[Flag, ...], areas: dict[str, str]) -> tuple[str, ...]:
    """Return a sentence for each kind of fault in each table, the first few by name."""
    kinds: dict[tuple[str, str], list[Flag]] = {}
    for flag in found:
        kinds.setdefault((flag.check, flag.table), []).append(flag)
    return tuple(_sentence(check, flags, areas) for (check, _), flags in kinds.items())


def _sentence(check: str, flags: list[Flag], areas: dict[str, str]) -> str:
    named = "; ".join(_named(flag, areas) for flag in flags[:MOST_NAMED])
    more = len(flags) - MOST_NAMED
    rest = f"; and {in_words(more)} more, listed on the page of data quality" if more > 0 else ""
    table = flags[0].table.replace("_", " ")
    return f"Flagged in the data ({check}, table {table}): {named}{rest}."


def _named(flag: Flag, areas: dict[str, str]) -> str:
    where = areas.get(flag.area, flag.area)
    parts = (where, _spoken(flag.period), flag.category)
    place = ", ".join(part for part in parts if part)
    return f"{place}: {flag.what.rstrip('.')}" if place else flag.what.rstrip(".")


def _spoken(period: str) -> str:
    """Return a month as it is said: September 2024."""
    year, _, month = period.partition("-")
    return f"{MONTHS[int(month) - 1]} {year}" if month.isdigit() else period
