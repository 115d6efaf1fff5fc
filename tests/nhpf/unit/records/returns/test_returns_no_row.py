"""No return holds a row about a person: neither a record, nor one to be read off its tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nhpf.records.contract import contract
from nhpf.records.returns import Period, verify
from nhpf.records.returns.policy import tables
from nhpf.records.subtypes import subtype

FORCE = "E23000020"
YEARS = Period(2021, 4, 3).year_of
Rows = list[tuple[str, ...]]
MONTH, AGE, SEX, DOMESTIC, PLACE, METHOD, ALCOHOL, DRUG = 2, 4, 5, 6, 7, 8, 9, 10


def shuffled(
    rows: Rows, column: int, within: Callable[[tuple[str, ...]], object], seed: int
) -> Rows:
    """Deal a column out again among the victims who are alike in what a table shows with it."""
    rng = np.random.default_rng(seed)
    found = [list(row) for row in rows]
    groups: dict[object, list[int]] = {}
    for i, row in enumerate(rows):
        groups.setdefault(within(row), []).append(i)
    for members in groups.values():
        for to, source in zip(members, rng.permutation(members), strict=True):
            found[to][column] = rows[source][column]
    return [tuple(row) for row in found]


def kind(row: tuple[str, ...]) -> str:
    return subtype(row[AGE], row[SEX], row[DOMESTIC], row[PLACE])


def relinked(rows: Rows, seed: int) -> Rows:
    """Give each victim the month, method and flags of others, and keep every table as it is."""
    for column, within in (
        (ALCOHOL, kind),
        (DRUG, kind),
        (
            METHOD,
            lambda row: (kind(row), row[METHOD] == "sharp instrument", row[METHOD][:3] == "not"),
        ),
        (MONTH, lambda row: (kind(row), YEARS[row[MONTH]])),
    ):
        rows = shuffled(rows, column, within, seed + column)
    return rows


def test_other_people_with_the_same_totals_give_the_same_return(
    nation: Any, bundles: Mapping[str, bytes], table_of: Callable[[Rows], Path]
) -> None:
    own = [row for row in nation.rows if row[1] == "E23000001"]
    others = relinked(own, seed=5)
    same = sum((Counter(own) & Counter(others)).values())
    assert same < len(own) / 4
    assert nation.bundle("E23000001", table=table_of(others)) == bundles["E23000001"]


def test_no_table_crosses_more_than_two_things_or_any_that_points_to_a_person() -> None:
    allowed = {
        "year", "month", "subtype", "alcohol_related", "drug_related", "sharp_instrument", "age",
        "sex", "method", "domestic",
    }  # fmt: skip
    found = tables(Period(2022, 4, 2)).values()
    assert all(len(each.dimensions) <= 2 for each in found)
    assert {name for each in found for name in each.dimensions} == allowed
    assert all(each.dimensions == ("month",) for each in found if "month" in each.dimensions)


def test_a_return_says_nothing_of_the_fields_that_it_does_not_count(
    nation: Any, bundles: Mapping[str, bytes]
) -> None:
    assert all(re.fullmatch("H[0-9]{5}", row[0]) for row in nation.rows)
    left_out = {"case_id", "local_authority", "victim_ethnicity", "relationship", "solved",
                "suspect_sex", "suspect_age_band", "suspects", "offence"}  # fmt: skip
    assert left_out < {each.name for each in contract("homicide_cases").fields}
    for data in bundles.values():
        text = data.decode()
        assert not any(name in text for name in left_out)
        assert re.search("H[0-9]{5}", text) is None


def test_a_return_is_as_long_for_few_victims_as_for_many(bundles: Mapping[str, bytes]) -> None:
    lines = {force: data.count(b"\n") for force, data in bundles.items()}
    few = lines.pop("E23000034")
    assert len(set(lines.values())) == 1
    assert few < min(lines.values())


@pytest.mark.parametrize("victims", [1, 2])
def test_one_or_two_victims_are_counted_by_year_and_not_split(
    nation: Any, table_of: Callable[[Rows], Path], victims: int
) -> None:
    rows = [row for row in nation.rows if row[1] == FORCE][:victims]
    counts = verify(nation.bundle(FORCE, table=table_of(rows))).bundle.counts
    shown = {name for name, cells in counts.items() if not isinstance(cells, str)}
    assert shown == {"victims_by_year"}
    assert sum(counts["victims_by_year"].values()) == victims  # type: ignore[union-attr]


def test_no_victims_are_shown_as_zeros(nation: Any, table_of: Callable[[Rows], Path]) -> None:
    earlier = [("H1", FORCE, "2019-01", *nation.rows[0][3:])]
    counts = verify(nation.bundle(FORCE, table=table_of(earlier))).bundle.counts
    for cells in counts.values():
        assert not isinstance(cells, str)
        assert set(cells.values()) == {0}
