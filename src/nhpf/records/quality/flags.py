"""A flag: one thing that a check found, where, how bad it is, and what was done about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

HowBad = Literal["note", "caution", "unfit"]
MEANINGS: dict[HowBad, str] = {
    "note": "true of the table, and no reason to doubt a figure",
    "caution": "a figure on it can mislead: read why first",
    "unfit": "not to be used as a count of what happened",
}
KEPT = "Kept as it came; figures on it say so."


@dataclass(frozen=True, slots=True)
class Flag:
    """What one check found in one place of one table.

    Attributes
    ----------
    check : str
        The check's name, such as ``low month``; `RULES` says its rule.
    table : str
        The table of the release that it concerns.
    what : str
        A sentence with the counts concerned.
    how_bad : str
        note, caution or unfit.
    field, area, period, category : str
        Where it is; blank where it concerns all. A period is a year or a month: 2024, 2024-09.
    rows : int
        How many rows are concerned.
    done : str
        What was done about it.
    file : str
        The shipped file that has the fault, where the table made from it no longer has it.
    """

    check: str
    table: str
    what: str
    how_bad: HowBad
    field: str = ""
    area: str = ""
    period: str = ""
    category: str = ""
    rows: int = 0
    done: str = KEPT
    file: str = ""


@dataclass(frozen=True, slots=True)
class FieldCompleteness:
    """How many rows of a table are blank in one field; withheld values are no blanks."""

    table: str
    field: str
    rows: int
    blank: int
    withheld: int

    @property
    def share_filled(self) -> float:
        """The share of rows that hold a value or withhold one, 0 to 1."""
        return 1 - self.blank / self.rows if self.rows else 1.0


RULES: dict[str, str] = {
    "blank field": "A field that a row must have is blank in any row, or another field that the "
    "files hold in at least one row in twenty.",
    "invalid value": "A count is below zero, or the code of an area is not a letter and eight "
    "digits. Imported rows have kept their contract already.",
    "rejected rows": "Rows of the files broke the contract and were not taken.",
    "repeats set aside": "Rows of the files equalled an earlier row and were not counted again.",
    "late": "The files were extracted more than 400 days before the day of the check, or the last "
    "month counted ended more than 200 days before it.",
    "low month": "A month holds less than four fifths of the median of the twelve months on either "
    "side, and fewer than a Poisson count of four fifths of that median would hold once in a "
    "thousand: it is incomplete, or less was recorded. Below a half by the same rule it is unfit; "
    "a fall between March 2020 and April 2021, under the restrictions of the pandemic, is a note.",
    "areas missing": "Of the small areas with five or more a month on average, more than a "
    "twentieth have nothing in a month, and more than chance explains once in a thousand. From one "
    "in five the month is unfit.",
    "category missing": "A category has no count in a month, where the rule of a low month holds "
    "for it by the lower of the medians of the twelve months before and of the twelve after.",
    "stub month": "The first or last month of a table holds less than a fifth of what is usual, by "
    "the rule of a low month.",
    "all-zero category": "A category has rows, and every count in them is zero.",
    "stacked rows": "Rows of one value of a field add up to those of another, or to all others "
    "together, in every period: sheets of the same events, or a total among its parts.",
    "padded codes": "Text begins or ends with a blank, so that it matches nothing.",
    "repeated keys": "Two rows have the same key.",
    "two sources disagree": "Two sources of the same thing count differently. From one part in "
    "fifty it is a caution, from one in five unfit.",
}
