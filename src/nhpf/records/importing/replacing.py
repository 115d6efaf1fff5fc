"""What an import takes the place of, and which periods are no longer held after it."""

from __future__ import annotations

from dataclasses import dataclass

from nhpf.records.contract import Contract
from nhpf.records.engine import connect, named
from nhpf.records.importing.keeping import Kept
from nhpf.records.release import Release

MONTHS = ("month", "date", "time")


@dataclass(frozen=True, slots=True)
class Replaced:
    """The table of the same source that was held before.

    Attributes
    ----------
    rows : int
    release : str
        The release that holds it; it stays as it is.
    caution : str
        Which periods it had and the new one has not, as a sentence; "" where there are none.
    """

    rows: int
    release: str
    caution: str


def replaced(before: Release, contract: Contract, kept: Kept) -> Replaced | None:
    """Return what a release holds of a source that new rows are about to replace."""
    if contract.source not in before.manifest.get("imports", ()):
        return None
    rows = int(before.manifest["tables"][contract.source]["rows"])
    return Replaced(rows, before.id, _lost(before, contract, kept))


def _lost(before: Release, contract: Contract, kept: Kept) -> str:
    columns = before.manifest["tables"][contract.source]["columns"]
    periods = [each for each in contract.fields if each.kind in (*MONTHS, "year")]
    if not periods or columns.get(periods[0].name) != periods[0].kind:
        return ""
    name, unit = named(periods[0].name), "month" if periods[0].kind in MONTHS else "year"
    period = f"strftime({name}, '%Y-%m')" if unit == "month" else f"{name}::varchar"
    with connect() as con:
        ((number, first, last),) = con.execute(
            f"select count(period), min(period), max(period) from (select {period} as period from"
            f" {before.reads(contract.source)} except select {period} from {kept.reads})"
        ).fetchall()
    if not number:
        return ""
    if number == 1:
        return f"1 {unit} that was held before ({first}) is no longer in the table."
    return (
        f"{number:,} {unit}s that were held before ({first} to {last}) are no longer in the table."
    )
