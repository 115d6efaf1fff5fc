"""Put counts in order, and write them as a file that says what they are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nhpf.errors import InvalidInput
from nhpf.records.engine import connect
from nhpf.records.one_step import in_one_step

if TYPE_CHECKING:
    import pyarrow

ON_EACH_ROW = ("release", "marking", "synthetic", "audience")


def ordered(counts: pyarrow.Table) -> pyarrow.Table:
    """Return counts in the order of their columns, blanks last: the same from every engine."""
    with connect() as con:
        con.register("counts", counts)
        found: pyarrow.Table = con.sql(
            "select * from counts order by all nulls last"
        ).to_arrow_table()
    return found


def write_counts(counts: pyarrow.Table, path: Path, notes: dict[str, str]) -> None:
    """Write counts in one step: Parquet with the notes in its metadata, or CSV.

    A CSV has no metadata: each of its rows says release, marking, audience, and whether it is
    synthetic.

    Raises
    ------
    InvalidInput
        If the name ends in neither .parquet nor .csv, or the folder does not exist or may not be
        written to.
    """
    writers = {".parquet": _write_parquet, ".csv": _write_csv}
    if path.suffix not in writers:
        raise InvalidInput(
            "Counts are written as Parquet or CSV.",
            where=str(path),
            next_step="Let the file's name end in .parquet or .csv.",
        )
    with in_one_step(path, what="The counts") as part:
        writers[path.suffix](counts, part, notes)


def _write_parquet(counts: pyarrow.Table, part: Path, notes: dict[str, str]) -> None:
    from pyarrow import parquet

    parquet.write_table(counts.replace_schema_metadata(notes), part)


def _write_csv(counts: pyarrow.Table, part: Path, notes: dict[str, str]) -> None:
    import pyarrow
    from pyarrow import csv

    for note in ON_EACH_ROW:
        counts = counts.append_column(note, pyarrow.repeat(notes.get(note, ""), len(counts)))
    csv.write_csv(counts, part)
