"""Farrington's method: is this week's count high for the time of year, given earlier years?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from nhpf.errors import InvalidInput
from nhpf.methods.surveillance import alarms
from nhpf.methods.surveillance.limits import forecast_limit
from nhpf.numerics import inputs
from nhpf.numerics.inputs import FloatArray, IntArray
from nhpf.numerics.multiplicity import false_discovery

Threshold = Literal["delta", "plugin", "muan", "original"]
NAMES: dict[Threshold, str] = {
    "delta": "Farrington Flexible, two-thirds power",
    "plugin": "Farrington Flexible, negative binomial",
    "muan": "Farrington Flexible, negative binomial with the mean's upper limit",
    "original": "Farrington 1996",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FarringtonAlarms(alarms.Alarms):
    """Alarms with what the forecast rests on; see :class:`Alarms`.

    Attributes
    ----------
    p : ndarray
        Chance of a count as high, given the forecast; NaN where nothing could be forecast.
    p_adjusted : ndarray
        The same, adjusted for the series judged in the same period: calling those below 5%
        unusual keeps false alarms among them at 5%.
    score : ndarray
        How far the count went from expected (0) to its limit (1).
    trend : ndarray
        Change of the log mean from one period to the next; NaN where no trend was kept.
    dispersion : ndarray
        Variance over mean of past counts, at least 1.
    """

    p: FloatArray
    p_adjusted: FloatArray
    score: FloatArray
    trend: FloatArray
    dispersion: FloatArray

    def unusual(self, *, at: float = 0.05) -> alarms.BoolArray:
        """Return which counts can be told from chance, allowing for how many series there are."""
        return (self.p_adjusted <= at) & ~np.isnan(self.upper)

    def __str__(self) -> str:
        """Return how many counts raised an alarm, and how many remain for many series."""
        kept = f"{int(self.unusual().sum()):,} remain at 5% false discoveries"
        return "\n".join(
            [f"{self._head()}; {kept}", *(f"  Note: {caveat}" for caveat in self.caveats)]
        )


def farrington(
    counts: npt.ArrayLike,
    *,
    frequency: int = 52,
    evaluate: int = 1,
    years_back: int = 5,
    half_window: int = 3,
    past_weeks_excluded: int = 26,
    periods: int = 10,
    trend: bool = True,
    trend_level: float = 1.0,
    weights_threshold: float = 2.58,
    threshold: Threshold = "plugin",
    alpha: float = 0.01,
    fewest: int = 5,
    recent: int = 4,
) -> FarringtonAlarms:
    """Compare counts with the same time of earlier years, for many series at once.

    A quasi-Poisson mean with one level a season and at most one slope is fitted to the past,
    twice, the second time with past outbreaks weighed down (Farrington and others 1996; Noufaily
    and others 2013). The cost grows with series x periods judged x periods compared.

    Parameters
    ----------
    counts : array_like, shape (n,) or (n, series)
        Whole numbers of events, oldest first, one row for each period.
    frequency, evaluate : int
        Periods in a year, and how many of the last periods are judged.
    years_back, half_window, past_weeks_excluded : int
        Years compared, periods on either side of the same time of those years, and the latest
        periods, left out lest an outbreak under way hide itself.
    periods : int
        Seasons in which a year is split; 1 uses the windows alone.
    trend, trend_level : bool, float
        Whether a slope may be fitted, and below which p-value it is kept; it also needs three
        years, and a forecast no higher than any past count.
    weights_threshold : float
        Standardised residuals above it are weighed down.
    threshold : {"plugin", "delta", "muan", "original"}
        A negative binomial with the mean forecast, the two-thirds power, a negative binomial with
        the mean's upper limit, or as in 1996 (two-sided alpha; periods 1, weights above 1).
    alpha : float
        Share of quiet periods that may raise an alarm.
    fewest, recent : int
        Fewer events than this in the last periods, this one included, raise no alarm.

    Raises
    ------
    InvalidInput
        Counts that are negative, missing or no whole numbers; an option that means nothing.
    CannotTell
        Fewer periods than the years back need.
    """
    return _judge(
        counts, evaluate,
        _Past(frequency, years_back, half_window, past_weeks_excluded, periods, fewest, recent),
        slope_level=trend_level if trend and years_back >= 3 else 0.0,
        beyond=weights_threshold, threshold=threshold, alpha=alpha,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Past:
    """Which periods are compared, and how many recent events a judgement needs."""

    frequency: int
    years_back: int
    half_window: int
    excluded: int
    periods: int
    fewest: int
    recent: int

    def __post_init__(self) -> None:
        for name, least in {
            "frequency": 1, "years_back": 1, "half_window": 0, "excluded": 0, "periods": 1,
            "fewest": 0, "recent": 1,
        }.items():  # fmt: skip
            inputs.whole(getattr(self, name), name=name.replace("_", " "), least=least)

    def compared(self) -> tuple[IntArray, IntArray]:
        """Return the periods compared, as offsets from now, and where each season begins.

        Season 0 is the window around the same time of year; the rest of each year is cut into
        equal seasons, the first ones one period longer where it does not divide.
        """
        half, width = self.half_window, 2 * self.half_window + 1
        between, others = self.frequency - width, self.periods - 1
        if between < max(others, 0):
            raise InvalidInput("The windows and seasons do not fit into a year.")
        lengths = np.full(others, between // max(others, 1))
        lengths[: between % max(others, 1)] += 1
        season = np.repeat(np.arange(self.periods), np.concatenate([[width], lengths]))
        starts = -self.frequency * np.arange(self.years_back, 0, -1)
        # The half window just before now belongs to this time of year too, unless left out.
        year = np.arange(season.size) - half
        offsets = np.concatenate([(starts[:, None] + year).ravel(), np.arange(-half, 0)])
        group = np.concatenate([np.tile(season, self.years_back), np.zeros(half, np.int64)])
        kept = offsets < -self.excluded
        offsets, group = offsets[kept], group[kept]
        sizes = np.bincount(group, minlength=self.periods)
        if offsets.size <= self.periods + 1 or (sizes == 0).any():
            raise InvalidInput("Too few past periods are left to compare with.")
        return offsets[np.argsort(group, kind="stable")], np.concatenate([[0], sizes.cumsum()])


def _judge(
    counts: npt.ArrayLike,
    evaluate: int,
    past: _Past,
    *,
    slope_level: float,
    beyond: float,
    threshold: Threshold,
    alpha: float,
) -> FarringtonAlarms:
    series = alarms.as_series(counts)
    if threshold not in NAMES:
        raise InvalidInput(f"The threshold must be one of {', '.join(NAMES)}.")
    inputs.positive(beyond, name="weights threshold")
    inputs.number(slope_level, name="trend level")
    inputs.share(alpha, name="alpha")
    offsets, first = past.compared()
    needed = max(-int(offsets.min()), past.recent - 1)
    places = alarms.last_periods(evaluate, periods=len(series), needed=needed)
    found = _forecasts(
        series, places, offsets, first,
        slope_level=slope_level, beyond=beyond, original=threshold == "original",
    )  # fmt: skip
    enough = _recent_sums(series, places, past.recent) >= past.fewest
    return _result(counts, series[places], found, enough, threshold=threshold, alpha=alpha)


def _forecasts(
    series: FloatArray,
    places: IntArray,
    offsets: IntArray,
    first: IntArray,
    *,
    slope_level: float,
    beyond: float,
    original: bool,
) -> FloatArray:
    from scipy.special import stdtrit

    from nhpf.methods.surveillance.quasi_poisson import forecast_all

    freedom = offsets.size - first.size
    needed = float(stdtrit(freedom, 1 - slope_level / 2)) if slope_level > 0 else np.inf
    by_series = np.ascontiguousarray(series.T)
    found = forecast_all(
        by_series, places, offsets, first, slope_level > 0, beyond, needed, original
    )
    return np.asarray(found)


def _recent_sums(series: FloatArray, places: IntArray, recent: int) -> FloatArray:
    totals = np.concatenate([np.zeros((1, series.shape[1])), series.cumsum(axis=0)])
    return np.asarray(totals[places + 1] - totals[places + 1 - recent])


def _result(
    counts: npt.ArrayLike,
    seen: FloatArray,
    found: FloatArray,
    enough: alarms.BoolArray,
    *,
    threshold: Threshold,
    alpha: float,
) -> FarringtonAlarms:
    log_mean, error, dispersion, trend = found
    expected = np.exp(log_mean)
    upper, p = forecast_limit(seen, log_mean, error, dispersion, threshold=threshold, alpha=alpha)
    # A series with few recent events is a test that found nothing, not a test left out: leaving
    # out tests because their counts are low would make the adjustment too kind.
    tested = np.where(enough | np.isnan(p), p, 1.0)
    adjusted = np.stack([false_discovery(row) for row in tested])
    upper = np.where(enough, upper, np.nan)
    return FarringtonAlarms(
        **alarms.shaped_like(
            counts,
            count=seen,
            expected=expected,
            upper=upper,
            alarm=seen > upper,
            p=p,
            p_adjusted=adjusted,
            score=(seen - expected) / (upper - expected),
            trend=trend,
            dispersion=dispersion,
        ),
        method=f"{NAMES[threshold]}, alpha {alpha:g}",
        caveats=_caveats(np.isnan(log_mean), enough, seen, alpha),
    )


def _caveats(
    unknown: alarms.BoolArray, enough: alarms.BoolArray, seen: FloatArray, alpha: float
) -> tuple[str, ...]:
    caveats = []
    judged = int((enough & ~unknown).sum())
    if judged:
        caveats.append(
            f"{judged:,} counts were judged: about {judged * alpha:.1f} alarms are to be expected "
            "by chance alone."
        )
    if (~enough).any():
        caveats.append(
            f"{int((~enough).sum()):,} counts were not judged: too few events of late for the "
            "method to tell."
        )
    new = int((unknown & (seen > 0)).sum())
    if new:
        caveats.append(
            f"{new:,} counts have events where the years compared have none: look at them."
        )
    return tuple(caveats)
