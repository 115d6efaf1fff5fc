"""One rate, one share, one standardised rate, each with its interval."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from nhpf.errors import CannotTell, InvalidInput
from nhpf.numerics import Estimate, inputs, intervals
from nhpf.numerics.estimates import in_words, percent
from nhpf.numerics.inputs import FloatArray

PoissonMethod = Literal["byar", "exact"]

LINKED_EVENTS = (
    "The interval treats events as independent: one event with several victims, or one feud, "
    "makes the true interval wider."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate(Estimate):
    """A rate with its interval, per ``per`` of the population."""

    count: float
    population: float
    per: float

    def __str__(self) -> str:
        """Return the rate, its interval and what it is made of."""
        head = (
            f"{in_words(self.estimate)} per {self.per:,.0f} ({self.interval_in_words()}; "
            f"{self.count:,.0f} in {self.population:,.0f}; {self.method})"
        )
        return "\n".join([head, *(f"  Note: {caveat}" for caveat in self.caveats)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Proportion(Estimate):
    """A share of a total, between 0 and 1, with its interval."""

    count: float
    total: float

    def __str__(self) -> str:
        """Return the share, its interval and what it is made of."""
        head = (
            f"{percent(self.estimate)} ({percent(self.level)} interval {percent(self.low)} to "
            f"{percent(self.high)}; {self.count:,.0f} of {self.total:,.0f}; {self.method})"
        )
        return "\n".join([head, *(f"  Note: {caveat}" for caveat in self.caveats)])


def rate(
    count: float,
    population: float,
    *,
    per: float = 1e5,
    level: float = 0.95,
    method: PoissonMethod = "byar",
) -> Rate:
    """Return a rate with its Poisson interval.

    Parameters
    ----------
    count : float
        Whole number of events; pooled years add up.
    population : float
        People (or person-years, places, days) in which they happened, above zero.
    per : float
        The rate is per this many.
    level : float
        Confidence level.
    method : {"byar", "exact"}
        Byar's approximation, which gives way to the exact limits below ten events, or the exact
        limits (Garwood 1936) at any count.

    Raises
    ------
    InvalidInput
        A negative or fractional count, a population of zero, NaN.
    """
    events = inputs.events(count, name="count")
    people = inputs.positive(population, name="population")
    inputs.positive(per, name="unit of the rate")
    low, high, name = _poisson_limits(np.array([events]), level=level, method=method)
    scale = per / people
    return Rate(
        estimate=events * scale,
        low=float(low[0]) * scale,
        high=float(high[0]) * scale,
        level=level,
        method=name,
        caveats=(LINKED_EVENTS,),
        count=events,
        population=people,
        per=per,
    )


def proportion(count: float, total: float, *, level: float = 0.95) -> Proportion:
    """Return a share with Wilson's score interval, which holds at 0%, at 100% and for few events.

    Raises
    ------
    InvalidInput
        A negative or fractional count, a total of zero, a count above its total, NaN.
    """
    hits = inputs.events(count, name="count")
    whole = inputs.events(total, name="total")
    inputs.positive(whole, name="total")
    if hits > whole:
        raise InvalidInput("The count is larger than its total.")
    inputs.share(level, name="confidence level")
    low, high = intervals.wilson(np.array([hits]), np.array([whole]), level=level)
    return Proportion(
        estimate=hits / whole,
        low=float(low[0]),
        high=float(high[0]),
        level=level,
        method="Wilson score interval",
        caveats=(LINKED_EVENTS,),
        count=hits,
        total=whole,
    )


def standardised(
    counts: npt.ArrayLike,
    populations: npt.ArrayLike,
    standard: npt.ArrayLike,
    *,
    per: float = 1e5,
    level: float = 0.95,
    method: PoissonMethod = "byar",
) -> Rate:
    """Return a directly standardised rate with the interval of Dobson and others (1991).

    Parameters
    ----------
    counts, populations, standard : array_like, shape (k,)
        Events, people and people of the standard population in each of k groups, such as ages.
    per, level, method
        As in :func:`rate`.

    Raises
    ------
    InvalidInput
        Lists of unlike length, negative counts, an empty group, a standard without people.
    CannotTell
        No events at all: the method has no interval then.
    """
    events = inputs.event_array(counts, name="counts")
    people = inputs.positive_array(populations, name="populations")
    inputs.positive(per, name="unit of the rate")
    weights = inputs.count_array(standard, name="standard population")
    inputs.same_length(counts=events, populations=people, standard_population=weights)
    inputs.positive(weights.sum(), name="standard population")
    total = float(events.sum())
    if total == 0:
        raise CannotTell(
            "No events were counted, so a standardised rate has no interval.",
            next_step="Show the crude rate, whose interval holds at zero, or pool more years.",
        )
    weights = weights / weights.sum()
    estimate = float((weights * events / people).sum())
    spread = math.sqrt(float((weights**2 * events / people**2).sum()) / total)
    low, high, name = _poisson_limits(np.array([total]), level=level, method=method)
    few = ("Fewer than ten events: the rate moves much with each.",) if total < 10 else ()
    return Rate(
        estimate=estimate * per,
        low=(estimate + spread * (float(low[0]) - total)) * per,
        high=(estimate + spread * (float(high[0]) - total)) * per,
        level=level,
        method=f"direct standardisation, Dobson's interval, {name}",
        caveats=(LINKED_EVENTS, *few),
        count=total,
        population=float(people.sum()),
        per=per,
    )


def _poisson_limits(
    counts: FloatArray, *, level: float, method: PoissonMethod
) -> tuple[FloatArray, FloatArray, str]:
    inputs.share(level, name="confidence level")
    if method == "exact":
        return *intervals.exact_poisson(counts, level=level), "exact Poisson interval"
    if method == "byar":
        few = (counts < intervals.FEWEST_FOR_BYAR).any()
        name = "exact Poisson interval, for fewer than 10 events" if few else "Byar's interval"
        return *intervals.byar_poisson(counts, level=level), name
    raise InvalidInput(f"There is no interval called {method}.", next_step="Use byar or exact.")
