"""Rows of a register as a file that a sheet or a program opens."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

# A sheet would take these for a formula; an apostrophe before them says that they are words.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")


def as_csv(rows: Sequence[dict[str, Any]], *, columns: Sequence[str]) -> str:
    """Return rows as CSV with a heading even where there is none."""
    written = io.StringIO()
    table = csv.DictWriter(written, columns, lineterminator="\r\n")
    table.writeheader()
    table.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return written.getvalue()


def as_json(rows: Sequence[dict[str, Any]]) -> str:
    """Return rows as JSON."""
    return json.dumps(rows, ensure_ascii=False, indent=1)


def _cell(value: Any) -> Any:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case str() if value.startswith(FORMULA):
            return f"'{value}"
    return value
