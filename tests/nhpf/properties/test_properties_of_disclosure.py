"""Whatever the counts, no withheld one can be had by subtraction from a shown total."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from nhpf.disclosure import grid_totals, policy_for, protect

PUBLIC = policy_for("homicide_attribute", audience="public")
RESTRICTED = policy_for("homicide_attribute", audience="restricted")


@st.composite
def grids(draw: st.DrawFn) -> dict[tuple[int, ...], int]:
    """Tables of two or three dimensions with many small counts and zeros."""
    shape = draw(st.lists(st.integers(2, 4), min_size=2, max_size=3))
    counts = st.one_of(st.integers(0, 12), st.integers(0, 500))
    cells: list[tuple[int, ...]] = [()]
    for size in shape:
        cells = [(*cell, at) for cell in cells for at in range(size)]
    return {cell: draw(counts) for cell in cells}


@settings(max_examples=150, deadline=None)
@given(grids())
def test_no_row_or_column_has_exactly_one_withheld_count(
    counts: dict[tuple[int, ...], int],
) -> None:
    lines = grid_totals(counts)
    shown = protect(counts, policy=PUBLIC, totals=lines)
    for line in lines:
        assert sum(shown[cell].is_withheld for cell in line) != 1


@settings(max_examples=150, deadline=None)
@given(grids())
def test_small_counts_are_withheld_and_shown_ones_are_true(
    counts: dict[tuple[int, ...], int],
) -> None:
    shown = protect(counts, policy=PUBLIC, totals=grid_totals(counts))
    for cell, count in counts.items():
        if 0 < count < PUBLIC.threshold:
            assert shown[cell].is_withheld
        assert shown[cell].value in (None, count)
    if not any(PUBLIC.withholds(count) for count in counts.values()):
        assert not any(figure.is_withheld for figure in shown.values())


@settings(max_examples=50, deadline=None)
@given(grids())
def test_the_order_of_the_totals_changes_no_guarantee(counts: dict[tuple[int, ...], int]) -> None:
    lines = grid_totals(counts)
    shown = protect(counts, policy=PUBLIC, totals=reversed(lines))
    assert all(sum(shown[cell].is_withheld for cell in line) != 1 for line in lines)


@settings(max_examples=50, deadline=None)
@given(grids())
def test_what_the_restricted_audience_sees_is_not_a_public_table_with_gaps(
    counts: dict[tuple[int, ...], int],
) -> None:
    shown = protect(counts, policy=RESTRICTED, totals=grid_totals(counts))
    assert {cell: figure.value for cell, figure in shown.items()} == counts
