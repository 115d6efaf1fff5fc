"""The series that are watched: each indicator in each area, by the shortest period allowed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from nhpf.errors import CannotTell, InvalidInput
from nhpf.indicators import compute, load_indicators
from nhpf.reports.dates import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhpf.indicators import Indicator, Measurement
    from nhpf.records import Area, Release, TableSource

Step = Literal["month", "year"]
PERIODS_IN_A_YEAR: dict[Step, int] = {"month": 12, "year": 1}
ONE_PERIOD = "The release holds one period: nothing to compare it with."
A_GAP = "A month is missing between the first and the last: the series cannot be watched."


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Whole periods of one indicator in one area, oldest first.

    Attributes
    ----------
    indicator : Indicator
    area : Area
    step : {"month", "year"}
        Homicide below the force is held by calendar year only.
    first : date
        First day of the first period.
    counts : ndarray of int, shape (periods,)
    sources : tuple of TableSource
    left_out : str
        Which period is not whole and is therefore not judged; empty where none.
    """

    indicator: Indicator
    area: Area
    step: Step
    first: date
    counts: npt.NDArray[np.int64]
    sources: tuple[TableSource, ...] = ()
    left_out: str = ""

    @property
    def is_homicide(self) -> bool:
        """Whether it counts homicides themselves."""
        return "HOMICIDE" in self.indicator.counted.london

    def month(self, position: int) -> date:
        """Return the first day of the last month of a period: when it can be judged."""
        if self.step == "year":
            return date(self.first.year + position, 12, 1)
        years, month = divmod(self.first.month - 1 + position, 12)
        return date(self.first.year + years, month + 1, 1)

    def label(self, position: int) -> str:
        """Return the name of a period: "February 2026" or "2025"."""
        month = self.month(position)
        if self.step == "year":
            return str(month.year)
        return f"{MONTHS[month.month - 1]} {month.year}"

    def code(self, position: int) -> str:
        """Return a period as ids hold it: "2026-02" or "2025"."""
        month = self.month(position)
        return str(month.year) if self.step == "year" else f"{month:%Y-%m}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unwatched:
    """An indicator that is not watched in an area, and why."""

    indicator: str
    area: str
    reason: str


def watchable(
    areas: Iterable[Area], *, release: Release
) -> tuple[tuple[Series, ...], tuple[Unwatched, ...]]:
    """Return the series of some areas that can be watched, and what is not watched and why.

    Shares are not watched: they are pooled over years. A rate of the same events as a count is
    left to the count.
    """
    found: list[Series] = []
    unwatched: list[Unwatched] = []
    for area in areas:
        for indicator in load_indicators().values():
            if indicator.measure != "count":
                continue
            try:
                # Series are computed whole; what leaves passes disclosure when a signal is made.
                held = compute(indicator, area, release=release, audience="restricted")
                found.append(_series(held))
            except (CannotTell, InvalidInput) as error:
                reason = A_GAP if isinstance(error, InvalidInput) else error.what
                unwatched.append(Unwatched(indicator=indicator.id, area=area.code, reason=reason))
    return tuple(found), tuple(unwatched)


def _series(held: Measurement) -> Series:
    if held.monthly is not None:
        return without_partial(
            Series(
                indicator=held.indicator,
                area=held.area,
                step="month",
                first=held.monthly.first,
                counts=held.monthly.counts,
                sources=held.sources,
            )
        )
    return _by_year(held)


def _by_year(held: Measurement) -> Series:
    """Keep whole calendar years; part years at either end are not judged."""
    whole = [each for each in held.counts if each.months == 12 and each.period.isdigit()]
    if len(whole) < 2:
        raise CannotTell(ONE_PERIOD)
    part = [each for each in held.counts if each.period > whole[-1].period]
    left_out = f"{part[0].period} has {part[0].months} months so far and is not judged."
    return Series(
        indicator=held.indicator,
        area=held.area,
        step="year",
        first=date(int(whole[0].period), 1, 1),
        counts=np.array([int(each.count.value or 0) for each in whole], dtype=np.int64),
        sources=held.sources,
        left_out=left_out if part else "",
    )


def without_partial(series: Series) -> Series:
    """Leave out a last month that was not over when its file was extracted."""
    last = series.month(len(series.counts) - 1)
    following = date(last.year + last.month // 12, last.month % 12 + 1, 1)
    days = [_day(source.extract_date) for source in series.sources]
    if len(series.counts) > 1 and any(day is not None and last <= day < following for day in days):
        label = series.label(len(series.counts) - 1)
        return replace(
            series,
            counts=series.counts[:-1],
            left_out=f"{label} was not over when the file was extracted and is not judged.",
        )
    return series


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
