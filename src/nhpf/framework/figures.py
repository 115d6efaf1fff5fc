"""Figures in an entry's words, and whether something with a source holds each of them.

A figure is a number in digits. It may stand in a summary, a text part or a note only if a fact,
an outcome, a rating or a sourced part of the evidence of the same entry holds it too: the reader
finds the source lower on the page. Three kinds of number are no findings and need none: years,
ages that say whom something is about, and numbers of sections of Acts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nhpf.framework.entries import Entry, Evidence

_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_YEAR = re.compile(r"(?<![\d.,£])(?:1[89]|20)\d\d(?:[-/]\d\d)?(?![\d%])(?!,\d)(?!\.\d)")
_AGE = re.compile(
    r"\b(?:ages?|aged|(?:age|men|women|people) of|people under) "
    r"\d{1,2}(?:(?: to | and |-)\d{1,2})?",
    re.IGNORECASE,
)
_LAW = re.compile(
    r"\b(?:sections?|parts?|chapters?|articles?|schedules?|paragraphs?) \d+[A-Z]*"
    r"(?:(?:, | and | to )\d+[A-Z]*)*",
    re.IGNORECASE,
)


def figures(text: str) -> frozenset[float]:
    """Return the figures of a text: its numbers in digits that are no year, age or section."""
    plain = text
    for definition in (_LAW, _AGE, _YEAR):
        plain = definition.sub(" ", plain)
    return frozenset(_numbers(plain))


def unsourced_figures(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield the field and the figure for each figure that nothing with a source holds."""
    held = frozenset(_numbers(" ".join(_sourced(entry))))
    for field, text in _running(entry):
        for figure in sorted(figures(text) - held):
            yield field, f"{figure:,g}" if figure < 1e6 else f"{figure:,.0f}"


def _numbers(text: str) -> Iterator[float]:
    return (float(found.replace(",", "")) for found in _NUMBER.findall(text))


def _running(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield the texts of an entry that cite no source of their own."""
    yield "summary", entry.summary
    yield "editorial", entry.editorial
    yield from ((f"text.{part}", words) for part, words in entry.text.items())
    evidence = entry.evidence
    if evidence is None:
        return
    yield "evidence.caveat", evidence.caveat
    if not evidence.harms_sources:
        yield "evidence.harms", evidence.harms
    if not evidence.cost_sources:
        yield "evidence.cost", evidence.cost


def _sourced(entry: Entry) -> Iterator[str]:
    for fact in entry.facts:
        yield from (fact.text, fact.metric)
    if entry.evidence:
        yield from _sourced_evidence(entry.evidence)


def _sourced_evidence(evidence: Evidence) -> Iterator[str]:
    for row in evidence.outcomes:
        counted = (row.estimate, row.low, row.high, row.studies, row.uk_studies)
        yield " ".join((row.outcome, row.finding, *(str(one) for one in counted)))
    yield from (rating.rating for rating in evidence.ratings)
    yield from (part.known for part in evidence.emmie)
    if evidence.harms_sources:
        yield evidence.harms
    if evidence.cost_sources:
        yield evidence.cost
