"""Lines over periods with the bands of their intervals and a label at the end of each."""

from __future__ import annotations

from dataclasses import dataclass, replace

from nhpf.errors import InvalidInput
from nhpf.reports.charts import axes, lettering, marks, notes, palette, scales
from nhpf.reports.charts.keys import draw_key
from nhpf.reports.charts.lines import (
    MOST_NAMED_CONTEXT,
    Ink,
    Plot,
    draw_gaps,
    draw_line,
    entries_of,
    inks,
    numbers_in,
    period_places,
)
from nhpf.reports.charts.sheet import (
    Drawing,
    Sheet,
    footnotes,
    lines_of,
    sign,
    tick_labels,
    unit_line,
)
from nhpf.reports.charts.specs import Line, Trend
from nhpf.reports.numerals import number

_HEIGHT_WIDE, _HEIGHT_NARROW = 250.0, 180.0
_LABEL_ROOM = 150.0
_TO_LABEL = 12.0


@dataclass(frozen=True, slots=True)
class EndLabel:
    """What stands at the end of a line, in rows; the first row is its last value."""

    x: float
    y: float
    rows: list[str]


def trend(chart: Trend, sheet: Sheet) -> Drawing:
    """Draw lines over periods; the value axis begins at zero unless values are negative."""
    labels = axes.merged_labels(chart.lines)
    if not labels:
        raise InvalidInput("A trend needs at least one period.")
    numbers = numbers_in(chart)
    inked = list(zip(chart.lines, inks(chart), strict=True))
    named = _labelled(chart.lines)
    scale = scales.straight(numbers, start=1, end=0)
    left = lettering.widest(tick_labels(scale.ticks, chart.unit), sheet.size) + 10
    right = sheet.width - _margin(inked, named, sheet) - _TO_LABEL
    x = period_places(labels, left=left, right=right)

    head = unit_line(sheet, chart.unit)
    key = _key(inked, named, sheet, y=head.height)
    breaks = notes.place_breaks(chart, sheet, x)
    over = head.height + key.height
    top = over + sheet.leading * sum(len(one.rows) for one in breaks) + 8
    bottom = top + (_HEIGHT_NARROW if sheet.narrow else _HEIGHT_WIDE)
    plot = Plot(left, right, top, bottom, x, replace(scale, start=bottom, end=top))
    body = head.body + key.body
    body += notes.draw_breaks(breaks, sheet, top=over, bottom=bottom)
    return _plotted(chart, sheet, plot, inked, named, before=body)


def _plotted(
    chart: Trend,
    sheet: Sheet,
    plot: Plot,
    inked: list[tuple[Line, Ink]],
    named: list[Line],
    *,
    before: str,
) -> Drawing:
    """Return the plot itself under what stands above it, and the remarks below."""
    side = axes.side(sheet, plot.y.ticks, plot.y, unit=chart.unit, left=plot.left, right=plot.right)
    foot = axes.period_labels(sheet, plot.x, bottom=plot.bottom)
    gaps = draw_gaps(chart, plot, id_=sheet.id)
    hatching = marks.hatching(sheet.id) if gaps else ""
    # Context first, so that the place in question lies on top.
    ordered = sorted(inked, key=lambda pair: pair[0].emphasis)
    crowded = sum(not line.emphasis for line in chart.lines) > MOST_NAMED_CONTEXT
    drawn = "".join(
        draw_line(line, plot, ink, fine=crowded and not line.emphasis) for line, ink in ordered
    )
    ends = _end_labels(inked, named, sheet, plot)
    under = footnotes(sheet, notes.remarks(chart), y=plot.bottom + foot.height)
    body = hatching + before + gaps + side + foot.body + drawn + ends + under.body
    return Drawing(body, plot.bottom + foot.height + under.height + 4)


def _labelled(lines: tuple[Line, ...]) -> list[Line]:
    """Return the lines that get a label: those in question, and context while it is little."""
    context = sum(not line.emphasis for line in lines)
    return [line for line in lines if line.emphasis or context <= MOST_NAMED_CONTEXT]


def _rows(line: Line, ink: Ink, sheet: Sheet) -> list[str]:
    """Return the rows of a line's label; none where it has no value at all."""
    values = [point.value for point in line.points if point.value is not None]
    if not values:
        return []
    last = f"{number(values[-1], ink.decimals)}{sign(ink.unit)}"
    return [last] if sheet.narrow else [last, *sheet.wrap(line.name, _LABEL_ROOM, most=3)]


def _margin(inked: list[tuple[Line, Ink]], named: list[Line], sheet: Sheet) -> float:
    rows = [row for line, ink in inked if line in named for row in _rows(line, ink, sheet)]
    return min(lettering.widest(rows, sheet.size, bold=True), _LABEL_ROOM) + 4


def _key(inked: list[tuple[Line, Ink]], named: list[Line], sheet: Sheet, *, y: float) -> Drawing:
    """Return the names of lines above a narrow plot, which has no room for them at its side."""
    shown = [(line, ink) for line, ink in inked if line in named]
    if not sheet.narrow or len(shown) < 2:
        return Drawing("", 0)
    return draw_key(entries_of(shown), sheet, x=2, y=y)


def _end_labels(inked: list[tuple[Line, Ink]], named: list[Line], sheet: Sheet, plot: Plot) -> str:
    """Return the labels at the ends of lines, moved apart where they would touch."""
    labels = []
    for line, ink in inked:
        known = [point for point in line.points if point.value is not None]
        if line in named and known:
            last = known[-1]
            place = plot.x[last.label], plot.y(last.value or 0.0)
            labels.append(EndLabel(*place, _rows(line, ink, sheet)))
    heights = [sheet.leading * len(label.rows) + 2 for label in labels]
    # The first row is the value, and it is that row which should stand level with its line.
    wanted = [
        label.y + height / 2 - sheet.leading / 2
        for label, height in zip(labels, heights, strict=True)
    ]
    middles = lettering.spread(wanted, heights, low=plot.top - 8, high=plot.bottom + 8)
    return "".join(
        _end_label(label, sheet, plot, top=middle - height / 2, alone=len(labels) == 1)
        for label, middle, height in zip(labels, middles, heights, strict=True)
    )


def _end_label(label: EndLabel, sheet: Sheet, plot: Plot, *, top: float, alone: bool) -> str:
    """Return one label and, where it stands off its line, a thin leader to it."""
    x = label.x + _TO_LABEL if alone else plot.right + _TO_LABEL
    first = top + sheet.size
    value = marks.words(x, first, label.rows[0], bold=True)
    name = lines_of(sheet, label.rows[1:], x=x, y=first + sheet.leading)
    middle = first - sheet.size * 0.35
    far = abs(middle - label.y) > sheet.leading or x - label.x > 40
    leader = (
        marks.line(label.x + 5, label.y, x - 3, middle, stroke=palette.CONTEXT, class_="grid")
        if far
        else ""
    )
    return leader + value + name
