"""What lines over periods are made of: strokes, bands, dots and the gaps between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, groupby

from nhpf.reports import numerals
from nhpf.reports.charts import marks, palette, scales
from nhpf.reports.charts.keys import Entry
from nhpf.reports.charts.sheet import places, sign
from nhpf.reports.charts.specs import Line, Point, Trend

_MOST_DOTS = 40
_BLOCK = 16.0
# More lines of context than these share one look and get no names.
MOST_NAMED_CONTEXT = 3


@dataclass(frozen=True, slots=True)
class Plot:
    """The rectangle that lines are drawn in, and where periods and values fall in it."""

    left: float
    right: float
    top: float
    bottom: float
    x: dict[str, float]
    y: scales.Scale


@dataclass(frozen=True, slots=True)
class Ink:
    """How one line is drawn and its values are written."""

    colour: str
    dashes: str
    unit: str
    decimals: int


def numbers_in(trend: Trend) -> list[float]:
    """Return every number that the value axis must hold."""
    return [
        number
        for line in trend.lines
        for point in line.points
        if point.value is not None
        for number in (point.value, point.low, point.high)
        if number is not None
    ]


def estimates_in(trend: Trend) -> list[float]:
    """Return the values without their limits: they decide how many digits are written."""
    return [point.value for line in trend.lines for point in line.points if point.value is not None]


def inks(trend: Trend) -> list[Ink]:
    """Return how each line is drawn: in colour, or in grey where it is only context."""
    decimals = places(estimates_in(trend))
    ranks, greys = count(), count()
    many = sum(not line.emphasis for line in trend.lines) > MOST_NAMED_CONTEXT
    return [
        Ink(*palette.series(next(ranks)), trend.unit, decimals)
        if line.emphasis
        else Ink(*palette.context(0 if many else next(greys)), trend.unit, decimals)
        for line in trend.lines
    ]


def entries_of(inked: list[tuple[Line, Ink]]) -> list[Entry]:
    """Return the lines as entries of a key."""
    return [Entry(line.name, ink.colour, ink.dashes, not line.emphasis) for line, ink in inked]


def period_places(labels: list[str], *, left: float, right: float) -> dict[str, float]:
    """Return where each period stands: evenly spaced, a single one in the middle."""
    if len(labels) == 1:
        return {labels[0]: (left + right) / 2}
    pad = min(16.0, (right - left) / len(labels) / 2)
    apart = (right - left - 2 * pad) / (len(labels) - 1)
    return {label: left + pad + place * apart for place, label in enumerate(labels)}


def written(point: Point, *, unit: str, decimals: int) -> str:
    """Return a point's value with its interval, or why there is none."""
    if point.value is None:
        return point.note or numerals.NOT_KNOWN
    end = sign(unit)
    value = f"{numerals.number(point.value, decimals)}{end}"
    if point.low is None or point.high is None:
        return value
    low, high = (numerals.number(limit, decimals) for limit in (point.low, point.high))
    return f"{value} ({low}{end} to {high}{end})"


def _stretches(points: tuple[Point, ...]) -> Iterator[list[Point]]:
    """Yield the runs of points that have a value; a gap is never bridged."""
    for has_value, run in groupby(points, key=lambda point: point.value is not None):
        if has_value:
            yield list(run)


def _band(run: list[Point], plot: Plot, colour: str) -> str:
    limits = [
        (plot.x[point.label], plot.y(point.low), plot.y(point.high))
        for point in run
        if point.low is not None and point.high is not None
    ]
    if len(limits) == 1:
        x, low, high = limits[0]
        return marks.whisker(x, low, x, high, stroke=colour)
    upper = [(x, high) for x, _, high in limits]
    lower = [(x, low) for x, low, _ in limits]
    return marks.band(upper, lower, fill=colour) if limits else ""


def _stroke(run: list[Point], plot: Plot, ink: Ink, *, class_: str, width: float) -> str:
    if len(run) == 1:
        return ""
    return marks.polyline(
        [(plot.x[point.label], plot.y(point.value or 0.0)) for point in run],
        stroke=ink.colour,
        stroke_width=width,
        stroke_dasharray=ink.dashes,
        stroke_linejoin="round",
        class_=class_,
    )


def _dots(points: list[Point], plot: Plot, ink: Ink) -> str:
    return "".join(
        marks.dot(
            plot.x[point.label],
            plot.y(point.value or 0.0),
            fill=ink.colour,
            hollow=bool(point.note),
            title=f"{point.label}: {written(point, unit=ink.unit, decimals=ink.decimals)}",
        )
        for point in points
    )


def draw_line(line: Line, plot: Plot, ink: Ink, *, dots: bool = True, fine: bool = False) -> str:
    """Return the band, the stroke and, where there are not too many, the dots of one line.

    ``fine`` is for context of so many lines that they would blacken the plot.
    """
    many = len(line.points) > _MOST_DOTS or not dots
    width = 0.75 if fine else 2.5 if line.emphasis and not many else 1.5
    parts = []
    for run in _stretches(line.points):
        parts.append(_band(run, plot, ink.colour))
        class_ = "line" if line.emphasis else "context"
        parts.append(_stroke(run, plot, ink, class_=class_, width=width))
        all_shown = (line.emphasis and not many) or len(run) == 1
        dotted = run if all_shown else [point for point in run if point.note]
        parts.append(_dots(dotted, plot, ink))
    return "".join(parts)


def draw_gaps(trend: Trend, plot: Plot, *, id_: str) -> str:
    """Return hatching at each period whose value is withheld or not known.

    It fills the height of the plot, or stands on its foot where another line has a value there.
    """
    width = min((plot.right - plot.left) / len(plot.x), 28.0)
    points = [point for line in trend.lines for point in line.points]
    shown = {point.label for point in points if point.value is not None}
    named = {
        point.label: f"{point.label}: {point.note or numerals.NOT_KNOWN}"
        for point in points
        if point.value is None
    }
    tops = {label: plot.bottom - _BLOCK if label in shown else plot.top for label in named}
    return "".join(
        marks.hatched(
            id_,
            x=plot.x[label] - width / 2,
            y=tops[label],
            width=width,
            height=plot.bottom - tops[label],
            title=title,
        )
        for label, title in named.items()
    )
