"""What the person who imports says of the files, beside what they say themselves."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from nhpf.errors import InvalidInput

DAY = r"(19|20)[0-9]{2}(-[0-9]{2}(-[0-9]{2})?)?"


@dataclass(frozen=True, slots=True)
class Terms:
    """What the person who imports says of the files; blank where the contract or layout knows.

    Raises
    ------
    InvalidInput
        If ``extract_date`` is no day, month or year of ISO 8601, or lies in the future.
    """

    publisher: str = ""
    licence: str = ""
    extract_date: str = ""
    vintage: str = ""
    address: str = ""
    synthetic: bool = False

    def __post_init__(self) -> None:
        """Refuse a date that nobody could sort by."""
        today = dt.datetime.now(dt.UTC).date().isoformat()
        if not self.extract_date:
            return
        if not _is_day(self.extract_date) or self.extract_date > today[: len(self.extract_date)]:
            raise InvalidInput(
                "The date of extraction is no date up to today.",
                where="--extract-date",
                next_step="Write it like 2024-05-31, 2024-05 or 2024.",
            )


def _is_day(text: str) -> bool:
    if not re.fullmatch(DAY, text):
        return False
    try:
        dt.date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return False
    return True
