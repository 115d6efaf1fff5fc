"""What concentration and capture say, worked by hand where small, and what they refuse."""

from __future__ import annotations

import numpy as np
import pytest

from nhpf.methods import hot_spots


def test_gini_for_few_events_by_hand() -> None:
    """Four events over ten places: one each is as even as can be; all in one is the other end."""
    even = hot_spots.concentration([1, 1, 1, 1, 0, 0, 0, 0, 0, 0])
    assert even.gini == pytest.approx(0.6)
    assert even.estimate == pytest.approx(0)
    single = hot_spots.concentration([4, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    assert single.gini == pytest.approx(0.9)
    assert single.estimate == pytest.approx(10 / 4 * (0.9 - 1) + 1)


def test_gini_is_the_common_one_where_events_outnumber_places() -> None:
    found = hot_spots.concentration([10, 20, 30, 40])
    assert found.estimate == found.gini == pytest.approx(0.25)


def test_lorenz_curve_starts_at_the_busiest_place() -> None:
    found = hot_spots.concentration([1, 0, 3], shares=(0.4,))
    assert found.lorenz_places.tolist() == pytest.approx([0, 1 / 3, 2 / 3, 1])
    assert found.lorenz_events.tolist() == pytest.approx([0, 0.75, 1, 1])
    assert (found.busiest[0].places, found.busiest[0].share_of_events) == (1, 0.75)


@pytest.mark.parametrize("events", [60, 680, 6000])
def test_share_by_chance_is_what_random_placing_gives(events: int) -> None:
    """Mean of 400 random placings over 679 places, within half a percentage point."""
    rng = np.random.default_rng(events)
    drawn = rng.multinomial(events, np.full(679, 1 / 679), size=400)
    simulated = np.sort(drawn, axis=1)[:, -68:].sum(axis=1).mean() / events
    part = hot_spots.concentration(drawn[0], shares=(0.1,)).busiest[0]
    assert part.by_chance == pytest.approx(simulated, abs=0.005)


def test_share_by_chance_is_everything_where_events_are_fewer_than_chosen_places() -> None:
    assert hot_spots.concentration([1] + [0] * 99).busiest[1].by_chance == pytest.approx(1)


def test_capture_by_hand() -> None:
    """Ten places, four later events; the two that scored highest held one."""
    score = [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]
    outcome = [1, 0, 0, 2, 0, 0, 1, 0, 0, 0]
    found = hot_spots.capture(score, outcome, None, (0.2,)).at[0]
    assert (found.places, found.hits, found.estimate) == (2, 1, 0.25)
    assert found.pai == pytest.approx(0.25 / 0.2)
    assert found.pei == pytest.approx(1 / 3)
    assert found.tied == 0
    assert found.tie_low == found.tie_high == found.estimate
    assert found.low < found.estimate < found.high


def test_area_and_not_number_of_places_decides_the_accuracy_index() -> None:
    found = hot_spots.capture([2, 1], [3, 1], [30, 10], (0.5,)).at[0]
    assert found.area_share == pytest.approx(0.75)
    assert found.pai == pytest.approx(0.75 / 0.75)
    assert found.pai_high == pytest.approx(found.high / 0.75)


def test_ties_at_the_edge_are_averaged_and_their_range_given() -> None:
    """Two of four places are wanted; one is sure, one of three equal ones fits."""
    found = hot_spots.capture([5, 1, 1, 1], [1, 0, 3, 0], None, (0.5,)).at[0]
    assert found.hits == pytest.approx(1 + 3 / 3)
    assert found.tied == 3
    assert (found.tie_low, found.tie_high) == (1 / 4, 1)


def test_ties_are_broken_by_the_key_where_one_is_given() -> None:
    outcome = [1, 0, 3, 0]
    by_code = hot_spots.capture([5, 1, 1, 1], outcome, None, (0.5,), order=["a", "d", "b", "c"])
    assert by_code.at[0].hits == 4
    other = hot_spots.capture([5, 1, 1, 1], outcome, None, (0.5,), order=["a", "b", "c", "d"])
    assert other.at[0].hits == 1
    assert "ties by key" in str(by_code)


def test_results_print_a_line_for_each_share() -> None:
    text = str(hot_spots.capture([3, 2, 1, 0, 0], [1, 0, 0, 1, 0]))
    assert text.count("times chance") == 3
    assert "independent" in text
    text = str(hot_spots.concentration([3, 2, 1, 0, 0]))
    assert text.count("chance alone") == 3
