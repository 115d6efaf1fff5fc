"""Studies by their effect and standard error: do small studies report other effects than large?"""

from __future__ import annotations

from nhpf.errors import InvalidInput
from nhpf.reports.charts import axes, lettering, marks, palette, scales
from nhpf.reports.charts.sheet import Drawing, Sheet, footnotes, tick_labels, unit_line
from nhpf.reports.charts.specs import StudyFunnel

_HEIGHT_WIDE, _HEIGHT_NARROW = 260.0, 220.0
_SIDE = "Standard error: the most precise studies stand at the top"
_NOTES = (
    "Each dot is one study; the upright line is the pooled effect.",
    "If all studies had one common effect, 95% of them would lie between the dashed lines.",
)


def study_funnel(chart: StudyFunnel, sheet: Sheet) -> Drawing:
    """Draw studies as dots under the pooled effect, precise ones above, with pseudo limits."""
    if not chart.points:
        raise InvalidInput("A funnel of studies needs at least one study.")
    head = unit_line(sheet, _SIDE)
    top = head.height + 6
    bottom = top + (_HEIGHT_NARROW if sheet.narrow else _HEIGHT_WIDE)
    errors = [point.se for point in chart.points]
    y = scales.straight(errors, start=top, end=bottom)
    left = lettering.widest(tick_labels(y.ticks, ""), sheet.size) + 14
    x = _across(chart, start=left, end=sheet.width - 14, most=4 if sheet.narrow else 8)
    body = head.body
    body += axes.side(sheet, y.ticks, y, unit="", left=left, right=x.end)
    body += axes.foot(sheet, x.ticks, x, unit="", top=top, bottom=bottom)
    body += _limits(chart, x, y, deepest=max(errors))
    body += "".join(
        marks.dot(x(point.effect), y(point.se), fill=palette.PLACE, radius=4.5, title=point.label)
        for point in chart.points
    )
    unit = axes.foot_title(sheet, chart.unit, left=left, right=x.end, y=bottom + sheet.leading)
    foot = bottom + sheet.leading + unit.height
    notes = footnotes(sheet, list(_NOTES), y=foot)
    return Drawing(body + unit.body + notes.body, foot + notes.height + 6)


def _across(
    chart: StudyFunnel, *, start: float, end: float, most: int
) -> scales.Scale | scales.LogScale:
    numbers = [*(point.effect for point in chart.points), chart.centre, chart.low, chart.high]
    if chart.log:
        return scales.logarithmic(numbers, start=start, end=end, most=most)
    return scales.straight(numbers, start=start, end=end, most=most, from_zero=False)


def _limits(
    chart: StudyFunnel, x: scales.Scale | scales.LogScale, y: scales.Scale, *, deepest: float
) -> str:
    """Return the pooled effect and, from its top, the limits down to the largest error."""
    apex = x(chart.centre), y(0)
    middle = marks.line(
        *apex, x(chart.centre), y(deepest), stroke=palette.QUIET, class_="reference"
    )
    return middle + "".join(
        marks.line(
            *apex, x(limit), y(deepest), stroke=palette.QUIET, stroke_dasharray="6 4",
            class_="context",
        )
        for limit in (chart.low, chart.high)
    )  # fmt: skip
