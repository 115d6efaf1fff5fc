"""Read the lines of a return that nobody changed: are they a return, and do they add up?"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from nhpf.disclosure import Disclosed
from nhpf.errors import DamagedData, InvalidInput
from nhpf.records.contract import contract
from nhpf.records.returns.bundle import FORM, Bundle, part_of
from nhpf.records.returns.counting import Counts
from nhpf.records.returns.period import Period, period_of
from nhpf.records.returns.policy import (
    CONTRACT,
    MARKING,
    POLICY,
    VERSION,
    Cell,
    Table,
    tables,
    withheld,
)

ABOUT = {
    "form": int,
    "contract": str,
    "contract_version": int,
    "policy": str,
    "policy_version": int,
    "force": str,
    "period": str,
    "sequence": int,
    "issued": str,
    "extract_date": str,
    "code_version": str,
    "marking": str,
    "handling": str,
    "series": str,
    "unit": str,
    "synthetic": bool,
    "release_mark": str,
    "cases_mark": str,
}
REJECTED = "rows_rejected"
"""Said only by a return whose cases were imported with rows rejected: their number."""


def terms() -> dict[str, str | int]:
    """Return what a return must say of contract and policy to be added up with the others."""
    return {
        "form": FORM,
        "contract": CONTRACT,
        "contract_version": contract(CONTRACT).version,
        "policy": POLICY.name,
        "policy_version": VERSION,
        "marking": MARKING,
    }


def read(lines: list[bytes], sha256: str, name: str) -> Bundle:
    """Return what the lines of a return say.

    Raises
    ------
    DamagedData
        If they keep to another contract or policy, are not the parts of a return, or do not add up.
    """
    said = _parts(lines, name)
    about = {
        part.removeprefix("about."): said.pop(part).get("value")
        for part in list(said)
        if part.startswith("about.")
    }
    _check_about(about, name)
    period = _period(about, name)
    counts: Counts = {each.name: _cells(each, said, name) for each in tables(period).values()}
    if said:
        raise _damaged("It holds parts that no return has.", name)
    _check_sums(counts, period, name)
    return Bundle(about, counts, sha256)


def _damaged(what: str, name: str) -> DamagedData:
    return DamagedData(
        f"The return is sealed, but it is not one that can be added up. {what}",
        where=name,
        next_step="Ask the force to make it again with this version of nhpf.",
    )


def _parts(lines: list[bytes], name: str) -> dict[str, dict[str, Any]]:
    try:
        objects = [json.loads(line) for line in lines]
        found = {str(each["part"]): dict(each) for each in objects}
    except (ValueError, RecursionError, TypeError, KeyError):
        raise _damaged("A line is no part.", name) from None
    if len(found) < len(objects):
        raise _damaged("It says one thing twice.", name)
    return found


def _check_about(about: dict[str, Any], name: str) -> None:
    wrong = [key for key, value in terms().items() if about.get(key) != value]
    if wrong:
        taken = ", ".join(f"{key.replace('_', ' ')} {terms()[key]}" for key in wrong)
        raise _damaged(f"It keeps to another contract or policy; taken is: {taken}.", name)
    expected = ABOUT | ({REJECTED: int} if REJECTED in about else {})
    if {key: type(value) for key, value in about.items()} != expected:
        raise _damaged("What it says about itself is incomplete.", name)
    if about["sequence"] < 1:
        raise _damaged("Its sequence number is not 1 or more.", name)


def _period(about: dict[str, Any], name: str) -> Period:
    try:
        period = period_of(about["period"])
        extracted = date.fromisoformat(about["extract_date"])
    except (InvalidInput, ValueError):
        raise _damaged("Its period or extract date is none.", name) from None
    if str(period) != about["period"] or extracted < period.end:
        raise _damaged("Its period was not over when the cases were extracted.", name)
    return period


def _cells(table: Table, said: dict[str, dict[str, Any]], name: str) -> dict[Cell, int] | str:
    """Take the cells of one table, or why it is withheld, out of what is said."""
    if table.name in said:
        return str(said.pop(table.name).get("reason"))
    return {cell: _victims(part_of(table.name, cell), said, name) for cell in table.cells}


def _victims(part: str, said: dict[str, dict[str, Any]], name: str) -> int:
    found = said.pop(part, {})
    value = found.get("value")
    if type(value) is not int or value < 0 or found != {
        "part": part, **Disclosed(value).as_json()
    }:  # fmt: skip
        raise _damaged(f"It has no count of victims for {part}.", name)
    return value


def _check_sums(counts: Counts, period: Period, name: str) -> None:
    by_year = counts["victims_by_year"]
    total = 0 if isinstance(by_year, str) else sum(by_year.values())
    reasons = {table: cells for table, cells in counts.items() if isinstance(cells, str)}
    if reasons != withheld(period, total):
        raise _damaged("It does not withhold what the policy withholds.", name)
    uneven = [
        table
        for table, cells in counts.items()
        if not isinstance(cells, str) and sum(cells.values()) != total
    ]
    if uneven:
        raise _damaged(f"These tables do not add up to its total: {', '.join(uneven)}.", name)
