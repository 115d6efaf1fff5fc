"""Named rows on a shared axis: bars from zero, or dots with whiskers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from nhpf.errors import InvalidInput
from nhpf.reports import numerals
from nhpf.reports.charts import axes, lettering, marks, palette, scales
from nhpf.reports.charts.lines import written
from nhpf.reports.charts.sheet import Drawing, Sheet, lines_of, places, unit_line
from nhpf.reports.charts.specs import Bars, DotWhiskers, Point

_BAR = 16.0
_STUB = 56.0


@dataclass(frozen=True, slots=True)
class Row:
    """One point with its wrapped name and what is written beside its mark."""

    point: Point
    name: list[str]
    value: list[str]
    colour: str
    top: float
    middle: float
    height: float


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows and the axis that they share."""

    rows: list[Row]
    scale: scales.Scale | scales.LogScale
    left: float
    right: float
    top: float
    bottom: float
    unit: str


Paint = Callable[[Sheet, Row, Grid], str]


def bars(chart: Bars, sheet: Sheet) -> Drawing:
    """Draw horizontal bars from zero in the order given, with whiskers where limits are given."""
    numbers = _numbers(chart.points)
    scale = scales.straight(numbers, start=0, end=1, most=4 if sheet.narrow else 6)
    return _draw(chart.points, chart.unit, sheet, scale, _bar, after_marks=True)


def dot_whiskers(chart: DotWhiskers, sheet: Sheet) -> Drawing:
    """Draw estimates with their intervals in the order given, and the line of no difference."""
    numbers = _numbers(chart.points)
    if chart.reference is not None:
        numbers.append(chart.reference)
    most = 4 if sheet.narrow else 6
    scale = (
        scales.logarithmic(numbers, start=0, end=1)
        if chart.log
        else scales.straight(numbers, start=0, end=1, most=most, from_zero=False)
    )

    def reference(grid: Grid) -> str:
        if chart.reference is None:
            return ""
        x = grid.scale(chart.reference)
        return marks.line(
            x, grid.top, x, grid.bottom, stroke=palette.INK, stroke_width=1.5, class_="reference"
        )

    return _draw(chart.points, chart.unit, sheet, scale, _dot, under=reference)


def _numbers(points: tuple[Point, ...]) -> list[float]:
    return [
        number
        for point in points
        if point.value is not None
        for number in (point.value, point.low, point.high)
        if number is not None
    ]


def _draw(
    points: tuple[Point, ...],
    unit: str,
    sheet: Sheet,
    scale: scales.Scale | scales.LogScale,
    paint: Paint,
    *,
    after_marks: bool = False,
    under: Callable[[Grid], str] | None = None,
) -> Drawing:
    if not points:
        raise InvalidInput("A chart of rows needs at least one row.")
    head = unit_line(sheet, unit)
    grid = _grid(points, unit, sheet, scale, top=head.height + 4, after_marks=after_marks)
    axis = axes.foot(sheet, scale.ticks, grid.scale, unit=unit, top=grid.top, bottom=grid.bottom)
    drawn = "".join(
        _name(sheet, row, grid)
        + paint(sheet, row, grid)
        + _value(sheet, row, grid, after_mark=after_marks)
        for row in grid.rows
    )
    behind = under(grid) if under else ""
    withheld = any(point.value is None for point in points)
    hatching = marks.hatching(sheet.id) if withheld else ""
    height = grid.bottom + sheet.leading + 8
    return Drawing(hatching + head.body + axis + behind + drawn, height)


def _grid(
    points: tuple[Point, ...],
    unit: str,
    sheet: Sheet,
    scale: scales.Scale | scales.LogScale,
    *,
    top: float,
    after_marks: bool,
) -> Grid:
    """Return the layout: names at the left, or above their marks on a narrow sheet."""
    estimates = [point.value for point in points if point.value is not None]
    decimals = places(estimates)
    values = [
        _value_rows(point, sheet, unit, decimals, after_marks=after_marks) for point in points
    ]
    shown = [rows for point, rows in zip(points, values, strict=True) if point.value is not None]
    margin = lettering.widest([row for rows in shown for row in rows], sheet.size) + 14
    room = sheet.width - 8 if sheet.narrow else sheet.width * 0.36
    names = [_name_rows(point, sheet, room) for point in points]
    name_width = lettering.widest([row for rows in names for row in rows], sheet.size, bold=True)
    left = 6.0 if sheet.narrow else min(name_width, room) + 14
    right = sheet.width - margin
    rows = _stack(points, names, values, sheet, top=top)
    bottom = rows[-1].top + rows[-1].height
    placed = replace(scale, start=left, end=right)
    return Grid(rows, placed, left, right, top, bottom, unit)


