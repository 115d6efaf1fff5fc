"""Near repeats: do events follow each other nearby sooner than chance would have it?

Knox's (1964) test in bands of distance and time. The places of events stay, their times are
shuffled; what exceeds the shuffled tables is closeness in both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from nhpf.errors import CannotTell, InvalidInput
from nhpf.numerics import inputs, permutation
from nhpf.numerics.estimates import in_words
from nhpf.numerics.inputs import FloatArray, IntArray
from nhpf.numerics.permutation import Rng

# So many pairs are compared at a time that their times stay in the processor's cache.
BLOCK = 1 << 16

CAVEATS = (
    "If some places grew busier and others quieter over the period, the test mistakes that for "
    "near repeats: use a period of a year or two.",
    "Several bands are tested: one in twenty stands out by chance.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Knox:
    """Pairs of events by how near they lie in space and time.

    Attributes
    ----------
    distances, intervals : tuple of float
        Upper edges of the bands, each belonging to its band.
    observed : ndarray of int, shape (distances, intervals)
        Pairs in each band of distance and time.
    expected : ndarray, shape (distances, intervals)
        Mean over all orders of the times: pairs near in space times pairs near in time over all.
    ratio : ndarray
        Observed over expected; NaN where nothing is expected.
    p : ndarray
        Share of the shuffled tables with at least as many pairs (one-sided), counting this one.
    """

    distances: tuple[float, ...]
    intervals: tuple[float, ...]
    observed: IntArray
    expected: FloatArray
    ratio: FloatArray
    p: FloatArray
    events: int
    permutations: int
    method: str
    caveats: tuple[str, ...]

    def __str__(self) -> str:
        """Return a line for each band of distance and time."""
        lines = [f"{self.events:,} events ({self.method})"]
        for row, distance in enumerate(_bands(self.distances)):
            for column, interval in enumerate(_bands(self.intervals)):
                verdict = "can" if self.p[row, column] <= 0.05 else "cannot"
                lines.append(
                    f"  {distance} apart and {interval} later: {self.observed[row, column]:,} "
                    f"pairs, {in_words(float(self.ratio[row, column]))} times what chance gives, "
                    f"which {verdict} be told from chance"
                )
        return "\n".join([*lines, *(f"  Note: {caveat}" for caveat in self.caveats)])


def knox(
    x: npt.ArrayLike,
    y: npt.ArrayLike,
    t: npt.ArrayLike,
    *,
    distances: Sequence[float],
    intervals: Sequence[float],
    permutations: int = 999,
    rng: Rng,
) -> Knox:
    """Count pairs of events that lie near each other in space and time, against chance.

    Parameters
    ----------
    x, y, t : array_like, shape (n,)
        Coordinates, such as metres of the British National Grid, and times, such as days.
    distances, intervals : sequence of float
        Rising upper edges of the bands; a first edge of zero asks for exact repeats alone.
    permutations : int
        How often the times are shuffled.
    rng : Generator or int
        Source of chance, or a seed.

    Notes
    -----
    Cost grows with permutations times pairs within the largest distance.

    Raises
    ------
    InvalidInput
        Unlike lengths, NaN, edges that do not rise.
    CannotTell
        Fewer than three events, or no pair within the largest distance.
    """
    across, up = inputs.finite_array(x, name="x coordinates"), inputs.finite_array(y, name="y")
    times = inputs.finite_array(t, name="times")
    inputs.same_length(x=across, y=up, times=times)
    far, long = _edges(distances, name="distances"), _edges(intervals, name="intervals")
    shuffles = inputs.whole(permutations, name="number of permutations")
    if times.size < 3:
        raise CannotTell("Near repeats need at least three events.")
    pairs = _near_pairs(across, up, far)
    if pairs.counts.sum() == 0:
        raise CannotTell("No two events lie within the largest distance.")
    observed = pairs.by_interval(times, long)
    expected = np.outer(pairs.counts, _pairs_in_time(times, long)) / _all_pairs(times.size)
    as_many = _shuffled(pairs, times, long, observed, shuffles, permutation.generator(rng))
    nothing = np.full(expected.shape, np.nan)
    return Knox(
        distances=tuple(far.tolist()),
        intervals=tuple(long.tolist()),
        observed=observed,
        expected=expected,
        ratio=np.divide(observed, expected, out=nothing, where=expected > 0),
        p=(as_many + 1) / (shuffles + 1),
        events=times.size,
        permutations=shuffles,
        method=f"Knox test, {shuffles:,} shuffles of the times",
        caveats=CAVEATS,
    )


def _shuffled(
    pairs: _Pairs,
    times: FloatArray,
    intervals: FloatArray,
    observed: IntArray,
    shuffles: int,
    rng: np.random.Generator,
) -> IntArray:
    """Count the shuffled tables with at least as many pairs in each band."""
    as_many = np.zeros_like(observed)
    for _ in range(shuffles):
        as_many += pairs.by_interval(rng.permutation(times), intervals) >= observed
    return as_many


def _edges(values: Sequence[float], *, name: str) -> FloatArray:
    edges = inputs.count_array(values, name=name)
    if (np.diff(edges) <= 0).any():
        raise InvalidInput(f"The {name} must rise from band to band.")
    return edges


def _bands(edges: tuple[float, ...]) -> list[str]:
    return [f"up to {edges[0]:g}", *(f"over {low:g} to {high:g}" for low, high in pairwise(edges))]


def _all_pairs(events: int) -> float:
    return events * (events - 1) / 2


def _pairs_in_time(times: FloatArray, intervals: FloatArray) -> IntArray:
    """Return how many of all pairs lie in each band of time."""
    ordered = np.sort(times)
    after = np.arange(1, times.size + 1)
    later = [np.searchsorted(ordered, ordered + edge, "right") - after for edge in intervals]
    return _each_band(np.array([counts.sum() for counts in later], dtype=np.int64))


def _each_band(within: IntArray) -> IntArray:
    """Return how many each band holds from how many lie within its edge."""
    inner = np.zeros_like(within)
    inner[..., 1:] = within[..., :-1]
    return within - inner


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Pairs near in space, in order of their band of distance, with how many each band has."""

    first: npt.NDArray[np.intp]
    second: npt.NDArray[np.intp]
    counts: IntArray

    def by_interval(self, times: FloatArray, intervals: FloatArray) -> IntArray:
        """Return the table of pairs for these times, shape (distances, intervals)."""
        edges = np.concatenate([[0], np.cumsum(self.counts)])
        within = np.zeros((self.counts.size, intervals.size), np.int64)
        for band, (start, stop) in enumerate(pairwise(edges)):
            for block in range(start, stop, BLOCK):
                part = slice(block, min(block + BLOCK, stop))
                apart = np.abs(times[self.first[part]] - times[self.second[part]])
                within[band] += [np.count_nonzero(apart <= edge) for edge in intervals]
        return _each_band(within)


def _near_pairs(x: FloatArray, y: FloatArray, distances: FloatArray) -> _Pairs:
    from scipy.spatial import cKDTree

    points = np.column_stack([x, y])
    # The tree compares rounded squares: look a little farther, then measure each pair.
    found = cKDTree(points).query_pairs(distances[-1] * (1 + 1e-9), output_type="ndarray")
    apart = np.hypot(*(points[found[:, 0]] - points[found[:, 1]]).T)
    band = np.searchsorted(distances, apart, "left")
    order = np.argsort(band, kind="stable")
    order = order[: int((band < distances.size).sum())]
    counts = np.bincount(band, minlength=distances.size)[: distances.size]
    return _Pairs(found[order, 0], found[order, 1], counts.astype(np.int64))
