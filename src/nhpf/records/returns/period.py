"""The period of a return: whole years, calendar or financial."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from nhpf.errors import InvalidInput

MOST_YEARS = 5
FORM = re.compile(r"(?P<first>\d{4})-(?P<month>01|04)--(?P<last>\d{4})-(?P<end>12|03)")
YEAR = re.compile(r"(?P<first>\d{4})(/(?P<next>\d\d))?")


@dataclass(frozen=True, slots=True)
class Period:
    """Whole years from January or April.

    Attributes
    ----------
    first_year : int
        The calendar year in which it starts.
    month : int
        1 for calendar years, 4 for financial ones.
    years : int
    """

    first_year: int
    month: int
    years: int = 1

    def __str__(self) -> str:
        """Return the form that returns are signed with, such as ``2022-04--2025-03``."""
        months = self.months
        return f"{months[0]}--{months[-1]}"

    @property
    def months(self) -> tuple[str, ...]:
        """The months, such as ``2024-04``, in order."""
        start = self.first_year * 12 + self.month - 1
        numbers = range(start, start + 12 * self.years)
        return tuple(f"{each // 12:04d}-{each % 12 + 1:02d}" for each in numbers)

    @property
    def labels(self) -> tuple[str, ...]:
        """The years, such as ``2024`` or ``2024/25``, in order."""
        firsts = range(self.first_year, self.first_year + self.years)
        if self.month == 1:
            return tuple(str(each) for each in firsts)
        return tuple(f"{each}/{(each + 1) % 100:02d}" for each in firsts)

    @property
    def year_of(self) -> dict[str, str]:
        """The year of each month."""
        return {each: self.labels[i // 12] for i, each in enumerate(self.months)}

    @property
    def end(self) -> date:
        """The first day after the period."""
        return date(self.first_year + self.years, self.month, 1)

    @property
    def words(self) -> str:
        """The period as a reader says it: ``2024/25``, or ``2022/23 to 2024/25``."""
        labels = self.labels
        return labels[0] if self.years == 1 else f"{labels[0]} to {labels[-1]}"

    def overlaps(self, other: Period) -> bool:
        """Whether a month lies in both."""
        return bool(set(self.months) & set(other.months))


def period_of(text: str) -> Period:
    """Read a period: ``2024``, ``2024/25``, ``2022/23 to 2024/25`` or ``2022-04--2025-03``.

    Raises
    ------
    InvalidInput
        If the text is no period, or one of more than five years.
    """
    signed = FORM.fullmatch(text.strip())
    if signed:
        month = int(signed["month"])
        last = int(signed["last"]) - (month == 4)
        found = Period(int(signed["first"]), month, last - int(signed["first"]) + 1)
        usable = (signed["month"] == "01") == (signed["end"] == "12")
    else:
        found, usable = _of_labels(text)
    if not usable or not 1 <= found.years <= MOST_YEARS:
        raise InvalidInput(
            "This is not a period of one to five whole years.",
            where=text,
            next_step="Write it as 2024, 2024/25, 2022 to 2024, or 2022/23 to 2024/25.",
        )
    return found


def _of_labels(text: str) -> tuple[Period, bool]:
    """Return the period of one or two year labels, and whether they are labels of one kind."""
    first, _, last = text.strip().partition(" to ")
    ends = [YEAR.fullmatch(each.strip()) for each in (first, last or first)]
    if ends[0] is None or ends[1] is None:
        return Period(1, 1), False
    starts = [int(each["first"]) for each in ends if each]
    months = [4 if each["next"] else 1 for each in ends if each]
    found = Period(starts[0], months[0], starts[1] - starts[0] + 1)
    labels = (first.strip(), (last or first).strip())
    return found, found.years > 0 and labels == (found.labels[0], found.labels[-1])
