"""The parts of charts: round ticks, labels that do not touch, outlines, class boundaries."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nhpf.errors import InvalidInput
from nhpf.reports.charts import axes, lettering, outlines, palette, quantile_boundaries, scales
from nhpf.reports.charts.notes import remarks
from nhpf.reports.charts.specs import Line, Point, Trend

AMOUNTS = st.floats(min_value=-1e7, max_value=1e7, allow_nan=False).map(lambda x: round(x, 4))


@given(st.lists(AMOUNTS, min_size=1, max_size=20))
@example([5_000_005.0, -0.002])
def test_a_straight_scale_holds_all_values_between_few_round_ticks(values: list[float]) -> None:
    scale = scales.straight(values, start=0, end=100)
    assert scale.low <= min(0, *values)
    assert scale.high >= max(0, *values)
    assert 0.0 in scale.ticks
    assert 2 <= len(scale.ticks) <= 8
    step = scale.ticks[1] - scale.ticks[0]
    assert float(f"{step:.0e}") == pytest.approx(step), "a step has one figure"
    assert all(0 <= scale(value) <= 100 for value in values)


@given(st.lists(st.floats(min_value=0.01, max_value=100), min_size=1, max_size=9))
def test_a_log_scale_holds_all_values(values: list[float]) -> None:
    scale = scales.logarithmic(values, start=0, end=100)
    assert scale.low <= min(values) * 1.001
    assert scale.high >= max(values) * 0.999
    assert all(-0.1 <= scale(value) <= 100 for value in values)


def test_counts_get_no_ticks_between_whole_numbers() -> None:
    assert scales.straight([0, 1, 2], start=0, end=1).ticks == (0, 1, 2)


@given(
    st.lists(
        st.tuples(st.floats(0, 300), st.floats(10, 40)),
        min_size=1,
        max_size=6,
    )
)
def test_labels_spread_until_none_touch(labels: list[tuple[float, float]]) -> None:
    wanted, heights = [list(part) for part in zip(*labels, strict=True)]
    middles = lettering.spread(wanted, heights, low=0, high=300)
    boxes = sorted((m - h / 2, m + h / 2) for m, h in zip(middles, heights, strict=True))
    assert boxes[0][0] >= -1e-6
    assert boxes[-1][1] <= 300 + 1e-6
    assert all(lower[1] <= upper[0] + 1e-6 for lower, upper in pairwise(boxes))


def test_labels_that_stand_apart_stay_where_they_are() -> None:
    assert lettering.spread([200.0, 20.0], [18.0, 18.0], low=0, high=300) == [200.0, 20.0]


def test_words_wrap_at_spaces_and_end_in_an_ellipsis() -> None:
    assert lettering.wrap("one two three", size=10, room=45) == ["one two", "three"]
    assert lettering.wrap("one two three four", size=10, room=20, most=2) == ["one", "two…"]


def test_periods_of_several_lines_keep_their_order() -> None:
    early = Line("a", (Point("2010", 1), Point("2011", 1)))
    late = Line("b", (Point("2009", 1), Point("2011", 1), Point("2012", 1)))
    assert axes.merged_labels((early, late)) in (
        ["2010", "2009", "2011", "2012"],
        ["2009", "2010", "2011", "2012"],
    )
    assert axes.merged_labels((late, early)) == ["2009", "2010", "2011", "2012"]


def test_the_last_period_is_always_named_and_the_first_where_it_can_be() -> None:
    labels = [str(year) for year in range(2010, 2026)]
    assert axes.shown_labels(labels, apart=100, widest=40) == list(range(16))
    assert axes.shown_labels(labels, apart=20, widest=40) == [0, 3, 6, 9, 12, 15]
    assert axes.shown_labels(labels, apart=10, widest=60)[-1] == 15
    assert axes.shown_labels(["2025"], apart=0, widest=40) == [0]


def test_an_outline_is_read_in_both_ways_of_writing_it() -> None:
    absolute = outlines.main_ring("M0 0L4 0L4 2L0 2Z")
    relative = outlines.main_ring("M9 9l1 0 0 1zM0 0l4 0 0 2 -4 0z")
    assert absolute == relative == ([(0, 0), (4, 0), (4, 2), (0, 2)], 2, 1)
    assert outlines.main_ring("") is None


def test_the_inside_of_an_outline_with_a_bay_ends_at_the_bay() -> None:
    ring = [
        (0.0, 0.0),
        (10.0, 0.0),
        (10.0, 10.0),
        (7.0, 10.0),
        (7.0, 4.0),
        (3.0, 4.0),
        (3.0, 10.0),
        (0.0, 10.0),
    ]
    assert outlines.inside(ring, x=5, y=2) == (0, 10)
    assert outlines.inside(ring, x=1, y=8) == (0, 3)
    assert outlines.inside(ring, x=5, y=8) == (5, 5)


def test_quantiles_put_about_as_many_areas_into_each_class() -> None:
    assert quantile_boundaries(range(10)) == (2, 4, 6, 8)
    assert quantile_boundaries([0, 0, 0, 0, 5]) == (5,)
    assert quantile_boundaries([]) == ()
    with pytest.raises(InvalidInput):
        quantile_boundaries([1, 2], classes=6)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours as WCAG 2.2 defines it."""

    def luminance(colour: str) -> float:
        parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_lines_and_words_are_seen_on_paper() -> None:
    for colour in (*palette.SERIES, palette.CONTEXT):
        assert contrast(colour, palette.PAPER) >= 2.95, colour
    for colour in (palette.INK, palette.QUIET):
        assert contrast(colour, palette.PAPER) >= 4.5
    for shade in (*palette.TINTS, *palette.GREYS, palette.LAND):
        words = palette.PAPER if shade in palette.DARK else palette.INK
        assert contrast(shade, words) >= 4.5, shade


def test_five_classes_use_the_whole_ramp_and_two_its_ends() -> None:
    assert palette.ramp(5, neutral=False) == palette.TINTS
    assert palette.ramp(2, neutral=True) == (palette.GREYS[0], palette.GREYS[-1])


def test_a_remark_names_its_line_unless_it_is_about_all_of_them() -> None:
    gap, hollow = Point("2021", None, note="withheld"), Point("2022", 3, note="nine months")
    both = Trend((Line("a", (gap, hollow)), Line("b", (gap, Point("2022", 4)))), "homicides")
    assert remarks(both) == ["Hatched: 2021 (withheld)", "Open circle: a, 2022 (nine months)"]
    many = tuple(Point(str(year), None) for year in range(2010, 2016))
    assert remarks(Trend((Line("a", many),), "homicides")) == [
        "Hatched: six periods from 2010 to 2015 (not known)"
    ]
