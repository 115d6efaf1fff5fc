"""How values of a report are written: the one place that decides digits and wording."""

from __future__ import annotations

from nhpf.disclosure.values import Disclosed
from nhpf.reports.dates import period, spoken_date
from nhpf.reports.numerals import NOT_KNOWN, about, in_words, number, rate_places
from nhpf.reports.tree import Cell, Confidence, Interval, Kind, Report, Withheld

__all__ = [
    "NOT_KNOWN",
    "about",
    "cell",
    "closed",
    "confidence",
    "in_words",
    "marking",
    "number",
    "period",
    "places_for",
    "spoken_date",
    "versions",
    "withheld",
]

_CONFIDENCE: dict[Confidence, str] = {
    "low": "Low confidence",
    "moderate": "Moderate confidence",
    "high": "High confidence",
}


def _share_places(share: float) -> int:
    """Return the decimals of a percentage, from its fraction."""
    percent = abs(share) * 100
    if percent >= 10 or percent == 0:
        return 0
    return 1 if percent >= 0.1 else 2


def places_for(kind: Kind, value: float) -> int:
    """Return how many decimals a value of this kind and size is written with."""
    if kind == "share":
        return _share_places(value)
    if kind == "ratio":
        return 2
    if float(value).is_integer() and kind in ("count", "number"):
        return 0
    return 1 if kind == "count" else rate_places(value)


def _amount(value: float, kind: Kind, places: int) -> str:
    return f"{number(value * 100, places)}%" if kind == "share" else number(value, places)


def _interval(cell: Interval, kind: Kind) -> str:
    places = places_for(kind, cell.estimate or cell.high)
    if kind == "count":
        places = places_for(kind, cell.estimate)
        low, high = round(cell.low), round(cell.high)
        return f"{_amount(cell.estimate, kind, places)} ({number(low)} to {number(high)})"
    estimate, low_text, high_text = (
        _amount(part, kind, places) for part in (cell.estimate, cell.low, cell.high)
    )
    return f"{estimate} ({low_text} to {high_text})"


def _text(text: str) -> str:
    """Return text as it is, but an ISO date as a date is said."""
    if len(text) == 10 and text[4] == text[7] == "-":
        return spoken_date(text)
    return text


def cell(value: Cell, kind: Kind = "text") -> str:
    """Return what a reader sees for one cell of a table.

    Parameters
    ----------
    value : str, int, float, Disclosed, Interval or None
        None is "not known"; a withheld figure says so and why.
    kind : str
        The kind of its column; a ``share`` is a fraction shown as a percentage.
    """
    if value is None:
        return NOT_KNOWN
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Interval):
        return _interval(value, kind)
    if isinstance(value, Disclosed):
        if value.value is None:
            return withheld(value.withheld)
        return cell(value.value, kind)
    if kind in ("text", "period"):
        return str(value)
    return _amount(value, kind, places_for(kind, value))


def withheld(reason: str) -> str:
    """Return the words for a figure that may not be seen."""
    return reason if reason.startswith("withheld") else f"withheld: {reason}"


def closed(text: str) -> str:
    """Return a text as a sentence, with one full stop."""
    return text if text.endswith((".", "?", "!")) else f"{text}."


def versions(one: Withheld) -> str:
    """Return from which versions of a report something is withheld."""
    return "the public version" if one.versions == "public" else "both versions"


def confidence(level: Confidence) -> str:
    """Return the label of a judgement's confidence."""
    return _CONFIDENCE[level]


def marking(report: Report) -> str:
    """Return the line that stands at the top and bottom: the marking and, if any, its handling."""
    return f"{report.marking}: {report.handling}" if report.handling else report.marking
