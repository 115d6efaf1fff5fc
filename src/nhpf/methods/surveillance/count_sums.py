"""Sums of rare counts, and exactly how long they run until an alarm."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from nhpf.errors import CannotTell, InvalidInput
from nhpf.methods.surveillance.alarms import BoolArray
from nhpf.methods.surveillance.limits import at_least
from nhpf.numerics import inputs
from nhpf.numerics.inputs import FloatArray

FINEST = 20
MOST_STATES = 2000
LONGEST = 1e12


@dataclass(frozen=True, slots=True, kw_only=True)
class CountSums:
    """A sum of counts beyond a reference value, begun again after each alarm.

    Attributes
    ----------
    total : ndarray, shape (n,)
        The sum after each count, before it begins again.
    upper : ndarray, shape (n,)
        The smallest count that would have raised an alarm in that period.
    alarm : ndarray of bool, shape (n,)
    method : str
    caveats : tuple of str
    """

    total: FloatArray
    upper: FloatArray
    alarm: BoolArray
    method: str
    caveats: tuple[str, ...] = (
        "An alarm says that counts were higher for a while, not when they began to be.",
    )

    def __str__(self) -> str:
        """Return how many alarms there were."""
        head = f"{int(self.alarm.sum())} alarms in {self.alarm.size} periods ({self.method})"
        return "\n".join([head, *(f"  Note: {caveat}" for caveat in self.caveats)])


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLength:
    """How a sum of counts behaves while events come at one rate: exact, by its Markov chain.

    Attributes
    ----------
    average : float
        Periods until an alarm, on average, from a sum of zero.
    chain : ndarray, shape (states, states)
        Chance of each next sum that is no alarm, from each sum.
    steady : ndarray, shape (states,)
        How often each sum is met in the long run, with sums begun again after alarms.
    mean, k, h, dispersion : float
        What was asked.
    caveats : tuple of str
    """

    average: float
    chain: FloatArray
    steady: FloatArray
    mean: float
    k: float
    h: float
    dispersion: float
    caveats: tuple[str, ...] = (
        "It holds while the rate stays what it is said to be: a rate estimated from few events is "
        "often another.",
    )

    def __str__(self) -> str:
        """Return the average run."""
        head = (
            f"An alarm in {self.average:,.3g} periods on average, at {self.mean:g} events a period "
            f"(k {self.k:g}, h {self.h:g}, variance over mean {self.dispersion:g})"
        )
        return "\n".join([head, *(f"  Note: {caveat}" for caveat in self.caveats)])

    def within(self, periods: int) -> float:
        """Return the chance of an alarm within so many periods from a sum of zero."""
        held = np.zeros(len(self.chain))
        held[0] = 1.0
        for _ in range(periods):
            held = held @ self.chain
        return max(0.0, float(1 - held.sum()))

    def chance(self, total: float) -> float:
        """Return how often a sum is at least as high, in the long run."""
        sums = np.arange(len(self.steady)) * self.h / len(self.steady)
        needed = np.ceil(np.maximum(total + self.k - sums, 0) - 1e-9)
        as_high = self.steady @ _at_least(needed, self.mean, self.dispersion)
        return min(1.0, float(as_high))


def count_cusum(counts: npt.ArrayLike, *, k: npt.ArrayLike, h: npt.ArrayLike) -> CountSums:
    """Add up what counts exceed a reference value by (Lucas 1985); begin again after an alarm.

    The sum never falls below zero; an alarm is a sum of at least ``h``.

    Parameters
    ----------
    counts : array_like, shape (n,)
        Whole numbers of events, oldest first.
    k, h : float or array_like, shape (n,)
        Reference value and threshold, above zero. For a rise from a to b events a period, the sum
        that finds it soonest has k = (b - a) / log(b / a).

    Raises
    ------
    InvalidInput
        Negative or fractional counts, NaN, k or h not above zero or of another length.
    """
    series = inputs.event_array(counts, name="counts")
    reference, limit = _each(k, series, "k"), _each(h, series, "h")
    total, upper = np.zeros(series.size), np.zeros(series.size)
    running = 0.0
    for at, count in enumerate(series):
        upper[at] = np.ceil(limit[at] + reference[at] - running - 1e-9)
        running = max(0.0, running + count - reference[at])
        total[at] = running
        if running >= limit[at] - 1e-9:
            running = 0.0
    return CountSums(
        total=total,
        upper=upper,
        alarm=total >= limit - 1e-9,
        method="Poisson CUSUM, begun again after an alarm",
    )


def _each(value: npt.ArrayLike, series: FloatArray, name: str) -> FloatArray:
    given = inputs.positive_array(np.ravel(inputs.numbers(value, name=name)), name=name)
    if given.size not in (1, series.size):
        raise InvalidInput(f"Give one {name}, or one for each count.")
    return np.broadcast_to(given, series.shape)


def run_length(mean: float, *, k: float, h: float, dispersion: float = 1.0) -> RunLength:
    """Return how long a sum of counts runs until an alarm (Brook and Evans 1972), exactly.

    Counts are Poisson or, with a dispersion above 1, negative binomial. The sum lies on the
    multiples of one fraction, so that its Markov chain is no approximation.

    Parameters
    ----------
    mean : float
        Events a period, above zero.
    k, h : float
        As in :func:`count_cusum`; both multiples of one fraction 1/m with m at most 20.
    dispersion : float
        Variance over mean of the counts, at least 1.

    Raises
    ------
    InvalidInput
        A mean, k or h not above zero or on no common lattice, a dispersion below 1.
    CannotTell
        Where an alarm comes less than once in a million million periods.
    """
    rate = inputs.positive(mean, name="mean")
    if inputs.number(dispersion, name="dispersion") < 1:
        raise InvalidInput("The dispersion must be at least 1.")
    step = _step(inputs.positive(k, name="k"), inputs.positive(h, name="h"))
    states, reference = round(h * step), round(k * step)
    sums = np.arange(states)
    # From sum s, a count x leads to s + x - k: those to at least each next sum, and differences.
    needed = (sums[None, :] - sums[:, None] + reference) / step
    edges = np.column_stack([needed, (states - sums + reference) / step])
    counts = np.ceil(np.maximum(edges, 0) - 1e-9).astype(np.int64)
    reached = _at_least(np.arange(counts.max() + 1.0), rate, dispersion)[counts]
    reached[:, 0] = 1.0
    chain = reached[:, :-1] - reached[:, 1:]
    begun = _visits(chain)
    return RunLength(
        average=float(begun.sum()),
        chain=chain,
        steady=begun / begun.sum(),
        mean=rate,
        k=float(k),
        h=float(h),
        dispersion=float(dispersion),
    )


def _visits(chain: FloatArray) -> FloatArray:
    """Return how often each sum is met, on average, from a sum of zero until an alarm."""
    start = np.eye(len(chain))
    try:
        visits = np.asarray(np.linalg.solve((start - chain).T, start[0]))
    except np.linalg.LinAlgError:
        visits = np.zeros(len(chain))
    if not 1 <= visits.sum() < LONGEST:
        raise CannotTell("An alarm would be so rare that its run length cannot be told.")
    return visits


def _step(k: float, h: float) -> int:
    for step in range(1, FINEST + 1):
        if all(abs(step * each - round(step * each)) < 1e-6 for each in (k, h)):
            if round(h * step) > MOST_STATES:
                raise InvalidInput("The threshold has too many steps for an exact answer.")
            return step
    nearest = [str(Fraction(each).limit_denominator(FINEST)) for each in (k, h)]
    raise InvalidInput(
        "k and h must be multiples of one fraction.",
        next_step=f"The nearest are k {nearest[0]} and h {nearest[1]}.",
    )


def _at_least(count: FloatArray, mean: float, dispersion: float) -> FloatArray:
    return at_least(count, np.full(count.shape, mean), np.full(count.shape, dispersion))
