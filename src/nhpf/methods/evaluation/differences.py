"""Areas with a measure against areas without, before and after."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nhpf.errors import CannotTell
from nhpf.methods.evaluation import panels
from nhpf.methods.evaluation.ratios import Ratio, limits, reach_of
from nhpf.numerics import inputs
from nhpf.numerics.estimates import in_words, percent
from nhpf.numerics.inputs import FloatArray

PARALLEL = (
    "Without the measure both sides are taken to have moved in the same proportion; trends before "
    "the start can only contradict that, never prove it."
)
CHOSEN_AREAS = (
    "Areas chosen because they were at their worst fall back by chance alone, and that counts as "
    "an effect."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceInDifferences(Ratio):
    """The ratio of two ratios: change on the treated side over change on the other side.

    Attributes
    ----------
    trend_before : Ratio or None
        How much faster the treated side's rate moved than the other's, for each period before the
        start: near 1 where the sides ran in parallel. None with fewer than three periods before.
    """

    trend_before: Ratio | None


def difference_in_differences(
    counts: npt.ArrayLike,
    treated: npt.ArrayLike,
    period: npt.ArrayLike,
    *,
    exposure: npt.ArrayLike | None = None,
    unit: npt.ArrayLike | None = None,
    level: float = 0.95,
) -> DifferenceInDifferences:
    """Return how much more the rate changed where a measure ran than where it did not.

    Poisson likelihood with an effect for each unit (or each side) and each period. With at least
    five units on each side, errors are robust to any likeness within a unit, with t limits; else
    they rest on the scatter of rows around the model, never less than Poisson's. Cost: rows x
    periods squared; the number of units does not matter.

    Parameters
    ----------
    counts : array_like, shape (n,)
        Whole numbers of events of each row.
    treated : array_like, shape (n,)
        1 on the rows of areas that got the measure, before and after; else 0.
    period : array_like, shape (n,)
        Time from the start: below zero before the measure, zero and above since.
    exposure : array_like, shape (n,), optional
        Population, or person-time.
    unit : array_like, shape (n,), optional
        The area of each row. Without it each side counts as one area.
    level : float
        Confidence level.

    Raises
    ------
    InvalidInput
        Broken or negative counts, flags other than 0 and 1, a unit flagged in some rows only.
    CannotTell
        One side, before or after, without rows or events.
    """
    inputs.share(level, name="confidence level")
    rows = panels.panel(counts, treated, period, exposure=exposure, unit=unit)
    found = panels.effects(rows, (rows.treated & rows.after).astype(float)[:, None])
    trend = _trend_before(rows, level)
    caveats = (PARALLEL, CHOSEN_AREAS, *found.caveats)
    if trend is not None and trend.told_from_chance:
        caveats += ("The two sides already moved apart before the start.",)
    return DifferenceInDifferences(
        **limits(
            float(found.log_ratios[0]),
            math.sqrt(found.covariance[0, 0]),
            level=level,
            df=found.df,
        ),
        method=f"difference in differences of log rates, {found.errors}",
        caveats=caveats,
        trend_before=trend,
    )


def _trend_before(rows: panels.Panel, level: float) -> Ratio | None:
    before = rows.kept(~rows.after)
    sides = [np.unique(before.period[before.treated == side]).size for side in (True, False)]
    if min(sides) < 3:
        return None
    try:
        found = panels.effects(before, (before.treated * before.period)[:, None])
    except CannotTell:
        return None
    error = math.sqrt(found.covariance[0, 0])
    return Ratio(
        **limits(float(found.log_ratios[0]), error, level=level, df=found.df),
        method=f"ratio of trends before the start, {found.errors}",
        caveats=found.caveats,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class EventStudy:
    """The ratio of the two sides in each period, over that of the last period before the start.

    Attributes
    ----------
    period : ndarray, shape (k,)
        Time from the start; the last period before it is where ratios are 1.
    ratio, low, high : ndarray, shape (k,)
    p_before : float
        Of all ratios before the start being 1 together; NaN where there is none but the last.
    level : float
    method : str
    caveats : tuple of str
    """

    period: FloatArray
    ratio: FloatArray
    low: FloatArray
    high: FloatArray
    p_before: float
    level: float
    method: str
    caveats: tuple[str, ...]

    def __str__(self) -> str:
        """Return one line for each period, with the caveats."""
        shown = zip(self.period, self.ratio, self.low, self.high, strict=True)
        lines = [
            f"{time:+g}: {in_words(ratio)} ({in_words(low)} to {in_words(high)})"
            for time, ratio, low, high in shown
        ]
        head = f"Ratio by period from the start, {percent(self.level)} intervals ({self.method})"
        return "\n".join([head, *lines, *(f"  Note: {caveat}" for caveat in self.caveats)])


def event_study(
    counts: npt.ArrayLike,
    treated: npt.ArrayLike,
    period: npt.ArrayLike,
    *,
    exposure: npt.ArrayLike | None = None,
    unit: npt.ArrayLike | None = None,
    level: float = 0.95,
) -> EventStudy:
    """Return the ratio of the two sides period by period, for a look at the trends before.

    Same rows, model and errors as :func:`difference_in_differences`, with one effect for each
    period but the last before the start. Intervals hold for one period at a time.

    Raises
    ------
    InvalidInput
        As :func:`difference_in_differences`.
    CannotTell
        A period in which one side has no event: take years rather than months.
    """
    inputs.share(level, name="confidence level")
    rows = panels.panel(counts, treated, period, exposure=exposure, unit=unit)
    times = np.unique(rows.period)
    base = times[times < 0].max()
    others = times[times != base]
    flags = rows.treated[:, None] & (rows.period[:, None] == others)
    _check_each_period(rows, times)
    found = panels.effects(rows, flags.astype(float))
    errors = np.sqrt(np.diag(found.covariance))
    reach = reach_of(level, found.df) * errors
    place = np.searchsorted(others, base)
    return EventStudy(
        period=times,
        ratio=np.insert(np.exp(found.log_ratios), place, 1.0),
        low=np.insert(np.exp(found.log_ratios - reach), place, 1.0),
        high=np.insert(np.exp(found.log_ratios + reach), place, 1.0),
        p_before=_p_together(found, others < 0),
        level=level,
        method=f"event study of log rates, {found.errors}",
        caveats=(PARALLEL, CHOSEN_AREAS, *found.caveats),
    )


def _check_each_period(rows: panels.Panel, times: FloatArray) -> None:
    for side in (True, False):
        of_side = rows.treated == side
        for time in times:
            if rows.counts[of_side & (rows.period == time)].sum() == 0:
                raise CannotTell(
                    "One side has no event in one of the periods.",
                    where=f"period {time:g}",
                    next_step="Take longer periods.",
                )


def _p_together(found: panels.Effects, chosen: npt.NDArray[np.bool_]) -> float:
    from scipy.special import fdtrc, gammaincc

    several = int(chosen.sum())
    if several == 0:
        return math.nan
    effect, covariance = found.log_ratios[chosen], found.covariance[np.ix_(chosen, chosen)]
    if np.linalg.matrix_rank(covariance) < several:
        return math.nan
    wald = float(effect @ np.linalg.solve(covariance, effect))
    if math.isinf(found.df):
        return float(gammaincc(several / 2, wald / 2))
    # Hotelling's law: as an F with all degrees of freedom, errors by unit reject far too often.
    left = found.df - several + 1
    return float(fdtrc(several, left, wald * left / (several * found.df))) if left > 0 else math.nan
