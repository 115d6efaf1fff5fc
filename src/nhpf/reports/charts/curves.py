"""Cumulative curves: how much of an outcome falls in how small a share of areas."""

from __future__ import annotations

from nhpf.errors import InvalidInput
from nhpf.reports.charts import axes, lettering, marks, palette, scales
from nhpf.reports.charts.keys import Entry, draw_key
from nhpf.reports.charts.sheet import Drawing, Sheet, tick_labels, unit_line
from nhpf.reports.charts.specs import Curve, Curves


def curves(chart: Curves, sheet: Sheet) -> Drawing:
    """Draw curves from 0 to 100% on both axes over the diagonal, named in the empty corner."""
    if not chart.curves:
        raise InvalidInput("A chart of curves needs at least one curve.")
    head = unit_line(sheet, chart.y_unit)
    ticks = scales.straight([0, 100], start=0, end=1, most=5).ticks
    left = lettering.widest(tick_labels(ticks, "%"), sheet.size) + 10
    side = 250.0 if sheet.narrow else 330.0
    top = head.height + 6
    bottom = top + side
    # Square, so that the diagonal is seen as one; a wide sheet keeps its names beside it.
    right = left + side
    x = scales.Scale(0, 100, left, right, ticks)
    y = scales.Scale(0, 100, bottom, top, ticks)
    axis = axes.side(sheet, ticks, y, unit="%", left=left, right=right)
    axis += axes.foot(sheet, ticks, x, unit="%", top=top, bottom=bottom)
    even = marks.line(
        x(0), y(0), x(100), y(100), stroke=palette.QUIET, stroke_dasharray="2 4", class_="context"
    )
    drawn = "".join(_curve(curve, rank, x, y) for rank, curve in _ranked(chart))
    title = axes.foot_title(sheet, chart.x_unit, left=left, right=right, y=bottom + sheet.leading)
    foot = bottom + sheet.leading + title.height + 6
    key_top = foot if sheet.narrow else top
    key = _key(chart, sheet, x=2.0 if sheet.narrow else right + 28, y=key_top)
    height = foot + (key.height if sheet.narrow else 0) + 6
    return Drawing(head.body + axis + even + drawn + title.body + key.body, height)


def _ranked(chart: Curves) -> list[tuple[int, Curve]]:
    """Return curves with their rank; context comes first and counts down from -1."""
    emphasised = [curve for curve in chart.curves if curve.emphasis]
    grey = [curve for curve in chart.curves if not curve.emphasis]
    context = [(-1 - rank, curve) for rank, curve in enumerate(grey)]
    return [*context, *enumerate(emphasised)]


def _ink(rank: int) -> tuple[str, str]:
    return palette.context(-1 - rank) if rank < 0 else palette.series(rank)


def _curve(curve: Curve, rank: int, x: scales.Scale, y: scales.Scale) -> str:
    colour, dashes = _ink(rank)
    places = [(x(100 * share), y(100 * outcome)) for share, outcome in curve.points]
    band = ""
    if curve.band:
        lower = [(x(100 * share), y(100 * low)) for share, low, _ in curve.band]
        upper = [(x(100 * share), y(100 * high)) for share, _, high in curve.band]
        band = marks.band(upper, lower, fill=colour)
    class_ = "context" if rank < 0 else "line"
    return band + marks.polyline(
        places, stroke=colour, stroke_width=2.5, stroke_dasharray=dashes, class_=class_
    )


def _key(chart: Curves, sheet: Sheet, *, x: float, y: float) -> Drawing:
    """Return the names of all curves, those in question first, and of the diagonal."""
    ranked = sorted(_ranked(chart), key=lambda pair: pair[0] < 0)
    entries = [Entry(curve.name, *_ink(rank), rank < 0) for rank, curve in ranked]
    even = Entry("If spread evenly", palette.QUIET, "2 4", is_context=True)
    return draw_key([*entries, even], sheet, x=x, y=y)
