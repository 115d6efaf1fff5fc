"""Concentration: the Lorenz curve of places, the Gini coefficient for few events, the busiest x%.

A few events cannot reach every place, so they look concentrated even when they fall at random.
Two things guard against that: the Gini coefficient of Bernasco and Steenbeek (2017), and beside
every share of the busiest places the share that chance alone would give.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nhpf.errors import CannotTell
from nhpf.numerics import inputs
from nhpf.numerics.estimates import in_words, percent
from nhpf.numerics.inputs import FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class BusiestShare:
    """What the busiest places hold.

    Attributes
    ----------
    share_of_places : float
        The share asked for.
    places : int
        How many places that is, to the nearest whole place and at least one.
    share_of_events : float
        The share of events in them.
    by_chance : float
        The share the busiest places would hold if the same events fell on places at random.
    """

    share_of_places: float
    places: int
    share_of_events: float
    by_chance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Concentration:
    """How unevenly events lie over places.

    Attributes
    ----------
    estimate : float
        Gini coefficient adjusted for few events: 0 where no spread could be more even, towards 1
        where a single place holds everything.
    gini : float
        The common Gini coefficient, which is large for few events whatever their spread.
    events, places : float, int
        Totals.
    busiest : tuple of BusiestShare
        One for each share asked for.
    lorenz_places, lorenz_events : ndarray, shape (n + 1,)
        Cumulative shares of places and events from the busiest place on, starting at 0.
    """

    estimate: float
    gini: float
    events: float
    places: int
    busiest: tuple[BusiestShare, ...]
    lorenz_places: FloatArray
    lorenz_events: FloatArray
    method: str
    caveats: tuple[str, ...]

    def __str__(self) -> str:
        """Return the coefficient and a line for each share of the busiest places."""
        lines = [
            f"Gini {in_words(self.estimate)} adjusted for few events ({in_words(self.gini)} "
            f"unadjusted; {self.events:,.0f} events, {self.places:,} places; {self.method})"
        ]
        lines += [
            f"  busiest {percent(part.share_of_places)} ({part.places:,} places): "
            f"{percent(part.share_of_events)} of events; chance alone {percent(part.by_chance)}"
            for part in self.busiest
        ]
        return "\n".join([*lines, *(f"  Note: {caveat}" for caveat in self.caveats)])


def concentration(
    counts: npt.ArrayLike, shares: Sequence[float] = (0.05, 0.1, 0.2)
) -> Concentration:
    """Describe how unevenly events lie over places; the cost is that of sorting them.

    Parameters
    ----------
    counts : array_like, shape (n,)
        Whole numbers of events in each place, places without any included.
    shares : sequence of float
        Shares of places, each between 0 and 1, whose share of events is wanted.

    Raises
    ------
    InvalidInput
        Negative or fractional counts, NaN, no place, a share outside 0 to 1.
    CannotTell
        Fewer than two places, or no events.
    """
    events = inputs.event_array(counts, name="counts")
    wanted = [inputs.share(value, name="share of places") for value in shares]
    total = float(events.sum())
    if events.size < 2:
        raise CannotTell("Concentration needs at least two places.")
    if total == 0:
        raise CannotTell("No events were counted, so nothing can be concentrated.")
    ordered = np.sort(events)[::-1]
    cumulative = np.concatenate([[0.0], np.cumsum(ordered) / total])
    gini = _gini(ordered, total)
    return Concentration(
        estimate=max(0.0, max(events.size / total, 1.0) * (gini - 1) + 1),
        gini=gini,
        events=total,
        places=events.size,
        busiest=tuple(_busiest(share, cumulative, total) for share in wanted),
        lorenz_places=np.linspace(0, 1, events.size + 1),
        lorenz_events=cumulative,
        method="Bernasco and Steenbeek 2017",
        caveats=_caveats(events.size),
    )


def _caveats(places: int) -> tuple[str, ...]:
    few = ("With fewer than 50 places the share by chance is rough.",) if places < 50 else ()
    return (
        "Describes the period counted: the same places need not be busiest in the next.",
        "Each place counts alike, however many people live in it or pass through.",
        *few,
    )


def _gini(ordered: FloatArray, total: float) -> float:
    n = ordered.size
    ranks = np.arange(n, 0, -1)
    return float((2 * (ranks * ordered).sum() / total - n - 1) / n)


def _busiest(share: float, cumulative: FloatArray, total: float) -> BusiestShare:
    n = cumulative.size - 1
    places = max(1, math.floor(share * n + 0.5))
    return BusiestShare(
        share_of_places=share,
        places=places,
        share_of_events=float(cumulative[places]),
        by_chance=_share_by_chance(places / n, total / n),
    )


def _share_by_chance(share: float, mean: float) -> float:
    """Return the share of events in the top ``share`` of places whose counts are Poisson.

    The expected count above a threshold, plus as many of the places at the threshold as are
    needed: the limit for many places, and within a percentage point from about fifty on.
    """
    from scipy.special import pdtrc, pdtrik

    threshold = math.ceil(np.nan_to_num(max(pdtrik(1 - share, mean), 0.0)))
    above = float(pdtrc(threshold, mean))
    events_above = mean * (float(pdtrc(threshold - 1, mean)) if threshold else 1.0)
    return float(events_above + threshold * (share - above)) / mean
