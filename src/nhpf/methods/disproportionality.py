"""How much more often harm or an action falls on one group than on another, for its population.

Formulas, assumptions and worked examples: ``docs/methods/disproportionality.md``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nhpf.errors import CannotTell, InvalidInput
from nhpf.numerics import Estimate, inputs
from nhpf.numerics.estimates import in_words
from nhpf.numerics.inputs import FloatArray
from nhpf.numerics.multiplicity import false_discovery

__all__ = ["RelativeRate", "relative_rate"]

DENOMINATOR = (
    "Rates are for the population given: residents are not those who were there, known to police "
    "or at risk, and another denominator gives another figure."
)
NO_CAUSE = "A difference says that there is something to explain or reform, not why it is there."
# Beyond this ratio an interval says "no limit" rather than a number.
LARGEST_LOG_RATIO = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RelativeRate(Estimate):
    """A group's rate over the reference group's, with its exact interval.

    Attributes
    ----------
    group : int
        Position of the group in the lists given.
    count, population, reference_count, reference_population : float
        What the comparison is made of, all strata and periods together.
    p, p_adjusted : float
        Two-sided p-value of equal rates, and the same adjusted for the number of groups compared.
    told_from_chance : bool
        Whether the interval leaves out a ratio of 1.
    """

    group: int
    count: float
    population: float
    reference_count: float
    reference_population: float
    p: float
    p_adjusted: float
    told_from_chance: bool

    def __str__(self) -> str:
        """Return the ratio, its interval, whether chance may have done it, and the caveats."""
        verdict = "can" if self.told_from_chance else "cannot"
        head = (
            f"{in_words(self.estimate)} times the reference rate ({self.interval_in_words()}; "
            f"{self.count:,.0f} in {self.population:,.0f} against {self.reference_count:,.0f} in "
            f"{self.reference_population:,.0f}), which {verdict} be told from chance"
        )
        return "\n".join([head, *(f"  Note: {caveat}" for caveat in self.caveats)])


def relative_rate(
    counts: npt.ArrayLike,
    populations: npt.ArrayLike,
    *,
    reference: int,
    strata: Sequence[Hashable] | None = None,
    level: float = 0.95,
) -> tuple[RelativeRate, ...]:
    """Compare each group's rate with that of a reference group.

    Given how many events a stratum has in the two groups together, the group's own are binomial
    with odds ratio x population over the reference population. The ratio is the conditional
    maximum likelihood over strata, and its interval exact (Breslow and Day 1987, chapter 3; for
    one stratum it is the interval of two Poisson rates). The cost for each group grows with the
    number of events squared.

    Parameters
    ----------
    counts, populations : array_like, shape (groups,) or (groups, columns)
        Whole numbers of events, and the population or person-time in which they happened. Columns
        are years, or years and strata; years are pooled.
    reference : int
        Position of the group compared with, from 0.
    strata : sequence, shape (columns,), optional
        The stratum of each column, such as an age band or an area: like is then compared with
        like within strata. Columns of the same stratum are pooled.
    level : float

    Returns
    -------
    tuple of RelativeRate
        One for each other group, in the order given.

    Raises
    ------
    InvalidInput
        Negative or fractional counts, events without a population, unlike shapes, NaN, one group
        alone, a reference that is none of them.
    CannotTell
        A group and the reference have no event, or no stratum in common.
    """
    events, people = _tables(counts, populations)
    groups = len(events)
    if groups < 2:
        raise InvalidInput("A comparison needs at least two groups.")
    reference = inputs.whole(reference, name="reference's position", least=0, most=groups - 1)
    inputs.share(level, name="confidence level")
    caveats = _caveats(groups, columns=events.shape[1])
    events, people = _pooled(events, people, strata)
    others = [i for i in range(groups) if i != reference]
    pairs = [_Pair.of(events[i], people[i], events[reference], people[reference]) for i in others]
    adjusted = false_discovery(np.array([pair.p_of_equal() for pair in pairs]))
    return tuple(
        _result(group, pair, float(p), level=level, caveats=caveats)
        for group, pair, p in zip(others, pairs, adjusted, strict=True)
    )


def _caveats(groups: int, *, columns: int) -> tuple[str, ...]:
    caveats = [DENOMINATOR, NO_CAUSE]
    if columns < 3:
        caveats.append("Fewer than three periods are pooled: one unusual year may carry it.")
    if groups > 2:
        caveats.append("All groups share one reference: if its rate is off, all ratios are.")
    return tuple(caveats)


@dataclass(frozen=True, slots=True)
class _Pair:
    """A group and the reference in the strata where both have a population."""

    own: FloatArray
    people: FloatArray
    other: FloatArray
    other_people: FloatArray

    @classmethod
    def of(
        cls, own: FloatArray, people: FloatArray, other: FloatArray, other_people: FloatArray
    ) -> _Pair:
        shared = (people > 0) & (other_people > 0)
        if not shared.any():
            raise CannotTell("A group and the reference have no stratum in common.")
        pair = cls(own[shared], people[shared], other[shared], other_people[shared])
        if pair.own.sum() + pair.other.sum() == 0:
            raise CannotTell(
                "A group and the reference have no event, so no ratio can be measured.",
                next_step="Pool more years.",
            )
        return pair

    def chances(self, log_ratio: float) -> FloatArray:
        """Return the chance that an event of a stratum is the group's own."""
        odds = np.log(self.people / self.other_people) + log_ratio
        return np.asarray(1 / (1 + np.exp(-odds)))

    def tails(self, log_ratio: float) -> tuple[float, float]:
        """Return the chance of at most, and of at least, as many own events as seen."""
        spread = np.ones(1)
        totals = (self.own + self.other).astype(np.int64)
        for total, chance in zip(totals, self.chances(log_ratio), strict=True):
            if total:
                spread = np.convolve(spread, _binomial(int(total), float(chance)))
        seen = int(self.own.sum())
        return float(spread[: seen + 1].sum()), float(spread[seen:].sum())

    def excess(self, log_ratio: float) -> float:
        """Return how many more own events than seen are expected at this ratio."""
        return float((self.own + self.other) @ self.chances(log_ratio) - self.own.sum())

    def p_of_equal(self) -> float:
        """Return the two-sided p-value that belongs to the exact interval."""
        return min(1.0, 2 * min(self.tails(0.0)))


