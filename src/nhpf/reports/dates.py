"""How days and periods are written: 3 March 2026; April 2021 to March 2024 (three years)."""

from __future__ import annotations

from datetime import date

from nhpf.reports.numerals import in_words

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


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
