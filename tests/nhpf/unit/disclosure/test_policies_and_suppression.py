"""What an audience may see: small counts withheld, and nothing to be had by subtraction."""

from __future__ import annotations

import pytest

from nhpf.disclosure import (
    Disclosed,
    disclose,
    disclose_rate,
    disclose_share,
    grid_totals,
    policy_for,
    protect,
)
from nhpf.disclosure.protected import REASON
from nhpf.errors import InvalidInput, RefusedByDisclosure

PUBLIC = policy_for("homicide_attribute", audience="public")


def test_official_totals_are_shown_however_small() -> None:
    policy = policy_for("homicide_total", audience="public")
    assert disclose(1, policy=policy) == Disclosed(1)


def test_a_kind_without_a_policy_gets_the_strictest() -> None:
    for audience in ("public", "restricted"):
        policy = policy_for("something new", audience=audience)
        assert policy.threshold == 10
        assert policy.because


def test_the_public_never_sees_more_than_the_restricted_audience() -> None:
    for kind in ("homicide_total", "homicide_attribute", "recorded_crime", "health"):
        public = policy_for(kind, audience="public")
        restricted = policy_for(kind, audience="restricted")
        assert public.threshold >= restricted.threshold


def test_an_unknown_audience_is_refused() -> None:
    with pytest.raises(InvalidInput, match="public or restricted"):
        policy_for("health", audience="everyone")


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (1, None), (9, None), (10, 10)])
def test_counts_below_the_threshold_are_withheld_and_zero_is_not(
    count: int, shown: int | None
) -> None:
    found = disclose(count, policy=PUBLIC)
    assert found.value == shown
    assert found.as_json()["withheld"] is (shown is None)


def test_a_withheld_count_is_null_with_a_reason_and_never_zero() -> None:
    found = disclose(4, policy=PUBLIC).as_json()
    assert found["value"] is None
    assert found["reason"] == "withheld because it is below 10"
    assert "4" not in str(found["reason"])


def test_a_rate_of_a_withheld_count_is_withheld() -> None:
    assert disclose_rate(7.5, count=disclose(4, policy=PUBLIC)).is_withheld
    assert disclose_rate(7.5, count=disclose(40, policy=PUBLIC)) == Disclosed(7.5)


@pytest.mark.parametrize(
    ("part", "whole", "withheld"),
    [(10, 40, False), (0, 40, False), (9, 40, True), (35, 40, True), (40, 40, False), (3, 5, True)],
)
def test_a_share_is_withheld_with_its_part_its_rest_or_its_whole(
    part: int, whole: int, withheld: bool
) -> None:
    assert disclose_share(part, whole, policy=PUBLIC).is_withheld is withheld


def test_a_share_of_nothing_is_refused() -> None:
    with pytest.raises(InvalidInput):
        disclose_share(0, 0, policy=PUBLIC)
    with pytest.raises(InvalidInput):
        disclose_share(5, 4, policy=PUBLIC)
    with pytest.raises(InvalidInput):
        disclose(-1, policy=PUBLIC)


def test_one_small_cell_takes_the_next_smallest_of_its_row_and_column_with_it() -> None:
    counts = {
        ("2020", "knife"): 50,
        ("2020", "shooting"): 4,
        ("2020", "other"): 30,
        ("2021", "knife"): 60,
        ("2021", "shooting"): 12,
        ("2021", "other"): 25,
    }
    shown = protect(counts, policy=PUBLIC, totals=grid_totals(counts))
    withheld = {cell for cell, figure in shown.items() if figure.is_withheld}
    assert withheld == {
        ("2020", "shooting"),
        ("2020", "other"),
        ("2021", "shooting"),
        ("2021", "other"),
    }
    # One reason for all: which of them is the small one would itself tell much.
    assert {shown[cell].withheld for cell in withheld} == {REASON}
    assert list(shown) == list(counts)


def test_without_shown_totals_only_small_counts_go() -> None:
    shown = protect({"a": 3, "b": 50}, policy=PUBLIC)
    assert shown["a"].is_withheld
    assert shown["b"] == Disclosed(50)


def test_a_zero_is_the_last_to_be_withheld() -> None:
    shown = protect({"a": 3, "b": 0, "c": 90}, policy=PUBLIC, totals=[("a", "b", "c")])
    assert shown["b"] == Disclosed(0)
    assert shown["c"].is_withheld


def test_the_total_of_a_single_small_count_is_refused() -> None:
    with pytest.raises(RefusedByDisclosure):
        protect({"a": 3}, policy=PUBLIC, totals=[("a",)])


def test_a_total_of_cells_that_are_not_there_is_refused() -> None:
    with pytest.raises(InvalidInput):
        protect({"a": 3}, policy=PUBLIC, totals=[("b",)])


def test_grid_totals_are_the_lines_of_every_direction() -> None:
    cells = [(row, column) for row in "ab" for column in "xyz"]
    lines = grid_totals(cells)
    assert sorted(len(line) for line in lines) == [2, 2, 2, 3, 3]


def test_a_figure_is_shown_or_withheld_and_not_both() -> None:
    with pytest.raises(InvalidInput):
        Disclosed(3, "because")
    with pytest.raises(InvalidInput):
        Disclosed(None)
