"""What every detector returns, and what keeps the number of alarms to what people can answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from nhpf.errors import CannotTell, InvalidInput
from nhpf.numerics import inputs
from nhpf.numerics.inputs import FloatArray

BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarms:
    """Which counts of which series are above their limit.

    Attributes
    ----------
    count, expected, upper : ndarray, shape (evaluated,) or (evaluated, series)
        What was counted, what the past leads to expect, and the largest count it explains. Upper
        is NaN where the method does not judge.
    alarm : ndarray of bool, same shape
        Whether the count is above its limit.
    method : str
    caveats : tuple of str
        Sentences that must stand wherever the alarms stand.
    """

    count: FloatArray
    expected: FloatArray
    upper: FloatArray
    alarm: BoolArray
    method: str
    caveats: tuple[str, ...]

    def __str__(self) -> str:
        """Return how many counts raised an alarm."""
        return "\n".join([self._head(), *(f"  Note: {caveat}" for caveat in self.caveats)])

    def _head(self) -> str:
        series = self.alarm.shape[1] if self.alarm.ndim == 2 else 1
        over = f"{series:,} series over {self.alarm.shape[0]:,} periods"
        return f"{int(self.alarm.sum()):,} alarms in {over} ({self.method})"


def within_budget(p: npt.ArrayLike, *, most: int) -> BoolArray:
    """Return which series to look at if only so many can be answered in each period.

    Parameters
    ----------
    p : array_like, shape (series,) or (evaluated, series)
        P-values of one period, or of several; NaN is never chosen.
    most : int
        How many alarms people can answer in one period.

    Returns
    -------
    ndarray of bool, same shape
        The smallest p-values, at most ``most`` in a period. Equal p-values are taken or left
        together, so that chance or the order of the list decides nothing.

    Raises
    ------
    InvalidInput
        A p-value outside 0 to 1, or a budget below one.
    """
    values = inputs.numbers(p, name="p-values")
    if values.ndim not in (1, 2) or values.size == 0:
        raise InvalidInput("Give p-values of one period, or one row of them for each period.")
    if (values < 0).any() or (values > 1).any():
        raise InvalidInput("P-values must lie between 0 and 1.")
    budget = inputs.whole(most, name="budget of alarms")
    rows = np.atleast_2d(values)
    as_small = (rows[:, None, :] <= rows[:, :, None]).sum(axis=2)
    return np.asarray(((as_small <= budget) & ~np.isnan(rows)).reshape(values.shape))


def as_series(counts: npt.ArrayLike) -> FloatArray:
    """Return whole counts with shape (periods, series)."""
    array = inputs.numbers(counts, name="counts")
    if array.ndim not in (1, 2) or array.size == 0:
        raise InvalidInput("Give the counts of one series, or one column for each series.")
    return inputs.event_array(array.ravel(), name="counts").reshape(array.shape[0], -1)


def last_periods(evaluate: int, *, periods: int, needed: int) -> npt.NDArray[np.int64]:
    """Return the positions of the last periods, if each has the past that the method needs."""
    first = periods - inputs.whole(evaluate, name="number of periods to judge")
    if first < needed:
        raise CannotTell(
            f"Judging {evaluate} periods needs {needed + evaluate} periods in all; "
            f"there are {periods}.",
            next_step="Judge fewer periods, or look back less far.",
        )
    return np.arange(first, periods)


def shaped_like(counts: npt.ArrayLike, **results: npt.NDArray[np.generic]) -> dict[str, Any]:
    """Return each table of results as one list where one list of counts was given."""
    if np.ndim(counts) == 2:
        return dict(results)
    return {name: found[:, 0] for name, found in results.items()}
