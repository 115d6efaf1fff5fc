"""Charts that add up small excesses, or compare a count with the days just before it."""

from __future__ import annotations

from statistics import NormalDist
from typing import Literal

import numpy as np
import numpy.typing as npt

from nhpf.errors import InvalidInput
from nhpf.methods.surveillance.alarms import Alarms, as_series, last_periods, shaped_like
from nhpf.numerics import inputs
from nhpf.numerics.inputs import FloatArray, IntArray

Transform = Literal["standard", "rossi", "anscombe"]
EarsMethod = Literal["C1", "C2", "C3"]
EARS_CAVEATS = (
    "Takes counts as normal: with few events alarms come more often than alpha says.",
    "Knows no season: a yearly rise raises alarms.",
)


def cusum(
    counts: npt.ArrayLike,
    expected: npt.ArrayLike,
    *,
    k: float = 1.04,
    h: float = 2.26,
    transform: Transform = "rossi",
) -> Alarms:
    """Add up by how much counts exceed what was expected, and say when the sum is too large.

    Each count becomes a standard score; what exceeds ``k`` is added to the sum, which never falls
    below zero; an alarm is a sum of at least ``h``. The sum goes on after an alarm. The cost is
    one pass over the counts.

    Parameters
    ----------
    counts : array_like, shape (n,) or (n, series)
        Whole numbers of events, oldest first.
    expected : array_like
        Expected counts above zero: one number, or one for each count.
    k, h : float
        Half the rise that matters, in standard deviations, and how large the sum may grow. For
        normal scores 0.5 and 4 give a false alarm in about 336 periods.
    transform : {"rossi", "standard", "anscombe"}
        How counts become scores; Rossi and others (1999) suits counts from about 1 upwards.

    Returns
    -------
    Alarms
        Its upper is the count from which on this period would raise an alarm.

    Raises
    ------
    InvalidInput
        Negative or fractional counts, an expected count of zero, NaN, h or k not above zero.
    """
    series = as_series(counts)
    mean = _expected(expected, series)
    reference, limit = inputs.positive(k, name="k"), inputs.positive(h, name="h")
    if transform not in ("standard", "rossi", "anscombe"):
        raise InvalidInput("The transform must be standard, rossi or anscombe.")
    scores = _scores(series, mean, transform)
    sums, before = np.zeros_like(scores), np.zeros_like(scores)
    running = np.zeros(series.shape[1])
    for period, score in enumerate(scores):
        before[period] = running
        running = np.maximum(0, running + score - reference)
        sums[period] = running
    upper = _count_of(limit + reference - before, mean, transform)
    return Alarms(
        **shaped_like(counts, count=series, expected=mean, upper=upper, alarm=sums >= limit),
        method=f"CUSUM, {transform} scores, k {k:g}, h {h:g}",
        caveats=(
            "The sum keeps growing after an alarm: one rise can raise many alarms in a row.",
            "An expected count that is wrong, or a season left out, raises alarms by itself.",
        ),
    )


def _expected(expected: npt.ArrayLike, series: FloatArray) -> FloatArray:
    mean = inputs.numbers(expected, name="expected counts")
    if mean.ndim == 1 and mean.size == len(series):
        mean = mean[:, None]
    try:
        mean = np.broadcast_to(mean, series.shape)
    except ValueError:
        raise InvalidInput("Give one expected count, or one for each count.") from None
    return inputs.positive_array(mean.ravel(), name="expected counts").reshape(series.shape)


def _scores(count: FloatArray, mean: FloatArray, transform: Transform) -> FloatArray:
    root = np.sqrt(mean)
    if transform == "standard":
        return np.asarray((count - mean) / root)
    if transform == "rossi":
        return np.asarray((count - 3 * mean + 2 * np.sqrt(count * mean)) / (2 * root))
    return np.asarray(1.5 * (count ** (2 / 3) - mean ** (2 / 3)) / mean ** (1 / 6))


def _count_of(score: FloatArray, mean: FloatArray, transform: Transform) -> FloatArray:
    """Return the count that has this score, at least zero."""
    root = np.sqrt(mean)
    if transform == "standard":
        return np.maximum(np.ceil(root * score + mean), 0)
    if transform == "rossi":
        # The score is a quadratic in the root of the count.
        root_of_count = np.sqrt(np.maximum(4 * mean + 2 * score * root, 0)) - root
        return np.asarray(np.maximum(root_of_count, 0) ** 2)
    return np.asarray(np.maximum(mean ** (2 / 3) + 2 / 3 * mean ** (1 / 6) * score, 0) ** 1.5)


def ears(
    counts: npt.ArrayLike,
    *,
    method: EarsMethod = "C2",
    baseline: int = 7,
    alpha: float = 0.001,
    evaluate: int = 1,
    least_deviation: float = 0.5,
) -> Alarms:
    """Compare a count with the mean and spread of the periods just before it (CDC's EARS).

    C1 looks at the ``baseline`` periods before; C2 leaves two more out in between, so that a rise
    under way does not hide itself; C3 adds what the last two C2 scores exceeded 1 by. The cost
    grows with counts times baseline.

    Parameters
    ----------
    counts : array_like, shape (n,) or (n, series)
        Whole numbers of events, oldest first.
    method : {"C1", "C2", "C3"}
    baseline : int
        Periods compared, at least three.
    alpha : float
        Share of quiet periods that may raise an alarm if counts were normal.
    evaluate : int
        How many of the last periods are judged.
    least_deviation : float
        The standard deviation is never taken to be smaller, above zero: else a single event
        after a run of equal counts would be an alarm.

    Raises
    ------
    InvalidInput
        Negative or fractional counts, NaN, a baseline below three, an option that means nothing.
    CannotTell
        Fewer periods than the baseline needs.
    """
    series = as_series(counts)
    if method not in ("C1", "C2", "C3"):
        raise InvalidInput("The method must be C1, C2 or C3.")
    baseline = inputs.whole(baseline, name="baseline in periods", least=3)
    z = NormalDist().inv_cdf(1 - inputs.share(alpha, name="alpha"))
    least = inputs.positive(least_deviation, name="least deviation")
    gap, memory = (0, 0) if method == "C1" else (2, 2 if method == "C3" else 0)
    places = last_periods(evaluate, periods=len(series), needed=baseline + gap + memory)
    mean, spread = _baseline(series, places - gap, baseline, least)
    carried = np.zeros(mean.shape)
    for lag in range(1, memory + 1):
        past_mean, past_spread = _baseline(series, places - gap - lag, baseline, least)
        carried += np.maximum((series[places - lag] - past_mean) / past_spread - 1, 0)
    upper = np.maximum(mean + spread * (z - carried), 0)
    seen = series[places]
    return Alarms(
        **shaped_like(counts, count=seen, expected=mean, upper=upper, alarm=seen > upper),
        method=f"EARS {method}, {baseline} periods, alpha {alpha:g}",
        caveats=EARS_CAVEATS,
    )


def _baseline(
    series: FloatArray, ends: IntArray, length: int, least: float
) -> tuple[FloatArray, FloatArray]:
    """Return mean and standard deviation of the periods before each end."""
    windows = np.lib.stride_tricks.sliding_window_view(series, length, axis=0)[ends - length]
    return windows.mean(axis=-1), np.maximum(windows.std(axis=-1, ddof=1), least)
