"""The gap map's cells: every entry counted where it belongs, nowhere else, in any order."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhpf_web.cycle.rules.gaps import (
    FILLS,
    LEVELS,
    STRENGTHS,
    Active,
    Against,
    Cell,
    Fill,
    Gap,
    Placed,
    active_in,
    against_profile,
    cells,
    doing,
)
from nhpf_web.cycle.rules.radar import numbers_in, spread

T = TypeVar("T")
ROWS = ("ar-knife", "ar-youth", "ar-alcohol")
SOME_ROWS = st.frozensets(st.sampled_from(ROWS))
PLACED = st.lists(
    st.builds(
        Placed,
        id=st.text("abc", min_size=1, max_size=4),
        rows=SOME_ROWS,
        levels=st.frozensets(st.sampled_from(LEVELS)),
        strength=st.sampled_from(STRENGTHS),
    ),
    max_size=8,
)
ACTIVE = st.lists(
    st.builds(
        Active,
        organisation=st.integers(1, 6),
        is_force=st.sampled_from([True]),
        rows=SOME_ROWS,
        level=st.sampled_from(LEVELS),
    ),
    max_size=12,
)


def made(placed: list[Placed], active: list[Active]) -> list[Cell]:
    return cells(ROWS, interventions=placed, practices={}, doing=doing(active))


def beside_shuffled(held: list[T]) -> st.SearchStrategy[tuple[list[T], list[T]]]:
    return st.tuples(st.just(held), st.permutations(held))


@given(PLACED.flatmap(beside_shuffled), ACTIVE.flatmap(beside_shuffled))
def test_the_order_of_entries_changes_no_cell(
    placed: tuple[list[Placed], list[Placed]], active: tuple[list[Active], list[Active]]
) -> None:
    assert made(placed[0], active[0]) == made(placed[1], active[1])


@given(PLACED)
def test_the_totals_of_cells_are_the_entries_each_in_its_rows_and_levels(
    placed: list[Placed],
) -> None:
    total = sum(cell.interventions for cell in made(placed, []))
    assert total == sum(len(one.rows) * len(one.levels) for one in placed)


@given(ACTIVE)
def test_an_organisation_counts_once_in_a_cell_and_once_in_a_row(active: list[Active]) -> None:
    found = made([], active)
    assert all(cell.forces <= 6 for cell in found)
    for row in ROWS:
        forces, others = active_in(active, row)
        in_cells = [cell.forces for cell in found if cell.row == row]
        assert max(in_cells) <= forces <= sum(in_cells)
        assert others == 0


def test_cells_stand_row_by_row_and_narrow_to_the_levels_asked() -> None:
    found = cells(
        ROWS[:2], interventions=[], practices={("ar-youth", "tertiary"): 3}, doing={},
        levels=("tertiary",),
    )  # fmt: skip
    assert [(cell.row, cell.level, cell.practices) for cell in found] == [
        ("ar-knife", "tertiary", 0),
        ("ar-youth", "tertiary", 3),
    ]


def test_every_gap_leads_to_something_and_every_way_fills_some_gap() -> None:
    assert set(FILLS) == set(Gap)
    assert {fill for fills in FILLS.values() for fill in fills} == set(Fill)
    empty = Cell("ar-knife", "primary", {}, 0, 0, 0)
    assert empty.gaps == (Gap.INTERVENTION, Gap.PRACTICE, Gap.ACTIVITY)
    assert set(empty.fills) == set(Fill)


def test_an_intervention_without_evidence_of_effect_is_a_gap_in_evidence() -> None:
    assert Cell("r", "primary", {"none": 4}, 1, 1, 0).gaps == (Gap.EVIDENCE,)
    assert Cell("r", "primary", {"none": 4, "limited": 1}, 1, 0, 1).gaps == ()


@pytest.mark.parametrize(
    ("share_low", "active", "answered", "against"),
    [
        (None, 9, 10, Against.NO_FIGURE),
        (0.04, 0, 10, Against.SMALLER),
        (0.2, 0, 0, Against.NOT_ASKED),
        (0.2, 2, 10, Against.LITTLE),
        (0.2, 3, 10, Against.ACTED_ON),
        (0.05, 0, 1, Against.LITTLE),
    ],
)
def test_activity_stands_against_the_profile_in_words(
    share_low: float | None, active: int, answered: int, against: Against
) -> None:
    found = against_profile(share_low=share_low, active=active, answered=answered)
    assert found == against


def test_the_last_twelve_months_begin_a_year_ago() -> None:
    today = date(2026, 11, 26)
    since = {1: date(2025, 11, 26), 2: date(2025, 11, 27), 3: today, 4: date(2019, 1, 1)}
    assert spread(since, today=today) == (2, 2)
    assert spread({}, today=date(2024, 2, 29)) == (0, 0)


def test_a_practice_is_named_by_its_permanent_id() -> None:
    assert numbers_in("We follow pr-12-walks and pr-7; not spr-9 or pr-x.") == {12, 7}
