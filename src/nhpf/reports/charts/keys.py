"""Keys: a sample of each stroke beside the name of what it stands for."""

from __future__ import annotations

from dataclasses import dataclass

from nhpf.reports.charts import marks
from nhpf.reports.charts.sheet import Drawing, Sheet, lines_of

_SAMPLE = 28.0


@dataclass(frozen=True, slots=True)
class Entry:
    """One stroke and its name."""

    name: str
    colour: str
    dashes: str
    is_context: bool


def draw_key(entries: list[Entry], sheet: Sheet, *, x: float, y: float) -> Drawing:
    """Return the entries one below the other from ``y`` downwards; no height for none."""
    parts = []
    at = y
    for entry in entries:
        rows = sheet.wrap(entry.name, sheet.width - x - _SAMPLE - 12)
        middle = at + sheet.size * 0.65
        sample = marks.polyline(
            [(x, middle), (x + _SAMPLE, middle)],
            stroke=entry.colour,
            stroke_width=3,
            stroke_dasharray=entry.dashes,
            class_="context" if entry.is_context else "line",
        )
        parts.append(sample + lines_of(sheet, rows, x=x + _SAMPLE + 8, y=at + sheet.size))
        at += sheet.leading * len(rows) + 3
    return Drawing("".join(parts), at - y)
