"""The rows that a check of files would keep, for tests to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhpf.records.encoding import view_sql
from nhpf.records.engine import connect, quoted

if TYPE_CHECKING:
    from nhpf.records.importing.keeping import Kept


def reads(kept: Kept) -> str:
    """Return the SQL of the rows."""
    if kept.encoded:
        return f"({view_sql(kept.encoded, kept.folder)})"
    return f"read_parquet({quoted(kept.folder / 'rows.parquet')})"


def rows_of(kept: Kept) -> list[dict[str, object]]:
    """Return the rows by the names of their fields."""
    with connect() as con:
        found = con.execute(f"select * from {reads(kept)}")
        names = [each[0] for each in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
