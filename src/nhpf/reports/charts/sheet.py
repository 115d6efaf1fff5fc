"""The sheet a chart is drawn on: a wide one for desks and paper, a narrow one for phones.

Lettering keeps its size on a sheet, so each chart is laid out twice and the page shows the drawing
that fits: scaling one drawing down to a phone would make its words too small to read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nhpf.reports import numerals
from nhpf.reports.charts import lettering, marks, palette


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a drawing needs to know of its surface; lengths are in units of the view box."""

    id: str
    width: float
    size: float
    narrow: bool

    @property
    def leading(self) -> float:
        """The distance from one line of text to the next."""
        return self.size * 1.3

    def measure(self, text: str, *, bold: bool = False) -> float:
        """Return the width of a text on this sheet."""
        return lettering.width(text, self.size, bold=bold)

    def wrap(
        self, text: str, room: float, *, most: int | None = 9, bold: bool = False
    ) -> list[str]:
        """Break a text into lines that fit into ``room``."""
        return lettering.wrap(text, size=self.size, room=room, most=most, bold=bold)


@dataclass(frozen=True, slots=True)
class Drawing:
    """Marks and the height they take."""

    body: str
    height: float


def wide(id_: str) -> Sheet:
    """Return the sheet for desks and paper."""
    return Sheet(f"{id_}-w", 720, 14, narrow=False)


def narrow(id_: str) -> Sheet:
    """Return the sheet for phones and for charts beside a text."""
    return Sheet(f"{id_}-n", 320, 13, narrow=True)


def sign(unit: str) -> str:
    """Return what follows each number of this unit: a percent sign or nothing."""
    return "%" if unit.startswith("%") else ""


def places(values: Iterable[float]) -> int:
    """Return how many decimals a chart's estimates need, the same for all of them.

    Counts need none, and nor do the limits of counts.
    """
    known = [abs(value) for value in values]
    if all(value.is_integer() for value in map(float, known)):
        return 0
    return numerals.rate_places(max(known))


def tick_labels(ticks: tuple[float, ...], unit: str) -> list[str]:
    """Return the words of an axis: thousands separated, as many decimals as the ticks need."""
    own = [len(f"{tick:.8f}".rstrip("0").partition(".")[2]) for tick in ticks]
    # On an even axis all ticks have the same decimals; 0.5, 1 and 2 on a log axis their own.
    even = len(ticks) < 3 or abs(ticks[0] - 2 * ticks[1] + ticks[2]) < 1e-9 * abs(ticks[2])
    decimals = [max(own)] * len(own) if even else own
    return [
        f"{numerals.number(tick, some)}{sign(unit)}"
        for tick, some in zip(ticks, decimals, strict=True)
    ]


def lines_of(
    sheet: Sheet,
    texts: list[str],
    *,
    x: float,
    y: float,
    anchor: str = "",
    fill: str = "",
    bold: bool = False,
    halo: bool = False,
) -> str:
    """Return lines of text below each other; ``y`` is the first baseline."""
    return "".join(
        marks.words(
            x, y + place * sheet.leading, text, anchor=anchor, fill=fill, bold=bold, halo=halo
        )
        for place, text in enumerate(texts)
    )


def footnotes(sheet: Sheet, notes: list[str], *, y: float) -> Drawing:
    """Return notes as wrapped lines from ``y`` downwards; no height where there are none."""
    rows = [row for note in notes for row in sheet.wrap(note, sheet.width - 4)]
    if not rows:
        return Drawing("", 0)
    body = lines_of(sheet, rows, x=2, y=y + sheet.leading, fill=palette.QUIET)
    return Drawing(body, sheet.leading * (len(rows) + 0.5))


def unit_line(sheet: Sheet, unit: str, *, x: float = 2) -> Drawing:
    """Return the unit of an axis as text above the chart."""
    capital = unit[:1].upper() + unit[1:]
    rows = sheet.wrap(capital, sheet.width - x)
    body = lines_of(sheet, rows, x=x, y=sheet.size, fill=palette.QUIET)
    return Drawing(body, sheet.leading * len(rows) + 4)
