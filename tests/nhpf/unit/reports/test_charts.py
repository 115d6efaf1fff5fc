"""Every chart in awkward cases: well formed, named, inside its sheet, no words upon words."""

from __future__ import annotations

import re
from itertools import combinations
from xml.etree import ElementTree

import pytest

from nhpf.errors import InvalidInput
from nhpf.reports import charts
from nhpf.reports.charts import lettering
from nhpf.reports.charts.specs import (
    Bars,
    Chart,
    Curves,
    DotWhiskers,
    Funnel,
    Line,
    Map,
    MapArea,
    Panel,
    Point,
    Trend,
)

Box = tuple[float, float, float, float]


def drawn(chart: Chart, **more: object) -> ElementTree.Element:
    markup = charts.draw(chart, id="c", title="A & B", description="<5", **more)  # type: ignore[arg-type]
    return ElementTree.fromstring(markup)


def texts(svg: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in svg.iter("text")]


def text_boxes(svg: ElementTree.Element, size: float) -> list[tuple[str, Box]]:
    found = []
    for element in svg.iter("text"):
        x, y = float(element.attrib["x"]), float(element.attrib["y"])
        bold = element.get("font-weight") == "bold"
        width = lettering.width(element.text or "", size, bold=bold)
        start = {"end": x - width, "middle": x - width / 2}.get(element.get("text-anchor", ""), x)
        found.append((element.text or "", (start, y - size * 0.75, start + width, y + size * 0.2)))
    return found


def overlap(one: Box, other: Box) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > 0.5 and down > 0.5


def sheets(chart: Chart) -> list[ElementTree.Element]:
    return [svg for svg in drawn(chart).iter("svg") if svg.get("role") and svg.get("font-size")]


def test_no_drawing_needs_a_style_of_its_own(gallery: dict[str, Chart]) -> None:
    for chart in gallery.values():
        root = drawn(chart)
        assert not list(root.iter("style"))
        assert not [element for element in root.iter() if "style" in element.attrib]
        assert not [name for element in root.iter() for name in element.attrib if name[:2] == "on"]


def test_each_drawing_is_named_and_its_ids_are_its_own(gallery: dict[str, Chart]) -> None:
    for chart in gallery.values():
        root = drawn(chart)
        ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
        assert len(ids) == len(set(ids))
        named = [svg for svg in root.iter("svg") if svg.get("role")]
        assert named
        for svg in named:
            words = {element.get("id"): element.text for element in svg}
            labels = svg.attrib["aria-labelledby"].split()
            assert [words[label] for label in labels] == ["A & B", "<5"]
        markup = charts.draw(chart, id="c", title="t", description="d")
        assert set(re.findall(r"url\(#([^)]+)\)", markup)) <= set(ids)


def test_words_keep_their_size_and_stay_on_the_sheet(gallery: dict[str, Chart]) -> None:
    for name, chart in gallery.items():
        for svg in sheets(chart):
            size = float(svg.attrib["font-size"])
            _, _, width, height = map(float, svg.attrib["viewBox"].split())
            # The narrow sheet is shown at 290 pixels on the smallest phone.
            assert size * 290 / 320 > 11
            for text, (left, top, right, bottom) in text_boxes(svg, size):
                where = f"{name}: {text}"
                assert left >= -1, where
                assert right <= width + 1, where
                assert top >= -1, where
                assert bottom <= height + 1, where


def test_no_words_stand_on_other_words(gallery: dict[str, Chart]) -> None:
    for name, chart in gallery.items():
        for svg in sheets(chart):
            boxes = text_boxes(svg, float(svg.attrib["font-size"]))
            for (one, first), (other, second) in combinations(boxes, 2):
                assert not overlap(first, second), f"{name}: {one!r} and {other!r}"


def test_drawings_are_the_same_each_time_and_small(gallery: dict[str, Chart]) -> None:
    for name, chart in gallery.items():
        first = charts.draw(chart, id="c", title="t", description="d")
        assert first == charts.draw(chart, id="c", title="t", description="d")
        assert len(first) < 45_000, name


def test_places_are_written_to_a_tenth(gallery: dict[str, Chart]) -> None:
    for chart in gallery.values():
        for element in drawn(chart).iter():
            for name in ("x", "y", "x1", "y1", "cx", "cy", "width", "height", "d"):
                assert not re.search(r"\.\d\d", element.get(name, ""))


def test_a_bar_begins_at_zero_and_is_as_long_as_its_value() -> None:
    points = (Point("a", 10.0), Point("b", 40.0))
    bars = [
        element
        for element in drawn(Bars(points, "homicides"), layout="wide").iter("rect")
        if element.get("class", "").startswith("bar")
    ]
    starts = {element.attrib["x"] for element in bars}
    lengths = [float(element.attrib["width"]) for element in bars]
    assert len(starts) == 1
    assert lengths[1] == pytest.approx(4 * lengths[0], abs=0.3)


def test_a_withheld_value_is_hatched_and_named_and_never_zero() -> None:
    points = (
        Point("2020", 3),
        Point("2021", None, note="withheld: fewer than 5"),
        Point("2022", 4),
    )
    for chart in (Bars(points, "homicides"), Trend((Line("a", points),), "homicides")):
        root = drawn(chart, layout="wide")
        hatched = [element for element in root.iter("rect") if element.get("class") == "withheld"]
        assert [element[0].text for element in hatched] == ["2021: withheld: fewer than 5"]
        assert any("withheld: fewer than 5" in text for text in texts(root))
    strokes = [element for element in root.iter("path") if element.get("class") == "line"]
    assert not strokes, "a gap must not be bridged by a line"


