"""Maps of areas in at most five classes, with a legend in words that keeps its size on a phone."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from html import escape
from itertools import pairwise

from nhpf.errors import InvalidInput
from nhpf.reports import numerals
from nhpf.reports.charts import lettering, marks, outlines, palette
from nhpf.reports.charts.sheet import Drawing, Sheet, lines_of, places, sign
from nhpf.reports.charts.specs import Map, MapArea

_MOST_BOUNDARIES = 4
_MOST_NAMED = 60
_LONGEST = 720.0
_HIGHEST = 600.0


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One shade, or the hatching, with its words; ``outlined`` is the place in question."""

    text: str
    fill: str
    outlined: bool = False


def quantile_boundaries(values: Iterable[float], *, classes: int = 5) -> tuple[float, ...]:
    """Return the boundaries that put about as many areas into each class.

    Parameters
    ----------
    values : iterable of float
        The values of all areas that have one.
    classes : int
        How many classes, five at most.

    Returns
    -------
    tuple of float
        ``classes`` - 1 boundaries or fewer: equal ones fall together.
    """
    ordered = sorted(values)
    if not 1 <= classes <= _MOST_BOUNDARIES + 1:
        raise InvalidInput("A map has one to five classes.")
    if not ordered:
        return ()
    picked = (ordered[len(ordered) * rank // classes] for rank in range(1, classes))
    return tuple(sorted({boundary for boundary in picked if boundary > ordered[0]}))


def shades(chart: Map) -> tuple[str, ...]:
    """Return the shade of each class from the lowest to the highest."""
    if len(chart.classes) > _MOST_BOUNDARIES:
        raise InvalidInput("A map has five classes at most, so four boundaries between them.")
    if list(chart.classes) != sorted(set(chart.classes)):
        raise InvalidInput("The boundaries of a map's classes ascend.")
    if not chart.classes:
        return (palette.LAND,)
    return palette.ramp(len(chart.classes) + 1, neutral=chart.neutral)


def legend(chart: Map, *, hatch: str) -> list[LegendEntry]:
    """Return the classes in words with how many areas each holds, then what is not shown."""
    known = [area.value for area in chart.areas if area.value is not None]
    entries = []
    if chart.classes:
        placed = [bisect_right(chart.classes, value) for value in known]
        for rank, (fill, text) in enumerate(zip(shades(chart), _class_words(chart), strict=True)):
            entries.append(LegendEntry(f"{text} ({_areas(placed.count(rank))})", fill))
    reasons: dict[str, int] = {}
    for area in chart.areas:
        if area.value is None:
            reason = area.shown or numerals.NOT_KNOWN
            reasons[reason] = reasons.get(reason, 0) + 1
    entries += [
        LegendEntry(f"{reason[:1].upper()}{reason[1:]} ({_areas(count)})", f"url(#{hatch})")
        for reason, count in reasons.items()
    ]
    for area in chart.areas:
        if area.emphasis:
            entries.append(
                LegendEntry(f"{area.name}: {area.shown}", _fill(area, chart, hatch), outlined=True)
            )
    return entries


def _areas(count: int) -> str:
    return f"{count} area" if count == 1 else f"{count} areas"


def _class_words(chart: Map) -> list[str]:
    most = places(chart.classes)
    # As few decimals as tell the boundaries apart as they are.
    decimals = next(
        some
        for some in range(most + 1)
        if all(round(bound, some) == round(bound, most) for bound in chart.classes)
    )
    bounds = [f"{numerals.number(bound, decimals)}{sign(chart.unit)}" for bound in chart.classes]
    middle = [f"{low} to under {high}" for low, high in pairwise(bounds)]
    return [f"Under {bounds[0]}", *middle, f"{bounds[-1]} and over"]


def _fill(area: MapArea, chart: Map, hatch: str) -> str:
    if area.value is None:
        return f"url(#{hatch})"
    return shades(chart)[bisect_right(chart.classes, area.value)]


def with_addresses(chart: Map, area_url: Callable[[str], str] | None) -> Map:
    """Return the map with each link an address, or none where there is nowhere to go."""
    led = (
        replace(area, link=area_url(area.link) if area_url and area.link else "")
        for area in chart.areas
    )
    return replace(chart, areas=tuple(led))


def pixel(chart: Map) -> float:
    """Return how many map units one pixel is where the map is shown at its full size."""
    return max(chart.view_box[2] / _LONGEST, chart.view_box[3] / _HIGHEST)


def areas(chart: Map, id_: str) -> str:
    """Return the outlines, each with its name and value as a title and, where given, a link."""
    hatch = marks.hatch_id(id_)
    needs_hatching = any(area.value is None for area in chart.areas)
    parts = [marks.hatching(id_, size=7 * pixel(chart))] if needs_hatching else []
    # The place in question comes last, so that no neighbour covers its outline.
    parts += [_area(area, chart, hatch) for area in sorted(chart.areas, key=_is_in_question)]
    if len(chart.areas) <= _MOST_NAMED:
        parts += [_name(area, chart) for area in chart.areas]
    return "".join(parts)


def _is_in_question(area: MapArea) -> bool:
    return area.emphasis


def _area(area: MapArea, chart: Map, hatch: str) -> str:
    shown = (
        f"{area.name}: {area.shown or numerals.NOT_KNOWN}"
        if area.shown or area.value is None
        else area.name
    )
    outline = marks.element(
        "path",
        marks.element("title", escape(shown, quote=False)),
        d=area.path,
        fill=_fill(area, chart, hatch),
        fill_rule="evenodd",
        stroke=palette.PAPER,
        # Paper on both sides of the dark outline of the place in question shows it on any shade.
        stroke_width=7 if area.emphasis else 1 if len(chart.areas) <= _MOST_NAMED else 0.4,
        vector_effect="non-scaling-stroke",
        data_code=area.code,
        class_="area",
    )
    if area.emphasis:
        outline += marks.element(
            "path",
            d=area.path,
            fill="none",
            stroke=palette.INK,
            stroke_width=3,
            vector_effect="non-scaling-stroke",
            class_="outline",
        )
    if not area.link:
        return outline
    return marks.element("a", outline, href=area.link, aria_label=shown)


def _name(area: MapArea, chart: Map) -> str:
    """Return the area's name inside its outline, or nothing where it does not fit."""
    found = outlines.main_ring(area.path)
    if found is None:
        return ""
    ring, x, y = found
    size = 13 * pixel(chart)
    leading = size * 1.1
    for rows in _broken(area.name):
        first = y - leading * (len(rows) - 1) / 2
        spans = [
            outlines.inside(ring, x=x, y=first + leading * place + edge)
            for place in range(len(rows))
            for edge in (-size * 0.4, size * 0.4)
        ]
        left, right = max(span[0] for span in spans), min(span[1] for span in spans)
        if lettering.widest(rows, size) <= (right - left) * 0.96:
            return _written(rows, area, chart, x=(left + right) / 2, y=first + size * 0.35)
    return ""


def _broken(name: str) -> list[list[str]]:
    """Return the ways to write a name: on one line, and with each word on its own."""
    words_ = name.split()
    return [[name], words_] if len(words_) > 1 else [[name]]


def _written(rows: list[str], area: MapArea, chart: Map, *, x: float, y: float) -> str:
    ink = palette.PAPER if _fill(area, chart, "") in palette.DARK else palette.INK
    size = 13 * pixel(chart)
    return "".join(
        marks.element(
            "text",
            escape(row, quote=False),
            x=x,
            y=y + size * 1.1 * place,
            text_anchor="middle",
            font_size=size,
            fill=ink,
            stroke=palette.PAPER if area.value is None else "",
            stroke_width=4 * pixel(chart) if area.value is None else "",
            paint_order="stroke" if area.value is None else "",
            class_="place-name",
        )
        for place, row in enumerate(rows)
    )


def swatch(entry: LegendEntry, *, x: float = 0, y: float = 0) -> str:
    """Return the little rectangle that stands beside a legend's words."""
    return marks.element(
        "rect",
        x=x + 1.5,
        y=y + 1.5,
        width=25,
        height=15,
        fill=entry.fill,
        stroke=palette.INK if entry.outlined else palette.CONTEXT,
        stroke_width=3 if entry.outlined else 1,
    )


def whole_map(chart: Map, sheet: Sheet) -> Drawing:
    """Draw the map with its legend on one sheet, for a file that stands alone.

    It has no links: from a file on its own there is no way into a site.
    """
    chart = with_addresses(chart, None)
    x, y, width, height = chart.view_box
    scale = min(sheet.width / width, _HIGHEST / height)
    box = f"{marks.num(x)} {marks.num(y)} {marks.num(width)} {marks.num(height)}"
    drawn = marks.element(
        "svg",
        areas(chart, sheet.id),
        viewBox=box,
        width=sheet.width,
        height=height * scale,
    )
    at = height * scale + sheet.leading
    parts = [lines_of(sheet, sheet.wrap(chart.unit, sheet.width), x=2, y=at + sheet.size)]
    # The legend has its own hatching: that of the map is as large as the map's units.
    parts.append(marks.hatching(f"{sheet.id}-legend"))
    for entry in legend(chart, hatch=marks.hatch_id(f"{sheet.id}-legend")):
        at += sheet.leading + 6
        parts.append(swatch(entry, x=2, y=at))
        parts.append(marks.words(38, at + sheet.size, entry.text))
    return Drawing(drawn + "".join(parts), at + sheet.leading + 10)
