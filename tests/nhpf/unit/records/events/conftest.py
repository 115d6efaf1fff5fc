"""Some thousand made-up events, blanks among them, and the same events encoded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
import pyarrow
import pytest
from pyarrow import parquet

from nhpf.records.encoding import Encoded, encode
from nhpf.records.engine import connect
from nhpf.records.events import look_up

CATEGORIES = ["Burglary", "Robbery", "Théft, other", None]


def made_up(rows: int, seed: int) -> pyarrow.Table:
    """Places over the whole of the look-up, one that it does not know, and blanks."""
    rng = np.random.default_rng(seed)
    known = look_up()["lsoa21_code"].to_pylist()
    places = [*(known[each] for each in rng.integers(0, len(known), 40)), "E01999999", None, ""]
    forces = ["E23000001", "W15000002"]
    months = np.datetime64("2021-11") + rng.integers(0, 5, rows)
    return pyarrow.table(
        {
            "event_id": [f"E{number}" for number in range(rows)],
            "force": [forces[each] for each in rng.integers(0, 2, rows)],
            "month": pyarrow.array(months.astype("datetime64[D]")),
            "category": [CATEGORIES[each] for each in rng.integers(0, 4, rows)],
            "lsoa": [places[each] for each in rng.integers(0, len(places), rows)],
            "easting": rng.random(rows),
        }
    )


@pytest.fixture(scope="session")
def events() -> pyarrow.Table:
    return made_up(3_000, 1)


@pytest.fixture(scope="session")
def sent(events: pyarrow.Table, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The events as Parquet, as a force would send them."""
    path = tmp_path_factory.mktemp("sent") / "events.parquet"
    parquet.write_table(events, path)
    return path


@pytest.fixture
def con(events: pyarrow.Table) -> Iterator[duckdb.DuckDBPyConnection]:
    with connect() as con:
        con.register("events", events)
        yield con


@pytest.fixture
def encoded(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> Encoded:
    fields = ["lsoa", "month", "category", "force"]
    return encode(con, "select * from events", fields=fields, folder=tmp_path / "encoded")
