"""Whatever the counts: nothing unsafe is shown or can be told; names and order do not matter."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhpf.disclosure import (
    Dimension,
    Ledger,
    Policy,
    Publication,
    audit,
    protect_table,
    rule_named,
)

RULES = ["below_10", "below_5", "ons_10_5", "opensafely", "nhs_hes", "cdc", "linked"]
Table = tuple[dict[tuple[str, ...], int], list[Dimension]]


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Tables of one to three dimensions, the first a tree at times, with many small counts."""
    shape = draw(st.lists(st.integers(2, 4), min_size=1, max_size=3))
    dimensions = [
        Dimension.flat(f"d{at}", [f"{at}{n}" for n in range(size)]) for at, size in enumerate(shape)
    ]
    if draw(st.booleans()):
        parents = {f"0{n}": f"part {n % 2}" for n in range(shape[0])}
        dimensions[0] = Dimension.tree("d0", {**parents, "part 0": "all", "part 1": "all"})
    cells = list(itertools.product(*(each.leaves for each in dimensions)))
    counts = st.one_of(st.just(0), st.integers(0, 12), st.integers(0, 300))
    return {cell: draw(counts) for cell in cells}, dimensions


def policies() -> st.SearchStrategy[Policy]:
    return st.sampled_from([rule_named(rule, audience="public") for rule in RULES])


@settings(max_examples=60, deadline=None)
@given(tables(), policies())
def test_nothing_unsafe_is_shown_and_the_audit_passes(table: Table, policy: Policy) -> None:
    counts, dimensions = table
    protected = protect_table(counts, dimensions=dimensions, policy=policy)
    for cell, shown in protected.cells.items():
        if shown.value is not None:
            assert not policy.withholds(int(shown.value))
        if cell in counts:
            assert shown.value in (None, policy.rounded(counts[cell]))
            assert shown.is_withheld or not policy.withholds(counts[cell])
    assert audit([Publication.of(protected, published="now")]).passes


@settings(max_examples=60, deadline=None)
@given(tables())
def test_shown_totals_are_consistent_with_shown_parts(table: Table) -> None:
    counts, dimensions = table
    policy = rule_named("below_10", audience="public")
    cells = protect_table(counts, dimensions=dimensions, policy=policy).cells
    for at, dimension in enumerate(dimensions):
        for total, parts in dimension.children.items():
            for cell, shown in cells.items():
                values = [cells[*cell[:at], part, *cell[at + 1 :]].value for part in parts]
                if cell[at] != total or shown.value is None:
                    continue
                known = [value for value in values if value is not None]
                assert sum(known) <= shown.value
                assert len(known) < len(parts) or sum(known) == shown.value


@settings(max_examples=40, deadline=None)
@given(tables())
def test_names_and_the_order_of_cells_and_dimensions_change_no_guarantee(
    table: Table,
) -> None:
    """Which of equal companions goes may differ; the small ones, and that none is told, may not."""
    counts, dimensions = table
    policy = rule_named("below_10", audience="public")
    turned = [
        Dimension(
            f"other {each.name}",
            {
                f"x{label}": None if above is None else f"x{above}"
                for label, above in reversed(each.parents.items())
            },
        )
        for each in reversed(dimensions)
    ]
    renamed = {
        tuple(f"x{label}" for label in reversed(cell)): count
        for cell, count in sorted(counts.items(), reverse=True)
    }
    first = protect_table(counts, dimensions=dimensions, policy=policy)
    second = protect_table(renamed, dimensions=turned, policy=policy)
    assert first.lost.small == second.lost.small
    assert audit([Publication.of(second, published="now")]).passes
    assert bool(first.lost.companions) is bool(second.lost.companions)


@settings(max_examples=40, deadline=None)
@given(tables())
def test_a_higher_threshold_shows_no_count_that_a_lower_one_finds_small(table: Table) -> None:
    counts, dimensions = table
    low, high = (rule_named(rule, audience="public") for rule in ("below_5", "below_10"))
    below_5 = protect_table(counts, dimensions=dimensions, policy=low)
    below_10 = protect_table(counts, dimensions=dimensions, policy=high)
    assert below_10.lost.small >= below_5.lost.small
    for cell in counts:
        if low.withholds(counts[cell]):
            assert below_10.cells[cell].is_withheld


@settings(max_examples=25, deadline=None)
@given(tables(), policies())
def test_the_same_table_again_lays_nothing_open(table: Table, policy: Policy) -> None:
    counts, dimensions = table
    first = protect_table(counts, dimensions=dimensions, policy=policy)
    ledger = Ledger("public").with_table(first, published="1")
    again = protect_table(counts, dimensions=dimensions, policy=policy, earlier=ledger.about(""))
    assert audit(ledger.with_table(again, published="2").publications).passes
    assert again.already_public == ()


@pytest.mark.parametrize("rule", RULES)
def test_a_table_of_zeros_tells_nothing_or_zeros(rule: str) -> None:
    policy = rule_named(rule, audience="public")
    counts = {(a, b): 0 for a in "xy" for b in "vw"}
    dimensions = [Dimension.flat("one", "xy"), Dimension.flat("two", "vw")]
    cells = protect_table(counts, dimensions=dimensions, policy=policy).cells
    wanted = None if policy.zeros == "withheld" else 0
    assert {cell.value for cell in cells.values()} == {wanted}