def _binomial(total: int, chance: float) -> FloatArray:
    from scipy.special import gammaln, xlog1py, xlogy

    hits = np.arange(total + 1)
    ways = gammaln(total + 1) - gammaln(hits + 1) - gammaln(total - hits + 1)
    return np.asarray(np.exp(ways + xlogy(hits, chance) + xlog1py(total - hits, -chance)))


def _tables(counts: npt.ArrayLike, populations: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    tables = []
    for name, values in (("counts", counts), ("populations", populations)):
        table = inputs.numbers(values, name=name)
        if table.ndim not in (1, 2) or table.size == 0:
            raise InvalidInput(f"Give the {name} as one number, or one row, for each group.")
        check = inputs.event_array if name == "counts" else inputs.count_array
        tables.append(check(table.ravel(), name=name).reshape(table.shape[0], -1))
    events, people = tables
    if events.shape != people.shape:
        raise InvalidInput("Counts and populations must have the same shape.")
    if (people.sum(axis=1) == 0).any() or (events[people == 0] > 0).any():
        raise InvalidInput("A group has no population, or events where it has none.")
    return events, people


def _pooled(
    events: FloatArray, people: FloatArray, strata: Sequence[Hashable] | None
) -> tuple[FloatArray, FloatArray]:
    labels = ["all"] * events.shape[1] if strata is None else list(strata)
    if len(labels) != events.shape[1]:
        raise InvalidInput("Give one stratum for each column.")
    names = list(dict.fromkeys(labels))
    member = np.array([[label == name for name in names] for label in labels], dtype=np.float64)
    return events @ member, people @ member


def _result(
    group: int, pair: _Pair, p_adjusted: float, *, level: float, caveats: tuple[str, ...]
) -> RelativeRate:
    tail = (1 - level) / 2
    none, all_own = pair.own.sum() == 0, pair.other.sum() == 0
    low = 0.0 if none else _ratio_where(lambda at: pair.tails(at)[1] - tail)
    high = math.inf if all_own else _ratio_where(lambda at: tail - pair.tails(at)[0])
    ratio = 0.0 if none else math.inf if all_own else _ratio_where(pair.excess)
    strata = pair.own.size
    return RelativeRate(
        estimate=ratio,
        low=low,
        high=high,
        level=level,
        method="exact conditional" + (f", {strata} strata" if strata > 1 else ""),
        caveats=caveats,
        group=group,
        count=float(pair.own.sum()),
        population=float(pair.people.sum()),
        reference_count=float(pair.other.sum()),
        reference_population=float(pair.other_people.sum()),
        p=pair.p_of_equal(),
        p_adjusted=p_adjusted,
        told_from_chance=not low <= 1 <= high,
    )


def _ratio_where(rises_through_zero: Callable[[float], float]) -> float:
    """Return the ratio at which a function that rises with its logarithm is zero."""
    from scipy.optimize import brentq

    root = brentq(rises_through_zero, -LARGEST_LOG_RATIO, LARGEST_LOG_RATIO, xtol=1e-13)
    return math.exp(root)
