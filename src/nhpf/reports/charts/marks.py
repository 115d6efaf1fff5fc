"""SVG marks as text: attributes and classes only, so that a strict policy keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from nhpf.reports.charts import palette


def num(value: float) -> str:
    """Return a coordinate to a tenth, as short as it can be written."""
    text = f"{value:.1f}"
    if text.endswith(".0"):
        text = text[:-2]
    return "0" if text == "-0" else text


def element(name: str, content: str = "", /, **attributes: str | float) -> str:
    """Return one element; ``content`` is markup, attribute values are escaped.

    An underscore in an attribute's name stands for a hyphen, one at its end for nothing.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="'
        f'{escape(value) if isinstance(value, str) else num(value)}"'
        for key, value in attributes.items()
        if value != ""
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def words(
    x: float,
    y: float,
    text: str,
    *,
    anchor: str = "",
    fill: str = "",
    bold: bool = False,
    halo: bool = False,
) -> str:
    """Return one line of text whose baseline starts, ends or is centred at ``x, y``.

    A halo of paper keeps it readable where it crosses lines.
    """
    around: dict[str, str | float] = (
        {"stroke": palette.PAPER, "stroke_width": 4, "paint_order": "stroke"} if halo else {}
    )
    return element(
        "text",
        escape(text, quote=False),
        x=x,
        y=y,
        text_anchor=anchor,
        fill=fill,
        font_weight="bold" if bold else "",
        **around,
    )


def line(x1: float, y1: float, x2: float, y2: float, *, stroke: str, **more: str | float) -> str:
    """Return a straight line."""
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=stroke, **more)


def points_path(points: Iterable[Sequence[float]]) -> str:
    """Return path data through ``points``."""
    return "M" + "L".join(f"{num(point[0])} {num(point[1])}" for point in points)


def polyline(points: Sequence[Sequence[float]], *, stroke: str, **more: str | float) -> str:
    """Return an open line through ``points``."""
    return element("path", d=points_path(points), fill="none", stroke=stroke, **more)


def band(upper: Sequence[Sequence[float]], lower: Sequence[Sequence[float]], *, fill: str) -> str:
    """Return the area between two lines, pale."""
    path = points_path([*upper, *reversed(lower)]) + "Z"
    return element("path", d=path, fill=fill, fill_opacity="0.18", class_="band")


def dot(
    x: float, y: float, *, fill: str, radius: float = 3.5, hollow: bool = False, title: str = ""
) -> str:
    """Return a dot, hollow where something is particular about it."""
    content = element("title", escape(title, quote=False)) if title else ""
    paint = palette.PAPER if hollow else fill
    return element(
        "circle",
        content,
        cx=x,
        cy=y,
        r=radius,
        fill=paint,
        stroke=fill,
        stroke_width="2" if hollow else "",
        class_="hollow" if hollow else "dot",
    )


def whisker(x1: float, y1: float, x2: float, y2: float, *, stroke: str, cased: bool = False) -> str:
    """Return an interval as a line with a short bar at each end; level or upright.

    ``cased`` puts paper around it, so that it is seen on a dark bar.
    """
    dx, dy = (0.0, 4.0) if y1 == y2 else (4.0, 0.0)
    path = (
        f"M{num(x1)} {num(y1)}L{num(x2)} {num(y2)}"
        f"M{num(x1 - dx)} {num(y1 - dy)}L{num(x1 + dx)} {num(y1 + dy)}"
        f"M{num(x2 - dx)} {num(y2 - dy)}L{num(x2 + dx)} {num(y2 + dy)}"
    )
    case = (
        element("path", d=path, fill="none", stroke=palette.PAPER, stroke_width=4, class_="case")
        if cased
        else ""
    )
    return case + element(
        "path", d=path, fill="none", stroke=stroke, stroke_width=1.5, class_="whisker"
    )


def hatch_id(id_: str) -> str:
    """Return the id of the hatching of the drawing ``id_``."""
    return f"{id_}-hatch"


def hatching(id_: str, *, size: float = 7) -> str:
    """Return the pattern that withheld areas are filled with, as wide as ``size``."""
    ground = element("rect", width=size, height=size, fill=palette.PAPER)
    stripe = line(0, 0, 0, size, stroke=palette.CONTEXT, stroke_width=size / 2.5)
    pattern = element(
        "pattern",
        ground + stripe,
        id=hatch_id(id_),
        width=size,
        height=size,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )
    return element("defs", pattern)


def hatched(id_: str, *, x: float, y: float, width: float, height: float, title: str) -> str:
    """Return a hatched rectangle that says why nothing is shown there."""
    return element(
        "rect",
        element("title", escape(title, quote=False)),
        x=x,
        y=y,
        width=width,
        height=height,
        fill=f"url(#{hatch_id(id_)})",
        class_="withheld",
    )
