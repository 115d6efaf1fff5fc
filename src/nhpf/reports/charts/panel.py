"""Small multiples: many small trends that the eye can compare at once."""

from __future__ import annotations

from nhpf.errors import InvalidInput
from nhpf.reports.charts import lettering, marks, palette, scales
from nhpf.reports.charts.axes import merged_labels
from nhpf.reports.charts.keys import draw_key
from nhpf.reports.charts.lines import (
    Plot,
    draw_gaps,
    draw_line,
    entries_of,
    estimates_in,
    inks,
    numbers_in,
    period_places,
)
from nhpf.reports.charts.notes import break_places, remarks
from nhpf.reports.charts.sheet import (
    Drawing,
    Sheet,
    footnotes,
    lines_of,
    places,
    sign,
    tick_labels,
)
from nhpf.reports.charts.specs import Panel, Trend
from nhpf.reports.numerals import number

_GUTTER = 24.0
_PLOT = 96.0


def panel(chart: Panel, sheet: Sheet) -> Drawing:
    """Draw small trends in reading order, three beside each other, or one on a narrow sheet."""
    if not chart.trends:
        raise InvalidInput("Small multiples need at least one trend.")
    columns = 1 if sheet.narrow else 2 if len(chart.trends) in (1, 2, 4) else 3
    width = (sheet.width - _GUTTER * (columns - 1)) / columns
    shared = [value for _, one in chart.trends for value in numbers_in(one)]
    key = _key(chart, sheet)
    body, y, notes = key.body, key.height, []
    for first in range(0, len(chart.trends), columns):
        row = chart.trends[first : first + columns]
        heading = max(len(sheet.wrap(title, width, bold=True)) for title, _ in row)
        drawings = [
            _cell(title, one, sheet, x=place * (width + _GUTTER), y=y, width=width,
                  heading=heading, numbers=shared if chart.shared_scale else numbers_in(one))
            for place, (title, one) in enumerate(row)
        ]  # fmt: skip
        body += "".join(drawing.body for drawing in drawings)
        y += max(drawing.height for drawing in drawings) + 14
        notes += [f"{title}. {note}" for title, one in row for note in remarks(one)]
    notes += dict.fromkeys(
        f"Dashed, before {label}: {note[:1].lower() + note[1:]}."
        for _, one in chart.trends
        for label, note in one.breaks
    )
    under = footnotes(sheet, notes, y=y - 14)
    hatching = marks.hatching(sheet.id) if "-hatch)" in body else ""
    return Drawing(hatching + body + under.body, y - 14 + under.height + 4)


def _key(chart: Panel, sheet: Sheet) -> Drawing:
    """Return what the strokes stand for, once for all, where a trend has several lines."""
    crowded = next((one for _, one in chart.trends if len(one.lines) > 1), None)
    if crowded is None:
        return Drawing("", 0)
    inked = list(zip(crowded.lines, inks(crowded), strict=True))
    drawn = draw_key(entries_of(inked), sheet, x=2, y=0)
    return Drawing(drawn.body, drawn.height + 10)


def _cell(
    title: str,
    chart: Trend,
    sheet: Sheet,
    *,
    x: float,
    y: float,
    width: float,
    heading: int,
    numbers: list[float],
) -> Drawing:
    """Return one small trend: title, unit, two ticks, first and last period, last value."""
    rows = sheet.wrap(title, width, bold=True)
    # Titles end at one height, so that the plots of a row stand level.
    first = y + sheet.leading * (heading - len(rows)) + sheet.size
    name = lines_of(sheet, rows, x=x, y=first, bold=True)
    unit = sheet.wrap(chart.unit[:1].upper() + chart.unit[1:], width, most=2)
    unit_top = y + sheet.leading * heading
    under = lines_of(sheet, unit, x=x, y=unit_top + sheet.size, fill=palette.QUIET)
    top = unit_top + sheet.leading * len(unit) + 14
    bottom = top + _PLOT
    scale = scales.straight(numbers, start=bottom, end=top, most=2)
    ticks = (scale.ticks[0], scale.ticks[-1])
    left = x + lettering.widest(tick_labels(ticks, chart.unit), sheet.size) + 8
    last = _last_value(chart)
    right = x + width - sheet.measure(last, bold=True) - 10
    plot = Plot(
        left, right, top, bottom, period_places(merged_labels(chart.lines), left=left, right=right),
        scale,
    )  # fmt: skip
    lines = _breaks(chart, plot) + _lines(chart, sheet, plot, last)
    body = name + under + _axes(chart, sheet, plot, ticks) + lines
    return Drawing(body, bottom + sheet.leading + 6 - y)


def _last_value(chart: Trend) -> str:
    """Return the last value of the line in question, as it is written."""
    lines = [line for line in chart.lines if line.emphasis] or list(chart.lines)
    known = [point.value for point in lines[0].points if point.value is not None]
    if not known:
        return ""
    return f"{number(known[-1], places(estimates_in(chart)))}{sign(chart.unit)}"


def _axes(chart: Trend, sheet: Sheet, plot: Plot, ticks: tuple[float, ...]) -> str:
    parts = []
    for tick, label in zip(ticks, tick_labels(ticks, chart.unit), strict=True):
        y = plot.y(tick)
        stroke = palette.QUIET if tick == 0 else palette.GRID
        parts.append(marks.line(plot.left, y, plot.right, y, stroke=stroke, class_="grid"))
        at = y + sheet.size * 0.35
        parts.append(marks.words(plot.left - 5, at, label, anchor="end", fill=palette.QUIET))
    names = list(plot.x)
    y = plot.bottom + sheet.leading
    parts.append(marks.words(plot.left, y, names[0], fill=palette.QUIET))
    room = plot.right - plot.left
    if len(names) > 1 and sheet.measure(names[0]) + sheet.measure(names[-1]) + 10 < room:
        last = marks.words(plot.right, y, names[-1], anchor="end", fill=palette.QUIET)
        parts.append(last)
    return "".join(parts)


def _breaks(chart: Trend, plot: Plot) -> str:
    """Return the uprights of a small trend's breaks; their words stand once, under all trends."""
    return "".join(
        marks.line(
            x, plot.top, x, plot.bottom, stroke=palette.QUIET, stroke_dasharray="3 3", class_="grid"
        )
        for x in break_places(chart, plot.x)
    )


def _lines(chart: Trend, sheet: Sheet, plot: Plot, last: str) -> str:
    gaps = draw_gaps(chart, plot, id_=sheet.id)
    inked = zip(chart.lines, inks(chart), strict=True)
    ordered = sorted(inked, key=lambda pair: pair[0].emphasis)
    drawn = "".join(draw_line(line, plot, ink, dots=False) for line, ink in ordered)
    if not last:
        return gaps + drawn
    lines = [line for line in chart.lines if line.emphasis] or list(chart.lines)
    end = [point for point in lines[0].points if point.value is not None][-1]
    x, y = plot.x[end.label], plot.y(end.value or 0.0)
    colour = palette.PLACE if lines[0].emphasis else palette.CONTEXT
    mark = marks.dot(x, y, fill=colour)
    value = marks.words(x + 8, y + sheet.size * 0.35, last, bold=True)
    return gaps + drawn + mark + value
