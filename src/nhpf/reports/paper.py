"""A report as a row of plain parts that any paper holds: PDF and Word walk the same ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from nhpf.reports import sources, tables, withholding, words
from nhpf.reports.charts.drawing import draw_for_paper
from nhpf.reports.publication import figure, figures
from nhpf.reports.tree import (
    Block,
    Disparity,
    Figure,
    Inset,
    Judgement,
    Missing,
    NotPublished,
    Paragraph,
    Pointer,
    Report,
    Section,
    Table,
)

MADE = (
    "Made from data release {0.release} with edition {0.edition} of the framework, by version "
    "{0.code_version} of the software. The same release and version give the same document, to "
    "the byte."
)
CITE = (
    "Cite a figure by its title and series, then: {0.title}. National Homicide Prevention "
    "Framework, edition {0.edition}, data release {0.release}, version {0.code_version}."
)
NOT_PUBLISHED = (
    "Not published. A figure that compares groups of people belongs here. It is shown once its "
    "equality impact assessment ({}) has been signed by someone other than its author."
)
SIGNED = "signed by someone other than its author"
Look = Literal["body", "lead", "quiet", "inset", "strong"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``level`` 1 is a section, ``id`` is what links lead to."""

    level: int
    text: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph and how it looks."""

    text: str
    look: Look = "body"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of sentences."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Links:
    """What a statement rests on: text and the id that it leads to."""

    lead: str
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as SVG, and what those read who cannot see it."""

    id: str
    svg: str
    alt: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and what they are."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as words; ``numeric`` says which columns hold numbers."""

    caption: str
    headings: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


Part = Heading | Text | Bullets | Links | Picture | Facts | Grid


def cover(report: Report) -> Facts:
    """Return what the first page says of the document, beside its title."""
    given = report.distribution
    who = "everybody" if report.audience == "public" else "named readers only"
    rows = (
        ("Place", f"{report.area_name} ({report.area_code})"),
        ("Period", report.period),
        ("For", who),
        ("Given to", given.recipients if given else ""),
        ("Purpose", given.purpose if given else ""),
        ("Handling", report.handling),
        ("Data", f"release {report.release}, newest source extracted {_newest(report)}"),
        ("Framework", f"edition {report.edition}"),
        ("Software", f"version {report.code_version}"),
    )
    return Facts(tuple(row for row in rows if row[1]))


def _newest(report: Report) -> str:
    return words.spoken_date(sources.newest_extract(report))


def parts(report: Report, signatures: Mapping[str, str]) -> Iterator[Part]:
    """Yield the parts of a report that follow its cover and contents, in reading order.

    Parameters
    ----------
    report : Report
        What may be published of it.
    signatures : dict of str to str
        Who signed each equality impact assessment, in words that follow its id.
    """
    yield Heading(1, "What the figures say", "judgements")
    for judgement in (report.headline, *report.judgements):
        yield from _judgement(report, judgement)
    for section in report.sections:
        yield Heading(1, section.title, f"section-{section.id}")
        yield from _section(report, section, signatures)
    yield from _withheld(report)
    yield from _made(report)


def _judgement(report: Report, one: Judgement) -> Iterator[Part]:
    yield Heading(2, one.sentence, f"judgement-{one.id}")
    yield Text(f"{words.confidence(one.confidence)}.", "strong")
    yield Text(one.because)
    yield from _links(report, one.figures)


def _links(report: Report, ids: tuple[str, ...]) -> Iterator[Links]:
    found = [figure(report, id_) for id_ in ids]
    if led := tuple((one.title, one.id) for one in found if one is not None):
        yield Links("Rests on: ", led)


def _section(report: Report, section: Section, signatures: Mapping[str, str]) -> Iterator[Part]:
    for kind, run in groupby(section.blocks, key=type):
        if kind is Missing:
            yield _missing(tuple(run))
        else:
            for block in run:
                yield from _block(report, block, signatures)


def _missing(blocks: tuple[Block, ...]) -> Facts:
    return Facts(
        tuple(
            (one.what, f"Held by {words.closed(one.holder)} {words.closed(one.how_to_add)}")
            for one in blocks
            if isinstance(one, Missing)
        )
    )


