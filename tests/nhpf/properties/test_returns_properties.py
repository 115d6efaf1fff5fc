"""Properties of returns: whatever the cases, they add up; whatever the bytes, they are refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import duckdb
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from nhpf.errors import BrokenSeal
from nhpf.records.contract import contract
from nhpf.records.engine import connect
from nhpf.records.returns import Bundle, Origin, Period, add_up, make, period_of, verify
from nhpf.records.returns.policy import tables

PERIOD = Period(2022, 1, 3)
FORCES = ("E23000001", "E23000002", "E23000003")
KEY = Ed25519PrivateKey.from_private_bytes(b"\x01" * 32)
CASES = contract("homicide_cases")
COLUMNS = (
    "force", "recorded_month", "victims", "victim_age_band", "victim_sex", "domestic",
    "place_type", "method", "alcohol_related", "offence",
)  # fmt: skip
FLAG = st.sampled_from(["yes", "no", "not known"])


def choice(name: str) -> st.SearchStrategy[str]:
    return st.sampled_from(CASES.field(name).choices)


CASE = st.tuples(
    st.sampled_from(FORCES),
    st.sampled_from([*PERIOD.months, "2019-05"]),
    st.none() | st.integers(1, 3),
    choice("victim_age_band"),
    choice("victim_sex"),
    FLAG,
    st.none() | choice("place_type"),
    choice("method"),
    st.none() | FLAG,
    choice("offence"),
)


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with connect() as opened:
        kinds = ("bigint" if name == "victims" else "varchar" for name in COLUMNS)
        listed = ", ".join(f"{name} {kind}" for name, kind in zip(COLUMNS, kinds, strict=True))
        opened.execute(f"create table given_cases ({listed})")
        yield opened


def returned(con: duckdb.DuckDBPyConnection, force: str) -> Bundle:
    origin = Origin("release", "hash", date(2025, 2, 1))
    issued = datetime(2025, 3, 1, tzinfo=UTC)
    data = make(con.sql("from given_cases"), force=force, period=PERIOD, key=KEY, sequence=1,
                origin=origin, issued=issued)  # fmt: skip
    return verify(data).bundle


# No example takes long, but the first one waits for the engine, and the machine may be shared.
@settings(max_examples=10, deadline=None)
@given(st.lists(CASE, min_size=1, max_size=40))
def test_any_returns_add_up_table_by_table(
    con: duckdb.DuckDBPyConnection, cases: list[tuple[object, ...]]
) -> None:
    con.execute("delete from given_cases")
    con.executemany(f"insert into given_cases values ({', '.join('?' * len(COLUMNS))})", cases)
    forces = sorted({str(case[0]) for case in cases})
    found = add_up(
        [returned(con, force) for force in forces], missing={}, closed=True, audience="restricted"
    )
    inside = [case for case in cases if case[1] != "2019-05"]
    by_force = {force: sum(int(c[2] or 1) for c in inside if c[0] == force) for force in forces}  # type: ignore[call-overload]
    split = sum(n for n in by_force.values() if n >= 3)
    assert found.victims == sum(by_force.values())
    assert sum(found.not_split.values()) == found.victims - split
    for name, table in tables(PERIOD).items():
        cells = found.tables[name]
        total = found.victims if name == "victims_by_year" else split
        assert sum(cells[cell].value or 0 for cell in table.cells) == total


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_no_other_bytes_are_a_return(data: bytes) -> None:
    with pytest.raises(BrokenSeal):
        verify(data)


@given(st.integers(1900, 2100), st.sampled_from([1, 4]), st.integers(1, 5))
def test_a_period_is_read_as_it_is_written(first: int, month: int, years: int) -> None:
    period = Period(first, month, years)
    assert period_of(str(period)) == period
    assert period_of(period.words) == period
    assert len(period.months) == 12 * years
    assert period.months[-1] < f"{period.end:%Y-%m}"
