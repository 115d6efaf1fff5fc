"""Axes: values up the side or along the foot, and periods along the foot."""

from __future__ import annotations

from collections.abc import Callable

from nhpf.reports.charts import marks, palette
from nhpf.reports.charts.sheet import Drawing, Sheet, lines_of, tick_labels
from nhpf.reports.charts.specs import Line
from nhpf.reports.dates import MONTHS

_GAP = 8.0


def side(
    sheet: Sheet,
    ticks: tuple[float, ...],
    place: Callable[[float], float],
    *,
    unit: str,
    left: float,
    right: float,
) -> str:
    """Return level grid lines with their numbers to the left of them; zero is drawn darker."""
    parts = []
    for tick, label in zip(ticks, tick_labels(ticks, unit), strict=True):
        y = place(tick)
        stroke = palette.QUIET if tick == 0 else palette.GRID
        parts.append(marks.line(left, y, right, y, stroke=stroke, class_="grid"))
        baseline = y + sheet.size * 0.35
        parts.append(marks.words(left - 6, baseline, label, anchor="end", fill=palette.QUIET))
    return "".join(parts)


def foot(
    sheet: Sheet,
    ticks: tuple[float, ...],
    place: Callable[[float], float],
    *,
    unit: str,
    top: float,
    bottom: float,
) -> str:
    """Return upright grid lines with as many numbers under them as there is room for."""
    parts = []
    edge = -1e9
    for tick, label in zip(ticks, tick_labels(ticks, unit), strict=True):
        x = place(tick)
        stroke = palette.QUIET if tick == 0 else palette.GRID
        parts.append(marks.line(x, top, x, bottom, stroke=stroke, class_="grid"))
        half = sheet.measure(label) / 2
        middle = min(max(x, half + 1), sheet.width - half - 1)
        if middle - half < edge + _GAP:
            continue
        edge = middle + half
        y = bottom + sheet.leading
        parts.append(marks.words(middle, y, label, anchor="middle", fill=palette.QUIET))
    return "".join(parts)


def foot_title(sheet: Sheet, unit: str, *, left: float, right: float, y: float) -> Drawing:
    """Return what the axis along the foot counts, centred under it."""
    rows = sheet.wrap(unit[:1].upper() + unit[1:], sheet.width - 8)
    half = max(sheet.measure(row) for row in rows) / 2
    middle = min(max((left + right) / 2, half + 2), sheet.width - half - 2)
    first = y + sheet.leading
    body = lines_of(sheet, rows, x=middle, y=first, anchor="middle", fill=palette.QUIET)
    return Drawing(body, sheet.leading * len(rows) + 4)


def merged_labels(lines: tuple[Line, ...]) -> list[str]:
    """Return the labels of all lines in one order that keeps the order of each line."""
    merged: list[str] = []
    for line in lines:
        own = [point.label for point in line.points]
        for place, label in enumerate(own):
            if label in merged:
                continue
            before = merged.index(own[place - 1]) + 1 if place else _place_before(own, merged)
            merged.insert(before, label)
    return merged


def _place_before(own: list[str], merged: list[str]) -> int:
    """Return where the first label of a line goes: before the first that is there already."""
    known = [merged.index(label) for label in own if label in merged]
    return known[0] if known else len(merged)


def _year_of_january(label: str) -> str:
    month, _, year = label.partition(" ")
    return year if month in ("January", "Jan") else ""


def _are_months(labels: list[str]) -> bool:
    names = {*MONTHS, *(month[:3] for month in MONTHS)}
    return all(label.partition(" ")[0] in names for label in labels)


def shown_labels(labels: list[str], *, apart: float, widest: float) -> list[int]:
    """Return which labels have room, at even steps: the last always, the first where it can be.

    Parameters
    ----------
    labels : list of str
        All labels of the axis, in order.
    apart : float
        The distance between neighbours.
    widest : float
        The width of the widest label.
    """
    last = len(labels) - 1
    fitting = [step for step in range(1, last + 1) if step * apart >= widest + _GAP]
    if not fitting:
        return [last]
    # A step up to twice as long is worth it where it lets both ends be named.
    to_both_ends = [step for step in fitting if last % step == 0 and step <= 2 * fitting[0]]
    step = (to_both_ends or fitting)[0]
    return list(range(last % step, last + 1, step))


def period_labels(sheet: Sheet, places: dict[str, float], *, bottom: float) -> Drawing:
    """Return the names of periods under the plot: each, each so many, or years where months are."""
    labels = list(places)
    apart = (places[labels[-1]] - places[labels[0]]) / max(len(labels) - 1, 1)
    if len(labels) > 24 and _are_months(labels):
        years = {label: year for label in labels if (year := _year_of_january(label))}
        shown = shown_labels(list(years.values()), apart=apart * 12, widest=sheet.measure("0000"))
        chosen = [list(years.items())[place] for place in shown]
        rows = {label: [year] for label, year in chosen}
    else:
        split = {label: sheet.wrap(label, 70, most=3) for label in labels}
        widest = max(sheet.measure(row) for rows in split.values() for row in rows)
        shown = shown_labels(labels, apart=apart, widest=widest)
        rows = {labels[place]: split[labels[place]] for place in shown}
    return _written(sheet, rows, places, bottom=bottom)


def _written(
    sheet: Sheet, rows: dict[str, list[str]], places: dict[str, float], *, bottom: float
) -> Drawing:
    parts = []
    for label, lines in rows.items():
        x = places[label]
        tick = marks.line(x, bottom, x, bottom + 5, stroke=palette.QUIET, class_="grid")
        half = max(sheet.measure(line) for line in lines) / 2
        middle = min(max(x, half), sheet.width - half)
        first = bottom + 5 + sheet.size
        text = lines_of(sheet, lines, x=middle, y=first, anchor="middle", fill=palette.QUIET)
        parts.append(tick + text)
    deepest = max((len(lines) for lines in rows.values()), default=0)
    return Drawing("".join(parts), 9 + sheet.leading * deepest)
