"""The three detectors, each turning series into watches; which of them is for ``watching``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from nhpf.errors import CannotTell
from nhpf.methods.surveillance import FarringtonAlarms, count_cusum, farrington, g_chart
from nhpf.signals.thresholds import Chart, chart
from nhpf.signals.watch import A_RISE, MOST, SURE, Sight, Watch

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from nhpf.numerics.inputs import FloatArray, IntArray
    from nhpf.signals.series import Series, Step

ALPHA = 0.01
"""Share of quiet periods that may raise an alarm, for all but homicide."""
YEARS_BACK, FEWEST_YEARS_BACK = 5, 3
HALF_WINDOW, LEFT_OUT = 1, 6
TOGETHER = 4
BASELINE: dict[Step, int] = {"month": 60, "year": 10}
FEWEST_BASELINE: dict[Step, int] = {"month": 24, "year": 5}
SEEN_WITHIN: dict[Step, int] = {"month": 12, "year": 3}


def needed_by_farrington(years_back: int) -> int:
    """Return how many months a series must have before the first that can be judged."""
    return 12 * years_back + HALF_WINDOW


def years_back(periods: int) -> int:
    """Return how many earlier years a series of months can be compared with, at most five."""
    return min(YEARS_BACK, (periods - 1 - HALF_WINDOW) // 12)


def by_farrington(held: Sequence[Series], *, because: Sequence[str]) -> list[Watch]:
    """Judge monthly series of one length, together: all that the past allows."""
    counts = np.column_stack([each.counts for each in held])
    years = years_back(len(counts))
    evaluate = len(counts) - needed_by_farrington(years)
    found = farrington(
        counts,
        frequency=12,
        evaluate=evaluate,
        years_back=years,
        half_window=HALF_WINDOW,
        past_weeks_excluded=LEFT_OUT,
        periods=4,
        alpha=ALPHA,
    )
    position = np.arange(len(counts) - evaluate, len(counts))
    return [
        _farrington_watch(series, found, at, position, why)
        for at, (series, why) in enumerate(zip(held, because, strict=True))
    ]


def _farrington_watch(
    series: Series, found: FarringtonAlarms, at: int, position: IntArray, because: str
) -> Watch:
    expected, upper, spread = found.expected[:, at], found.upper[:, at], found.dispersion[:, at]
    # Where the years compared hold no event, nothing can be expected: such a period is left out.
    judged = np.isfinite(expected)
    p = np.where(np.isnan(upper), 1.0, found.p[:, at])
    return Watch(
        series=series,
        detector="farrington",
        because=because,
        position=position[judged],
        observed=found.count[judged, at],
        expected=expected[judged],
        limit=upper[judged],
        p=p[judged],
        dispersion=spread[judged],
        alarm=found.alarm[judged, at],
        span=np.ones(int(judged.sum()), np.int64),
        sight=_farrington_sight(expected[judged][-1], upper[judged][-1], spread[judged][-1]),
        false_alarms=ALPHA,
        method=f"{found.method}; {years_back(len(series.counts))} earlier years",
    )


def _farrington_sight(expected: float, upper: float, dispersion: float) -> Sight:
    from scipy.special import betainc, pdtrc

    if np.isnan(upper):
        return Sight(rise=np.inf, periods=1, delay=np.inf)

    def seen(ratio: float) -> float:
        mean = expected * ratio
        if dispersion <= 1:
            return float(pdtrc(upper, mean))
        share = (dispersion - 1) / dispersion
        return float(betainc(upper + 1, mean / (dispersion - 1), share))

    return Sight(rise=smallest(seen), periods=1, delay=1 / max(seen(A_RISE), 1e-9))


def smallest(seen: Callable[[float], float]) -> float:
    """Return the smallest ratio that is seen with the chance that is called sure."""
    low, high = 1.0, MOST
    if seen(high) < SURE:
        return np.inf
    while high - low > 0.01:
        middle = (low + high) / 2
        low, high = (low, middle) if seen(middle) >= SURE else (middle, high)
    return high


def by_cusum(series: Series, *, false_alarms: float, because: str) -> Watch:
    """Add up what counts exceed the usual by; the usual is set anew at each new year.

    Parameters
    ----------
    false_alarms : float
        Largest chance of a false alarm in a period.
    """
    counts, fewest = series.counts, FEWEST_BASELINE[series.step]
    position = np.arange(fewest, len(counts))
    if not position.size:
        raise CannotTell(f"Fewer than {fewest + 1} periods: the usual level is not known.")
    begins = [_begin(series, int(each)) for each in position]
    charts = {each: _chart(series, each, false_alarms) for each in sorted(set(begins))}
    of = [charts[each] for each in begins]
    sums = count_cusum(counts[position], k=[one.k for one in of], h=[one.h for one in of])
    p = [one.quiet.chance(total) for one, total in zip(of, sums.total, strict=True)]
    return Watch(
        series=series,
        detector="cusum",
        because=because,
        position=position,
        observed=counts[position].astype(float),
        expected=np.array([one.expected for one in of]),
        limit=sums.upper,
        p=np.array(p),
        dispersion=np.array([one.dispersion for one in of]),
        alarm=sums.alarm,
        span=_building(sums.total, sums.alarm),
        sight=_cusum_sight(of[-1], SEEN_WITHIN[series.step]),
        false_alarms=of[-1].false_alarms,
        method=f"{sums.method}; k {of[-1].k:g}, h {of[-1].h:g}",
    )


def _building(total: FloatArray, alarm: npt.NDArray[np.bool_]) -> IntArray:
    """Return for how many periods each sum has been above zero without a break, at least one."""
    spans, running = np.ones(total.size, np.int64), 0
    for at in range(total.size):
        running = running + 1 if total[at] > 0 else 0
        spans[at] = max(1, running)
        if alarm[at]:
            running = 0
    return spans


def _begin(series: Series, position: int) -> int:
    """Return where the year of a period begins: the baseline ends there."""
    if series.step == "year":
        return position
    january = position - (series.month(position).month - 1)
    return max(january, FEWEST_BASELINE["month"])


def _chart(series: Series, begin: int, false_alarms: float) -> Chart:
    past = series.counts[max(0, begin - BASELINE[series.step]) : begin]
    spread = float(past.var(ddof=1) / past.mean()) if past.any() else 1.0
    rise = A_RISE if past.mean() >= 5 else 2.0
    return chart(
        int(past.sum()), len(past), rise=rise, false_alarms=false_alarms, dispersion=spread
    )


def _cusum_sight(held: Chart, periods: int) -> Sight:
    rise = smallest(lambda ratio: held.risen(ratio).within(periods))
    return Sight(rise=rise, periods=periods, delay=held.risen(A_RISE).average)


def by_gaps(series: Series, *, because: str) -> Watch:
    """Chart the periods without an event between periods with one, four gaps added up.

    Several events in one period count as one, so that one incident with several victims is no
    cluster.
    """
    occupied = np.flatnonzero(series.counts)
    gaps = np.diff(occupied) - 1
    if gaps.size < TOGETHER:
        raise CannotTell("Too few events to tell whether they come closer together.")
    found = g_chart(gaps, together=TOGETHER, alpha=2 * ALPHA)
    position = occupied[TOGETHER::TOGETHER][: found.gap.size]
    level = np.full(found.gap.size, 1.0)
    risk = (gaps.size - 1) / (gaps.size - 1 + float(gaps.sum()))
    return Watch(
        series=series,
        detector="g-chart",
        because=because,
        position=position,
        observed=found.gap,
        expected=level * found.centre,
        limit=level * found.low,
        p=_as_short(found.gap, risk),
        dispersion=level,
        alarm=found.shorter,
        span=np.ones(found.gap.size, np.int64),
        sight=_gap_sight(risk, found.low),
        false_alarms=ALPHA,
        method=found.method,
    )


def _as_short(gap: FloatArray, risk: float) -> FloatArray:
    """Return the chance that gaps added up are as short, at an unchanged risk."""
    from scipy.special import betainc

    return np.asarray(betainc(TOGETHER, gap + 1, risk))


def _gap_sight(risk: float, low: float) -> Sight:
    rate = -np.log1p(-risk)

    def seen(ratio: float) -> float:
        if low < 1:
            return 0.0
        return float(_as_short(np.array([low - 1]), float(-np.expm1(-rate * ratio)))[0])

    # Four gaps are one point: that many events must come before it can speak.
    wait = TOGETHER / max(rate * A_RISE, 1e-9)
    delay = wait / max(seen(A_RISE), 1e-9)
    return Sight(rise=smallest(seen), periods=max(1, round(wait)), delay=delay)
