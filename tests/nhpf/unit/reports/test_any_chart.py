"""Whatever a chart is given, it is drawn: well formed, finite, words on the sheet."""

from __future__ import annotations

import math
import re
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from nhpf.reports import charts
from nhpf.reports.charts import lettering
from nhpf.reports.charts.specs import (
    Bars,
    Chart,
    DotWhiskers,
    Funnel,
    FunnelPoint,
    Line,
    Panel,
    Point,
    StudyFunnel,
    StudyPoint,
    Trend,
)

SIZES = st.one_of(
    st.integers(0, 2_000_000).map(float),
    st.floats(0, 1e6, allow_nan=False),
    st.floats(1e-6, 1e-2),
)
WORDS = st.text("abc defghi-ÉW&<", min_size=1, max_size=40).filter(lambda text: text.strip())
UNITS = st.sampled_from(["homicides a year", "% of homicides", "for each 100,000 people a year"])


@st.composite
def points(draw: st.DrawFn, label: str | None = None) -> Point:
    label = label or draw(WORDS)
    if draw(st.integers(0, 5)) == 0:
        return Point(label, None, note=draw(st.sampled_from(["", "withheld: fewer than 5"])))
    value = draw(SIZES)
    note = draw(st.sampled_from(["", "", "nine months only"]))
    emphasis = draw(st.booleans())
    if draw(st.booleans()):
        return Point(label, value, emphasis=emphasis, note=note)
    return Point(label, value, value * draw(st.floats(0, 1)), value * 1.5 + 1, emphasis, note)


@st.composite
def trends(draw: st.DrawFn) -> Trend:
    labels = [str(year) for year in range(1990, 1990 + draw(st.integers(1, 40)))]
    lines = tuple(
        Line(draw(WORDS), tuple(draw(points(label)) for label in labels), draw(st.booleans()))
        for _ in range(draw(st.integers(1, 3)))
    )
    breaks = ((draw(st.sampled_from(labels)), draw(WORDS)),) if draw(st.booleans()) else ()
    return Trend(lines, draw(UNITS), breaks)


@st.composite
def funnels(draw: st.DrawFn) -> Funnel:
    areas = tuple(
        FunnelPoint(draw(WORDS), draw(SIZES), draw(SIZES), draw(st.booleans()))
        for _ in range(draw(st.integers(1, 12)))
    )
    average = draw(SIZES)
    limits = tuple((float(size), average / 2, average * 2) for size in range(0, 2_000_000, 40_000))
    return Funnel(areas, average, (("95% limits", limits),), "expected", draw(UNITS))


@st.composite
def study_funnels(draw: st.DrawFn) -> StudyFunnel:
    is_log = draw(st.booleans())
    effects = st.floats(0.01, 50) if is_log else st.floats(-3, 3)
    studies = tuple(
        StudyPoint(draw(WORDS), draw(effects), draw(st.floats(1e-3, 5)))
        for _ in range(draw(st.integers(1, 12)))
    )
    centre, reach = draw(effects), draw(st.floats(1.1, 20))
    low, high = (centre / reach, centre * reach) if is_log else (centre - reach, centre + reach)
    return StudyFunnel(studies, centre, low, high, draw(WORDS), log=is_log)


ROWS = st.lists(points(), min_size=1, max_size=8).map(tuple)
CHARTS = st.one_of(
    trends(),
    funnels(),
    study_funnels(),
    st.builds(Bars, ROWS, UNITS),
    st.builds(DotWhiskers, ROWS, UNITS, st.one_of(st.none(), SIZES)),
    st.builds(Panel, st.lists(st.tuples(WORDS, trends()), min_size=1, max_size=4).map(tuple)),
)


@settings(max_examples=40, deadline=None)
@given(CHARTS)
def test_any_chart_is_drawn_on_its_sheet(chart: Chart) -> None:
    root = ElementTree.fromstring(charts.draw(chart, id="c", title="t", description="d"))
    for svg in root.iter("svg"):
        size = float(svg.attrib["font-size"])
        _, _, width, height = map(float, svg.attrib["viewBox"].split())
        assert math.isfinite(height)
        for element in svg.iter():
            for name in ("x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height", "d"):
                assert not re.search("nan|inf|e", element.get(name, "")), name
        for text in svg.iter("text"):
            y = float(text.attrib["y"])
            assert 0 <= y <= height + 1
            x, wide = float(text.attrib["x"]), lettering.width(text.text or "", size)
            if " " not in (text.text or "") and wide > 80:
                continue  # a single word that no sheet could hold
            start = {"end": x - wide, "middle": x - wide / 2}.get(text.get("text-anchor", ""), x)
            assert start >= -2, text.text
            assert start + wide <= width + 2, text.text
