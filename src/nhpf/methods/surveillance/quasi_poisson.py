"""The fit behind Farrington's method, compiled: one log-linear mean for each season and a slope.

The design has one level for each season and at most one slope, so each step of the iteration has
a closed form: levels are weighted means and the slope is the one within seasons. No matrix is
factorised and a step costs one pass over the weeks.

Start, stopping rule and the weights that standard errors rest on are those of R's ``glm``, so
that results agree with the packages that health agencies use far beyond the rule's tolerance.

Loops are written out and tables are handed on to be filled: the compiler needs seconds for each
whole-array expression and each call site.
"""

from __future__ import annotations

import math

import numba
import numpy as np

from nhpf.numerics.inputs import FloatArray, IntArray

compiled = numba.njit(cache=True, nogil=True)

SMALLEST_MEAN = 2.0**-52
MOST_STEPS = 25
CHANGE_IN_DEVIANCE = 1e-8

# Rows of the table of weeks, shape (7, weeks), and of the table of seasons, shape (3, seasons).
COUNT, TIME, PRIOR, MEAN, LOG_MEAN, WORK, TARGET = range(7)
MASS, CENTRE, LEVEL = range(3)


def _half_deviance(weeks: FloatArray) -> float:
    total = 0.0
    for i in range(weeks.shape[1]):
        count = weeks[COUNT, i]
        part = weeks[MEAN, i] - count * (weeks[LOG_MEAN, i] + 1)
        if count > 0:
            part += count * math.log(count)
        total += weeks[PRIOR, i] * part
    return total


half_deviance = compiled(_half_deviance)


def _levels_and_slope(
    weeks: FloatArray, seasons: FloatArray, first: IntArray, sloped: bool
) -> tuple[float, float]:
    """Fill the table of seasons; return the slope and its spread."""
    spread, cross = 0.0, 0.0
    for g in range(first.size - 1):
        total, times, values = 0.0, 0.0, 0.0
        for i in range(first[g], first[g + 1]):
            work = weeks[PRIOR, i] * weeks[MEAN, i]
            weeks[WORK, i] = work
            weeks[TARGET, i] = weeks[LOG_MEAN, i] + weeks[COUNT, i] / weeks[MEAN, i] - 1
            total += work
            times += work * weeks[TIME, i]
            values += work * weeks[TARGET, i]
        seasons[MASS, g], seasons[CENTRE, g], seasons[LEVEL, g] = (
            total,
            times / total,
            values / total,
        )
        if sloped:
            for i in range(first[g], first[g + 1]):
                away = weeks[TIME, i] - seasons[CENTRE, g]
                spread += weeks[WORK, i] * away * away
                cross += weeks[WORK, i] * away * weeks[TARGET, i]
    return (cross / spread if sloped else 0.0), spread


levels_and_slope = compiled(_levels_and_slope)


def _fit_levels(
    weeks: FloatArray, seasons: FloatArray, first: IntArray, sloped: bool
) -> tuple[bool, float, float]:
    """Fill means and seasons; return whether it converged, the slope and its spread."""
    slope, spread = 0.0, 0.0
    for i in range(weeks.shape[1]):
        weeks[MEAN, i] = weeks[COUNT, i] + 0.1
        weeks[LOG_MEAN, i] = math.log(weeks[MEAN, i])
    before = 2 * half_deviance(weeks)
    # Of the deviance only this part moves; the logarithms of the counts are not taken again.
    fixed = before
    for i in range(weeks.shape[1]):
        fixed -= 2 * weeks[PRIOR, i] * (weeks[MEAN, i] - weeks[COUNT, i] * weeks[LOG_MEAN, i])
    for _ in range(MOST_STEPS):
        slope, spread = levels_and_slope(weeks, seasons, first, sloped)
        moving = 0.0
        for g in range(first.size - 1):
            for i in range(first[g], first[g + 1]):
                log_mean = seasons[LEVEL, g] + slope * (weeks[TIME, i] - seasons[CENTRE, g])
                mean = max(math.exp(log_mean), SMALLEST_MEAN)
                moving += weeks[PRIOR, i] * (mean - weeks[COUNT, i] * log_mean)
                weeks[MEAN, i], weeks[LOG_MEAN, i] = mean, log_mean
        now = fixed + 2 * moving
        if abs(now - before) / (abs(now) + 0.1) < CHANGE_IN_DEVIANCE:
            return True, slope, spread
        before = now
    return False, slope, spread


fit_levels = compiled(_fit_levels)


def _dispersion(weeks: FloatArray, weights: int, freedom: int) -> float:
    total = 0.0
    for i in range(weeks.shape[1]):
        away = weeks[COUNT, i] / weeks[MEAN, i] - 1
        total += weeks[weights, i] * away * away
    return total / freedom


dispersion = compiled(_dispersion)


