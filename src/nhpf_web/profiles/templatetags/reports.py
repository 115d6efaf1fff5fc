"""The words of reports in templates."""

from __future__ import annotations

from django import template

from nhpf.reports import words
from nhpf.reports.tree import Cell, Table

register = template.Library()


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
