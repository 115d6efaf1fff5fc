"""Capture: what share of later harm the places that scored highest before it hold.

Small counts tie, and a rank among ties is an accident of the file. So the share is averaged over
all orders of the ties at the edge, and the lowest and highest shares that any order could give
stand beside it.
"""

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

CAVEATS = (
    "The interval holds the chosen places fixed and treats later events as independent: "
    "one event with several victims makes it too narrow.",
    "A share of places is no forecast for any one of them.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureAt:
    """What the highest-scoring share of places held later.

    Attributes
    ----------
    share, places : float, int
        The share of places asked for, and how many that is, to the nearest whole place.
    estimate, low, high : float
        Hit rate: the share of later events in those places, with Wilson's interval.
    hits : float
        Events in them, averaged over the orders of the ties at the edge.
    tie_low, tie_high : float
        Lowest and highest hit rate that any order among those ties could give.
    tied : int
        Places that share the score at the edge, where only some of them fit in; else 0.
    area_share : float
        Share of the total area in those places.
    pai, pai_low, pai_high : float
        Prediction accuracy index: hit rate over area share; 1 is what chance gives.
    pei, pei_low, pei_high : float
        Prediction efficiency index: hits over the most that as many places could hold, which is
        taken as seen; 1 is as good as can be.
    """

    share: float
    places: int
    estimate: float
    low: float
    high: float
    hits: float
    tie_low: float
    tie_high: float
    tied: int
    area_share: float
    pai: float
    pai_low: float
    pai_high: float
    pei: float
    pei_low: float
    pei_high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """How much of a later outcome a score of places captured, at each share asked for."""

    at: tuple[CaptureAt, ...]
    events: float
    places: int
    level: float
    method: str
    caveats: tuple[str, ...]

    def __str__(self) -> str:
        """Return a line for each share of places."""
        lines = [f"{self.events:,.0f} later events in {self.places:,} places ({self.method})"]
        lines += [
            f"  highest-scoring {percent(part.share)} ({part.places:,} places) held "
            f"{percent(part.estimate)} ({percent(self.level)} interval {percent(part.low)} to "
            f"{percent(part.high)}; order of ties {percent(part.tie_low)} to "
            f"{percent(part.tie_high)}): {in_words(part.pai)} times chance"
            for part in self.at
        ]
        return "\n".join([*lines, *(f"  Note: {caveat}" for caveat in self.caveats)])


def capture(
    score: npt.ArrayLike,
    outcome: npt.ArrayLike,
    areas: npt.ArrayLike | None = None,
    shares: Sequence[float] = (0.05, 0.1, 0.2),
    *,
    level: float = 0.95,
    order: Sequence[str] | None = None,
) -> Capture:
    """Measure what share of later events lay in the places that scored highest before.

    The cost is that of sorting the places once, and once more for each share.

    Parameters
    ----------
    score : array_like, shape (n,)
        What places are ordered by, such as violence with injury of the 24 months before. It must
        not know the outcome.
    outcome : array_like, shape (n,)
        Whole numbers of events of the later period.
    areas : array_like, shape (n,), optional
        Size of each place for the accuracy index, such as square kilometres or people; without
        it each place counts alike.
    shares : sequence of float
        Shares of places, by number, each between 0 and 1.
    level : float
        Confidence level of the intervals.
    order : sequence of str, shape (n,), optional
        A key such as the ward's code. With it ties are broken in ascending order of the key, as
        published checks did, instead of being averaged.

    Raises
    ------
    InvalidInput
        Lists of unlike length, NaN, negative or fractional outcomes, an area of zero size.
    CannotTell
        No event in the later period.
    """
    scores = inputs.finite_array(score, name="scores")
    events = inputs.event_array(outcome, name="outcomes")
    sizes = np.ones_like(scores) if areas is None else inputs.positive_array(areas, name="areas")
    inputs.same_length(scores=scores, outcomes=events, areas=sizes)
    inputs.share(level, name="confidence level")
    wanted = [
        inputs.share(n, name="share of places")
        for n in inputs.finite_array(shares, name="shares of places")
    ]
    if events.sum() == 0:
        raise CannotTell("The later period has no event, so no share of it can be captured.")
    ranking = _ranking(scores, order)
    table = _Ranked(scores[ranking], events[ranking], sizes[ranking], averaged=order is None)
    return Capture(
        at=tuple(table.at(share, level=level) for share in wanted),
        events=float(events.sum()),
        places=scores.size,
        level=level,
        method=f"{'ties averaged' if order is None else 'ties by key'}, Wilson interval",
        caveats=CAVEATS,
    )


def _ranking(scores: FloatArray, order: Sequence[str] | None) -> npt.NDArray[np.intp]:
    if order is None:
        return np.argsort(-scores, kind="stable")
    keys = np.asarray(order)
    if keys.shape != scores.shape:
        raise InvalidInput("The keys that break ties must be as many as the scores.")
    return np.lexsort((keys, -scores))


@dataclass(frozen=True, slots=True)
class _Ranked:
    """Places from the highest score to the lowest."""

    scores: FloatArray
    events: FloatArray
    sizes: FloatArray
    averaged: bool

    def at(self, share: float, *, level: float) -> CaptureAt:
        n = self.scores.size
        places = max(1, math.floor(share * n + 0.5))
        start, stop = self._ties_at(places)
        total = float(self.events.sum())
        hits, area = self._held(self.events, places), self._held(self.sizes, places)
        low, high = intervals.wilson(np.array([hits]), np.array([total]), level=level)
        tied = np.sort(self.events[start:stop])
        sure, fit = float(self.events[:start].sum()), places - start
        area_share = area / float(self.sizes.sum())
        most = float(np.sort(self.events)[n - places :].sum()) / total
        return CaptureAt(
            share=share,
            places=places,
            estimate=hits / total,
            low=float(low[0]),
            high=float(high[0]),
            hits=hits,
            tie_low=(sure + float(tied[:fit].sum())) / total,
            tie_high=(sure + float(tied[tied.size - fit :].sum())) / total,
            tied=stop - start if stop > places else 0,
            area_share=area_share,
            pai=hits / total / area_share,
            pai_low=float(low[0]) / area_share,
            pai_high=float(high[0]) / area_share,
            pei=hits / total / most,
            pei_low=float(low[0]) / most,
            pei_high=min(1.0, float(high[0]) / most),
        )

    def _ties_at(self, places: int) -> tuple[int, int]:
        """Return where the group that holds the last chosen place begins and ends."""
        edge = -self.scores[places - 1]
        start = np.searchsorted(-self.scores, edge, "left")
        stop = np.searchsorted(-self.scores, edge, "right")
        return int(start), int(stop)

    def _held(self, values: FloatArray, places: int) -> float:
        if not self.averaged:
            return float(values[:places].sum())
        start, stop = self._ties_at(places)
        part = (places - start) / (stop - start)
        return float(values[:start].sum() + part * values[start:stop].sum())
