"""Local statistics: where high values neighbour high ones more than chance would have it.

Getis and Ord's Gi and Gi*, and Anselin's local Moran. Their p-values come from conditional
permutation and are adjusted for the many areas tested at once.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from nhpf.errors import CannotTell
from nhpf.numerics import graphs, inputs, permutation
from nhpf.numerics.inputs import FloatArray
from nhpf.numerics.multiplicity import false_discovery
from nhpf.numerics.permutation import Rng

if TYPE_CHECKING:
    from scipy.sparse import csr_array

FEWEST_AREAS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalStatistic:
    """A local statistic of each area; NaN where an area has no neighbour.

    Attributes
    ----------
    statistic : ndarray, shape (n,)
        Gi or Gi* as a z-score, or the local Moran coefficient.
    z : ndarray, shape (n,)
        Standard score: above zero for high values together (Gi), or for like values together
        (local Moran).
    p : ndarray, shape (n,)
        Two-sided, by conditional permutation.
    p_adjusted : ndarray, shape (n,)
        Adjusted for the number of areas: calling those below 5% unusual keeps false alarms among
        them at 5%.
    kind : tuple of str
        "high", "low" (Gi), or "high among high", "low among low", "high among low", "low among
        high" (local Moran): what the area would be called; whether it may be is for p_adjusted.
    """

    statistic: FloatArray
    z: FloatArray
    p: FloatArray
    p_adjusted: FloatArray
    kind: tuple[str, ...]
    permutations: int
    method: str
    caveats: tuple[str, ...]

    def unusual(self, *, at: float = 0.05) -> npt.NDArray[np.bool_]:
        """Return which areas can be told from chance, allowing for how many were tested."""
        return self.p_adjusted <= at

    def __str__(self) -> str:
        """Return how many areas of each kind can be told from chance, never which come first."""
        told = self.unusual()
        tally = [name for name, is_told in zip(self.kind, told, strict=True) if is_told]
        parts = [f"{tally.count(name)} {name}" for name in sorted(set(tally))]
        head = (
            f"{told.sum()} of {self.z.size:,} areas can be told from chance"
            f"{': ' + ', '.join(parts) if parts else ''} ({self.method})"
        )
        return "\n".join([head, *(f"  Note: {caveat}" for caveat in self.caveats)])


def getis_ord(
    values: npt.ArrayLike,
    graph: csr_array,
    *,
    star: bool = True,
    permutations: int = 999,
    rng: Rng,
) -> LocalStatistic:
    """Return Getis and Ord's Gi* or Gi (1995) of each area as a z-score.

    Cost: areas plus permutations x neighbours where all weights of an area are alike; areas x
    permutations x neighbours where they are not.

    Parameters
    ----------
    values : array_like, shape (n,)
        Counts or rates.
    graph : csr_array, shape (n, n)
        Weights of neighbours; weights on the diagonal are left out.
    star : bool
        Gi*: each area counts among its own neighbours, with the mean weight of the others.
    permutations : int
        How often the neighbours' values are drawn anew.
    rng : Generator or int
        Source of chance, or a seed.

    Raises
    ------
    InvalidInput
        NaN, or a graph that does not fit.
    CannotTell
        Fewer than four areas, all values alike, or an area that neighbours all others.
    """
    numbers, clean = _checked(values, graph)
    times = inputs.whole(permutations, name="number of permutations")
    high, low = permutation.compare_neighbour_sums(numbers, clean, permutations=times, rng=rng)
    z = _g_star(numbers, clean) if star else _g(numbers, clean)
    name = "Gi*" if star else "Gi"
    return _result(
        statistic=z,
        z=z,
        p=permutation.two_sided(high, low, permutations=times),
        kind=np.where(z > 0, "high", "low"),
        graph=clean,
        permutations=times,
        method=f"Getis-Ord {name}, {times:,} conditional permutations, FDR",
    )


def local_moran(
    values: npt.ArrayLike, graph: csr_array, *, permutations: int = 999, rng: Rng
) -> LocalStatistic:
    """Return Anselin's (1995) local Moran coefficient of each area.

    The graph is standardised by rows. The z-score uses the moments under conditional
    permutation (Sokal, Oden and Thomson 1998).

    Parameters and errors are those of :func:`getis_ord`.
    """
    numbers, clean = _checked(values, graph)
    times = inputs.whole(permutations, name="number of permutations")
    weights = graphs.row_standardised(clean)
    high, low = permutation.compare_neighbour_sums(numbers, weights, permutations=times, rng=rng)
    deviation = numbers - numbers.mean()
    # An area at the mean has a coefficient of zero whatever its neighbours are; what subtraction
    # leaves in the last digits is no deviation.
    at_mean = np.abs(deviation) <= 1e-12 * np.abs(numbers).max()
    deviation[at_mean] = 0.0
    lag = np.asarray(weights @ deviation).ravel()
    statistic = deviation * lag / (deviation**2).mean()
    p = permutation.two_sided(high, low, permutations=times)
    p[at_mean] = 1.0
    return _result(
        statistic=statistic,
        z=np.where(at_mean, 0.0, _moran_z(deviation, weights, statistic)),
        p=p,
        kind=_quadrant(deviation, lag),
        graph=clean,
        permutations=times,
        method=f"local Moran, {times:,} conditional permutations, FDR",
    )


def _checked(values: npt.ArrayLike, graph: csr_array) -> tuple[FloatArray, csr_array]:
    numbers = inputs.finite_array(values, name="values")
    clean = graphs.without_self(graphs.checked(graph, areas=numbers.size))
    if numbers.size < FEWEST_AREAS:
        raise CannotTell("Neighbours say nothing with fewer than four areas.")
    if np.ptp(numbers) == 0:
        raise CannotTell("All areas have the same value, so none can be unusual.")
    if clean.nnz == 0:
        raise CannotTell("No area has a neighbour.")
    return numbers, clean


def _g_star(values: FloatArray, graph: csr_array) -> FloatArray:
    n, sizes = values.size, graphs.degrees(graph)
    total, squares = _row_sum(graph), _row_sum(graph.power(2))
    own = total / np.maximum(sizes, 1)
    lag = np.asarray(graph @ values).ravel() + own * values
    total, squares = total + own, squares + own**2
    spread = values.std() * np.sqrt((n * squares - total**2) / (n - 1))
    return _ratio(lag - total * values.mean(), spread)


def _g(values: FloatArray, graph: csr_array) -> FloatArray:
    """Moments are those of all areas but the one in question."""
    n = values.size
    total, squares = _row_sum(graph), _row_sum(graph.power(2))
    mean = (values.sum() - values) / (n - 1)
    variance = np.maximum(((values**2).sum() - values**2) / (n - 1) - mean**2, 0)
    spread = np.sqrt(variance * ((n - 1) * squares - total**2) / (n - 2))
    return _ratio(np.asarray(graph @ values).ravel() - total * mean, spread)


def _moran_z(deviation: FloatArray, weights: csr_array, statistic: FloatArray) -> FloatArray:
    n, square = deviation.size, deviation**2
    total, squares = _row_sum(weights), _row_sum(weights.power(2))
    second = square.mean()
    mean = -square * total / ((n - 1) * second)
    variance = (
        square
        / second**2
        * n
        / (n - 2)
        * (squares - total**2 / (n - 1))
        * (second - square / (n - 1))
    )
    return _ratio(statistic - mean, np.sqrt(np.maximum(variance, 0)))


def _ratio(above: FloatArray, below: FloatArray) -> FloatArray:
    nothing = np.full(above.size, np.nan)
    return np.asarray(np.divide(above, below, out=nothing, where=below > 0))


def _row_sum(graph: csr_array) -> FloatArray:
    return np.asarray(graph.sum(axis=1), dtype=np.float64).ravel()


def _quadrant(deviation: FloatArray, lag: FloatArray) -> npt.NDArray[np.str_]:
    own = np.where(deviation > 0, "high", "low")
    near = np.where(lag > 0, "high", "low")
    return np.char.add(np.char.add(own, " among "), near)


def _result(
    *,
    statistic: FloatArray,
    z: FloatArray,
    p: FloatArray,
    kind: npt.NDArray[np.str_],
    graph: csr_array,
    permutations: int,
    method: str,
) -> LocalStatistic:
    island = graphs.degrees(graph) == 0
    statistic, z, p = (np.where(island, np.nan, numbers) for numbers in (statistic, z, p))
    return LocalStatistic(
        statistic=statistic,
        z=z,
        p=p,
        p_adjusted=false_discovery(p),
        kind=tuple(
            "no neighbour" if alone else str(name) for name, alone in zip(kind, island, strict=True)
        ),
        permutations=permutations,
        method=method,
        caveats=_caveats(int(island.sum()), z.size, permutations),
    )


def _caveats(islands: int, areas: int, permutations: int) -> tuple[str, ...]:
    caveats = ["Counts follow people: busy areas look hot unless the values are rates."]
    if islands:
        caveats.append(f"{islands} of {areas:,} areas have no neighbour and no result.")
    # The smallest p-value is 2 / (permutations + 1); adjusted for m areas found it is that * n / m.
    fewest = math.ceil(40 * (areas - islands) / (permutations + 1))
    if fewest > 1:
        caveats.append(
            f"With {permutations:,} permutations nothing is found unless at least {fewest} areas "
            f"stand out; use {40 * areas:,} to find a single one."
        )
    return tuple(caveats)
