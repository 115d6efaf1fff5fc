"""What a detector says of each period of one series, and what rise it could have seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from nhpf.numerics.inputs import FloatArray, IntArray
    from nhpf.signals.series import Series

Detector = Literal["farrington", "cusum", "g-chart"]
NAMES: dict[Detector, str] = {
    "farrington": "Farrington",
    "cusum": "Poisson CUSUM",
    "g-chart": "g-chart",
}
A_RISE = 1.5
"""The rise, as a ratio, of which each watch says how long it takes to be found."""
SURE = 0.8
"""With this chance a rise is said to be seen."""
MOST = 20.0
"""No larger ratio is tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What a detector could have seen with these counts.

    Attributes
    ----------
    rise : float
        Smallest ratio to what was expected that is seen with four chances in five within
        ``periods``; infinity where none is.
    periods : int
    delay : float
        Average periods until a rise of a half is found, once it has begun.
    """

    rise: float
    periods: int
    delay: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """One series under one detector; the arrays have one value for each period judged.

    Attributes
    ----------
    series : Series
    detector : str
    because : str
        Why this detector.
    position : ndarray of int
        The periods judged, as positions in the series.
    observed, expected, limit : ndarray
        Counts; for the g-chart, periods without an event between events, added up.
    p : ndarray
        Chance of what was observed, or more, if nothing had changed.
    dispersion : ndarray
        Variance over mean that was allowed for.
    alarm : ndarray of bool
    span : ndarray of int
        Over how many periods judged the excess has added up; 1 where each is judged alone.
    sight : Sight
        For the last period.
    false_alarms : float
        Chance of a false alarm in a period, as promised.
    method : str
    """

    series: Series
    detector: Detector
    because: str
    position: IntArray
    observed: FloatArray
    expected: FloatArray
    limit: FloatArray
    p: FloatArray
    dispersion: FloatArray
    alarm: npt.NDArray[np.bool_]
    span: IntArray
    sight: Sight
    false_alarms: float
    method: str

    @property
    def key(self) -> tuple[str, str]:
        """The area and the indicator watched."""
        return self.series.area.code, self.series.indicator.id

    def at(self, month: date) -> int | None:
        """Return which of the periods judged ends in a month; None where none does."""
        found = [n for n, each in enumerate(self.position) if self.series.month(each) == month]
        return found[-1] if found else None

    @property
    def last(self) -> date:
        """The last month judged."""
        return self.series.month(int(self.position[-1]))
