"""Hours of the week: against a count minute by minute, by hand, and coverage by simulation."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhpf.methods.aoristic import hours_of_the_week

MONDAY = np.datetime64("2024-05-06 00:00", "m")
SPANS = st.lists(st.tuples(st.integers(0, 40_000), st.integers(0, 3_000)), min_size=1, max_size=8)


def times(spans: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    start = MONDAY + np.array([first for first, _ in spans]).astype("timedelta64[m]")
    return start, start + np.array([length for _, length in spans]).astype("timedelta64[m]")


def minute_by_minute(start: np.ndarray, end: np.ndarray) -> np.ndarray:
    sums = np.zeros((7, 24))
    for first, last in zip(start.astype(datetime), end.astype(datetime), strict=True):
        minutes = int((last - first).total_seconds() // 60) + 1
        for minute in range(minutes):
            moment = first + timedelta(minutes=minute)
            sums[moment.weekday(), moment.hour] += 1 / minutes
    return sums


@given(SPANS)
def test_sums_are_those_of_a_count_minute_by_minute(spans: list[tuple[int, int]]) -> None:
    start, end = times(spans)
    found = hours_of_the_week(start, end, longest=100, resamples=9, rng=1)
    assert found.estimate == pytest.approx(minute_by_minute(start, end), abs=1e-9)
    assert found.estimate.sum() == pytest.approx(len(spans))


def test_one_minute_falls_in_its_hour() -> None:
    found = hours_of_the_week(["2024-05-04 22:15"], ["2024-05-04 22:15"], rng=1)
    assert found.estimate[5, 22] == found.low[5, 22] == found.high[5, 22] == 1
    assert (found.exact, found.left_out) == (1, 0)


def test_a_night_from_sunday_to_monday_goes_round_the_week() -> None:
    found = hours_of_the_week(["2024-05-05 23:00"], ["2024-05-06 00:59"], rng=1)
    assert (found.estimate[6, 23], found.estimate[0, 0]) == (0.5, 0.5)


@given(SPANS, st.integers(-100, 100))
def test_whole_weeks_and_order_change_nothing(spans: list[tuple[int, int]], weeks: int) -> None:
    start, end = times(spans)
    first = hours_of_the_week(start, end, longest=100, resamples=9, rng=1)
    shift = np.timedelta64(7 * weeks, "D")
    moved = hours_of_the_week(
        (start + shift)[::-1], (end + shift)[::-1], longest=100, resamples=9, rng=1
    )
    assert moved.estimate == pytest.approx(first.estimate, abs=1e-9)


def test_long_spans_are_left_out_and_said() -> None:
    start = ["2024-05-04 22:00", "2024-05-01 00:00"]
    found = hours_of_the_week(start, ["2024-05-04 22:59", "2024-05-04 23:59"], rng=1)
    assert (found.events, found.left_out) == (1, 1)
    assert "1 events with a span over 24 hours are left out." in found.caveats


def test_limits_of_a_busy_block_cover() -> None:
    rng = np.random.default_rng(3)
    hour = 5 * 24 + 22
    share, events, runs = 0.2, 400, 200
    covered = 0
    for _ in range(runs):
        hours = np.where(rng.random(events) < share, hour, rng.integers(0, 120, events))
        start = MONDAY + (hours * 60 + rng.integers(0, 60, events)).astype("timedelta64[m]")
        found = hours_of_the_week(start, start, resamples=199, rng=rng)
        covered += bool(found.low[5, 22] <= share * events <= found.high[5, 22])
    assert covered / runs > 0.92


def test_blocks_are_sums_of_hours_with_narrower_limits_than_sums_of_limits() -> None:
    rng = np.random.default_rng(4)
    start = MONDAY + rng.integers(0, 50_000, 300).astype("timedelta64[m]")
    hourly = hours_of_the_week(start, start, rng=1)
    blocks = hours_of_the_week(start, start, block=6, rng=1)
    assert blocks.estimate == pytest.approx(hourly.estimate.reshape(7, 4, 6).sum(2))
    assert (blocks.high < hourly.high.reshape(7, 4, 6).sum(2)).mean() > 0.9
