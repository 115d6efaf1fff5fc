"""From a chart as data to inline SVG, in the drawings that a page needs."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Literal

from nhpf.reports.charts import (
    curves,
    funnel,
    maps,
    marks,
    palette,
    panel,
    rows,
    study_funnel,
    trend,
)
from nhpf.reports.charts.sheet import Drawing, Sheet, lines_of, narrow, wide
from nhpf.reports.charts.specs import (
    Bars,
    Chart,
    Curves,
    DotWhiskers,
    Funnel,
    Map,
    Panel,
    StudyFunnel,
    Trend,
)

Layout = Literal["both", "wide", "narrow"]
_FONT = "Helvetica Neue, Arial, sans-serif"
_DRAWERS: dict[type, Callable[..., Drawing]] = {
    Trend: trend.trend,
    Bars: rows.bars,
    DotWhiskers: rows.dot_whiskers,
    Funnel: funnel.funnel,
    StudyFunnel: study_funnel.study_funnel,
    Curves: curves.curves,
    Map: maps.whole_map,
    Panel: panel.panel,
}


def draw(
    chart: Chart,
    *,
    id: str,
    title: str,
    description: str,
    layout: Layout = "both",
    area_url: Callable[[str], str] | None = None,
) -> str:
    """Return a chart as inline SVG that needs no script and no style of its own.

    Parameters
    ----------
    chart : Chart
        What is shown, as data.
    id : str
        Unique on the page; the ids inside begin with it.
    title, description : str
        What those hear who cannot see it: the title, and a sentence that reads the chart.
    layout : {"both", "wide", "narrow"}
        ``both`` gives a wide and a narrow drawing, of which the stylesheet shows the one that
        fits its place; a map is one drawing with a legend in HTML.
    area_url : callable, optional
        From an area's code to its address, empty where it has none; without it a map has no links.

    Returns
    -------
    str
        Markup, the same for the same input to the byte.
    """
    if isinstance(chart, Map):
        chart = maps.with_addresses(chart, area_url)
        return _map(chart, id_=id, title=title, description=description)
    sheets = {"wide": [wide(id)], "narrow": [narrow(id)], "both": [wide(id), narrow(id)]}[layout]
    drawn = "".join(
        _svg(_on(sheet, chart), sheet, title, description, only=layout != "both")
        for sheet in sheets
    )
    return marks.element("div", drawn, class_="nhpf-chart", id=id)


def draw_alone(
    chart: Chart, *, title: str, description: str, marking: str, subtitle: str, foot: list[str]
) -> str:
    """Return a chart as a file of its own, its size in pixels, with its marking at both ends.

    Title and subtitle stand above it, each text of ``foot`` in lines of its own below. None of
    them is cut short: the file is as high as they need.
    """
    sheet = wide("chart")
    drawing = _on(sheet, chart)
    above = [*_rows(sheet, marking, bold=True), *_rows(sheet, title, bold=True)]
    above += _rows(sheet, subtitle)
    below = [row for text in foot for row in _rows(sheet, text)]
    below += _rows(sheet, marking, bold=True)
    top = sheet.leading * (len(above) + 1)
    y = top + drawing.height + sheet.leading
    body = _lettered(sheet, above, y=sheet.leading)
    body += marks.element("g", drawing.body, transform=f"translate(0 {marks.num(top)})")
    body += _lettered(sheet, below, y=y, fill=palette.QUIET)
    whole = Drawing(body, y + sheet.leading * len(below))
    return _svg(whole, sheet, title, description, only=True, alone=True)


def draw_for_paper(chart: Chart, *, title: str, description: str) -> str:
    """Return a chart as a file of its own for a document that says the words around it."""
    sheet = wide("chart")
    return _svg(_on(sheet, chart), sheet, title, description, only=True, alone=True)


def _rows(sheet: Sheet, text: str, *, bold: bool = False) -> list[tuple[str, bool]]:
    """Return a text in lines that fit, as many as it needs, each with whether it is bold."""
    return [(row, bold) for row in sheet.wrap(text, sheet.width - 4, most=None, bold=bold)]


def _lettered(sheet: Sheet, rows_: list[tuple[str, bool]], *, y: float, fill: str = "") -> str:
    return "".join(
        lines_of(
            sheet,
            [row],
            x=2,
            y=y + sheet.leading * place,
            fill="" if bold else fill,
            bold=bold,
        )
        for place, (row, bold) in enumerate(rows_)
    )


def _on(sheet: Sheet, chart: Chart) -> Drawing:
    return _DRAWERS[type(chart)](chart, sheet)


def _svg(
    drawing: Drawing,
    sheet: Sheet,
    title: str,
    description: str,
    *,
    only: bool,
    alone: bool = False,
) -> str:
    """Return the drawing on white ground in its view box, named for those who cannot see it."""
    height = drawing.height
    ground = marks.element(
        "rect", width=sheet.width, height=height, fill=palette.PAPER, class_="ground"
    )
    size = {"width": sheet.width, "height": height} if alone else {}
    fits = "narrow" if sheet.narrow else "wide"
    return marks.element(
        "svg",
        _named(sheet.id, title, description) + ground + drawing.body,
        xmlns="http://www.w3.org/2000/svg" if alone else "",
        viewBox=f"0 0 {marks.num(sheet.width)} {marks.num(height)}",
        **size,
        class_=f"nhpf-chart__{fits}" + (" nhpf-chart__only" if only else ""),
        role="img",
        aria_labelledby=f"{sheet.id}-t {sheet.id}-d",
        font_family=_FONT,
        font_size=sheet.size,
        fill=palette.INK,
    )


def _named(id_: str, title: str, description: str) -> str:
    return marks.element("title", escape(title, quote=False), id=f"{id_}-t") + marks.element(
        "desc", escape(description, quote=False), id=f"{id_}-d"
    )


def _map(chart: Map, *, id_: str, title: str, description: str) -> str:
    """Return a map, which scales as it has little lettering, and its legend in HTML."""
    x, y, width, height = chart.view_box
    linked = any(area.link for area in chart.areas)
    drawn = marks.element(
        "svg",
        _named(id_, title, description) + maps.areas(chart, id_),
        viewBox=" ".join(marks.num(number) for number in (x, y, width, height)),
        class_="nhpf-chart__map",
        # An image may hold no links; a group may.
        role="group" if linked else "img",
        aria_labelledby=f"{id_}-t {id_}-d",
        font_family=_FONT,
        fill=palette.INK,
    )
    whole = drawn + _legend(chart, id_)
    return marks.element("div", whole, class_="nhpf-chart nhpf-chart--map", id=id_)


def _legend(chart: Map, id_: str) -> str:
    own = f"{id_}-legend"
    entries = maps.legend(chart, hatch=marks.hatch_id(own))
    if not entries:
        return ""
    hatching = marks.hatching(own)
    items = []
    for entry in entries:
        needed = hatching if entry.fill.startswith("url") else ""
        # Defined once: an id may stand only once on a page.
        hatching = "" if needed else hatching
        drawn = marks.element(
            "svg",
            needed + maps.swatch(entry),
            viewBox="0 0 28 18",
            width=28,
            height=18,
            aria_hidden="true",
            class_="nhpf-legend__swatch",
        )
        text = marks.element("span", escape(entry.text, quote=False))
        items.append(marks.element("li", drawn + text))
    unit = escape(chart.unit[:1].upper() + chart.unit[1:], quote=False)
    title = marks.element("p", unit, class_="nhpf-legend__title")
    listed = marks.element("ul", "".join(items), class_="nhpf-legend__list")
    return marks.element("div", title + listed, class_="nhpf-legend")
