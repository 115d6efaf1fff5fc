"""A report as PDF/UA-1: tagged, with alternative text, bookmarks and its marking on each page."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from nhpf.reports import paper, sources, words
from nhpf.reports.distribution import check_distribution
from nhpf.reports.publication import published_part, signatures_in
from nhpf.reports.tree import Report
from nhpf.reports.typesetting import typeset

_TEMPLATE = Path(__file__).parent / "templates" / "report.typ"


def to_pdf(report: Report, *, signed: Mapping[str, str] | Collection[str] = ()) -> bytes:
    """Return a report as a PDF that declares PDF/UA-1, the same to the byte for the same report.

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
    files: dict[str, bytes] = {}
    parts = [_part(one, files) for one in paper.parts(shown, signatures_in(signed))]
    told = {**_front(shown), "parts": parts}
    files["report.json"] = json.dumps(told, ensure_ascii=False).encode()
    files["main.typ"] = _TEMPLATE.read_bytes()
    day = datetime.combine(sources.newest_extract(shown), time(), UTC)
    made: bytes = typeset(files, format="pdf", pdf_standards=["ua-1"], timestamp=day)
    return made


def _front(report: Report) -> dict[str, Any]:
    """Return what the cover, the margins and the properties of the file say."""
    day = sources.newest_extract(report)
    return {
        "title": report.title,
        "marking": words.marking(report),
        "class": report.marking,
        "headline": report.headline.sentence,
        "confidence": words.confidence(report.headline.confidence),
        "cover": paper.cover(report).rows,
        "made": paper.MADE.format(report),
        "day": [day.year, day.month, day.day],
    }


def _part(one: paper.Part, files: dict[str, bytes]) -> dict[str, Any]:
    """Return a part as the template reads it; a picture's file goes beside it."""
    told = {"kind": type(one).__name__, **asdict(one)}
    if isinstance(one, paper.Picture):
        told["file"] = f"{one.id}.svg"
        files[told["file"]] = told.pop("svg").encode()
    return told
