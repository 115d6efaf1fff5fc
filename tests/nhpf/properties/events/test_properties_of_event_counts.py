"""Counts do not depend on the order of rows, on how they come, or on what categories are called."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyarrow
from hypothesis import given, settings
from hypothesis import strategies as st

from nhpf.records.encoding import encode
from nhpf.records.engine import connect
from nhpf.records.events import count_encoded
from nhpf.records.events.blocks import Axis, count, moved, split, summed

places = st.sampled_from(["E01000001", "E01000002", "W01001955", "E01999999", "", None])
months = st.dates().map(lambda day: day.replace(year=2020 + day.year % 3, day=1))
categories = st.sampled_from(["Robbery", "Burglary", None])
some_events = st.lists(st.tuples(places, months, categories), min_size=1, max_size=60)
Cells = Counter[tuple[Any, ...]]


def counted(events: list[tuple[Any, ...]], by: tuple[str, ...]) -> Cells:
    """Encode events, count them, and return the cells."""
    place, month, category = (list(column) for column in zip(*events, strict=True))
    table = pyarrow.table(
        {
            "lsoa": pyarrow.array(place, "string"),
            "month": pyarrow.array(month, "date32"),
            "category": pyarrow.array(category, "string"),
        }
    )
    with TemporaryDirectory() as name, connect() as con:
        con.register("given", table)
        fields = ["lsoa", "month", "category"]
        found = encode(con, "from given", fields=fields, folder=Path(name) / "encoded")
        rows = count_encoded(found.folder, found.description, by).to_pylist()
    return Counter({tuple(row[name] for name in by): row["events"] for row in rows})


@settings(max_examples=15, deadline=None)
@given(some_events, st.randoms())
def test_the_order_of_rows_makes_no_difference(events: list[Any], random: Any) -> None:
    shuffled = random.sample(events, len(events))
    by = ("lsoa", "month", "category")
    assert counted(shuffled, by) == counted(events, by)
    assert counted(events, by).total() == len(events)


@settings(max_examples=15, deadline=None)
@given(some_events)
def test_categories_may_be_called_something_else(events: list[Any]) -> None:
    # The new names sort the other way round, so every code changes.
    names = {"Robbery": "A", "Burglary": "B", None: None}
    renamed = [(place, month, names[category]) for place, month, category in events]
    by = ("ward", "category")
    before = {(ward, names[name]): n for (ward, name), n in counted(events, by).items()}
    assert counted(renamed, by) == before


@settings(max_examples=15, deadline=None)
@given(some_events, some_events)
def test_two_parts_add_up_to_the_whole(one: list[Any], other: list[Any]) -> None:
    by = ("local_authority", "month")
    assert counted(one, by) + counted(other, by) == counted(one + other, by)


axes = (Axis("place", 3, 4), Axis("month", 24_000, 5), Axis("category", 0, 2))
codes = st.lists(
    st.tuples(st.integers(3, 6), st.integers(24_000, 24_004), st.integers(0, 1)),
    min_size=1,
    max_size=200,
)


@given(codes, st.integers(1, 50))
def test_batches_of_any_size_give_the_same_cells(rows: list[Any], size: int) -> None:
    columns = np.array(rows).T
    batches = [columns[:, start : start + size] for start in range(0, len(rows), size)]
    found, whole = count(batches, axes), count([columns], axes)
    assert np.array_equal(found.keys, whole.keys)
    assert np.array_equal(found.counts, whole.counts)
    again = [each + axis.low for each, axis in zip(split(found, axes), axes, strict=True)]
    cells = dict(
        zip(zip(*(each.tolist() for each in again), strict=True), found.counts, strict=True)
    )
    assert cells == Counter(rows)


@given(codes, st.lists(st.integers(0, 2), min_size=4, max_size=4))
def test_places_may_be_merged_before_or_after(rows: list[Any], to: list[int]) -> None:
    columns = np.array(rows).T
    after = moved(count([columns], axes), np.array(to), cells_a_place=10)
    merged = [np.array(to)[columns[0] - 3], *columns[1:]]
    before = count([merged], (Axis("place", 0, 4), *axes[1:]))
    assert np.array_equal(after.keys, before.keys)
    assert np.array_equal(after.counts, before.counts)
    assert np.array_equal(summed([after]).counts, after.counts)
