"""One series that was interrupted by a measure: what changed at its start, and in its trend."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from nhpf.errors import CannotTell, InvalidInput
from nhpf.methods.evaluation.ratios import Limits, Ratio, limits, reach_of
from nhpf.methods.evaluation.segments import Segments, segments
from nhpf.numerics import Estimate, inputs, log_linear
from nhpf.numerics.inputs import FloatArray

Family: TypeAlias = Literal["poisson", "quasi_poisson", "negative_binomial"]
Change: TypeAlias = Literal["level", "level and slope"]

FAMILY_NAMES: dict[str, str] = {
    "poisson": "Poisson",
    "quasi_poisson": "over-dispersed Poisson",
    "negative_binomial": "negative binomial",
}
NO_COMPARISON = (
    "One series has no comparison: whatever else changed at the same time counts as the effect."
)
TREND_GOES_ON = "The trend from before is taken to have gone on as it was."
REGRESSION_TO_THE_MEAN = (
    "A measure that began after a bad spell sees a fall by chance alone more often than not."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class InterruptedSeries(Ratio):
    """The change of level at the start as a ratio, with all else that the model says.

    Attributes
    ----------
    slope : Ratio or None
        Change of the trend since, as a ratio for each period; None where only a level was asked.
    averted : Estimate
        Events fewer since the start than the trend from before would have brought; below zero
        where there were more.
    terms : tuple of str
        Names of the coefficients.
    coefficients, standard_errors : ndarray, shape (p,)
        On the log scale.
    fitted, without : ndarray, shape (n,)
        Mean counts with the measure, and as they would have been without it.
    dispersion : float
        Variance of the counts over that of the model.
    size : float
        Size of the negative binomial; infinite for the other families.
    autocorrelation : float
        Correlation of neighbouring residuals.
    log_likelihood : float
    """

    slope: Ratio | None
    averted: Estimate
    terms: tuple[str, ...]
    coefficients: FloatArray
    standard_errors: FloatArray
    fitted: FloatArray
    without: FloatArray
    dispersion: float
    size: float
    autocorrelation: float
    log_likelihood: float


def interrupted_series(
    counts: npt.ArrayLike,
    *,
    start: int,
    exposure: npt.ArrayLike | None = None,
    season: int | None = None,
    harmonics: int = 2,
    family: Family = "quasi_poisson",
    change: Change = "level and slope",
    lags: int | None = None,
    level: float = 0.95,
) -> InterruptedSeries:
    """Return how the level and the trend of one series changed at the start of a measure.

    Log-linear: a trend, pairs of sine and cosine for the season, a step at the start and a bend of
    the trend after it (Bernal and others 2017). The cost grows as the number of periods.

    Parameters
    ----------
    counts : array_like, shape (n,)
        Whole numbers of events, one for each period, in order and without gaps.
    start : int
        Position, from 0, of the first period with the measure.
    exposure : array_like, shape (n,), optional
        Population, or days, of each period.
    season : int, optional
        Periods in a year: 12 for months, 4 for quarters. Without it no season is taken out.
    harmonics : int
        Pairs of sine and cosine.
    family : {"quasi_poisson", "poisson", "negative_binomial"}
        The variance: proportional to the mean (never less than it), equal to it, or larger by the
        mean squared over a size.
    change : {"level and slope", "level"}
        Whether the trend may change too. Rare events often bear a level alone.
    lags : int, optional
        Periods over which neighbours may resemble each other (often a year): standard errors are
        then Newey and West's (1987), with Bartlett's weights and no small-sample factor.
    level : float
        Confidence level.

    Raises
    ------
    InvalidInput
        Counts that are negative, broken or missing; a start outside the series; exposure of zero.
    CannotTell
        Too few periods on one side, no event on one side, or a season that hides the effect.
    """
    y = inputs.event_array(counts, name="counts")
    size = np.ones(y.size) if exposure is None else inputs.positive_array(exposure, name="exposure")
    inputs.same_length(counts=y, exposure=size)
    inputs.share(level, name="confidence level")
    _check_choices(family, change, lags)
    first = _checked_start(y, start, slopes=2 if change == "level and slope" else 1)
    parts = segments(
        y.size, first=first, bend=change != "level", season=season, harmonics=harmonics
    )
    _check_room(y.size, len(parts.terms))
    fitting = log_linear.fit_negative_binomial if family == "negative_binomial" else log_linear.fit
    fitted = fitting(y, parts.columns, np.log(size))
    return _Reading(fitted=fitted, parts=parts, family=family, lags=lags, level=level).result()


def _check_choices(family: str, change: str, lags: int | None) -> None:
    if family not in FAMILY_NAMES:
        raise InvalidInput(f"The family must be one of {', '.join(FAMILY_NAMES)}.")
    if change not in ("level", "level and slope"):
        raise InvalidInput('The change must be "level" or "level and slope".')
    if lags is not None:
        inputs.whole(lags, name="number of lags", least=0)


def _check_room(periods: int, effects: int) -> None:
    if periods <= effects + 1:
        raise CannotTell(
            f"{periods} periods cannot bear a model with {effects} effects.",
            next_step="Give more periods, fewer harmonics, or ask for the level alone.",
        )


def _checked_start(counts: FloatArray, start: int, *, slopes: int) -> int:
    first = inputs.whole(start, name="position of the start", most=counts.size - 1)
    if first < 3 or counts.size - first < slopes:
        raise CannotTell(
            "A trend needs three periods before the start, and a level and slope two after it."
        )
    if counts[:first].sum() == 0 or counts[first:].sum() == 0:
        raise CannotTell(
            "One side of the start has no event, so a ratio has no limit.",
            next_step="Wait for more periods, or use a measure of harm that is less rare.",
        )
    return first


@dataclass(frozen=True, kw_only=True)
class _Reading:
    """What a fitted series says."""

    fitted: log_linear.Fit
    parts: Segments
    family: Family
    lags: int | None
    level: float

    @cached_property
    def covariance(self) -> FloatArray:
        if self.lags is not None:
            return self.fitted.robust(_bartlett(self.fitted.scores, int(self.lags)))
        if self.family == "quasi_poisson":
            return self.fitted.covariance * max(1.0, self.fitted.dispersion)
        return self.fitted.covariance

    @property
    def df(self) -> float:
        by_likelihood = self.lags is None and self.family != "quasi_poisson"
        return math.inf if by_likelihood else float(self.fitted.df)

    @property
    def method(self) -> str:
        name = f"interrupted series, {FAMILY_NAMES[self.family]}"
        return name if self.lags is None else f"{name}, Newey-West errors over {self.lags} lags"

    def result(self) -> InterruptedSeries:
        fitted, parts = self.fitted, self.parts
        effect = (parts.columns - parts.without) @ fitted.coefficients
        return InterruptedSeries(
            **self._limits("level"),
            method=self.method,
            caveats=self._caveats(),
            slope=Ratio(**self._limits("slope"), method=self.method)
            if "slope" in parts.terms
            else None,
            averted=self._averted(fitted.mean * np.exp(-effect)),
            terms=parts.terms,
            coefficients=fitted.coefficients,
            standard_errors=np.sqrt(np.diag(self.covariance)),
            fitted=fitted.mean,
            without=fitted.mean * np.exp(-effect),
            dispersion=fitted.dispersion,
            size=fitted.size,
            autocorrelation=_likeness_of_neighbours(fitted.pearson),
            log_likelihood=fitted.log_likelihood,
        )

    def _limits(self, term: str) -> Limits:
        at = self.parts.terms.index(term)
        error = math.sqrt(self.covariance[at, at])
        return limits(float(self.fitted.coefficients[at]), error, level=self.level, df=self.df)

    def _averted(self, without: FloatArray) -> Estimate:
        # Delta method: how the sum of (without - with) moves with each coefficient.
        since = slice(self.parts.first, None)
        mean = self.fitted.mean
        pull = without[since] @ self.parts.without[since] - mean[since] @ self.parts.columns[since]
        reach = reach_of(self.level, self.df) * math.sqrt(pull @ self.covariance @ pull)
        fewer = float(np.sum(without[since] - mean[since]))
        return Estimate(
            estimate=fewer,
            low=fewer - reach,
            high=fewer + reach,
            level=self.level,
            method=self.method,
            caveats=(NO_COMPARISON, TREND_GOES_ON),
        )

    def _caveats(self) -> tuple[str, ...]:
        said = [NO_COMPARISON, TREND_GOES_ON, REGRESSION_TO_THE_MEAN]
        if self.family == "poisson" and self.lags is None and self.fitted.dispersion > 1.5:
            said.append("The counts vary more than Poisson, so this interval is too narrow.")
        likeness = _likeness_of_neighbours(self.fitted.pearson)
        if self.lags is None and abs(likeness) > 2 / math.sqrt(self.fitted.mean.size):
            said.append(
                f"Neighbouring periods resemble each other (correlation {likeness:.2f}): "
                "ask for lags, or the interval may be too narrow."
            )
        if self.family == "negative_binomial" and math.isinf(self.fitted.size):
            said.append("The counts vary no more than Poisson, so Poisson was fitted.")
        return tuple(said)


def _bartlett(scores: FloatArray, lags: int) -> FloatArray:
    meat = scores.T @ scores
    for lag in range(1, min(lags, len(scores) - 1) + 1):
        crossed = scores[lag:].T @ scores[:-lag]
        meat += (1 - lag / (lags + 1)) * (crossed + crossed.T)
    return np.asarray(meat)


def _likeness_of_neighbours(residuals: FloatArray) -> float:
    around = residuals - residuals.mean()
    total = float(around @ around)
    return float(around[1:] @ around[:-1]) / total if total > 0 else 0.0
