"""How a figure's sources are said: in a line, in a citation, and all of a report's in a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from nhpf.reports import words
from nhpf.reports.publication import figures
from nhpf.reports.tree import Figure, Provenance, Report

_MOST_SOURCES = 3
# Where no source has a day; the first that the archives of Word and spreadsheets can hold.
_NO_DAY = date(1980, 1, 1)


@dataclass(frozen=True, slots=True)
class Source:
    """One source with the periods that figures take from it; ``first`` holds what they share."""

    name: str
    periods: list[str]
    first: Provenance


def source_line(figure: Figure) -> str:
    """Return the sources of a figure in short; how it was made has each of them in full."""
    # The first sentence names a source; publisher, attribution and licence follow it.
    named = dict.fromkeys(part.source.partition(". ")[0] for part in figure.provenance)
    shown = list(named)[:_MOST_SOURCES]
    more = len(named) - len(shown)
    rest = f"; and {words.in_words(more)} more, listed under how it was made" if more else ""
    return f"{'Source' if len(named) == 1 else 'Sources'}: {'; '.join(shown)}{rest}."


def citation(figure: Figure, report: Report) -> str:
    """Return a sentence that lets others cite a figure and find it again."""
    named = "; ".join(dict.fromkeys(part.source for part in figure.provenance))
    return (
        f"{figure.title}. {figure.subtitle}. In: {report.title}. National Homicide "
        f"Prevention Framework, edition {report.edition}, data release "
        f"{report.release}, version {report.code_version}, figure {figure.id}. "
        f"Source: {named}."
    )


def listed(shown: Iterable[Figure]) -> list[Source]:
    """Return where figures come from, each source once with all its periods."""
    grouped: dict[tuple[str, str, tuple[str, ...]], list[Provenance]] = {}
    for figure in shown:
        for part in figure.provenance:
            grouped.setdefault((part.source, part.vintage, part.sha256), []).append(part)
    return [
        Source(name, list(dict.fromkeys(part.period for part in parts)), parts[0])
        for (name, *_), parts in grouped.items()
    ]


def newest_extract(report: Report) -> date:
    """Return the latest day on which a source of the report was extracted.

    It is the day that files of the report bear: the clock would make each copy differ.
    """
    days = (_day(part.extract_date) for figure in figures(report) for part in figure.provenance)
    return max((day for day in days if day is not None), default=_NO_DAY)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
