"""Counts carried from the small areas of 2011 to those of 2021 keep their totals."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhpf.errors import InvalidInput, UnknownArea
from nhpf.records import Release
from nhpf.records.carrying import carry_to_2021, divided

# Of the official look-up: stayed, divided in two, and two that were merged into one.
STAYED = "E01000001"


@given(
    st.lists(st.integers(0, 10_000_000), min_size=1, max_size=5),
    st.lists(st.integers(1, 9_999), min_size=1, max_size=9),
)
def test_a_division_keeps_every_total_and_strays_by_less_than_one(
    counts: list[int], residents: list[int]
) -> None:
    shares = np.array(residents) / sum(residents)
    parts = divided(np.array(counts), shares)
    assert (parts.sum(axis=0) == counts).all()
    assert (parts >= 0).all()
    assert (np.abs(parts - shares[:, None] * counts) < 1 + 1e-6).all()


def test_a_division_by_hand() -> None:
    # 10 by .26, .26, .48 is 2.6, 2.6, 4.8: two each and four, then one for 4.8, one for the first.
    parts = divided(np.array([10]), np.array([0.26, 0.26, 0.48]))
    assert parts[:, 0].tolist() == [3, 2, 5]


def _pairs(release: Release) -> dict[str, list[tuple[str, float]]]:
    found = release.query("lsoa_2011_to_2021")
    parts: dict[str, list[tuple[str, float]]] = {}
    for old, new, share in zip(found["lsoa_2011"], found["lsoa_2021"], found["share"], strict=True):
        parts.setdefault(old, []).append((new, share))
    return parts


def test_an_area_that_stayed_passes_its_counts_on(release: Release) -> None:
    carried = carry_to_2021([STAYED], [7], release)
    assert carried.areas.tolist() == [STAYED]
    assert carried.counts.tolist() == [[7]]
    assert carried.divided == 0
    assert carried.caveats == ()


def test_divided_and_merged_areas(release: Release) -> None:
    parts = _pairs(release)
    split = next(old for old, into in parts.items() if len(into) > 1)
    targets = [into[0][0] for into in parts.values() if len(into) == 1]
    merged_into = next(new for new in targets if targets.count(new) > 1)
    merged = [old for old, into in parts.items() if into[0][0] == merged_into]
    carried = carry_to_2021([split, *merged], [101, *[3] * len(merged)], release)
    counts = dict(zip(carried.areas.tolist(), carried.counts[:, 0].tolist(), strict=True))
    assert counts[merged_into] == 3 * len(merged)
    assert sum(counts[new] for new, _ in parts[split]) == 101
    assert all(abs(counts[new] - 101 * share) < 1 for new, share in parts[split])
    assert carried.divided == 1
    assert "1 of" in carried.caveats[0]


def test_no_area_of_2011_and_no_whole_number(release: Release) -> None:
    with pytest.raises(UnknownArea, match="1 of 2 areas"):
        carry_to_2021([STAYED, "E01999999"], [1, 2], release)
    with pytest.raises(InvalidInput, match="whole number"):
        carry_to_2021([STAYED], [np.nan], release)
    with pytest.raises(InvalidInput, match="twice"):
        carry_to_2021([STAYED, STAYED], [1, 1], release)
    with pytest.raises(InvalidInput, match="one row"):
        carry_to_2021([STAYED], [1, 2], release)


def test_london_keeps_every_category_and_year(shared: Path, release: Release) -> None:
    import duckdb

    path = shared / "data/london_mps_lsoa_year_2011_2021/london_lsoa_year.parquet"
    found = duckdb.sql(
        "select LSOA11CD as area, category, year::varchar as year, n::bigint as n"
        f" from read_parquet('{path}') order by 1, 2, 3"
    ).fetchnumpy()
    areas = np.unique(found["area"].astype(str))
    columns = [(c, y) for c, y in zip(found["category"], found["year"], strict=True)][:143]
    table = np.asarray(found["n"]).reshape(len(areas), 143)
    assert table.shape == (4_829, 13 * 11)
    carried = carry_to_2021(areas, table, release)
    assert (carried.counts.sum(axis=0) == table.sum(axis=0)).all()
    violence = [at for at, (category, _) in enumerate(columns) if category == "major-violence"]
    assert int(carried.counts[:, violence].sum()) == 2_000_257
    again = carry_to_2021(areas[::-1], table[::-1], release)
    assert (again.counts == carried.counts).all()
    assert carried.divided > 100
