"""How likely a scan is to find a cluster of a given risk, by simulation."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from nhpf.errors import InvalidInput
from nhpf.methods.scan import checking, drawing
from nhpf.methods.scan.results import ALPHA, Power, critical_ratio
from nhpf.methods.scan.searching import Search, lay_out
from nhpf.numerics import inputs, intervals, permutation
from nhpf.numerics.inputs import FloatArray, IntArray
from nhpf.numerics.permutation import Rng

ANY_CLUSTER = "Finding some cluster counts as success, wherever it lies; its edge will rarely be the true one."


def power(
    cases: int,
    population: npt.ArrayLike,
    xy: npt.ArrayLike,
    *,
    members: npt.ArrayLike,
    relative_risk: float,
    max_share: float = 0.5,
    alpha: float = ALPHA,
    permutations: int = 999,
    simulations: int = 999,
    level: float = 0.95,
    rng: Rng,
) -> Power:
    """Return the power of the spatial scan against one cluster of areas at higher risk.

    Parameters
    ----------
    cases : int
        All cases on the map.
    population, xy, max_share, permutations, rng
        As in :func:`spatial`.
    members : array_like of int
        Positions of the areas at higher risk.
    relative_risk : float
        Their risk over that of the others.
    alpha : float
        Level at which a cluster is told from chance.
    simulations : int
        Maps made up with the cluster.
    level : float
        Of the interval, which allows for the number of made-up maps.

    Returns
    -------
    Power

    Raises
    ------
    InvalidInput
        Members outside the areas, a relative risk not above zero, too few replications for alpha.
    CannotTell
        Fewer than two areas or cases.

    Notes
    -----
    The critical ratio comes from maps made up under chance alone, the power from maps in which
    the given number of cases falls by population times relative risk. Cost: that of two scans.
    """
    people = inputs.count_array(population, name="population")
    points = checking.points(xy, areas=people.size)
    checking.share_of_population(max_share)
    total = inputs.events(cases, name="cases")
    checking.enough(people, total)
    if people.sum() == 0:
        raise InvalidInput("The population cannot be zero everywhere.")
    risk = np.ones(people.size)
    risk[_members(members, people.size)] = inputs.positive(relative_risk, name="relative risk")
    at_chance, at_risk = people / people.sum(), people * risk / (people * risk).sum()
    checking.rare(total * np.maximum(at_chance, at_risk))
    ground = lay_out(points, people, max_share)
    once = np.zeros(1, np.int64)
    expected = checking.summed(total * at_chance[ground.order, None])
    search = Search(ground, expected, once, once + 1, total)
    chance = permutation.generator(rng)
    times = permutation.at_least_one(permutations)
    critical = critical_ratio(
        _maxima(search, at_chance, times, chance), inputs.share(alpha, name="alpha")
    )
    if not np.isfinite(critical):
        raise InvalidInput("Too few replications to tell a cluster from chance at this alpha.")
    drawn = permutation.at_least_one(simulations)
    found = float((_maxima(search, at_risk, drawn, chance) > critical).sum())
    low, high = intervals.wilson(np.array([found]), np.array([float(drawn)]), level=level)
    return Power(
        estimate=found / drawn,
        low=float(low[0]),
        high=float(high[0]),
        level=inputs.share(level, name="level"),
        method=f"spatial Poisson scan, {drawn:,} simulated maps, Wilson",
        caveats=(ANY_CLUSTER,),
        critical=critical,
    )


def _maxima(search: Search, shares: FloatArray, times: int, rng: np.random.Generator) -> FloatArray:
    means = shares[search.ground.order, None] * search.total
    return search.maxima(drawing.dealt_anew(means, round(search.total), rng), times)


def _members(values: npt.ArrayLike, areas: int) -> IntArray:
    members = np.asarray(values)
    if members.ndim != 1 or members.size == 0 or members.dtype.kind not in "iu":
        raise InvalidInput("The members must be positions of areas, at least one.")
    if members.min() < 0 or members.max() >= areas:
        raise InvalidInput("A member lies outside the list of areas.")
    return members.astype(np.int64)
