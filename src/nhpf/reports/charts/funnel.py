"""Areas against control limits: is this place outside what chance explains, and no ranking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nhpf.errors import InvalidInput
from nhpf.reports import numerals
from nhpf.reports.charts import axes, lettering, marks, palette, scales
from nhpf.reports.charts.sheet import (
    Drawing,
    Sheet,
    footnotes,
    lines_of,
    places,
    sign,
    tick_labels,
    unit_line,
)
from nhpf.reports.charts.specs import Funnel, FunnelPoint

_HEIGHT_WIDE, _HEIGHT_NARROW = 290.0, 230.0
_LIMIT_DASHES = ("6 4", "")
Limit = tuple[tuple[float, float, float], ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """Where sizes and rates fall."""

    x: scales.Scale
    y: scales.Scale


def funnel(chart: Funnel, sheet: Sheet) -> Drawing:
    """Draw areas as grey dots under their control limits; only the one in question is named."""
    if not chart.points:
        raise InvalidInput("A funnel needs at least one area.")
    head = unit_line(sheet, chart.rate_unit)
    top = head.height + 6
    bottom = top + (_HEIGHT_NARROW if sheet.narrow else _HEIGHT_WIDE)
    y = scales.straight(_rates(chart), start=bottom, end=top)
    left = lettering.widest(tick_labels(y.ticks, chart.rate_unit), sheet.size) + 10
    right = sheet.width - lettering.widest(_limit_names(chart), sheet.size) - 10
    sizes = [point.size for point in chart.points]
    x = scales.straight(sizes, start=left, end=right, most=4 if sheet.narrow else 8)
    plot = Plot(x, y)
    body = head.body
    body += axes.side(sheet, y.ticks, y, unit=chart.rate_unit, left=left, right=right)
    body += axes.foot(sheet, x.ticks, x, unit="", top=top, bottom=bottom)
    body += _limits(chart, sheet, plot) + _dots(chart, sheet, plot)
    unit = axes.foot_title(sheet, chart.size_unit, left=left, right=right, y=bottom + sheet.leading)
    foot = bottom + sheet.leading + unit.height
    grey = footnotes(sheet, _grey_dots(chart), y=foot)
    return Drawing(body + unit.body + grey.body, foot + grey.height + 6)


def _grey_dots(chart: Funnel) -> list[str]:
    grey = sum(not point.emphasis for point in chart.points)
    other = "other " if grey < len(chart.points) else ""
    return [f"Each grey dot is one of {numerals.in_words(grey)} {other}areas."] if grey else []


def _rates(chart: Funnel) -> list[float]:
    """Return what the rate axis must hold: dots, average, and limits where the dots are."""
    smallest = min(point.size for point in chart.points)
    within = [
        limit
        for _, limits in chart.limits
        for size, low, high in limits
        if size >= smallest
        for limit in (low, high)
    ]
    rates = [point.rate for point in chart.points]
    # Limits of the very smallest areas are so wide that they would press all dots flat.
    ceiling = 1.5 * max(*rates, chart.average)
    return [*rates, chart.average, *(limit for limit in within if limit <= ceiling)]


def _limit_names(chart: Funnel) -> list[str]:
    return [*(name for name, _ in chart.limits), "Average"]


def _limits(chart: Funnel, sheet: Sheet, plot: Plot) -> str:
    """Return the average and the limits, each named at its right end."""
    average = plot.y(chart.average)
    parts = [
        marks.line(
            plot.x.start, average, plot.x.end, average, stroke=palette.QUIET, class_="context"
        )
    ]
    names, wanted = ["Average"], [average]
    for rank, (name, limits) in enumerate(chart.limits):
        for side in (1, 2):
            run = _inside([(size, (size, low, high)[side]) for size, low, high in limits], plot)
            if len(run) < 2:
                continue
            dashes = _LIMIT_DASHES[min(rank, 1)]
            parts.append(
                marks.polyline(run, stroke=palette.QUIET, stroke_dasharray=dashes, class_="context")
            )
            names.append(name)
            wanted.append(run[-1][1])
    heights = [sheet.leading] * len(names)
    middles = lettering.spread(wanted, heights, low=plot.y.end, high=plot.y.start)
    for name, middle in zip(names, middles, strict=True):
        y = middle + sheet.size * 0.35
        parts.append(marks.words(plot.x.end + 6, y, name, fill=palette.QUIET))
    return "".join(parts)


def _inside(run: Sequence[tuple[float, float]], plot: Plot) -> list[tuple[float, float]]:
    """Return the part of a limit that lies on the plot, in places."""
    return [
        (plot.x(size), plot.y(rate))
        for size, rate in run
        if plot.x.low <= size <= plot.x.high and plot.y.low <= rate <= plot.y.high
    ]


def _dots(chart: Funnel, sheet: Sheet, plot: Plot) -> str:
    decimals = places([point.rate for point in chart.points])
    grey = "".join(
        marks.element(
            "circle",
            cx=plot.x(point.size),
            cy=plot.y(point.rate),
            r=4,
            fill=palette.CONTEXT,
            fill_opacity="0.75",
            class_="dot context",
        )
        for point in chart.points
        if not point.emphasis
    )
    named = [
        _named_dot(
            point, sheet, plot, f"{numerals.number(point.rate, decimals)}{sign(chart.rate_unit)}"
        )
        for point in chart.points
        if point.emphasis
    ]
    return grey + "".join(named)


def _named_dot(point: FunnelPoint, sheet: Sheet, plot: Plot, rate: str) -> str:
    """Return the dot in question with its name on the side that has room."""
    x, y = plot.x(point.size), plot.y(point.rate)
    rows = [*sheet.wrap(point.label, 150, bold=True), rate]
    breadth = lettering.widest(rows, sheet.size, bold=True) + 12
    height = sheet.leading * len(rows)
    to_right = x + breadth < plot.x.end
    start, anchor = (x + 12, "") if to_right else (x - 12, "end")
    top = min(max(y - height / 2, plot.y.end), plot.y.start - height - 4)
    first = top + sheet.size
    name = lines_of(sheet, rows, x=start, y=first, anchor=anchor, bold=True, halo=True)
    return name + marks.dot(x, y, fill=palette.PLACE, radius=6.5, title=f"{point.label}: {rate}")
