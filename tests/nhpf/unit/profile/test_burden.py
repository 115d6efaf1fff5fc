"""What the nation bears by kind of homicide, and what a trial by some forces could see."""

from __future__ import annotations

import pytest

from nhpf.framework import Edition
from nhpf.methods.evaluation import detectable
from nhpf.profile import burden
from nhpf.profile.national_shares import national_shares
from nhpf.profile.scope import Scope
from nhpf.profile.sight import YEARS, sight
from nhpf.records import Release, find_area


@pytest.fixture(scope="module")
def nation(release: Release, edition: Edition) -> Scope:
    return Scope(find_area("K04000001", release), release, edition, "public")


def test_the_latest_counts_are_those_of_the_national_profile(nation: Scope) -> None:
    held = burden.homicides(nation)
    assert held["all"].count == 570
    assert held["all"].period == "year ending March 2024"
    shares = national_shares(nation)
    for name in ("sharp", "domestic", "teenage"):
        assert held[name].count == shares[name].found.count
        assert held[name].share == shares[name].found
        assert held[name].low < held[name].count < held[name].high


def test_a_change_pools_equal_numbers_of_years_and_names_them(nation: Scope) -> None:
    sharp = burden.homicides(nation)["sharp"]
    assert sharp.change is not None
    assert sharp.change.comparison.time_1 == sharp.change.comparison.time_2 == 3
    # The year to March 2021 is in no published figure of this table: it is not made up.
    assert sharp.compared == "the three years to March 2024 over the three years to March 2020"
    assert sharp.direction == "cannot be told from chance"


def test_only_two_of_the_seven_subtypes_are_published_whole(nation: Scope) -> None:
    held = burden.of_subtypes(nation)
    assert {number: one.count for number, one in held.items()} == {"1": 83, "2": 25}
    assert held["2"].direction == "not held"
    assert held["2"].change_words == "One year is held, so no change can be told."


def test_areas_of_focus_have_the_burden_that_points_to_them(nation: Scope) -> None:
    assert list(burden.of_areas(nation)) == ["ar-knife", "ar-youth", "ar-safeguarding"]
    assert all(one.share is not None for one in burden.of_areas(nation).values())


def test_other_harm_is_held_for_the_nation_or_not_at_all(nation: Scope) -> None:
    violence = burden.other_harm(nation, "violence-with-injury")
    assert violence is not None
    assert violence.counts[0].count.value == 549_793
    assert burden.other_harm(nation, "knife-crime-with-injury") is None
    assert burden.scatter(nation, "violence-with-injury") > 1
    assert burden.scatter(nation, "homicide-sharp") == 1


def test_a_trial_on_homicide_is_hopeless_where_one_on_other_harm_is_not() -> None:
    homicide = sight("Homicides", 570 / 43, forces=3)
    violence = sight("Violence with injury", 549_793 / 43, forces=3, dispersion=9.7)
    assert not homicide.is_enough
    assert violence.is_enough
    expected = detectable(570 / 43, periods=YEARS, units=3, design="comparison")
    assert homicide.smallest == pytest.approx(-expected.change)
    assert "three forces and as many for comparison" in homicide.words


def test_where_nothing_could_be_seen_it_says_so() -> None:
    one = sight("Domestic homicides of men", 25 / 43, forces=1)
    assert one.smallest is None
    assert not one.is_enough
    assert "not even a fall to nothing" in one.words


def test_more_forces_never_see_less() -> None:
    seen = [sight("Robbery", 2000, forces=each, dispersion=15).smallest for each in range(1, 12)]
    assert all(one is not None for one in seen)
    assert seen == sorted(seen, reverse=True)  # type: ignore[type-var]
