"""Tables as files."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any

from django.http import HttpResponse


def csv_file(rows: Iterable[Sequence[Any]], *, name: str) -> HttpResponse:
    """Return rows, the headings first, as a CSV file that spreadsheets open as UTF-8."""
    text = StringIO()
    csv.writer(text).writerows(rows)
    answer = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer
