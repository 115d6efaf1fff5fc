"""Moran's I: do neighbours resemble each other over the whole map?"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from nhpf.errors import CannotTell
from nhpf.numerics import graphs, inputs, permutation
from nhpf.numerics.estimates import in_words
from nhpf.numerics.inputs import FloatArray
from nhpf.numerics.permutation import Rng

if TYPE_CHECKING:
    from scipy.sparse import csr_array

# Permuted maps are multiplied with the graph this many at a time.
BLOCK = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Moran:
    """Moran's I of a map.

    Attributes
    ----------
    estimate : float
        The coefficient: above ``expected`` where neighbours resemble each other.
    expected, variance, z : float
        Its moments under random arrangement of the same values, and its standard score.
    chance_low, chance_high : float
        The middle 95% of the coefficients of the permuted maps.
    p : float
        Two-sided, by permutation.
    """

    estimate: float
    expected: float
    variance: float
    z: float
    chance_low: float
    chance_high: float
    p: float
    permutations: int
    method: str
    caveats: tuple[str, ...]

    def __str__(self) -> str:
        """Return the coefficient beside what chance gives."""
        verdict = "can" if self.p <= 0.05 else "cannot"
        head = (
            f"Moran's I {in_words(self.estimate)}, which {verdict} be told from chance (chance "
            f"gives {in_words(self.chance_low)} to {in_words(self.chance_high)}; {self.method})"
        )
        return "\n".join([head, *(f"  Note: {caveat}" for caveat in self.caveats)])


def moran(values: npt.ArrayLike, graph: csr_array, *, permutations: int = 999, rng: Rng) -> Moran:
    """Return Moran's I (1950) with a graph standardised by rows.

    Cost: permutations x links of the graph.

    Parameters
    ----------
    values : array_like, shape (n,)
        Rates, or counts of areas of like size.
    graph : csr_array, shape (n, n)
        Weights of neighbours; weights on the diagonal are left out.
    permutations : int
        How often the values are spread over the map anew.
    rng : Generator or int
        Source of chance, or a seed.

    Raises
    ------
    InvalidInput
        NaN, or a graph that does not fit.
    CannotTell
        Fewer than four areas, all values alike, or no neighbours at all.
    """
    numbers = inputs.finite_array(values, name="values")
    clean = graphs.without_self(graphs.checked(graph, areas=numbers.size))
    times = inputs.whole(permutations, name="number of permutations")
    if numbers.size < 4 or np.ptp(numbers) == 0 or clean.nnz == 0:
        raise CannotTell("Moran's I needs four areas, unlike values and neighbours.")
    weights = graphs.row_standardised(clean)
    deviation = numbers - numbers.mean()
    scale = numbers.size / float(weights.sum()) / float((deviation**2).sum())
    estimate = scale * float(deviation @ (weights @ deviation))
    permuted = scale * _permuted(deviation, weights, times, permutation.generator(rng))
    slack = 1e-12 * abs(estimate)
    as_high, as_low = (permuted >= estimate - slack).sum(), (permuted <= estimate + slack).sum()
    expected = -1 / (numbers.size - 1)
    variance = _variance(deviation, weights, expected)
    low, high = np.quantile(permuted, [0.025, 0.975])
    islands = int((graphs.degrees(clean) == 0).sum())
    return Moran(
        estimate=estimate,
        expected=expected,
        variance=variance,
        z=(estimate - expected) / math.sqrt(variance),
        chance_low=float(low),
        chance_high=float(high),
        p=float(permutation.two_sided(as_high, as_low, permutations=times)),
        permutations=times,
        method=f"{times:,} permutations",
        caveats=(
            "One number for the whole map: it does not say where.",
            *((f"{islands} areas have no neighbour.",) if islands else ()),
        ),
    )


def _permuted(
    deviation: FloatArray, weights: csr_array, times: int, rng: np.random.Generator
) -> FloatArray:
    found = np.empty(times)
    for start in range(0, times, BLOCK):
        count = min(BLOCK, times - start)
        maps = rng.permuted(np.tile(deviation, (count, 1)), axis=1).T
        found[start : start + count] = np.einsum("ij,ij->j", maps, weights @ maps)
    return found


def _variance(deviation: FloatArray, weights: csr_array, expected: float) -> float:
    """Return the variance under random arrangement (Cliff and Ord 1981)."""
    n = deviation.size
    s0 = float(weights.sum())
    both = weights + weights.T
    s1 = float((both.power(2)).sum()) / 2
    s2 = float((np.asarray(both.sum(axis=0)).ravel() ** 2).sum())
    kurtosis = float((deviation**4).mean() / (deviation**2).mean() ** 2)
    spread = n * ((n**2 - 3 * n + 3) * s1 - n * s2 + 3 * s0**2)
    peaked = kurtosis * (n * (n - 1) * s1 - 2 * n * s2 + 6 * s0**2)
    return (spread - peaked) / ((n - 1) * (n - 2) * (n - 3) * s0**2) - expected**2
