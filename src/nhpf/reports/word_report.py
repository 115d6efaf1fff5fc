"""A report as a Word document that analysts edit: real headings, captions, tables, alt texts."""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping
from datetime import datetime, time
from typing import Any

from nhpf.reports import paper, sources, words
from nhpf.reports.archives import without_times
from nhpf.reports.distribution import check_distribution
from nhpf.reports.extra import needing
from nhpf.reports.pictures import rasterised
from nhpf.reports.publication import published_part, signatures_in
from nhpf.reports.tree import Report


def to_word(report: Report, *, signed: Mapping[str, str] | Collection[str] = ()) -> bytes:
    """Return a report as a Word document, the same to the byte for the same report.

    Parameters
    ----------
    report : Report
        The report tree; a restricted one with its distribution.
    signed : mapping of str to str, or collection of str
        As for `to_html`.

    Raises
    ------
    RefusedByDisclosure
        If a restricted report has no distribution.
    InvalidInput
        If the extra ``documents`` is not installed.
    """
    check_distribution(report)
    shown = published_part(report, signed)
    with needing("documents"):
        from nhpf.reports.word_parts import Writer
    parts = tuple(paper.parts(shown, signatures_in(signed)))
    drawings = [one.svg for one in parts if isinstance(one, paper.Picture)]
    writer = Writer(words.marking(shown), iter(rasterised(drawings)), parts)
    _front(writer, shown)
    for one in parts:
        writer.add(one)
    _describe(writer.document, shown)
    file = io.BytesIO()
    writer.document.save(file)
    return without_times(file.getvalue())


def _front(writer: Any, report: Report) -> None:
    """Write the cover and the contents, each on pages of their own."""
    writer.paragraph("National Homicide Prevention Framework", "Quiet")
    writer.paragraph(report.title, "Title")
    writer.paragraph(words.marking(report), "Key line")
    writer.paragraph(report.headline.sentence, "Inset")
    writer.paragraph(f"{words.confidence(report.headline.confidence)}.", "Key line")
    writer.add(paper.cover(report))
    writer.paragraph(paper.MADE.format(report), "Quiet")
    writer.new_page()
    writer.contents()
    writer.new_page()


def _describe(document: Any, report: Report) -> None:
    """Let marking and provenance travel in the properties of the file."""
    day = datetime.combine(sources.newest_extract(report), time())
    given = report.distribution
    said = f" Given to {given.recipients}, {given.purpose}." if given else ""
    held = document.core_properties
    held.title = report.title
    held.subject = f"{report.area_name}, {report.period}"
    held.author = held.last_modified_by = "National Homicide Prevention Framework"
    held.category = report.marking
    held.keywords = f"{report.marking}; homicide; problem profile"
    held.comments = f"{words.marking(report)}. {paper.MADE.format(report)}{said}"[:255]
    held.identifier = f"{report.area_code} {report.audience} {report.release}"
    held.version = report.code_version
    held.language = "en-GB"
    held.created = held.modified = day
    held.revision = 1
