"""How values, dates and periods are written: the one place that decides digits and wording."""

from __future__ import annotations

from datetime import date
from math import floor, log10

from nhpf.disclosure.values import Disclosed
from nhpf.reports.tree import Cell, Confidence, Interval, Kind, Report

NOT_KNOWN = "not known"
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SMALL_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
)  # fmt: skip
_CONFIDENCE: dict[Confidence, str] = {
    "low": "Low confidence",
    "moderate": "Moderate confidence",
    "high": "High confidence",
}


def in_words(count: int) -> str:
    """Return a whole number up to twelve as a word, a larger one in figures."""
    return _SMALL_NUMBERS[count] if 0 <= count < len(_SMALL_NUMBERS) else f"{count:,}"


def number(value: float, places: int | None = None) -> str:
    """Return a number with thousands separated; without ``places``, three figures that matter."""
    if places is None:
        places = 0 if float(value).is_integer() else _rate_places(value)
    text = f"{value:,.{places}f}"
    return f"−{text[1:]}" if text.startswith("-") and text.strip("-0.,") else text.lstrip("-")


def _rate_places(size: float) -> int:
    """Return the decimals that a rate of this size bears."""
    size = abs(size)
    if size >= 100:
        return 0
    if size >= 10:
        return 1
    if size >= 0.1 or size == 0:
        return 2
    return min(6, 1 - floor(log10(size)))


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
    return 1 if kind == "count" else _rate_places(value)


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


def about(value: float, figures: int = 2) -> str:
    """Return a number rounded to ``figures`` figures, after the word that says so."""
    if value == 0:
        return "0"
    places = figures - 1 - floor(log10(abs(value)))
    rounded = round(value, places)
    return f"about {number(rounded, max(places, 0))}"


def spoken_date(day: date | str) -> str:
    """Return a day as "3 March 2026"; takes a date or its ISO form, and leaves other text alone."""
    try:
        known = day if isinstance(day, date) else date.fromisoformat(day)
    except ValueError:
        return str(day)
    return f"{known.day} {MONTHS[known.month - 1]} {known.year}"


def period(first: date, last: date) -> str:
    """Return a period of whole months and its length: "April 2021 to March 2024 (three years)"."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    start, end = (f"{MONTHS[day.month - 1]} {day.year}" for day in (first, last))
    if months == 1:
        return start
    whole_years = months % 12 == 0
    length = months // 12 if whole_years else months
    unit = "year" if whole_years else "month"
    return f"{start} to {end} ({in_words(length)} {unit}{'' if length == 1 else 's'})"


def confidence(level: Confidence) -> str:
    """Return the label of a judgement's confidence."""
    return _CONFIDENCE[level]


def marking(report: Report) -> str:
    """Return the line that stands at the top and bottom: the marking and, if any, its handling."""
    return f"{report.marking}: {report.handling}" if report.handling else report.marking