def test_a_funnel_names_the_place_in_question_alone(gallery: dict[str, Chart]) -> None:
    root = drawn(gallery["funnel"], layout="wide")
    words = " ".join(element.text or "" for element in root.iter() if element.text)
    assert "Metropolitan Police" in words
    assert "Force 1" not in words
    assert "Each grey dot is one of 43 other areas." in words


def test_half_and_double_stand_equally_far_from_one() -> None:
    points = (Point("a", 0.5), Point("b", 1.0), Point("c", 2.0))
    root = drawn(DotWhiskers(points, "times", 1.0, log=True), layout="wide")
    half, one, double = (float(element.attrib["cx"]) for element in root.iter("circle"))
    assert one - half == pytest.approx(double - one, abs=0.2)


def test_months_are_named_by_their_years(gallery: dict[str, Chart]) -> None:
    shown = texts(drawn(gallery["191 months"], layout="wide"))
    years = [text for text in shown if re.fullmatch(r"20\d\d", text)]
    assert years[-1] == "2026"
    assert "January" not in " ".join(shown)


def test_thousands_are_separated(gallery: dict[str, Chart]) -> None:
    assert "1,500,000" in texts(drawn(gallery["huge"], layout="wide"))


def test_a_break_at_a_period_that_is_not_shown_is_refused() -> None:
    chart = Trend((Line("a", (Point("2020", 1),)),), "homicides", (("2031", "new rules"),))
    with pytest.raises(InvalidInput, match="2031"):
        drawn(chart)


def test_small_multiples_show_each_break_and_say_it_once() -> None:
    points = tuple(Point(str(year), year - 2000) for year in range(2015, 2026))
    crossing = Trend((Line("a", points),), "offences", (("2024", "New files"),))
    panel = Panel((("One", crossing), ("Two", crossing), ("Three", Trend(crossing.lines, "x"))))
    for svg in sheets(panel):
        dashed = [each for each in svg.iter("line") if each.get("stroke-dasharray")]
        assert len(dashed) == 2
        assert [text for text in texts(svg) if "new files" in text] == [
            "Dashed, before 2024: new files."
        ]


@pytest.mark.parametrize(
    "empty",
    [
        Trend((), "homicides"),
        Bars((), "homicides"),
        Funnel((), 1, (), "size", "rate"),
        Curves((), "x", "y"),
        Panel(()),
    ],
)
def test_nothing_to_draw_is_refused(empty: Chart) -> None:
    with pytest.raises(InvalidInput):
        drawn(empty)


def one_area_map(*classes: float, value: float | None = 1.0, link: str = "") -> Map:
    area = MapArea("E1", "Camden", "M0 0l10 0 0 10z", value, "1", link=link)
    return Map((area,), (0, 0, 10, 10), "homicides", classes)


def test_a_map_has_five_classes_at_most_and_ascending() -> None:
    with pytest.raises(InvalidInput, match="five"):
        drawn(one_area_map(1, 2, 3, 4, 5))
    with pytest.raises(InvalidInput, match="ascend"):
        drawn(one_area_map(3, 2))


def test_a_map_says_its_classes_in_numbers_and_how_many_areas_each_holds(
    gallery: dict[str, Chart],
) -> None:
    words = [element.text for element in drawn(gallery["map"]).iter("span")]
    assert words == [
        "Under 3 (2 areas)",
        "3 to under 5 (1 area)",
        "5 to under 8 (2 areas)",
        "8 to under 10 (1 area)",
        "10 and over (2 areas)",
        "Withheld: fewer than 5 (1 area)",
        "Hackney: 12.0",
    ]


def test_a_map_with_links_is_a_group_and_each_link_has_a_name() -> None:
    linked = one_area_map(2, link="E1")
    svg = next(drawn(linked, area_url=lambda code: f"/areas/{code}/").iter("svg"))
    assert svg.attrib["role"] == "group"
    links = list(svg.iter("a"))
    assert [link.attrib["aria-label"] for link in links] == ["Camden: 1"]
    assert [link.attrib["href"] for link in links] == ["/areas/E1/"]


def test_a_map_with_nowhere_to_go_is_an_image_without_links() -> None:
    linked = one_area_map(2, link="E1")
    alone = charts.draw_alone(
        linked, title="t", description="d", marking="OFFICIAL", subtitle="s", foot=["f"]
    )
    assert "<a " not in alone
    for nowhere in (None, lambda code: ""):
        svg = next(drawn(linked, area_url=nowhere).iter("svg"))
        assert svg.attrib["role"] == "img"
        assert list(svg.iter("a")) == []


def test_a_name_stands_in_its_outline_where_it_fits() -> None:
    wide = MapArea("E1", "Camden", "M0 0l400 0 0 300 -400 0z", 1.0, "1")
    thin = MapArea("E2", "City of London", "M400 0l40 0 0 300 -40 0z", 1.0, "1")
    root = drawn(Map((wide, thin), (0, 0, 720, 300), "homicides", (2,)))
    names = [element for element in root.iter("text") if element.get("class") == "place-name"]
    assert [(element.text, element.attrib["x"]) for element in names] == [("Camden", "200")]


def test_a_chart_alone_says_what_it_is_and_how_large(gallery: dict[str, Chart]) -> None:
    for chart in gallery.values():
        markup = charts.draw_alone(
            chart,
            title="Title",
            description="d",
            marking="OFFICIAL",
            subtitle="Subtitle",
            foot=["Source: us"],
        )
        svg = ElementTree.fromstring(markup)
        assert svg.tag == "{http://www.w3.org/2000/svg}svg"
        assert float(svg.attrib["height"]) > 0
        lines = [element.text for element in svg.iter("{http://www.w3.org/2000/svg}text")]
        assert lines[:3] == ["OFFICIAL", "Title", "Subtitle"]
        assert lines[-2:] == ["Source: us", "OFFICIAL"]
