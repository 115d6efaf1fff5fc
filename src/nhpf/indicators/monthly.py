"""Counts by month without gaps, and the sums that are made of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from nhpf.errors import InvalidInput

if TYPE_CHECKING:
    import numpy.typing as npt

MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Monthly:
    """Counts of consecutive months.

    Attributes
    ----------
    first : date
        The first day of the first month.
    counts : ndarray of int, shape (months,)
    """

    first: date
    counts: npt.NDArray[np.int64]

    @property
    def last(self) -> date:
        """Return the first day of the last month."""
        return self.month(len(self.counts) - 1)

    def month(self, index: int) -> date:
        """Return the first day of the month at a position, which may be negative."""
        if index < 0:
            index += len(self.counts)
        years, month = divmod(self.first.month - 1 + index, MONTHS_OF_A_YEAR)
        return date(self.first.year + years, month + 1, 1)

    def latest(self, months: int, *, before: int = 0) -> tuple[int, date, date]:
        """Return the sum of some months, and the first and the last of them.

        Parameters
        ----------
        months : int
            How many months.
        before : int
            How many later months are left out: 12 with ``months=12`` is the year before the latest.

        Raises
        ------
        InvalidInput
            If the series does not reach back so far.
        """
        stop = len(self.counts) - before
        if months < 1 or stop - months < 0:
            raise InvalidInput("The series does not hold so many months.")
        part = self.counts[stop - months : stop]
        return int(part.sum()), self.month(stop - months), self.month(stop - 1)

    def holds(self, months: int) -> bool:
        """Whether the series has at least so many months."""
        return len(self.counts) >= months

    def by_calendar_year(self) -> tuple[tuple[int, int, int], ...]:
        """Return (year, months counted, count) for each calendar year."""
        years = np.array([self.month(index).year for index in range(len(self.counts))])
        found = []
        for year in dict.fromkeys(years.tolist()):
            held = years == year
            found.append((int(year), int(held.sum()), int(self.counts[held].sum())))
        return tuple(found)

    def by_latest_years(self) -> tuple[tuple[date, int], ...]:
        """Return (last month, count) for each 12 months that end where the series ends."""
        table = self.year_table()
        ends = (self.month(-1 - 12 * back) for back in reversed(range(len(table))))
        return tuple(zip(ends, (int(row.sum()) for row in table), strict=True))

    def year_table(self, years: int | None = None) -> npt.NDArray[np.float64]:
        """Return counts of the latest whole 12-month blocks, shape (years, 12), oldest first."""
        held = len(self.counts) // MONTHS_OF_A_YEAR
        wanted = held if years is None else min(years, held)
        part = self.counts[len(self.counts) - wanted * MONTHS_OF_A_YEAR :]
        return part.reshape(wanted, MONTHS_OF_A_YEAR).astype(float)


def monthly(months: npt.NDArray[np.datetime64], counts: npt.NDArray[np.int64]) -> Monthly:
    """Make a series from the columns of a query, in the order of time.

    Raises
    ------
    InvalidInput
        If a month is missing between the first and the last.
    """
    positions = months.astype("datetime64[M]").astype(int)
    if len(positions) == 0 or not (np.diff(positions) == 1).all():
        raise InvalidInput("A series must hold each month once, without a gap.")
    return Monthly(months[0].astype(date).replace(day=1), counts.astype(np.int64))
