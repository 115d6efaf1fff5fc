"""A report as HTML: a document that stands alone, or a fragment for a page of the site."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from nhpf.reports import sources, tables, withholding, words
from nhpf.reports.charts.drawing import draw
from nhpf.reports.distribution import check_distribution
from nhpf.reports.downloads import figure_csv, file_name
from nhpf.reports.publication import figures, published_part, signatures_in
from nhpf.reports.sources import Source
from nhpf.reports.tree import Block, Figure, Judgement, Provenance, Report

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_TEMPLATES = Path(__file__).parent / "templates"
_SIGNED = "signed by someone other than its author"
_FORMATS = {"csv": "CSV", "json": "JSON", "svg": "SVG", "png": "PNG"}


@dataclass(frozen=True, slots=True)
class Download:
    """A link to something to take away; ``name`` is the file's, where the link holds the file."""

    label: str
    address: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """What the templates ask for while they write one report."""

    report: Report
    url: Callable[[str], str] | None
    area_url: Callable[[str], str] | None
    downloads: Callable[[str, str], str] | None
    table_url: Callable[[str, str], str] | None
    known: dict[str, Figure]
    signatures: Mapping[str, str]

    def chart(self, figure: Figure) -> Markup:
        """Return the chart of a figure in both drawings."""
        return self._drawn(figure, id_=f"chart-{figure.id}", narrow=False)

    def beside(self, judgement: Judgement) -> Markup | None:
        """Return the chart that carries a judgement, in the drawing that fits beside words."""
        figure = self.carrier(judgement)
        if figure is None:
            return None
        return self._drawn(figure, id_=f"beside-{judgement.id}-{figure.id}", narrow=True)

    def carrier(self, judgement: Judgement) -> Figure | None:
        """Return the first figure under a judgement that has a chart."""
        under = (self.known[id_] for id_ in judgement.figures if id_ in self.known)
        return next((figure for figure in under if figure.chart is not None), None)

    def under(self, ids: Iterable[str]) -> list[Figure]:
        """Return the figures with these ids."""
        return [self.known[id_] for id_ in ids if id_ in self.known]

    def address_of(self, entry: str) -> str:
        """Return the address of an entry of the framework, empty where there is none to go to."""
        return self.url(entry) if self.url else ""

    def tables_of(self, part: Provenance) -> list[tuple[str, str]]:
        """Return the tables that a source fills, each with the address of its page, if any."""
        address = self.table_url
        return [(name, address(part.release, name) if address else "") for name in part.tables]

    def signature(self, assessment: str) -> str:
        """Return the words that say who signed an equality impact assessment."""
        return self.signatures.get(assessment, _SIGNED)

    def to_take_away(self, figure: Figure) -> list[Download]:
        """Return a figure's downloads: the site's addresses, or the table inside the document."""
        if self.downloads is None:
            # A document that stands alone has no file beside it to link to.
            address = f"data:text/csv;charset=utf-8,{quote(figure_csv(figure, self.report))}"
            name = file_name(self.report, what=figure.id, ending="csv")
            return [Download("CSV", address, name)]
        return [
            Download(label, self.downloads(figure.id, ending))
            for ending, label in _FORMATS.items()
            if ending not in ("svg", "png") or figure.chart is not None
        ]

    def sources(self) -> list[Source]:
        """Return where all figures come from, each source once with all its periods."""
        return sources.listed(self.known.values())

    def _drawn(self, figure: Figure, *, id_: str, narrow: bool) -> Markup:
        from markupsafe import Markup

        if figure.chart is None:
            return Markup("")
        drawn = draw(
            figure.chart,
            id=id_,
            title=figure.title,
            description=figure.reading,
            layout="narrow" if narrow else "both",
            area_url=self.area_url,
        )
        return Markup(drawn)


