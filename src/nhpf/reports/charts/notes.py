"""What is written into and under a trend: breaks in the series and remarks on single periods."""

from __future__ import annotations

from dataclasses import dataclass

from nhpf.errors import InvalidInput
from nhpf.reports import numerals
from nhpf.reports.charts import marks, palette
from nhpf.reports.charts.sheet import Sheet, lines_of
from nhpf.reports.charts.specs import Trend


@dataclass(frozen=True, slots=True)
class Break:
    """A note with the place of its upright and its own rows of text."""

    x: float
    rows: list[str]
    to_right: bool


def remarks(trend: Trend) -> list[str]:
    """Return what is particular about points: periods with the same remark together."""
    labels: dict[tuple[str, str, bool], list[str]] = {}
    for line in trend.lines:
        for point in line.points:
            missing = point.value is None
            if missing or point.note:
                note = point.note or numerals.NOT_KNOWN
                labels.setdefault((line.name, note, missing), []).append(point.label)
    names: dict[tuple[str, str, bool], list[str]] = {}
    for (name, note, missing), periods in labels.items():
        names.setdefault((_listed(periods), note, missing), []).append(name)
    return [
        f"{'Hatched' if missing else 'Open circle'}: {_named(lines, trend)}{periods} ({note})"
        for (periods, note, missing), lines in names.items()
    ]


def _named(names: list[str], trend: Trend) -> str:
    """Return which lines a remark is about, or nothing where it is about all of them."""
    return "" if len(names) == len(trend.lines) else f"{' and '.join(names)}, "


def _listed(labels: list[str]) -> str:
    if len(labels) > 4:
        return f"{numerals.in_words(len(labels))} periods from {labels[0]} to {labels[-1]}"
    return " and ".join([", ".join(labels[:-1]), labels[-1]]) if len(labels) > 1 else labels[0]


def break_places(trend: Trend, x: dict[str, float]) -> list[float]:
    """Return where on the axis each break stands: half-way before its period."""
    labels = list(x)
    found = []
    for label, _ in trend.breaks:
        if label not in x:
            raise InvalidInput(f"A break is noted at {label}, which the chart does not show.")
        found.append((x[label] + x[labels[max(labels.index(label) - 1, 0)]]) / 2)
    return found


def place_breaks(trend: Trend, sheet: Sheet, x: dict[str, float]) -> list[Break]:
    """Return where each break stands, its text beside it.

    They come in the order of their rows: no text is then crossed by the upright of another.
    """
    placed = []
    for at, (_, note) in zip(break_places(trend, x), trend.breaks, strict=True):
        room = sheet.width - at - 10
        to_right = room >= min(at, sheet.measure(note))
        placed.append(Break(at, sheet.wrap(note, room if to_right else at - 10), to_right))
    leftwards = sorted((one for one in placed if not one.to_right), key=lambda one: -one.x)
    rightwards = sorted((one for one in placed if one.to_right), key=lambda one: one.x)
    return [*leftwards, *rightwards]


def draw_breaks(placed: list[Break], sheet: Sheet, *, top: float, bottom: float) -> str:
    """Return each break as a dashed upright down to ``bottom``, its note in rows of its own."""
    parts = []
    y = top + sheet.size
    for one in placed:
        start, anchor = (one.x + 6, "") if one.to_right else (one.x - 6, "end")
        upright = marks.line(
            one.x,
            y - sheet.size,
            one.x,
            bottom,
            stroke=palette.QUIET,
            stroke_dasharray="3 3",
            class_="grid",
        )
        parts.append(upright + lines_of(sheet, one.rows, x=start, y=y, anchor=anchor, halo=True))
        y += sheet.leading * len(one.rows)
    return "".join(parts)