def _weigh_down(
    weeks: FloatArray,
    seasons: FloatArray,
    first: IntArray,
    spread: float,
    phi: float,
    beyond: float,
) -> None:
    """Weigh past outbreaks down by their standardised Anscombe residual."""
    total = 0.0
    for g in range(first.size - 1):
        for i in range(first[g], first[g + 1]):
            share = weeks[WORK, i] / seasons[MASS, g]
            if spread > 0:
                share += weeks[WORK, i] * (weeks[TIME, i] - seasons[CENTRE, g]) ** 2 / spread
            root = math.sqrt(weeks[MEAN, i])
            residual = 1.5 * ((weeks[COUNT, i] ** 2 / root) ** (1 / 3) - root)
            residual = residual / math.sqrt(phi * (1 - share)) if share < 1 else 0.0
            weeks[PRIOR, i] = residual**-2 if residual > beyond else 1.0
            total += weeks[PRIOR, i]
    for i in range(weeks.shape[1]):
        weeks[PRIOR, i] *= weeks.shape[1] / total


weigh_down = compiled(_weigh_down)


def _reweighted(
    weeks: FloatArray, seasons: FloatArray, first: IntArray, sloped: bool, beyond: float
) -> tuple[bool, bool, float, float, float]:
    """Fit twice, the second time with past outbreaks weighed down; without slope if need be.

    Returns
    -------
    fitted, sloped : bool
    phi, slope, spread : float
        The dispersion is 0 until the first fit is made.
    """
    phi = 0.0
    for i in range(weeks.shape[1]):
        weeks[PRIOR, i] = 1.0
    while True:
        converged, slope, spread = fit_levels(weeks, seasons, first, sloped)
        if not converged and phi == 0:
            if not sloped:
                return False, False, 1.0, 0.0, 0.0
            sloped = False
            continue
        first_fit = phi == 0
        freedom = weeks.shape[1] - first.size + (0 if sloped else 1)
        phi = max(dispersion(weeks, WORK, freedom), 1.0)
        if not first_fit:
            return True, sloped, phi, slope, spread
        weigh_down(weeks, seasons, first, spread, phi, beyond)


reweighted = compiled(_reweighted)


def _forecast(
    weeks: FloatArray,
    seasons: FloatArray,
    first: IntArray,
    sloped: bool,
    beyond: float,
    needed_t: float,
    original: bool,
) -> tuple[float, float, float, float]:
    """Return the log mean expected at time 0 in season 0, its error, the dispersion, the slope."""
    largest = 0.0
    for i in range(weeks.shape[1]):
        largest = max(largest, weeks[COUNT, i])
    while True:
        fitted, kept, phi, slope, spread = reweighted(weeks, seasons, first, sloped, beyond)
        if not fitted:
            return np.nan, np.nan, np.nan, np.nan
        log_mean = seasons[LEVEL, 0] - slope * seasons[CENTRE, 0]
        variance = 1 / seasons[MASS, 0]
        freedom = weeks.shape[1] - first.size + (0 if kept else 1)
        scale = dispersion(weeks, WORK if original else PRIOR, freedom)
        if kept:
            variance += seasons[CENTRE, 0] ** 2 / spread
            clear = abs(slope) > needed_t * math.sqrt(scale / spread)
            if not clear or math.exp(log_mean) > largest:
                sloped = False
                continue
        error = math.sqrt((phi if original else scale) * variance)
        return log_mean, error, phi, (slope if kept else np.nan)


forecast = compiled(_forecast)


def _forecast_all(
    counts: FloatArray,
    places: IntArray,
    offsets: IntArray,
    first: IntArray,
    sloped: bool,
    beyond: float,
    needed_t: float,
    original: bool,
) -> FloatArray:
    """Forecast each period and series from its own past.

    Parameters
    ----------
    counts : ndarray, shape (series, periods)
    places : ndarray of int, shape (evaluated,)
        Periods to judge, from 0.
    offsets : ndarray of int, shape (weeks,)
        Which past periods are compared, counted from the one judged, season by season.
    first : ndarray of int, shape (seasons + 1,)
        Where each season begins among the offsets, and their number.

    Returns
    -------
    ndarray, shape (4, evaluated, series)
        Log mean, its standard error, dispersion, slope; NaN where no event is compared with or
        nothing could be fitted.
    """
    found = np.full((4, places.size, counts.shape[0]), np.nan)
    weeks, seasons = np.empty((7, offsets.size)), np.empty((3, first.size - 1))
    for i in range(offsets.size):
        weeks[TIME, i] = offsets[i]
    for s in range(counts.shape[0]):
        for j in range(places.size):
            total = 0.0
            for i in range(offsets.size):
                weeks[COUNT, i] = counts[s, places[j] + offsets[i]]
                total += weeks[COUNT, i]
            if total > 0:
                found[0, j, s], found[1, j, s], found[2, j, s], found[3, j, s] = forecast(
                    weeks, seasons, first, sloped, beyond, needed_t, original
                )
    return found


forecast_all = compiled(_forecast_all)
