"""What a chart shows, as data; the drawing modules beside this file turn it into SVG.

Units are words ("homicides", "for each 100,000 people a year"). A unit that begins with "%" says
that the values are percentages from 0 to 100, and their marks carry the sign.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    """One mark: where it stands, its value, its limits; ``value`` None is withheld or not known.

    ``note`` is shown with the chart: why a value is withheld ("withheld: fewer than 5"), or what is
    particular about a value that is shown ("nine months only"), whose mark is then drawn hollow.
    """

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
    """Lines with interval bands over periods; ``breaks`` are (label, note) pairs.

    A break is drawn just before its label: what is noted holds from that period on.
    Labels are years, financial years, or months ("April 2010"), in order of time.
    """

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
    """Estimates with intervals on a shared axis; ``reference`` draws the line of no difference.

    ``log`` is for ratios: half and double then stand equally far from one.
    """

    points: tuple[Point, ...]
    unit: str
    reference: float | None = None
    log: bool = False


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
class StudyPoint:
    """A study in a funnel of studies: its effect as shown, and its standard error."""

    label: str
    effect: float
    se: float


@dataclass(frozen=True, slots=True)
class StudyFunnel:
    """Studies by effect and standard error, around the pooled effect.

    ``low`` and ``high`` are the pseudo limits at the largest standard error. ``log`` is for
    ratios: effects, centre and limits are given as ratios, standard errors on the logarithm.
    """

    points: tuple[StudyPoint, ...]
    centre: float
    low: float
    high: float
    unit: str
    log: bool = False


@dataclass(frozen=True, slots=True)
class Curve:
    """A cumulative curve with a band, against the diagonal.

    ``points`` are (share of areas, share of outcome), ``band`` (share of areas, low, high); shares
    are fractions from 0 to 1.
    """

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
    """An outline in map units (metres, y downwards) with its value; None is withheld or unknown.

    ``link`` is the code of the area that a reader is led to; who draws the map turns it into an
    address.
    """

    code: str
    name: str
    path: str
    value: float | None
    shown: str
    emphasis: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Map:
    """Areas in at most five classes; ``view_box`` is (x, y, width, height) in map units.

    ``classes`` are the boundaries between classes, ascending, at most four of them; a value on a
    boundary belongs to the class above. ``charts.quantile_boundaries`` makes them. ``neutral``
    draws in greys, where more is neither better nor worse; with no classes all have one shade.
    """

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


Chart = Trend | Bars | DotWhiskers | Funnel | StudyFunnel | Curves | Map | Panel
