"""The words of reports in templates."""

from __future__ import annotations

import re

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from nhpf.reports import words
from nhpf.reports.dates import MONTHS
from nhpf.reports.tree import Cell, Table

register = template.Library()
_MONTH = re.compile(r"\b(\d{4})-(0[1-9]|1[0-2])\b")


@register.filter
def said(row: tuple[Cell, ...], table: Table) -> list[str]:
    """Return a row's cells as readers see them."""
    cells = zip(row, table.columns, strict=True)
    return [words.cell(value, column.kind) for value, column in cells]


@register.filter
def grouped(count: int) -> str:
    """Return a whole number with its thousands apart."""
    return f"{count:,}"


@register.filter
def spoken(day: str) -> str:
    """Return an ISO date as a date is said; other text stays."""
    return words.spoken_date(day)


@register.filter
def spoken_month(period: str) -> str:
    """Return months written 2024-09 as they are said, September 2024; other text stays."""
    return _MONTH.sub(lambda found: f"{MONTHS[int(found[2]) - 1]} {found[1]}", period)


@register.filter
def breakable(name: str) -> SafeString:
    """Return a table's name that may break at its underscores, and nowhere else."""
    return mark_safe(escape(name).replace("_", "_<wbr>"))