def _block(report: Report, block: Block, signatures: Mapping[str, str]) -> Iterator[Part]:
    match block:
        case Paragraph(text):
            yield Text(text)
        case Inset(text):
            yield Text(text, "inset")
        case Judgement():
            yield from _judgement(report, block)
        case Pointer():
            yield from _pointer(report, block)
        case NotPublished():
            yield Text(NOT_PUBLISHED.format(block.assessment), "inset")
        case Figure():
            yield from _figure(block, signatures)


def _pointer(report: Report, one: Pointer) -> Iterator[Part]:
    yield Heading(2, one.title, one.entry)
    yield Text(one.why)
    yield from _links(report, one.figures)
    if one.toolkits:
        yield Text("Toolkits for it", "strong")
        yield Facts(tuple((each.title, each.why) for each in one.toolkits))


def _figure(one: Figure, signatures: Mapping[str, str]) -> Iterator[Part]:
    yield Heading(2, one.title, one.id)
    yield Text(one.subtitle, "lead")
    if one.chart is not None:
        drawn = draw_for_paper(one.chart, title=one.title, description=one.reading)
        yield Picture(one.id, drawn, f"{words.closed(one.title)} {one.reading}")
    yield Text(one.reading)
    if one.caveats:
        yield Bullets(one.caveats)
    if one.disparity:
        yield from _disparity(one.disparity, signatures)
    yield from _table(one.table)
    yield Text(sources.source_line(one), "quiet")
    if one.method:
        yield Text(f"Method: {words.closed(one.method)}", "quiet")


def _disparity(one: Disparity, signatures: Mapping[str, str]) -> Iterator[Part]:
    yield Heading(3, "Before you compare groups")
    signature = signatures.get(one.assessment, SIGNED)
    yield Facts(
        (
            ("Counted against", one.denominator),
            ("Years together", one.pooling),
            ("What it cannot say", one.benchmark_caveat),
            ("Explain or reform", one.explain_or_reform),
            ("Who answers", one.owner),
            ("Impact assessment", f"{one.assessment}, {signature}"),
        )
    )


def _table(table: Table) -> Iterator[Part]:
    headings = tuple(map(tables.heading, table.columns))
    rows = tuple(
        tuple(
            tables.short_cell(cell, column.kind)
            for column, cell in zip(table.columns, row, strict=True)
        )
        for row in table.rows
    )
    note = tables.notes(table)
    if tables.is_wordy(table):
        if tables.is_numeric(table.columns[0]):
            # A number names nothing: it goes before what the row is about.
            headings = headings[1:]
            rows = tuple((f"{number}. {first}", *rest) for number, first, *rest in rows)
        yield from _records(table.caption, headings, rows, note)
        return
    numeric = tuple(map(tables.is_numeric, table.columns))
    yield Grid(table.caption, headings, numeric, rows, note)


def _records(
    caption: str, headings: tuple[str, ...], rows: tuple[tuple[str, ...], ...], note: str
) -> Iterator[Part]:
    """Yield each row of sentences under a heading of its own: columns would be narrow strips."""
    yield Text(caption, "strong")
    for first, *rest in rows:
        yield Heading(3, first)
        yield Facts(tuple(zip(headings[1:], rest, strict=True)))
    if note:
        yield Text(note, "quiet")


def _withheld(report: Report) -> Iterator[Part]:
    yield Heading(1, "What was withheld, and why", "what-was-withheld")
    yield Text(withholding.LEAD)
    if report.withheld:
        yield Bullets(report.withheld)
    rows = tuple((one.shows, one.what, words.versions(one), one.why) for one in report.withholdings)
    if rows:
        yield Grid("What is withheld, by figure", withholding.HEADINGS, (False,) * 4, rows)
    else:
        yield Text("Nothing was withheld from either version.")


def _made(report: Report) -> Iterator[Part]:
    yield Heading(1, "How this report was made", "how-this-was-made")
    yield Text(MADE.format(report))
    yield Text(CITE.format(report))
    yield Heading(2, "Where the figures come from", "sources")
    for source in sources.listed(figures(report)):
        first = source.first
        yield Heading(3, words.closed(source.name))
        rows = (
            ("Periods", "; ".join(source.periods)),
            ("Extracted", words.spoken_date(first.extract_date)),
            ("Vintage", first.vintage),
            ("Licence", first.licence),
            ("Address", first.address),
            ("Tables", ", ".join(first.tables)),
            ("Rows counted", "" if first.rows is None else words.number(first.rows)),
            ("SHA-256 of the files", ", ".join(first.sha256)),
        )
        yield Facts(tuple(row for row in rows if row[1]))
