"""Counts by place, month and category: by hand, by the expression, and from the compact form."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow
import pytest
from pyarrow import parquet

from nhpf.errors import InvalidInput
from nhpf.records.encoding import Encoded, encode
from nhpf.records.events import (
    EventFiles,
    blocks,
    can_count,
    count_encoded,
    look_up,
    on_duckdb,
)

QUESTIONS = [
    ("lsoa", "month", "category"),
    ("lsoa", "month"),
    ("lsoa",),
    ("category", "ward", "month"),
    ("local_authority", "month", "category"),
    ("force_area", "month"),
    ("force", "month", "category"),
    ("force", "lsoa", "month"),
    ("month",),
]


def by_hand(events: pyarrow.Table, by: tuple[str, ...]) -> Counter[tuple[Any, ...]]:
    column = {"ward": "ward24_code", "local_authority": "ltla24_code", "force_area": "pfa24_code"}
    upper = {row["lsoa21_code"]: row for row in look_up().to_pylist()}

    def value(row: dict[str, Any], name: str) -> Any:
        if name in column:
            return upper.get(row["lsoa"], {}).get(column[name])
        return row[name] or None

    return Counter(tuple(value(row, name) for name in by) for row in events.to_pylist())


def as_counter(table: pyarrow.Table, by: tuple[str, ...]) -> Counter[tuple[Any, ...]]:
    rows = table.to_pylist()
    assert table.column_names == [*by, "events"]
    found = Counter({tuple(row[name] for name in by): row["events"] for row in rows})
    assert len(found) == len(rows)
    return found


@pytest.mark.parametrize("by", QUESTIONS, ids=".".join)
def test_the_compact_form_counts_as_by_hand(
    events: pyarrow.Table, encoded: Encoded, by: tuple[str, ...]
) -> None:
    assert can_count(encoded.description, by)
    found = count_encoded(encoded.folder, encoded.description, by)
    assert as_counter(found, by) == by_hand(events, by)


@pytest.mark.parametrize("by", QUESTIONS, ids=".".join)
def test_the_expression_counts_as_by_hand(
    events: pyarrow.Table, sent: Path, by: tuple[str, ...]
) -> None:
    assert as_counter(on_duckdb(EventFiles(sent), by), by) == by_hand(events, by)


def test_the_expression_reads_the_compact_form_too(events: pyarrow.Table, encoded: Encoded) -> None:
    by = ("ward", "month", "category")
    found = on_duckdb(EventFiles(encoded.folder, encoded.description), by)
    assert as_counter(found, by) == by_hand(events, by)


def test_months_may_be_text(tmp_path: Path) -> None:
    rows = pyarrow.table({"month": ["2024-05", "2024-05", "2024-06-01"]})
    parquet.write_table(rows, tmp_path / "text.parquet")
    found = on_duckdb(EventFiles(tmp_path / "text.parquet"), ["month"])
    assert as_counter(found, ("month",)) == {(date(2024, 5, 1),): 2, (date(2024, 6, 1),): 1}


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    parquet.write_table(pyarrow.table({"month": ["2024-05"]}), tmp_path / "text.parquet")
    with pytest.raises(InvalidInput, match=r"no such column\. \(lsoa\)"):
        on_duckdb(EventFiles(tmp_path / "text.parquet"), ["ward", "month"])


def test_a_block_too_large_is_sorted_instead(
    events: pyarrow.Table, encoded: Encoded, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks, "LARGEST_BLOCK", 10)
    for by in (("lsoa", "month", "category"), ("ward", "month")):
        found = count_encoded(encoded.folder, encoded.description, by)
        assert as_counter(found, by) == by_hand(events, by)


def test_no_events_have_no_cells(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    none = encode(con, "from events limit 0", fields=["lsoa", "month"], folder=tmp_path / "none")
    for by in (("lsoa", "month"), ("ward",), ("month",)):
        assert count_encoded(none.folder, none.description, by).num_rows == 0


@pytest.mark.parametrize(
    ("by", "says"),
    [
        ((), "nothing given"),
        (("lsoa", "lsoa"), "lsoa, lsoa"),
        (("postcode",), "force_area, force, month, category"),
        (("lsoa", "ward"), "one level of place at a time"),
    ],
)
def test_other_questions_are_refused(encoded: Encoded, by: tuple[str, ...], says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        count_encoded(encoded.folder, encoded.description, by)


def test_a_column_that_is_not_coded_is_left_to_the_expression(encoded: Encoded) -> None:
    without = {**encoded.description, "codes": {"lsoa": 41}}
    assert not can_count(without, ["lsoa", "category"])
    assert can_count(without, ["ward", "month"])
