"""Areas against what chance would do to each: funnel limits, never a ranking."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nhpf.errors import CannotTell, InvalidInput
from nhpf.numerics import inputs, intervals
from nhpf.numerics.estimates import in_words, percent
from nhpf.numerics.inputs import FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Funnel:
    """Areas against what chance would do to each.

    Attributes
    ----------
    ratio, expected : ndarray, shape (n,)
        Count divided by expected count, and the expected count, in the order given.
    levels : tuple of float
        The levels of the limits, narrowest first.
    low, high : ndarray, shape (levels, n)
        Limits of the ratio for each level and area.
    position : tuple of str
        "lower", "in line" or "higher" by the widest limits, in the order given.
    dispersion : float
        Mean squared score of the areas, extremes drawn in: 1 where chance explains the spread.
    between_areas : float
        Standard deviation of true ratios (square-root scale) added to the limits; 0 without.
    """

    ratio: FloatArray
    expected: FloatArray
    levels: tuple[float, ...]
    low: FloatArray
    high: FloatArray
    position: tuple[str, ...]
    dispersion: float
    between_areas: float
    method: str
    caveats: tuple[str, ...]

    def limits_at(self, expected: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
        """Return low and high limits, shape (levels, m), at m expected counts, to draw."""
        sizes = inputs.positive_array(expected, name="expected counts")
        return _funnel_limits(sizes, levels=self.levels, between=self.between_areas)

    def __str__(self) -> str:
        """Return how many areas lie inside and outside the widest limits."""
        tally = {name: self.position.count(name) for name in ("in line", "higher", "lower")}
        head = (
            f"{len(self.position)} areas against {percent(self.levels[-1])} limits: "
            f"{tally['in line']} in line, {tally['higher']} higher, {tally['lower']} lower "
            f"({self.method}; dispersion {in_words(self.dispersion)})"
        )
        return "\n".join([head, *(f"  Note: {caveat}" for caveat in self.caveats)])


def funnel(
    count: npt.ArrayLike,
    expected: npt.ArrayLike,
    *,
    levels: Sequence[float] = (0.95, 0.998),
    over_dispersion: bool = False,
) -> Funnel:
    """Return funnel limits for the ratio of counts to expected counts.

    Parameters
    ----------
    count, expected : array_like, shape (n,)
        Whole numbers of events, and what each area would have at the common rate.
    levels : sequence of float
        Levels of the limits.
    over_dispersion : bool
        False: exact Poisson limits with interpolation between counts. True: limits widened by
        the spread between areas that chance does not explain (Spiegelhalter 2005; Spiegelhalter
        and others 2012: square-root scale, 10% winsorised, moment estimate).

    Raises
    ------
    InvalidInput
        Unlike lengths, negative counts, an expected count of zero, NaN.
    CannotTell
        Over-dispersion from fewer than ten areas.
    """
    events = inputs.event_array(count, name="counts")
    sizes = inputs.positive_array(expected, name="expected counts")
    inputs.same_length(counts=events, expected_counts=sizes)
    ordered = tuple(sorted(inputs.share(level, name="level") for level in levels))
    if not ordered:
        raise InvalidInput("Give at least one level for the limits.")
    dispersion, between = _between_areas(events, sizes)
    if over_dispersion and events.size < 10:
        raise CannotTell("The spread between areas cannot be estimated from fewer than ten.")
    between = between if over_dispersion else 0.0
    low, high = _funnel_limits(sizes, levels=ordered, between=between)
    ratio = events / sizes
    return Funnel(
        ratio=ratio,
        expected=sizes,
        levels=ordered,
        low=low,
        high=high,
        position=_positions(ratio, low[-1], high[-1]),
        dispersion=dispersion,
        between_areas=between,
        method="over-dispersed limits" if over_dispersion else "exact Poisson limits",
        caveats=_funnel_caveats(dispersion, events.size, widened=over_dispersion),
    )


def _between_areas(events: FloatArray, sizes: FloatArray) -> tuple[float, float]:
    """Return the dispersion and the standard deviation between areas on the square-root scale."""
    scores = 2 * (np.sqrt(events) - np.sqrt(sizes))
    drawn_in = np.clip(scores, *np.quantile(scores, [0.1, 0.9]))
    dispersion = float((drawn_in**2).mean())
    weights = 4 * sizes
    scale = float(weights.sum() - (weights**2).sum() / weights.sum())
    if scale <= 0:
        return dispersion, 0.0
    variance = (events.size * dispersion - (events.size - 1)) / scale
    return dispersion, math.sqrt(max(0.0, variance))


def _funnel_limits(
    sizes: FloatArray, *, levels: tuple[float, ...], between: float
) -> tuple[FloatArray, FloatArray]:
    if between == 0:
        tails = [((1 - level) / 2, (1 + level) / 2) for level in levels]
        pairs = [(_poisson_point(low, sizes), _poisson_point(high, sizes)) for low, high in tails]
        return np.stack([low for low, _ in pairs]), np.stack([high for _, high in pairs])
    spread = np.sqrt(1 / (4 * sizes) + between**2)
    widths = np.stack([intervals.normal_quantile(level) * spread for level in levels])
    return np.maximum(1 - widths, 0) ** 2, (1 + widths) ** 2


def _poisson_point(tail: float, sizes: FloatArray) -> FloatArray:
    """Return Spiegelhalter's (2005) interpolated quantile of a Poisson count, over its mean."""
    from scipy.special import pdtr, pdtrik

    # The continuous inverse lies up to one below the integer quantile; rounding may put it on
    # either side of an integer, so start a step lower and go up where the tail is not reached.
    count = np.maximum(np.ceil(np.nan_to_num(pdtrik(tail, sizes))) - 1, 0)
    for _ in range(2):
        count = np.where(pdtr(count, sizes) < tail, count + 1, count)
    reached = pdtr(count, sizes)
    below = np.where(count > 0, pdtr(np.maximum(count - 1, 0), sizes), 0.0)
    share = (reached - tail) / (reached - below)
    return np.asarray(np.maximum(count - share, 0) / sizes)


def _positions(ratio: FloatArray, low: FloatArray, high: FloatArray) -> tuple[str, ...]:
    names = np.where(ratio > high, "higher", np.where(ratio < low, "lower", "in line"))
    return tuple(str(name) for name in names)


def _funnel_caveats(dispersion: float, areas: int, *, widened: bool) -> tuple[str, ...]:
    caveats = ["Outside the limits is a question to ask, not a finding about the area."]
    if not widened and dispersion > 1.5 and areas >= 10:
        caveats.append(
            "The areas differ by more than chance alone: limits that allow for it are wider."
        )
    return tuple(caveats)
