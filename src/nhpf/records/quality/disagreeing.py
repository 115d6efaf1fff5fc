"""Two sources of the same thing: how far their counts lie apart, over the periods both hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from nhpf.records.quality.flags import Flag, HowBad
from nhpf.records.statement import Statement, parse

if TYPE_CHECKING:
    import datetime as dt

    import duckdb

FOLDER = Path(__file__).parent / "comparisons"
CAUTION, UNFIT = 0.02, 0.2


@dataclass(frozen=True, slots=True)
class Agreement:
    """What two sources count in the periods that both hold.

    Attributes
    ----------
    first, second : int
    periods, equal : int
        How many periods both hold, and in how many they count the same.
    since, until : datetime.date
        The first and the last of the periods.
    """

    first: int
    second: int
    periods: int
    equal: int
    since: dt.date
    until: dt.date

    @property
    def share_apart(self) -> float:
        """The difference as a share of the larger count."""
        return abs(self.first - self.second) / max(self.first, self.second, 1)


@cache
def comparisons() -> tuple[Statement, ...]:
    """Return the comparisons: each gives a period and two counts a row."""
    paths = sorted(FOLDER.glob("*.sql"))
    return tuple(parse(path.stem, path.read_text("utf-8")) for path in paths)


def compared(con: duckdb.DuckDBPyConnection, statement: Statement) -> Agreement | None:
    """Run one comparison; None where no period is in both."""
    (row,) = con.execute(
        "select sum(first)::bigint, sum(second)::bigint, count(*),"
        " count(*) filter (first = second), min(period), max(period)"
        f" from ({statement.sql.partition('order by')[0]})"
    ).fetchall()
    return Agreement(*row) if row[2] else None


def disagreements(con: duckdb.DuckDBPyConnection, tables: set[str]) -> Iterator[Flag]:
    """Flag each pair of sources that differ; the first of the pair carries the flag."""
    for statement in comparisons():
        named = statement.listed("tables")
        found = compared(con, statement) if tables.issuperset(named) else None
        if found is None or found.equal == found.periods:
            continue
        apart = found.share_apart
        how_bad: HowBad = "unfit" if apart >= UNFIT else "caution" if apart >= CAUTION else "note"
        notes = statement.notes
        yield Flag(
            "two sources disagree",
            named[0],
            f"{notes['first'].capitalize()} hold {found.first:,} {notes['counts']},"
            f" {notes['second']} {found.second:,}, over the same {found.periods:,} periods; they"
            f" are equal in {found.equal:,}.",
            how_bad,
            period=f"{found.since:%Y-%m} to {found.until:%Y-%m}",
            done=notes["done"],
        )
