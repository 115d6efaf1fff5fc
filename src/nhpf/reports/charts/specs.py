"""What a chart shows, as data; the drawing modules beside this file turn it into SVG."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    """One mark: where it stands, its value, its limits; ``value`` None is withheld or not known."""

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    emphasis: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A named series of points over an ordered axis."""

    name: str
    points: tuple[Point, ...]
    emphasis: bool = True


@dataclass(frozen=True, slots=True)
class Trend:
    """Lines with interval bands over periods; ``breaks`` are notes at a label of the axis."""

    lines: tuple[Line, ...]
    unit: str
    breaks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Bars:
    """Horizontal bars from zero, each with whiskers where limits are given."""

    points: tuple[Point, ...]
    unit: str


@dataclass(frozen=True, slots=True)
class DotWhiskers:
    """Estimates with intervals on a shared axis; ``reference`` draws the line of no difference."""

    points: tuple[Point, ...]
    unit: str
    reference: float | None = None


@dataclass(frozen=True, slots=True)
class FunnelPoint:
    """An area in a funnel: its size on the x axis (expected count or population), its rate."""

    label: str
    size: float
    rate: float
    emphasis: bool = False


@dataclass(frozen=True, slots=True)
class Funnel:
    """Areas against control limits; never ordered by rate.

    ``limits`` holds (size, low, high) triples for each named level, the widest last.
    """

    points: tuple[FunnelPoint, ...]
    average: float
    limits: tuple[tuple[str, tuple[tuple[float, float, float], ...]], ...]
    size_unit: str
    rate_unit: str


@dataclass(frozen=True, slots=True)
class Curve:
    """A cumulative curve (share of areas, share of outcome) with a band, against the diagonal."""

    name: str
    points: tuple[tuple[float, float], ...]
    band: tuple[tuple[float, float, float], ...] = ()
    emphasis: bool = True


@dataclass(frozen=True, slots=True)
class Curves:
    """Curves on shared axes from 0 to 100%."""

    curves: tuple[Curve, ...]
    x_unit: str
    y_unit: str


@dataclass(frozen=True, slots=True)
class MapArea:
    """An outline in map units (metres, y downwards) with its value; None is withheld or unknown."""

    code: str
    name: str
    path: str
    value: float | None
    shown: str
    emphasis: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Map:
    """Areas in at most five classes; ``view_box`` is (x, y, width, height) in map units."""

    areas: tuple[MapArea, ...]
    view_box: tuple[float, float, float, float]
    unit: str
    classes: tuple[float, ...]
    neutral: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """Small multiples: one small trend for each title, on a shared scale where asked."""

    trends: tuple[tuple[str, Trend], ...]
    shared_scale: bool = False


Chart = Trend | Bars | DotWhiskers | Funnel | Curves | Map | Panel
