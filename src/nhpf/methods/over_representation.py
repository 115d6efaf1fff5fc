"""Is a kind of event over-represented somewhere? Shares beside those elsewhere, drawn in, adjusted.

A place is compared with all others taken together, so that a place with much of everything is not
over-represented in anything, and one that is does not hide itself in the common share.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from nhpf.errors import CannotTell, InvalidInput
from nhpf.numerics import inputs
from nhpf.numerics.inputs import FloatArray
from nhpf.numerics.multiplicity import false_discovery

FEWEST_PLACES = 10
FARTHEST = np.log(1e6)
"""The largest logarithm of the shape of the ratios' distribution; there they do not differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OverRepresentation:
    """How much more often each kind fell in each place than its share elsewhere would give.

    Attributes
    ----------
    expected : ndarray, shape (places, kinds)
        All events of the place, times the kind's share of the events everywhere else.
    ratio : ndarray, shape (places, kinds)
        Count divided by expected count; NaN where nothing is expected.
    estimate, low, high : ndarray, shape (places, kinds)
        The ratio drawn in towards the common one, as far as its count is small, with the limits of
        its posterior distribution.
    p, p_adjusted : ndarray, shape (places, kinds)
        One-sided p-value of no more than the share elsewhere (Fisher's exact test), and the same
        adjusted for all places and kinds (Benjamini and Hochberg).
    found : ndarray of bool, shape (places, kinds)
        Whether the adjusted p-value is at most ``false_finds`` and the drawn-in ratio's lower limit
        above 1.
    """

    expected: FloatArray
    ratio: FloatArray
    estimate: FloatArray
    low: FloatArray
    high: FloatArray
    p: FloatArray
    p_adjusted: FloatArray
    found: npt.NDArray[np.bool_]
    level: float
    false_finds: float
    method: str
    caveats: tuple[str, ...]

    def __str__(self) -> str:
        """Return how many are over-represented, of how many looked at."""
        head = (
            f"{int(self.found.sum())} of {self.found.size} pairs of place and kind are "
            f"over-represented ({self.method})"
        )
        return "\n".join([head, *(f"  Note: {caveat}" for caveat in self.caveats)])


def over_representation(
    counts: npt.ArrayLike, *, level: float = 0.95, false_finds: float = 0.05
) -> OverRepresentation:
    """Compare each kind's share in each place with its share in all other places together.

    Fisher's exact test, conditional on the place's and the kind's totals; its p-values are adjusted
    over the whole table, so that of all that is called over-represented at most the share
    ``false_finds`` is so by chance, on average. Ratios are drawn in by the gamma and Poisson model
    of Clayton and Kaldor (1987), fitted for each kind by maximum likelihood.

    Parameters
    ----------
    counts : array_like, shape (places, kinds)
        Whole numbers of events, in one period.
    level : float
        Level of the limits of the drawn-in ratios.
    false_finds : float
        The false discovery rate.

    Raises
    ------
    InvalidInput
        Not a table of two dimensions, fewer than two kinds, negative or broken counts.
    CannotTell
        Fewer than ten places, from which the spread between places cannot be told; or a kind or a
        place's surroundings without any event.
    """
    table = _checked(counts)
    level, rate = inputs.share(level, name="level"), inputs.share(false_finds, name="false finds")
    place_totals, kind_totals, total = table.sum(1), table.sum(0), table.sum()
    elsewhere = (kind_totals - table) / (total - place_totals)[:, None]
    expected = place_totals[:, None] * elsewhere
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = np.where(expected > 0, table / expected, np.nan)
    drawn = [_drawn_in(*pair, level=level) for pair in zip(table.T, expected.T, strict=True)]
    estimate, low, high = (np.column_stack(part) for part in zip(*drawn, strict=True))
    p = _as_many(table, place_totals, kind_totals, total)
    adjusted = false_discovery(p.ravel()).reshape(p.shape)
    return OverRepresentation(
        expected=expected,
        ratio=ratio,
        estimate=estimate,
        low=low,
        high=high,
        p=p,
        p_adjusted=adjusted,
        found=(adjusted <= rate) & (low > 1),
        level=level,
        false_finds=rate,
        method=f"Fisher's exact test, false discovery rate {rate:.0%}; ratios drawn in by the "
        "gamma and Poisson model",
        caveats=(
            "Events that belong together, such as several victims of one event, make chance wider "
            "than it is here.",
            "More of one kind than elsewhere can also be less of the others: look at rates too.",
        ),
    )


def _checked(counts: npt.ArrayLike) -> FloatArray:
    table = inputs.numbers(counts, name="counts")
    if table.ndim != 2 or table.shape[1] < 2:
        raise InvalidInput("Give a table of counts: a row for each place, two or more kinds.")
    inputs.event_array(table.ravel(), name="counts")
    if table.shape[0] < FEWEST_PLACES:
        raise CannotTell(
            f"The spread between places cannot be told from fewer than {FEWEST_PLACES}."
        )
    if not np.all(table.sum(0) > 0) or np.any(table.sum(1) == table.sum()):
        raise CannotTell("A kind never occurs, or one place holds every event.")
    return table


def _as_many(
    table: FloatArray, place_totals: FloatArray, kind_totals: FloatArray, total: float
) -> FloatArray:
    """Return the chance of as many or more of a kind, given both totals (hypergeometric)."""
    from scipy.stats import hypergeom

    tail: FloatArray = hypergeom.sf(table - 1, total, kind_totals[None, :], place_totals[:, None])
    return np.minimum(tail, 1.0)


def _drawn_in(
    counts: FloatArray, expected: FloatArray, *, level: float
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return posterior means of the ratios and their limits."""
    shape, rate = _gamma(counts, expected)
    tail = (1 - level) / 2
    a, b = shape + counts, rate + expected
    return a / b, special.gammaincinv(a, tail) / b, special.gammaincinv(a, 1 - tail) / b


def _gamma(counts: FloatArray, expected: FloatArray) -> tuple[float, float]:
    """Return shape and rate of the ratios' gamma distribution, by maximum likelihood."""
    from scipy.optimize import minimize_scalar

    def best_rate(shape: float) -> float:
        # Given the shape, the mean ratio solves one equation; it is found by fixed-point steps.
        mean = float(counts.sum() / expected.sum())
        for _ in range(100):
            rate = shape / mean
            mean, before = float(np.mean((counts + shape) / (expected + rate))), mean
            if abs(mean - before) < 1e-12 * before:
                break
        return shape / mean

    def unlikely(log_shape: float) -> float:
        shape = float(np.exp(log_shape))
        rate = best_rate(shape)
        terms = special.gammaln(counts + shape) - special.gammaln(shape)
        terms += shape * np.log(rate) - (counts + shape) * np.log(rate + expected)
        return -float(terms.sum())

    found = minimize_scalar(unlikely, bounds=(np.log(1e-3), FARTHEST), method="bounded")
    shape = float(np.exp(found.x))
    return shape, best_rate(shape)
