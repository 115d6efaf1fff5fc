"""When did the level of a series change, and how many times?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from nhpf.errors import CannotTell, InvalidInput
from nhpf.numerics import Estimate, inputs, intervals
from nhpf.numerics.estimates import in_words
from nhpf.numerics.inputs import FloatArray, IntArray

Family = Literal["poisson", "normal"]
CAVEATS = (
    "A change says when the level moved, not why; look at recording practice first.",
    "A season or a steady trend looks like changes of level: take them out first.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePoints:
    """Where the level of a series changed.

    Attributes
    ----------
    starts : tuple of int
        Position, from 0, of the first period of each new level; empty if no change stands out.
    levels : tuple of Estimate
        Mean of each stretch, in events per period, with the interval that would hold if the
        stretches had been known beforehand.
    information : ndarray, shape (most + 1,)
        Schwarz's criterion with 0, 1, ... changes; the smallest one is chosen.
    positions : tuple of tuple of int
        The best starts for 0, 1, ... changes.
    method : str
    caveats : tuple of str
    """

    starts: tuple[int, ...]
    levels: tuple[Estimate, ...]
    information: FloatArray
    positions: tuple[tuple[int, ...], ...]
    method: str
    caveats: tuple[str, ...]

    def __str__(self) -> str:
        """Return the changes and the levels between them."""
        if not self.starts:
            head = f"No change can be told from chance ({self.method})"
        else:
            places = ", ".join(str(start + 1) for start in self.starts)
            levels = ", then ".join(in_words(level.estimate) for level in self.levels)
            head = f"The level changes at period {places}: {levels} ({self.method})"
        return "\n".join([head, *(f"  Note: {caveat}" for caveat in self.caveats)])


def change_points(
    counts: npt.ArrayLike,
    *,
    most: int = 5,
    shortest: int = 2,
    family: Family = "poisson",
    level: float = 0.95,
) -> ChangePoints:
    """Find the periods at which the level of a series changed.

    For each number of changes the best places are found exactly, by dynamic programming over the
    likelihood of one mean for each stretch (Bai and Perron 2003); the number of changes is the
    one with the smallest Schwarz criterion, each change counting as two parameters. The cost
    grows with the square of the number of periods, times the number of changes.

    Parameters
    ----------
    counts : array_like, shape (n,)
        Whole numbers of events of periods of equal length, oldest first. With the normal family
        any numbers, such as rates or logarithms.
    most : int
        The largest number of changes looked for.
    shortest : int
        The fewest periods between changes.
    family : {"poisson", "normal"}
    level : float
        Confidence level of the intervals of the levels.

    Raises
    ------
    InvalidInput
        Negative or fractional counts, NaN, an option that means nothing.
    CannotTell
        No event, no variation with the normal family, or too few periods for a single change.
    """
    if family not in ("poisson", "normal"):
        raise InvalidInput("The family must be poisson or normal.")
    check = inputs.event_array if family == "poisson" else inputs.finite_array
    values = check(counts, name="counts")
    most = inputs.whole(most, name="largest number of changes")
    shortest = inputs.whole(shortest, name="shortest stretch")
    inputs.share(level, name="confidence level")
    if values.size < 2 * shortest:
        raise CannotTell("There are too few periods for a change between them.")
    if np.ptp(values) == 0 and (family == "normal" or values[0] == 0):
        raise CannotTell("All periods are alike: there is nothing to divide.")
    allowed = min(most, values.size // shortest - 1)
    best, positions = _best_divisions(_costs(values, family), allowed, shortest)
    information = _information(best, values.size, family)
    starts = positions[int(information.argmin())]
    return ChangePoints(
        starts=starts,
        levels=_levels(values, starts, family, level),
        information=information,
        positions=positions,
        method=f"{family} levels, Schwarz criterion, at most {allowed} changes",
        caveats=CAVEATS,
    )


def _costs(values: FloatArray, family: Family) -> FloatArray:
    """Return twice the negative log-likelihood of periods i to j as one stretch, constants apart.

    For the normal family it is the sum of squares about the mean.
    """
    n = values.size
    # About the overall mean, lest sums of squares lose their last digits.
    moved = values - values.mean() if family == "normal" else values
    sums = np.concatenate([[0.0], moved.cumsum()])
    total = sums[None, 1:] - sums[:-1, None]
    length = np.arange(1, n + 1)[None, :] - np.arange(n)[:, None]
    inside = length > 0
    length = np.where(inside, length, 1)
    if family == "normal":
        squares = np.concatenate([[0.0], (moved**2).cumsum()])
        cost = squares[None, 1:] - squares[:-1, None] - total**2 / length
        return np.where(inside, np.maximum(cost, 0), np.inf)
    safe = np.where(inside & (total > 0), total, 1)
    return np.where(inside, -2 * np.where(total > 0, total, 0) * np.log(safe / length), np.inf)


def _best_divisions(
    costs: FloatArray, most: int, shortest: int
) -> tuple[FloatArray, tuple[tuple[int, ...], ...]]:
    """Return the smallest cost with 0 to ``most`` changes, and where they are."""
    n = len(costs)
    starts = np.arange(n)
    allowed = np.where(starts[None, :] - starts[:, None] + 1 >= shortest, costs, np.inf)
    reached = allowed[0]
    best = [reached[-1]]
    came_from: list[IntArray] = []
    positions: list[tuple[int, ...]] = [()]
    for changes in range(1, most + 1):
        total = reached[:-1, None] + allowed[1:]
        came_from.append(total.argmin(axis=0) + 1)
        reached = total.min(axis=0)
        best.append(reached[-1])
        positions.append(_traced_back(came_from, changes, n))
    return np.array(best), tuple(positions)


def _traced_back(came_from: list[IntArray], changes: int, n: int) -> tuple[int, ...]:
    end, found = n - 1, []
    for step in reversed(range(changes)):
        start = int(came_from[step][end])
        found.append(start)
        end = start - 1
    return tuple(reversed(found))


def _information(best: FloatArray, n: int, family: Family) -> FloatArray:
    changes = np.arange(best.size)
    if family == "normal":
        with np.errstate(divide="ignore"):
            fit = n * (np.log(best / n) + np.log(2 * np.pi) + 1)
        return np.asarray(fit + np.log(n) * 2 * (changes + 1))
    return np.asarray(best + np.log(n) * (2 * changes + 1))


def _levels(
    values: FloatArray, starts: tuple[int, ...], family: Family, level: float
) -> tuple[Estimate, ...]:
    stretches = np.split(values, starts)
    if family == "poisson":
        totals = np.array([stretch.sum() for stretch in stretches])
        sizes = np.array([stretch.size for stretch in stretches])
        low, high = intervals.exact_poisson(totals, level=level)
        means, lows, highs = totals / sizes, low / sizes, high / sizes
    else:
        means, lows, highs = _normal_levels(stretches, level)
    name = "exact Poisson" if family == "poisson" else "Student's t, common variance"
    return tuple(
        Estimate(estimate=float(m), low=float(lo), high=float(hi), level=level, method=name)
        for m, lo, hi in zip(means, lows, highs, strict=True)
    )


def _normal_levels(
    stretches: list[FloatArray], level: float
) -> tuple[FloatArray, FloatArray, FloatArray]:
    from scipy.special import stdtrit

    means = np.array([stretch.mean() for stretch in stretches])
    sizes = np.array([stretch.size for stretch in stretches])
    freedom = int(sizes.sum()) - sizes.size
    squares = sum(float(((part - part.mean()) ** 2).sum()) for part in stretches)
    half = stdtrit(freedom, 0.5 + level / 2) * np.sqrt(squares / freedom / sizes)
    return means, means - half, means + half
