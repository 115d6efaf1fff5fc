"""A measure that began at different times: observed against expected for each cohort and period."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nhpf.errors import CannotTell, InvalidInput
from nhpf.methods.evaluation.differences import CHOSEN_AREAS, PARALLEL
from nhpf.methods.evaluation.panels import numbered
from nhpf.methods.evaluation.ratios import Ratio, limits
from nhpf.numerics import inputs
from nhpf.numerics.inputs import FloatArray, IntArray

METHOD = "observed over expected by cohort and period, errors by leaving out each unit"
NO_SPILL = "The measure of one unit must not change its neighbours."


@dataclass(frozen=True, slots=True, kw_only=True)
class Staggered(Ratio):
    """Events observed since each unit's start over those expected without the measure.

    Attributes
    ----------
    cohort, period : ndarray, shape (k,)
        Start of the cohort, and the period, of each cell since its start.
    observed, expected : ndarray, shape (k,)
        Events of the cell, and those expected from the units that had not yet started.
    since : tuple of int
        Position of the period since the start: 0 is the first with the measure.
    by_time_since : tuple of Ratio
        Observed over expected of all cohorts at each of these.
    """

    cohort: FloatArray
    period: FloatArray
    observed: FloatArray
    expected: FloatArray
    since: tuple[int, ...]
    by_time_since: tuple[Ratio, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """Counts and exposure, units x periods, with the position of each unit's first period."""

    counts: FloatArray
    exposure: FloatArray
    first: IntArray
    times: FloatArray

    def without(self, unit: int) -> _Table:
        keep = np.arange(self.first.size) != unit
        return _Table(
            counts=self.counts[keep],
            exposure=self.exposure[keep],
            first=self.first[keep],
            times=self.times,
        )


def staggered(
    counts: npt.ArrayLike,
    unit: npt.ArrayLike,
    period: npt.ArrayLike,
    start: npt.ArrayLike,
    *,
    exposure: npt.ArrayLike | None = None,
    level: float = 0.95,
) -> Staggered:
    """Return the effect of a measure that units took up at different times.

    For each cohort of units that started together and each period since, the expected count is
    what the cohort had in all periods before its start, moved as the rate of those units moved
    that had not started by then (Callaway and Sant'Anna 2021, on ratios). Observed and expected
    are added up before they are divided, so that a cell without events does no harm. Errors come
    from leaving out one unit at a time within cohorts. Unlike effects of units and periods in one
    regression, no unit that has started serves as a comparison. Cost: units x cohorts x periods.

    Parameters
    ----------
    counts : array_like, shape (n,)
        Whole numbers of events; each unit has one row for each period.
    unit, period : array_like, shape (n,)
        The area and the time of each row.
    start : array_like, shape (n,)
        The period in which the row's unit started; infinity where it never did.
    exposure : array_like, shape (n,), optional
        Population, or person-time.
    level : float
        Confidence level.

    Raises
    ------
    InvalidInput
        Missing or repeated rows, or a unit with two starts.
    CannotTell
        Nobody left to compare with, a cohort of one unit, or no events to start from.
    """
    inputs.share(level, name="confidence level")
    table = _table(counts, unit, period, start, exposure)
    cells = _cells(table)
    cohort, at, observed, expected = cells.T
    since = np.unique(at - cohort)
    log_ratios = _log_ratios(cells, since)
    errors, df = _jackknife(table, since)
    whole, *by_time = (
        limits(ratio, error, level=level, df=df)
        for ratio, error in zip(log_ratios, errors, strict=True)
    )
    return Staggered(
        **whole,
        method=METHOD,
        caveats=(PARALLEL, CHOSEN_AREAS, NO_SPILL),
        cohort=table.times[cohort.astype(int)],
        period=table.times[at.astype(int)],
        observed=observed,
        expected=expected,
        since=tuple(int(each) for each in since),
        by_time_since=tuple(Ratio(**each, method=METHOD) for each in by_time),
    )


