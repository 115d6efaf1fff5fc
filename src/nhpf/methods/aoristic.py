"""At which hours of the week did events fall, where only a span of time is known for each?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nhpf.errors import CannotTell, InvalidInput
from nhpf.numerics import inputs
from nhpf.numerics.inputs import FloatArray
from nhpf.numerics.permutation import Rng, generator

MINUTES_A_WEEK = 7 * 24 * 60
# 1 January 1970 was a Thursday; weeks begin on Monday.
THURSDAY = 3 * 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursOfTheWeek:
    """Events by hour of the week, each spread evenly over the time in which it can have happened.

    Attributes
    ----------
    estimate, low, high : ndarray, shape (7, 24 / block)
        Events in each block of hours, Monday first, midnight first, with limits from resampling
        events.
    events : int
        How many events were spread.
    left_out : int
        How many had a span longer than ``longest``.
    exact : int
        How many of the events were known to the hour.
    longest : float
        The longest span used, in hours.
    block : int
        How many hours stand together.
    """

    estimate: FloatArray
    low: FloatArray
    high: FloatArray
    events: int
    left_out: int
    exact: int
    level: float
    longest: float
    block: int
    method: str
    caveats: tuple[str, ...]

    def __str__(self) -> str:
        """Return the busiest hour and how much is known to the hour."""
        day, hour = np.unravel_index(int(self.estimate.argmax()), self.estimate.shape)
        names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
        head = (
            f"{self.events} events, {self.exact} known to the hour; most from "
            f"{hour * self.block}:00 on {names[int(day)]}: {self.estimate.max():.1f} "
            f"({self.method})"
        )
        return "\n".join([head, *(f"  Note: {caveat}" for caveat in self.caveats)])


def hours_of_the_week(
    start: npt.ArrayLike,
    end: npt.ArrayLike,
    *,
    longest: float = 24.0,
    block: int = 1,
    level: float = 0.95,
    resamples: int = 999,
    rng: Rng,
) -> HoursOfTheWeek:
    """Spread each event evenly over its span and add up by hour of the week.

    The aoristic sum of Ratcliffe and McCullagh (1998); limits by drawing events again.

    Parameters
    ----------
    start, end : array_like of datetime64, shape (n,)
        Earliest and latest minute of each event.
    longest : float
        Events with a longer span, in hours, say too little of the hour and are left out.
    block : int
        How many hours are added up together: 1, 2, 3, 4, 6, 8, 12 or 24.
    level : float
    resamples : int
    rng : numpy.random.Generator or int

    Raises
    ------
    InvalidInput
        Unlike lengths, a missing time, an end before its start, a block that does not fit a day.
    CannotTell
        If no event has a span short enough.
    """
    first, last = _minutes(start, end)
    hours = inputs.positive(longest, name="longest")
    level = inputs.share(level, name="level")
    resamples = inputs.whole(resamples, name="resamples")
    if 24 % inputs.whole(block, name="block", most=24):
        raise InvalidInput("The block of hours does not fit a day.", where=f"{block} hours")
    span = last - first + 1
    used = span <= hours * 60 + 1
    if not used.any():
        raise CannotTell("No event is known to within the longest span, so no hour can be named.")
    weights = _weights((first[used] + THURSDAY) % MINUTES_A_WEEK, span[used])
    weights = weights.reshape(len(weights), -1, block).sum(2)
    low, high = _limits(weights, level, resamples, generator(rng))
    left_out = used.size - int(used.sum())
    return HoursOfTheWeek(
        estimate=weights.sum(0).reshape(7, -1),
        low=low,
        high=high,
        events=int(used.sum()),
        left_out=left_out,
        exact=int((span[used] <= 60).sum()),
        level=level,
        longest=hours,
        block=block,
        method="aoristic sum; limits by resampling events",
        caveats=_caveats(left_out, hours),
    )


def _caveats(left_out: int, hours: float) -> tuple[str, ...]:
    even = (
        "An event is as likely at each minute of its span; in truth evenings may be likelier than "
        "mornings."
    )
    long = f"{left_out} events with a span over {hours:g} hours are left out."
    return (even, long) if left_out else (even,)


def _minutes(
    start: npt.ArrayLike, end: npt.ArrayLike
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    try:
        first, last = (np.asarray(each, dtype="datetime64[m]") for each in (start, end))
    except (TypeError, ValueError):
        raise InvalidInput(
            "A start or an end is no time.", next_step="Write times as 2024-05-04 22:15."
        ) from None
    if first.ndim != 1 or first.shape != last.shape:
        raise InvalidInput("Give as many ends as starts, one of each for every event.")
    if np.isnat(first).any() or np.isnat(last).any():
        raise InvalidInput("A start or an end is missing.", next_step="Leave such events out.")
    if (last < first).any():
        raise InvalidInput("An event ends before it starts.", next_step="Mend or leave it out.")
    return first.astype(np.int64), last.astype(np.int64)


def _weights(first: npt.NDArray[np.int64], span: npt.NDArray[np.int64]) -> FloatArray:
    """Return how much of each event falls in each of the 168 hours; each row sums to 1."""
    # A sum up to a minute, going on past the end of the week, at each hour's two ends.
    whole, rest = np.divmod(span, MINUTES_A_WEEK)
    ends = np.arange(0, MINUTES_A_WEEK + 1, 60)

    def covered(shift: int) -> FloatArray:
        inside = np.clip(ends - (first[:, None] - shift), 0, rest[:, None])
        minutes: FloatArray = np.diff(inside, axis=1).astype(float)
        return minutes

    minutes = covered(0) + covered(MINUTES_A_WEEK) + 60.0 * whole[:, None]
    weights: FloatArray = minutes / span[:, None]
    return weights


def _limits(
    weights: FloatArray, level: float, resamples: int, rng: np.random.Generator
) -> tuple[FloatArray, FloatArray]:
    n = len(weights)
    drawn = rng.multinomial(n, np.full(n, 1 / n), size=resamples) @ weights
    tail = (1 - level) / 2
    low, high = np.quantile(drawn, [tail, 1 - tail], axis=0)
    return low.reshape(7, -1), high.reshape(7, -1)