def to_html(
    report: Report,
    *,
    standalone: bool = True,
    signed: Mapping[str, str] | Collection[str] = (),
    url: Callable[[str], str] | None = None,
    area_url: Callable[[str], str] | None = None,
    downloads: Callable[[str, str], str] | None = None,
    table_url: Callable[[str, str], str] | None = None,
) -> str:
    """Return a report as HTML that needs no script and nothing from elsewhere.

    Parameters
    ----------
    report : Report
        The report tree.
    standalone : bool
        True for a whole document with its style sheet and its marking at top and bottom; False for
        the part between, whose page brings the marking (``words.marking``) and ``stylesheet()``.
    signed : mapping of str to str, or collection of str
        Ids of signed equality impact assessments; figures that wait for another are not shown. A
        mapping says to each id, in words that follow it, who signed and what that is worth.
    url : callable, optional
        From the id of an entry of the framework to its address; without it entries are not linked.
    area_url : callable, optional
        From the code of an area to its address, empty where it has none; without it maps have no
        links.
    downloads : callable, optional
        From a figure's id and "csv", "json", "svg" or "png" to an address; without it each table
        is held in the document itself.
    table_url : callable, optional
        From a release and a table of it to the page that leads to its files; without it tables are
        named only.

    Raises
    ------
    RefusedByDisclosure
        If a restricted report that stands alone has no distribution.
    """
    if standalone:
        check_distribution(report)
    shown = published_part(report, signed)
    known = {figure.id: figure for figure in figures(shown)}
    view = View(shown, url, area_url, downloads, table_url, known, signatures_in(signed))
    if not standalone:
        return _environment().get_template("report.html").render(report=shown, view=view)
    style = stylesheet(standalone=True) + _page_marks(shown)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        _environment()
        .get_template("document.html")
        .render(report=shown, view=view, style=style, digest=digest)
    )


def figure_to_html(
    figure: Figure,
    report: Report,
    *,
    area_url: Callable[[str], str] | None = None,
    downloads: Callable[[str, str], str] | None = None,
    table_url: Callable[[str, str], str] | None = None,
) -> str:
    """Return one figure as a part of a page: chart, table, downloads, how it was made, citation.

    Parameters
    ----------
    figure : Figure
    report : Report
        The report that it stands in, which its citation names.
    area_url, downloads, table_url : callable, optional
        As in `to_html`.
    """
    view = View(report, None, area_url, downloads, table_url, {figure.id: figure}, {})
    return _environment().get_template("figure.html").render(figure=figure, view=view)


@cache
def stylesheet(*, standalone: bool = False) -> str:
    """Return the rules of a report's own classes; for a document that stands alone, all rules."""
    own = (_TEMPLATES / "report.css").read_text(encoding="utf-8")
    if not standalone:
        return own
    return (_TEMPLATES / "standalone.css").read_text(encoding="utf-8") + own


def _page_marks(report: Report) -> str:
    """Return the rule that prints the marking on every sheet."""
    line = "".join(letter for letter in words.marking(report) if letter not in '"\\<>\n')
    mark = f'content: "{line}"; font: bold 9pt Arial, sans-serif;'
    return f"@page {{ @top-center {{ {mark} }} @bottom-center {{ {mark} }} }}\n"


@cache
def _environment() -> Environment:
    # Jinja takes longer to import than a report takes to write: only who needs HTML waits for it.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        cell=words.cell,
        spoken_date=words.spoken_date,
        confidence=words.confidence,
        marking=words.marking,
        number=words.number,
        runs=_runs,
        closed=words.closed,
        interval_note=tables.interval_note,
        heading=tables.heading,
        versions=words.versions,
        citation=sources.citation,
        source_line=sources.source_line,
    )
    environment.globals.update(
        withheld_lead=withholding.LEAD, withheld_headings=withholding.HEADINGS
    )
    environment.tests["numeric"] = tables.is_numeric
    environment.tests["withheld"] = tables.is_withheld
    environment.tests["wordy"] = tables.is_wordy
    return environment


def _runs(blocks: tuple[Block, ...]) -> list[tuple[str, list[Block]]]:
    """Return blocks with the name of their kind, neighbours of one kind together."""
    return [(kind, list(run)) for kind, run in groupby(blocks, key=lambda one: type(one).__name__)]
