"""The report tree: what a report says, before anything decides how it looks.

A profile builds this tree once; each renderer (HTML, JSON, PDF, Word and XLSX) walks it.
Nothing here computes, rounds or formats.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from nhpf.disclosure.values import Disclosed
from nhpf.reports.charts.specs import Chart

Confidence = Literal["low", "moderate", "high"]
Kind = Literal["text", "count", "rate", "share", "ratio", "number", "period"]


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate with the limits that the data allow.

    ``level`` is the coverage (.95), ``method`` its name ("Byar", "exact", "Wilson").
    """

    estimate: float
    low: float
    high: float
    level: float = 0.95
    method: str = ""


Cell = str | int | float | Disclosed | Interval | None
"""What a table may hold; None is 'not known', never 'withheld' and never zero.

In a column of kind ``share`` values are fractions from 0 to 1 and are shown as percentages; years
and other names of periods are strings in a column of kind ``period``.
"""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where figures come from, complete enough to find the rows that were counted."""

    series: str
    period: str
    source: str
    licence: str
    extract_date: str
    vintage: str
    tables: tuple[str, ...] = ()
    sha256: tuple[str, ...] = ()
    rows: int | None = None
    address: str = ""
    release: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its key in exports, its heading, what kind of value it holds."""

    key: str
    heading: str
    kind: Kind = "text"
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns, with a caption that says what they show."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Disparity:
    """What must stand beside a figure that compares groups of people.

    ``assessment`` is the id of the equality impact assessment without which it is not published.
    """

    denominator: str
    pooling: str
    benchmark_caveat: str
    explain_or_reform: str
    owner: str
    assessment: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with its table, a sentence for those who cannot see it, and where it comes from.

    ``title`` says what the figure shows; ``subtitle`` gives measure, place, period and series.
    ``chart`` may be None where a table says it better.
    """

    id: str
    title: str
    subtitle: str
    reading: str
    table: Table
    provenance: tuple[Provenance, ...]
    chart: Chart | None = None
    caveats: tuple[str, ...] = ()
    method: str = ""
    disparity: Disparity | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """A sentence of analysis, how sure we are, why, and the ids of the figures under it."""

    id: str
    sentence: str
    confidence: Confidence
    because: str
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pointer:
    """An entry of the framework that the figures point to, and why."""

    entry: str
    title: str
    why: str
    figures: tuple[str, ...] = ()
    toolkits: tuple[Pointer, ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """Data that this report would need: who holds them and how to add them."""

    what: str
    holder: str
    how_to_add: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Plain text, one paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Inset:
    """A sentence that the reader must not miss: a caveat or a limit."""

    text: str


@dataclass(frozen=True, slots=True)
class NotPublished:
    """What stands where a figure was whose impact assessment is not signed; it tells no finding."""

    id: str
    assessment: str


Block = Paragraph | Inset | Figure | Judgement | Pointer | Missing | NotPublished


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of a report."""

    id: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Withheld:
    """What a version of a report does not show, and why; never the value.

    ``shows`` says what the figure shows, ``what`` which part of it is withheld, ``versions`` from
    whom.
    """

    figure: str
    shows: str
    what: str
    why: str
    versions: Literal["public", "both"]


@dataclass(frozen=True, slots=True)
class Distribution:
    """Who is given a restricted document, and what for."""

    recipients: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report for one place and one audience."""

    title: str
    area_code: str
    area_name: str
    audience: Literal["public", "restricted"]
    marking: str
    period: str
    release: str
    edition: str
    code_version: str
    headline: Judgement
    judgements: tuple[Judgement, ...]
    sections: tuple[Section, ...]
    handling: str = ""
    withheld: tuple[str, ...] = field(default=())
    withholdings: tuple[Withheld, ...] = field(default=())
    distribution: Distribution | None = None
