"""Published rules, as their publishers state them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nhpf.disclosure import (
    Dimension,
    disclose,
    disclose_share,
    policy_for,
    protect_table,
    rule_named,
)
from nhpf.disclosure.dominance import distance_needed
from nhpf.errors import InvalidInput


@pytest.mark.parametrize(
    ("rule", "count", "shown"),
    [
        ("ons_10_5", 0, None),
        ("ons_10_5", 9, None),
        ("ons_10_5", 12, 10),
        ("ons_10_5", 13, 15),
        ("opensafely", 7, None),
        ("opensafely", 8, 10),
        ("nhs_hes", 0, 0),
        ("nhs_hes", 1, None),
        ("nhs_hes", 8, 10),
        ("cdc", 9, None),
        ("cdc", 11, 11),
        ("linked", 0, None),
        ("shown", 1, 1),
    ],
)
def test_rules_show_what_their_publishers_say(rule: str, count: int, shown: int | None) -> None:
    policy = rule_named(rule, audience="public")
    assert policy.withholds(count) is (shown is None)
    if shown is not None:
        assert policy.rounded(count) == shown


@pytest.mark.parametrize("rule", ["ons_10_5", "opensafely", "nhs_hes", "cdc", "linked", "below_5"])
def test_a_shown_count_is_one_of_those_that_it_may_stand_for(rule: str) -> None:
    policy = rule_named(rule, audience="public")
    for count in range(200):
        if policy.withholds(count):
            continue
        low, high = policy.possible(policy.rounded(count))
        assert low <= count <= high
        for other in range(200):
            same = not policy.withholds(other) and policy.rounded(other) == policy.rounded(count)
            assert same is (low <= other <= high)


def test_the_nation_is_not_rounded_where_the_rule_says_so() -> None:
    place = Dimension.tree("place", {"E1": "K04", "E2": "K04"}, nation="K04")
    counts = {("E1",): 1001, ("E2",): 2001}
    table = protect_table(
        counts, dimensions=[place], policy=rule_named("nhs_hes", audience="public")
    )
    assert [cell.value for cell in table.cells.values()] == [1000, 2000, 3002]


def test_added_margins_are_sums_of_rounded_parts_and_go_with_them() -> None:
    policy = rule_named("ons_10_5", audience="public")
    force = Dimension.flat("force", ["A", "B", "C"])
    counts = {("A",): 12, ("B",): 12, ("C",): 12}
    own = protect_table(counts, dimensions=[force], policy=policy)
    added = protect_table(counts, dimensions=[force], policy=policy, margins="added")
    assert own.cells["all",].value == 35
    assert added.cells["all",].value == 30
    gap = protect_table({**counts, ("C",): 2}, dimensions=[force], policy=policy, margins="added")
    assert gap.cells["all",].is_withheld
    assert gap.cells["A",].value == 10


def test_counts_below_twenty_carry_a_caveat_under_the_american_rule() -> None:
    policy = rule_named("cdc", audience="public")
    assert "unstable" in policy.caveat(19)
    assert policy.caveat(20) == ""


def test_what_is_linked_to_a_homicide_is_held_more_strictly_than_the_homicide() -> None:
    linked = policy_for("homicide_linked", audience="public")
    plain = policy_for("homicide_attribute", audience="public")
    assert linked.withholds(0)
    assert not plain.withholds(0)
    assert linked.smallest_whole > plain.smallest_whole


def test_an_unknown_rule_is_refused_with_those_known() -> None:
    with pytest.raises(InvalidInput, match="opensafely"):
        rule_named("mine", audience="public")


def test_dominance_by_hand() -> None:
    """Largest two 90 of 100 exceed 85%: 90 / .85 = 105.9, so 6 above the count are needed."""
    policy = rule_named("linked", audience="public")
    assert distance_needed([60, 30, 10], policy=policy) == 6
    assert distance_needed([50, 35, 15], policy=policy) == 0
    assert distance_needed([], policy=policy) == 0


def test_the_second_largest_contributor_may_not_know_the_largest_too_well() -> None:
    """From 100 = 60 + 30 + 10 the second knows the largest to within 10; 20% of 60 is 12."""
    policy = replace(rule_named("below_10", audience="public"), p_percent=20)
    assert distance_needed([10, 60, 30], policy=policy) == 2
    assert distance_needed([60, 28, 12], policy=policy) == 0


def test_a_count_that_two_hospitals_make_up_is_withheld_and_kept_at_its_distance() -> None:
    policy = rule_named("linked", audience="public")
    force = Dimension.flat("force", ["A", "B", "C"])
    counts = {("A",): 100, ("B",): 90, ("C",): 80}
    even = {
        cell: {f"{cell[0]}{n}": count // 10 for n in range(10)} for cell, count in counts.items()
    }
    assert (
        protect_table(counts, dimensions=[force], policy=policy, contributions=even).lost.cells == 0
    )
    two = {**even, ("A",): {"x": 60, "y": 30, "z": 10}}
    table = protect_table(counts, dimensions=[force], policy=policy, contributions=two)
    assert table.cells["A",].is_withheld
    assert (table.lost.small, table.lost.companions) == (1, 1)
    with pytest.raises(InvalidInput, match="add up"):
        protect_table(counts, dimensions=[force], policy=policy, contributions={("A",): {"x": 1}})


def test_a_count_and_a_share_are_rounded_where_the_policy_rounds() -> None:
    policy = rule_named("ons_10_5", audience="public")
    assert disclose(13, policy=policy).value == 15
    assert disclose_share(13, 32, policy=policy).value == 15 / 30
    assert disclose(0, policy=policy).is_withheld


def test_no_share_is_formed_on_a_small_whole() -> None:
    policy = policy_for("homicide_linked", audience="public")
    assert disclose_share(10, 21, policy=policy).value == 10 / 21
    small = rule_named("cdc", audience="public")
    assert disclose_share(0, 9, policy=small).is_withheld
    nineteen = disclose_share(0, 19, policy=replace(small, smallest_whole=20))
    assert nineteen.withheld == "withheld because the whole is below 20"
