"""A table with its totals, as an audience may see it."""

from __future__ import annotations

import numpy as np
import pytest

from nhpf.disclosure import (
    Dimension,
    Publication,
    audit,
    policy_for,
    protect_table,
    rule_named,
)
from nhpf.errors import InvalidInput, RefusedByDisclosure

PUBLIC = policy_for("homicide_attribute", audience="public")
FORCES = Dimension.flat("force", ["A", "B", "C"])
METHODS = Dimension.flat("method", ["knife", "other"])
COUNTS = {
    ("A", "knife"): 12,
    ("A", "other"): 3,
    ("B", "knife"): 11,
    ("B", "other"): 14,
    ("C", "knife"): 50,
    ("C", "other"): 60,
}


def test_a_small_count_and_its_companions_are_null_with_a_reason() -> None:
    table = protect_table(COUNTS, dimensions=[FORCES, METHODS], policy=PUBLIC)
    assert table.cells["A", "other"].is_withheld
    assert table.lost.small == 1
    assert table.lost.companions == 3
    row = next(row for row in table.rows() if (row["force"], row["method"]) == ("A", "other"))
    assert row["count"] is None
    assert str(row["withheld"]).startswith("withheld because")
    assert table.cells["all", "all"].value == 150


def test_the_arrays_have_an_axis_for_each_dimension() -> None:
    table = protect_table(COUNTS, dimensions=[FORCES, METHODS], policy=PUBLIC)
    counts, reasons = table.arrays()
    assert counts.shape == reasons.shape == (4, 3)
    assert np.isnan(counts[0, 1])
    assert reasons[0, 1]
    assert counts[3, 2] == 150


def test_an_official_total_that_lays_a_small_count_open_is_refused() -> None:
    with pytest.raises(RefusedByDisclosure):
        protect_table(
            {("A",): 3, ("B",): 0, ("C",): 0},
            dimensions=[FORCES],
            policy=PUBLIC,
            official=[("all",)],
        )


def test_ten_counts_of_one_cannot_stand_under_a_total_of_ten() -> None:
    """Zeros are shown, so each withheld count is at least one: the total would tell them all."""
    labels = [str(n) for n in range(10)]
    table = protect_table(
        {(label,): 1 for label in labels},
        dimensions=[Dimension.flat("force", labels)],
        policy=PUBLIC,
    )
    assert table.cells["all",].is_withheld


def test_a_tree_is_protected_at_every_level() -> None:
    place = Dimension.tree(
        "place", {"a": "X", "b": "X", "c": "Y", "d": "Y", "X": "all", "Y": "all"}
    )
    counts = {("a",): 4, ("b",): 30, ("c",): 50, ("d",): 60}
    table = protect_table(counts, dimensions=[place], policy=PUBLIC)
    assert table.cells["a",].is_withheld
    assert table.cells["b",].is_withheld
    assert table.cells["all",].value == 144


def test_what_is_shown_is_rounded_and_the_same_count_alike() -> None:
    counts = {("A",): 52, ("B",): 52, ("C",): 48}
    policy = rule_named("ons_10_5", audience="public")
    table = protect_table(counts, dimensions=[FORCES], policy=policy)
    assert [cell.value for cell in table.cells.values()] == [50, 50, 50, 150]


@pytest.mark.parametrize(
    "counts",
    [
        {("A",): 1},
        {("A",): 1, ("B",): 2, ("D",): 3},
        {("A",): 1, ("B",): 2, ("all",): 3},
        {("A",): -1, ("B",): 2, ("C",): 3},
    ],
)
def test_a_table_with_a_wrong_cell_is_refused(counts: dict[tuple[str, ...], int]) -> None:
    with pytest.raises(InvalidInput):
        protect_table(counts, dimensions=[FORCES], policy=PUBLIC)


def test_beside_a_small_official_total_only_its_own_limit_is_left() -> None:
    """A total of three is public; with zeros withheld nothing more is told than that."""
    policy = policy_for("homicide_linked", audience="public")
    counts = {("A",): 2, ("B",): 1, ("C",): 0}
    table = protect_table(counts, dimensions=[FORCES], policy=policy, official=[("all",)])
    assert [cell.value for cell in table.cells.values()] == [None, None, None, 3]
    found = audit([Publication.of(table, published="now")])
    assert set(found.ranges.values()) == {(0, 3)}


def test_a_cell_that_is_not_in_the_table_cannot_be_official() -> None:
    with pytest.raises(InvalidInput):
        protect_table(COUNTS, dimensions=[FORCES, METHODS], policy=PUBLIC, official=[("D", "all")])