def _table(
    counts: npt.ArrayLike,
    unit: npt.ArrayLike,
    period: npt.ArrayLike,
    start: npt.ArrayLike,
    exposure: npt.ArrayLike | None,
) -> _Table:
    y = inputs.event_array(counts, name="counts")
    time = inputs.finite_array(period, name="periods")
    size = np.ones(y.size) if exposure is None else inputs.positive_array(exposure, name="exposure")
    begins = inputs.numbers(start, name="starts")
    inputs.same_length(counts=y, period=time, exposure=size, start=begins)
    if np.isnan(begins).any():
        raise InvalidInput("A start is missing.", next_step="Use infinity for units without one.")
    row, times = numbered(unit, y.size, name="unit"), np.unique(time)
    column = np.searchsorted(times, time)
    units = int(row.max()) + 1
    if y.size != units * times.size or np.unique(row * times.size + column).size != y.size:
        raise InvalidInput("Each unit must have one row for each period.")
    grid = [np.empty((units, times.size)) for _ in range(3)]
    for each, values in zip(grid, (y, size, begins), strict=True):
        each[row, column] = values
    if (grid[2] != grid[2][:, :1]).any():
        raise InvalidInput("A unit has two different starts.")
    first = np.searchsorted(times, grid[2][:, 0])
    table = _Table(counts=grid[0], exposure=grid[1], first=first.astype(np.int64), times=times)
    _check_cohorts(table)
    return table


def _check_cohorts(table: _Table) -> None:
    cohorts, sizes = np.unique(table.first, return_counts=True)
    if cohorts[0] == 0:
        raise CannotTell(
            "A unit had the measure from the first period, so it has no time before.",
            next_step="Leave it out, or give earlier periods.",
        )
    if cohorts.size == 1:
        raise CannotTell("All units started at once or never, so there is nobody to compare with.")
    if sizes.min() < 2:
        raise CannotTell(
            "A cohort has one unit only, which cannot show how much units differ.",
            next_step="Put starts together into longer periods.",
        )


def _cells(table: _Table) -> FloatArray:
    """Return one row for each cohort and period since: cohort, period, observed, expected."""
    periods = table.times.size
    cells = []
    for cohort in np.unique(table.first[table.first < periods]):
        own = table.first == cohort
        before = table.counts[own, :cohort].sum(), table.exposure[own, :cohort].sum()
        for at in range(int(cohort), periods):
            later = table.first > at
            if not later.any():
                break
            base = table.counts[later, :cohort].sum() / table.exposure[later, :cohort].sum()
            if base == 0 or before[0] == 0:
                raise CannotTell(
                    "A cohort or those it is compared with had no event before its start.",
                    next_step="Put starts together, or give earlier periods.",
                )
            moved = table.counts[later, at].sum() / table.exposure[later, at].sum() / base
            due = before[0] / before[1] * table.exposure[own, at].sum() * moved
            cells.append((cohort, at, table.counts[own, at].sum(), due))
    return np.array(cells, dtype=np.float64)


def _log_ratios(cells: FloatArray, since: FloatArray) -> FloatArray:
    """Return log observed over expected: of all cells, then of each time since the start."""
    apart = (cells[:, 1] - cells[:, 0])[:, None] == since
    observed = np.append(cells[:, 2].sum(), cells[:, 2] @ apart)
    expected = np.append(cells[:, 3].sum(), cells[:, 3] @ apart)
    if (observed <= 0).any() or (expected <= 0).any():
        raise CannotTell(
            "At one time since the start there is no event, or none expected.",
            next_step="Take longer periods, or leave the last ones out.",
        )
    return np.asarray(np.log(observed / expected))


def _jackknife(table: _Table, since: FloatArray) -> tuple[FloatArray, float]:
    left_out = np.array(
        [_log_ratios(_cells(table.without(unit)), since) for unit in range(table.first.size)]
    )
    variance = np.zeros(left_out.shape[1])
    cohorts = np.unique(table.first)
    for cohort in cohorts:
        of_cohort = left_out[table.first == cohort]
        n = len(of_cohort)
        variance += (n - 1) / n * np.sum((of_cohort - of_cohort.mean(axis=0)) ** 2, axis=0)
    return np.sqrt(variance), float(table.first.size - cohorts.size)