def _stack(
    points: tuple[Point, ...],
    names: list[list[str]],
    values: list[list[str]],
    sheet: Sheet,
    *,
    top: float,
) -> list[Row]:
    """Return the rows one below the other, as high as their words need."""
    singled_out = any(point.emphasis for point in points)
    rows = []
    for point, name, value in zip(points, names, values, strict=True):
        colour = palette.PLACE if point.emphasis or not singled_out else palette.CONTEXT
        above = sheet.leading * len(name) + 2 if sheet.narrow else 0.0
        beside = [value] if sheet.narrow else [name, value]
        mark_height = max(_BAR + 12, *(sheet.leading * len(rows_) + 8 for rows_ in beside))
        height = above + mark_height
        rows.append(Row(point, name, value, colour, top, top + above + mark_height / 2, height))
        top += height
    return rows


def _name_rows(point: Point, sheet: Sheet, room: float) -> list[str]:
    label = (
        f"{point.label} ({point.note})" if point.note and point.value is not None else point.label
    )
    return sheet.wrap(label, room, most=4, bold=point.emphasis)


def _value_rows(
    point: Point, sheet: Sheet, unit: str, decimals: int, *, after_marks: bool
) -> list[str]:
    """Return the value with its interval, which goes below it in a narrow column."""
    text = written(point, unit=unit, decimals=decimals)
    if point.value is None:
        return sheet.wrap(text, 140 if sheet.narrow else 170, most=3)
    if sheet.narrow and not after_marks:
        return text.replace(" (", "\n(", 1).split("\n")
    return [text]


def _name(sheet: Sheet, row: Row, grid: Grid) -> str:
    bold = row.point.emphasis
    if sheet.narrow:
        return lines_of(sheet, row.name, x=2, y=row.top + sheet.leading, bold=bold, halo=True)
    first = row.middle - sheet.leading * (len(row.name) / 2 - 0.5) + sheet.size * 0.35
    return lines_of(sheet, row.name, x=grid.left - 10, y=first, anchor="end", bold=bold)


def _value(sheet: Sheet, row: Row, grid: Grid, *, after_mark: bool) -> str:
    """Return what is written beside a mark: after a bar's end, in a column beside dots."""
    point = row.point
    if point.value is None:
        x = grid.left + _STUB + 8
    elif after_mark:
        ends = (point.value, point.low, point.high)
        x = max(grid.scale(end) for end in ends if end is not None) + 10
    else:
        x = grid.right + 12
    first = row.middle - sheet.leading * (len(row.value) / 2 - 0.5) + sheet.size * 0.35
    return lines_of(sheet, row.value, x=x, y=first, halo=True)


def _gap(sheet: Sheet, row: Row, grid: Grid) -> str:
    title = f"{row.point.label}: {row.point.note or numerals.NOT_KNOWN}"
    top = row.middle - _BAR / 2
    return marks.hatched(sheet.id, x=grid.left, y=top, width=_STUB, height=_BAR, title=title)


def _bar(sheet: Sheet, row: Row, grid: Grid) -> str:
    point = row.point
    if point.value is None:
        return _gap(sheet, row, grid)
    zero, end = grid.scale(0), grid.scale(point.value)
    bar = marks.element(
        "rect",
        x=min(zero, end),
        y=row.middle - _BAR / 2,
        width=abs(end - zero),
        height=_BAR,
        fill=row.colour,
        class_="bar" if row.colour == palette.PLACE else "bar context",
    )
    return bar + _whisker(row, grid, stroke=palette.INK, cased=True)


def _dot(sheet: Sheet, row: Row, grid: Grid) -> str:
    point = row.point
    if point.value is None:
        return _gap(sheet, row, grid)
    x = grid.scale(point.value)
    mark = marks.dot(x, row.middle, fill=row.colour, radius=5, hollow=bool(point.note))
    return _whisker(row, grid, stroke=row.colour) + mark


def _whisker(row: Row, grid: Grid, *, stroke: str, cased: bool = False) -> str:
    low, high = row.point.low, row.point.high
    if low is None or high is None:
        return ""
    y = row.middle
    return marks.whisker(grid.scale(low), y, grid.scale(high), y, stroke=stroke, cased=cased)
