"""Checks of what a manifest says: when files were extracted, and what became of imported rows."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any

from nhpf.records.quality.flags import Flag

OLD_EXTRACT = 400
OLD_MONTH = 200
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def late(
    manifest: Mapping[str, Any], last_months: Mapping[str, str], *, today: dt.date
) -> Iterator[Flag]:
    """Flag tables that were extracted, or whose last month ended, long before today."""
    for name, table in manifest["tables"].items():
        extracted = _end(str(table["extract_date"]))
        if extracted is None and name in manifest.get("imports", ()):
            what = "The import does not say when the files were extracted."
            yield Flag("late", name, what, "note", done="Say it with --extract-date.")
        elif extracted is not None and (today - extracted).days > OLD_EXTRACT:
            what = f"Extracted {table['extract_date']}, more than a year ago."
            yield Flag("late", name, what, "note", done="Dated on every figure.")
        ended = _end(last_months.get(name, ""))
        if ended is not None and (today - ended).days > OLD_MONTH:
            yield Flag(
                "late",
                name,
                f"The last month counted is {last_months[name]}.",
                "note",
                period=last_months[name],
                done="Every figure names its period.",
            )


def _end(text: str) -> dt.date | None:
    """Return the last day that a text names: of the year or the month, where it says no more."""
    return max((_last_day(*each) for each in _DATE.findall(text)), default=None)


def _last_day(year: str, month: str, day: str) -> dt.date:
    if day:
        return dt.date(int(year), int(month), int(day))
    after = dt.date(int(year) + (month in ("", "12")), int(month or 12) % 12 + 1, 1)
    return after - dt.timedelta(days=1)


def accounts(manifest: Mapping[str, Any]) -> Iterator[Flag]:
    """Flag the rows of an import that were rejected or set aside."""
    for name in manifest.get("imports", ()):
        account = manifest["sources"][name].get("account")
        if account is None:
            continue
        if account["rejected"]:
            columns = sorted({each["column"] for each in account["rejects"] if each["column"]})
            yield Flag(
                "rejected rows",
                name,
                f"{account['rejected']:,} of {account['rows']:,} rows broke the contract.",
                "caution",
                field=", ".join(columns),
                rows=account["rejected"],
                done="They are not in the table; the import allowed them.",
            )
        if account["duplicates"]:
            yield Flag(
                "repeats set aside",
                name,
                f"{account['duplicates']:,} of {account['rows']:,} rows equalled an earlier one.",
                "note",
                rows=account["duplicates"],
                done="Each is counted once.",
            )
