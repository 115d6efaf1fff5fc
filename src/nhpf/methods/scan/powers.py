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

ANY_CLUSTER = (
    "Finding any cluster counts as success, wherever it lies; its edge is rarely the true."
)


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
    """Return the ``Power`` of the spatial scan against one cluster of areas at higher risk.

    Parameters
    ----------
    cases : int
        All cases on the map.
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
    population, xy, max_share, permutations, rng
        As in :func:`spatial`.

    Raises
    ------
    InvalidInput
        Members outside the areas, a relative risk not above zero, too few replications for alpha.
    CannotTell
        Fewer than two areas or cases.

    Notes
    -----
    The critical ratio comes from maps made up under chance alone, the power from maps in which
    the cases fall by population times relative risk. Cost: that of two scans.
    """
    people = inputs.count_array(population, name="population")
    at_risk = _at_risk(people, members, relative_risk)
    total = inputs.events(cases, name="cases")
    search = _search(people, checking.points(xy, areas=people.size), total, max_share)
    checking.rare(total * at_risk)
    chance = permutation.generator(rng)
    alone = _maxima(search, people / people.sum(), permutations, chance)
    critical = critical_ratio(alone, inputs.share(alpha, name="alpha"))
    if not np.isfinite(critical):
        raise InvalidInput("Too few replications to tell a cluster from chance at this alpha.")
    found = _maxima(search, at_risk, simulations, chance) > critical
    return _power(found, critical, inputs.share(level, name="level"))


def _at_risk(people: FloatArray, members: npt.ArrayLike, relative_risk: float) -> FloatArray:
    """Return the share of the cases that each area gets with the cluster."""
    if people.sum() == 0:
        raise InvalidInput("The population cannot be zero everywhere.")
    risk = np.ones(people.size)
    risk[_members(members, people.size)] = inputs.positive(relative_risk, name="relative risk")
    return np.asarray(people * risk / (people * risk).sum())


def _search(people: FloatArray, points: FloatArray, total: float, share: float) -> Search:
    checking.share_of_population(share)
    checking.enough(people, total)
    shares = people / people.sum()
    checking.rare(total * shares)
    ground = lay_out(points, people, share)
    once = np.zeros(1, np.int64)
    return Search(
        ground, checking.summed(total * shares[ground.order, None]), once, once + 1, total
    )


def _power(found: npt.NDArray[np.bool_], critical: float, level: float) -> Power:
    hits, maps = np.array([float(found.sum())]), np.array([float(found.size)])
    low, high = intervals.wilson(hits, maps, level=level)
    return Power(
        estimate=float(found.mean()),
        low=float(low[0]),
        high=float(high[0]),
        level=level,
        method=f"spatial Poisson scan, {found.size:,} simulated maps, Wilson",
        caveats=(ANY_CLUSTER,),
        critical=critical,
    )


def _maxima(search: Search, shares: FloatArray, times: int, rng: np.random.Generator) -> FloatArray:
    means = shares[search.ground.order, None] * search.total
    draw = drawing.dealt_anew(means, round(search.total), rng)
    return search.maxima(draw, inputs.whole(times, name="number of replications"))


def _members(values: npt.ArrayLike, areas: int) -> IntArray:
    members = np.asarray(values)
    if members.ndim != 1 or members.size == 0 or members.dtype.kind not in "iu":
        raise InvalidInput("The members must be positions of areas, at least one.")
    if members.min() < 0 or members.max() >= areas:
        raise InvalidInput("A member lies outside the list of areas.")
    return members.astype(np.int64)
