"""Conditional permutation of neighbours, shared by the local statistics.

Each area keeps its value while the values of its neighbours are drawn anew, without replacement,
from all other areas. The draws are the same for all areas, as in the common packages, so that one
draw of k values serves every area with k neighbours whose weights are alike: the draws are summed
and sorted once, and each area only looks up its own sum among them. An area that was drawn as its
own neighbour gets the spare draw instead, which leaves its draws without replacement from all
others. Cost: about (areas + permutations x neighbours) for graphs of equal weights, and
areas x permutations x neighbours in matrix products for unequal ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from nhpf.errors import CannotTell
from nhpf.numerics.graphs import degrees
from nhpf.numerics.inputs import FloatArray, IntArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Rng: TypeAlias = np.random.Generator | int

# Unequal weights are multiplied out for this many areas at a time.
BLOCK = 1024


def generator(rng: Rng) -> np.random.Generator:
    """Return the generator given, or one seeded with the whole number given."""
    return rng if isinstance(rng, np.random.Generator) else np.random.default_rng(rng)


def two_sided(as_high: npt.ArrayLike, as_low: npt.ArrayLike, *, permutations: int) -> FloatArray:
    """Return two-sided p-values from how many draws were as high and as low as what was seen."""
    fewer = np.minimum(as_high, as_low)
    return np.minimum(1.0, 2 * (fewer + 1) / (permutations + 1))


def compare_neighbour_sums(
    values: FloatArray, graph: csr_array, *, permutations: int, rng: Rng
) -> tuple[IntArray, IntArray]:
    """Count the draws whose weighted sum of neighbours is as high, and as low, as the one seen.

    Parameters
    ----------
    values : ndarray, shape (n,)
    graph : csr_array, shape (n, n)
        Weights of neighbours, none of them the area itself.
    permutations : int
    rng : Generator or int

    Returns
    -------
    as_high, as_low : ndarray of int, shape (n,)
        Zero for an area without neighbours.

    Raises
    ------
    CannotTell
        An area neighbours all others, so that nothing can be drawn anew.
    """
    size = degrees(graph)
    if size.max() >= values.size - 1:
        raise CannotTell("An area that neighbours all others has no other neighbours to draw.")
    draws = _draws(values.size, int(size.max()) + 1, permutations, generator(rng))
    seen = np.asarray(graph @ values).ravel()
    # Sums of the same values in another order may differ in the last digit and are still ties.
    tolerance = 1e-12 * np.asarray(graph @ np.abs(values)).ravel()
    as_high, as_low = np.zeros(values.size, np.int64), np.zeros(values.size, np.int64)
    for k in np.unique(size[size > 0]):
        group = _Group(values, graph, np.flatnonzero(size == k), draws[:, : k + 1])
        highs, lows = group.tally(seen, tolerance)
        as_high[group.areas], as_low[group.areas] = highs, lows
    return as_high, as_low


def _draws(n: int, size: int, permutations: int, rng: np.random.Generator) -> IntArray:
    """Return rows of distinct areas in random order, shape (permutations, size)."""
    if size * size > n:
        rows = [rng.choice(n, size, replace=False) for _ in range(permutations)]
        return np.array(rows, dtype=np.int64)
    # Few rows repeat an area; drawing those again leaves every ordered choice equally likely.
    drawn = rng.integers(0, n, (permutations, size))
    again = _repeating(drawn)
    while again.size:
        drawn[again] = rng.integers(0, n, (again.size, size))
        again = again[_repeating(drawn[again])]
    return drawn


def _repeating(drawn: IntArray) -> IntArray:
    ordered = np.sort(drawn, axis=1)
    return np.flatnonzero((ordered[:, 1:] == ordered[:, :-1]).any(axis=1))


@dataclass(frozen=True, slots=True)
class _Group:
    """Areas with the same number k of neighbours, and draws of k + 1 areas, the last a spare."""

    values: FloatArray
    graph: csr_array
    areas: IntArray
    draws: IntArray

    def tally(self, seen: FloatArray, tolerance: FloatArray) -> tuple[IntArray, IntArray]:
        weights = self._weights()
        low, high = (
            seen[self.areas] - tolerance[self.areas],
            seen[self.areas] + tolerance[self.areas],
        )
        alike = np.ptp(weights, axis=1) <= 1e-12 * weights[:, 0]
        as_high, as_low = np.empty(self.areas.size, np.int64), np.empty(self.areas.size, np.int64)
        for rows, count in ((alike, _by_lookup), (~alike, _by_product)):
            if rows.any():
                drawn = self.values[self.draws[:, :-1]]
                as_high[rows], as_low[rows] = count(drawn, weights[rows], low[rows], high[rows])
        self._replace_self(weights, low, high, as_high, as_low)
        return as_high, as_low

    def _weights(self) -> FloatArray:
        k = self.draws.shape[1] - 1
        return np.asarray(self.graph.data[self.graph.indptr[self.areas][:, None] + np.arange(k)])

    def _replace_self(
        self,
        weights: FloatArray,
        low: FloatArray,
        high: FloatArray,
        as_high: IntArray,
        as_low: IntArray,
    ) -> None:
        """Recount the draws in which an area was drawn as its own neighbour."""
        position = np.full(self.values.size, -1)
        position[self.areas] = np.arange(self.areas.size)
        hit = position[self.draws[:, :-1]]
        draw, slot = np.nonzero(hit >= 0)
        row = hit[draw, slot]
        drawn = self.values[self.draws[draw, :-1]]
        before = np.einsum("ij,ij->i", drawn, weights[row])
        spare = self.values[self.draws[draw, -1]]
        after = before + weights[row, slot] * (spare - drawn[np.arange(row.size), slot])
        np.add.at(as_high, row, (after >= low[row]).astype(int) - (before >= low[row]))
        np.add.at(as_low, row, (after <= high[row]).astype(int) - (before <= high[row]))


def _by_lookup(
    drawn: FloatArray, weights: FloatArray, low: FloatArray, high: FloatArray
) -> tuple[IntArray, IntArray]:
    ordered = np.sort(drawn.sum(axis=1))
    as_high = ordered.size - np.searchsorted(ordered, low / weights[:, 0], "left")
    return as_high, np.searchsorted(ordered, high / weights[:, 0], "right")


def _by_product(
    drawn: FloatArray, weights: FloatArray, low: FloatArray, high: FloatArray
) -> tuple[IntArray, IntArray]:
    as_high, as_low = np.empty(low.size, np.int64), np.empty(low.size, np.int64)
    for start in range(0, low.size, BLOCK):
        part = slice(start, start + BLOCK)
        sums = drawn @ weights[part].T
        as_high[part] = (sums >= low[part]).sum(axis=0)
        as_low[part] = (sums <= high[part]).sum(axis=0)
    return as_high, as_low
