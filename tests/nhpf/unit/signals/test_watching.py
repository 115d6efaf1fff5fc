"""Which detector watches which series, what it cannot watch, and what it could have seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from nhpf.records import Area, Release, TableSource, areas, find_area
from nhpf.signals import Series, Watched, choose, watch, watch_series, watchable
from nhpf.signals.series import without_partial
from nhpf.signals.watching import MOST_BELOW, NEVER, homicide_budget

MET = Area("E23000001", "Metropolitan Police", "force", "K04000001")
Made = Callable[..., Series]


@pytest.mark.parametrize(
    ("mean", "months", "expected"),
    [(20, 120, "farrington"), (20, 30, "cusum"), (2, 120, "cusum"), (0.1, 240, "g-chart")],
)
def test_counts_choose_the_detector(made: Made, mean: float, months: int, expected: str) -> None:
    counts = np.random.default_rng(1).poisson(mean, months)
    detector, because = choose(made(counts))
    assert detector == expected
    assert because.endswith(".")
    (found,) = watch_series([made(counts)]).watches
    assert found.detector == expected


def test_homicide_is_watched_by_sums_at_any_level(made: Made) -> None:
    for mean in (0.2, 3, 30):
        counts = np.random.default_rng(2).poisson(mean, 120)
        assert choose(made(counts, of="homicide-count", area=MET))[0] == "cusum"


def test_the_false_alarms_of_homicide_add_up_to_one_in_a_force_and_year(made: Made) -> None:
    force = made([1] * 40, of="homicide-count", area=MET)
    below = made([1] * 12, of="homicide-count", step="year")
    a_year = 12 * homicide_budget(force) + MOST_BELOW * homicide_budget(below)
    assert a_year == pytest.approx(1.0)
    found = watch_series([force, below]).watches
    assert all(
        one.false_alarms <= homicide_budget(series)
        for one, series in zip(found, (force, below), strict=True)
    )


def test_no_force_of_the_release_has_more_local_authorities_than_share(release: Release) -> None:
    below = [each.parent for each in areas(release, "local_authority")]
    assert max(map(below.count, set(below))) <= MOST_BELOW


def test_a_rise_is_found_and_its_start_is_counted(made: Made) -> None:
    quiet = np.full(72, 10)
    quiet[::2], quiet[1::2] = 9, 11
    risen = np.concatenate([quiet, np.full(6, 16)])
    (found,) = watch_series([made(risen, of="homicide-count", area=MET)]).watches
    assert not found.alarm[:-6].any()
    assert found.alarm[-6:].any()
    first = int(np.argmax(found.alarm))
    assert found.span[first] == first - (len(found.alarm) - 6) + 1


def test_sight_shrinks_with_counts(made: Made) -> None:
    rng = np.random.default_rng(3)
    few, many = (made(rng.poisson(mean, 120)) for mean in (8, 800))
    less, more = watch_series([few, many]).watches
    assert 1 < more.sight.rise < less.sight.rise


def test_what_a_detector_says_it_sees_it_sees(made: Made) -> None:
    rng = np.random.default_rng(4)
    quiet = rng.poisson(10, 72)
    (found,) = watch_series([made(quiet, of="homicide-count", area=MET)]).watches
    hits = 0
    for _ in range(100):
        risen = quiet.copy()
        risen[-12:] = rng.poisson(found.expected[-1] * found.sight.rise, 12)
        (one,) = watch_series([made(risen, of="homicide-count", area=MET)]).watches
        hits += bool(one.alarm[-12:].any())
    assert hits >= 80 - 4 * 4


@pytest.mark.parametrize("counts", [[0] * 60, [3], [0], [1] * 10])
def test_what_cannot_be_watched_is_listed_with_its_reason(made: Made, counts: list[int]) -> None:
    found = watch_series([made(counts)])
    assert found.watches == ()
    assert len(found.unwatched) == 1
    assert found.unwatched[0].reason
    if not any(counts):
        assert found.unwatched[0].reason == NEVER


def test_years_compared_without_any_event_are_not_judged(made: Made) -> None:
    counts = [0] * 60 + [200] * 12 + [10] * 12
    found = watch_series([made(counts)])
    assert all(np.isfinite(each.expected).all() for each in found.watches)


def test_a_month_that_was_not_over_is_left_out(made: Made) -> None:
    source = TableSource("", "", "", "", "2019-12-18", "", (), (), 1, "", "r")
    whole = made([5] * 120)
    assert whole.month(119) == date(2019, 12, 1)
    cut = without_partial(replace(whole, sources=(source,)))
    assert len(cut.counts) == 119
    assert "December 2019" in cut.left_out
    later = replace(source, extract_date="2020-01-02")
    assert len(without_partial(replace(whole, sources=(later,))).counts) == 120


def test_everything_countable_is_watched_or_listed(release: Release, watched: Watched) -> None:
    found = {each.key for each in watched.watches}
    missing = {(each.area, each.indicator) for each in watched.unwatched}
    assert not found & missing
    everywhere = {area.code for area in areas(release)}
    assert {code for code, _ in found | missing} == everywhere
    assert len(found) == 264
    assert all(each.reason for each in watched.unwatched)


def test_homicide_below_the_force_is_watched_by_year_only(watched: Watched) -> None:
    homicide = [each.series for each in watched.watches if each.series.is_homicide]
    assert {(each.area.kind, each.step) for each in homicide} == {
        ("force", "month"),
        ("local_authority", "year"),
    }
    assert all(
        each.left_out == "2026 has 2 months so far and is not judged."
        for each in homicide
        if each.step == "year"
    )


def test_the_order_of_areas_changes_nothing(release: Release) -> None:
    chosen = [find_area(name, release) for name in ("Hackney", "Sutton", "Barnet")]
    held, _ = watchable(chosen, release=release)
    there = {each.key: each for each in watch_series(held).watches}
    back = {each.key: each for each in watch_series(held[::-1]).watches}
    assert there.keys() == back.keys()
    for key, one in there.items():
        assert (one.alarm == back[key].alarm).all()
        assert one.p == pytest.approx(back[key].p)


def test_an_area_alone_is_judged_as_among_all(release: Release, watched: Watched) -> None:
    alone = watch([find_area("Hackney", release)], release=release)
    among = {each.key: each for each in watched.watches}
    for each in alone.watches:
        assert each.p == pytest.approx(among[each.key].p)
        assert (each.alarm == among[each.key].alarm).all()
