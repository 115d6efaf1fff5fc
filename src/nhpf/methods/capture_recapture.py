"""Capture and recapture: how many events stand in neither of two lists?

Chapman's (1951) estimator from two lists and the events that stand in both, with an interval that
also carries what linkage leaves in doubt.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy.typing as npt

from nhpf.errors import CannotTell, InvalidInput
from nhpf.numerics import inputs
from nhpf.numerics.estimates import Estimate, in_words
from nhpf.numerics.intervals import normal_quantile

FEWEST_IN_BOTH = 7
"""Seber (1982, section 3.1): with seven or more in both, the estimator's bias is negligible."""

METHOD = "Chapman's estimator, log-normal interval"

CAVEATS = (
    "The two lists are taken to be independent: if being in one makes an event more likely to be "
    "in the other, as grave injuries are in both, the true number is higher.",
    "Every event is taken to have the same chance of each list; where chances differ in both lists "
    "alike, the true number is higher. An event that can never come into a list is not counted.",
    "Both lists are taken to speak of the same events in the same places and period.",
)

LINKAGE_CAVEAT = (
    "The events in both lists are expected numbers from match probabilities: the interval carries "
    "their chance, not a fault of the linkage model itself."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureRecapture(Estimate):
    """All events, with those in neither list.

    Attributes
    ----------
    estimate, low, high : float
        All events, in a list or not.
    first, second : int
        Events in each list.
    both, both_sd : float
        Expected events in both lists, and its standard deviation from linkage; 0 where it is known.
    seen : float
        Events in at least one list.
    unseen, unseen_low, unseen_high : float
        Events in neither list.
    se : float
        Standard error of the number of all events.
    """

    first: int
    second: int
    both: float
    both_sd: float
    seen: float
    unseen: float
    unseen_low: float
    unseen_high: float
    se: float

    def __str__(self) -> str:
        """Return all events, then those in neither list, then the caveats."""
        head, *notes = Estimate.__str__(self).splitlines()
        interval = f"{in_words(self.unseen_low)} to {in_words(self.unseen_high)}"
        return "\n".join([head, f"  In neither list: {in_words(self.unseen)} ({interval})", *notes])


def chapman(first: int, second: int, both: int, *, level: float = 0.95) -> CaptureRecapture:
    """Estimate all events from two lists and the events known to be in both.

    Parameters
    ----------
    first, second : int
        Events in each list.
    both : int
        Events in both lists.
    level : float
        Confidence level of the interval.

    Returns
    -------
    CaptureRecapture

    Notes
    -----
    ``(n1 + 1)(n2 + 1)/(m + 1) - 1`` with the variance of Seber (1970) and Wittes (1972); the
    interval is log-normal in the events of neither list (Burnham et al. 1987), so that it never
    falls below the events seen. Cost does not grow with the events.

    Raises
    ------
    InvalidInput
        Counts that are no whole numbers, or more in both than in one.
    CannotTell
        Fewer than seven events in both lists.
    """
    inputs.events(both, name="events in both lists")
    return _estimate(first, second, float(both), 0.0, level)


def chapman_linked(
    first: int, second: int, probabilities: npt.ArrayLike, *, level: float = 0.95
) -> CaptureRecapture:
    """Estimate all events from two lists and the match probabilities of pairs across them.

    Parameters
    ----------
    first, second : int
        Events in each list.
    probabilities : array_like, shape (pairs,)
        Probability that each pair across the lists is one event. Pairs that were linked and pairs
        that were not both belong here: the first hold the false matches that are to be expected,
        the second the missed ones.
    level : float
        Confidence level of the interval.

    Returns
    -------
    CaptureRecapture

    Notes
    -----
    The events in both are ``M = sum p``. If the labels alone were in doubt, its variance would be
    ``V = sum p (1 - p)``. But the share of matches is estimated from the same pairs, as linkage by
    expectation and maximisation does, which makes it ``V / (1 - V / M)``: the information about a
    mixture's share, less what knowing each label would add (Titterington et al. 1985, section
    3.2). That variance enters the one of the estimate by the delta method. Cost grows with the
    pairs.

    Raises
    ------
    InvalidInput
        Probabilities outside 0 to 1, or more expected in both than in one.
    CannotTell
        Fewer than seven events expected in both lists.
    """
    p = inputs.finite_array(probabilities, name="match probabilities")
    if (p < 0).any() or (p > 1).any():
        raise InvalidInput("Match probabilities must lie between 0 and 1.")
    both, doubt = float(p.sum()), float((p * (1 - p)).sum())
    # The sum of squares is what is left of the sum when doubt is taken off; zero only if all are.
    sd = math.sqrt(doubt * both / (both - doubt)) if doubt < both else 0.0
    return _estimate(first, second, both, sd, level)


def _estimate(
    first: int, second: int, both: float, both_sd: float, level: float
) -> CaptureRecapture:
    n1 = inputs.events(first, name="events in the first list")
    n2 = inputs.events(second, name="events in the second list")
    z = normal_quantile(inputs.share(level, name="level"))
    if both > min(n1, n2):
        raise InvalidInput("More events are in both lists than in one of them.")
    if both < FEWEST_IN_BOTH:
        raise CannotTell(
            f"Fewer than {FEWEST_IN_BOTH} events are in both lists: too few for an estimate.",
            next_step="Take a longer period or a larger area.",
        )
    total = (n1 + 1) * (n2 + 1) / (both + 1) - 1
    seen = n1 + n2 - both
    unseen = total - seen
    slope = (n1 + 1) * (n2 + 1) / (both + 1) ** 2
    variance = _variance(n1, n2, both) + (slope * both_sd) ** 2
    low, high = _log_normal(unseen, variance, z)
    return CaptureRecapture(
        estimate=total, low=seen + low, high=seen + high, level=level, method=METHOD,
        caveats=CAVEATS if both_sd == 0 else (*CAVEATS, LINKAGE_CAVEAT),
        first=int(n1), second=int(n2), both=both, both_sd=both_sd,
        seen=seen, unseen=unseen, unseen_low=low, unseen_high=high,
        se=math.sqrt(variance),
    )  # fmt: skip


def _variance(n1: float, n2: float, both: float) -> float:
    return (n1 + 1) * (n2 + 1) * (n1 - both) * (n2 - both) / ((both + 1) ** 2 * (both + 2))


def _log_normal(unseen: float, variance: float, z: float) -> tuple[float, float]:
    """Return limits for a number that cannot be below zero; none where all events were seen."""
    if unseen <= 0:
        return 0.0, 0.0
    spread = math.exp(z * math.sqrt(math.log1p(variance / unseen**2)))
    return unseen / spread, unseen * spread
