"""A report as JSON: everything that the tree says, in one stable order."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import fields
from typing import Any

from nhpf.disclosure.values import Disclosed
from nhpf.errors import InvalidInput
from nhpf.reports.distribution import check_distribution
from nhpf.reports.publication import published_part
from nhpf.reports.tree import (
    Block,
    Figure,
    Inset,
    Judgement,
    Missing,
    NotPublished,
    Paragraph,
    Pointer,
    Report,
    Table,
)

SCHEMA = "nhpf-report/1"
"""Rises when a field changes its name or meaning; fields may be added without it."""

_KINDS: dict[type[Block], str] = {
    Paragraph: "paragraph",
    Inset: "inset",
    Figure: "figure",
    Judgement: "judgement",
    Pointer: "pointer",
    Missing: "missing",
    NotPublished: "not_published",
}


def to_json(report: Report, *, signed: Collection[str] = ()) -> str:
    """Return a report as JSON, the same to the byte for the same report.

    Parameters
    ----------
    report : Report
        The report tree.
    signed : collection of str
        Ids of signed equality impact assessments; figures that wait for another are left out.

    Returns
    -------
    str
        An object with ``schema`` and ``report``. Rows of tables are objects by column key. A value
        that may be withheld is ``{"value", "withheld", "reason"}`` with null for what is withheld;
        an estimate is ``{"estimate", "low", "high", "level", "method"}``; null alone is not known.
        A chart is named by its kind: its numbers are those of the figure's table.

    Raises
    ------
    InvalidInput
        If a number is not finite: JSON cannot say it, and no figure should be it.
    RefusedByDisclosure
        If a restricted report has no distribution.
    """
    check_distribution(report)
    document = {"schema": SCHEMA, "report": _written(published_part(report, signed))}
    try:
        return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1) + "\n"
    except ValueError:
        raise InvalidInput(
            "A figure of this report is not a finite number.", where=report.title
        ) from None


def figure_json(figure: Figure, report: Report) -> str:
    """Return one figure with what it needs to be understood alone."""
    document = {
        "schema": SCHEMA,
        "marking": report.marking,
        "area_code": report.area_code,
        "release": report.release,
        "figure": _written(figure),
    }
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def _written(value: Any) -> Any:
    """Return a part of the tree as what JSON can hold."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, tuple | list):
        return [_written(part) for part in value]
    if isinstance(value, Disclosed):
        return value.as_json()
    if isinstance(value, Table):
        return _table(value)
    if hasattr(value, "item"):  # a NumPy number
        return value.item()
    return _object(value)


def _object(value: Any) -> dict[str, Any]:
    kind = _KINDS.get(type(value))
    named: dict[str, Any] = {"kind": kind} if kind else {}
    for field in fields(value):
        part = getattr(value, field.name)
        if field.name == "chart":
            named["chart"] = type(part).__name__ if part is not None else None
        else:
            named[field.name] = _written(part)
    return named


def _table(table: Table) -> dict[str, Any]:
    keys = [column.key for column in table.columns]
    return {
        "caption": table.caption,
        "columns": [_object(column) for column in table.columns],
        "rows": [
            {key: _written(cell) for key, cell in zip(keys, row, strict=True)} for row in table.rows
        ],
        "note": table.note,
    }
