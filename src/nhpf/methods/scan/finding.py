"""From the best window of each centre to clusters that do not overlap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nhpf.methods.scan.results import Cluster, Scan
from nhpf.methods.scan.searching import Best, Draw, Search
from nhpf.numerics import inputs
from nhpf.numerics.inputs import FloatArray, IntArray

# Ratios that differ by less, relatively, are the same: sums in another order leave as much.
ROUNDING = 1e-10


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of a search: how often to draw, how many clusters to list, what to say.

    ``first_period`` is the period that windows may begin in, None without time.
    """

    permutations: int
    most: int
    method: str
    caveats: tuple[str, ...]
    first_period: int | None = None
    prospective: bool = False


def answer(search: Search, cases: FloatArray, draw: Draw, question: Question) -> Scan:
    """Scan what was seen and the replications.

    ``cases`` is summed over time, shape (n, periods + 1), areas in the ground's order.
    """
    times = inputs.whole(question.permutations, name="number of permutations")
    maxima = search.maxima(draw, times)
    return Scan(
        clusters=_clusters(search, cases, maxima, question),
        cases=search.total,
        areas=search.areas,
        maxima=maxima,
        permutations=times,
        method=f"{question.method}, {times:,} replications",
        caveats=question.caveats,
    )


def _clusters(
    search: Search, cases: FloatArray, maxima: FloatArray, question: Question
) -> tuple[Cluster, ...]:
    """Return the clusters asked for, the most likely first."""
    first_period = question.first_period
    found = []
    for window in _apart(search, cases, question.most):
        centre, ratio, reach, interval = window
        members = search.members(centre, reach)
        since, until = int(search.starts[interval]), int(search.ends[interval])
        inside = float((cases[members, until] - cases[members, since]).sum())
        mean = float((search.expected[members, until] - search.expected[members, since]).sum())
        p = (1 + int((maxima >= ratio * (1 - ROUNDING)).sum())) / (maxima.size + 1)
        outside, rest = search.total - inside, search.total - mean
        found.append(
            Cluster(
                members=search.ground.order[members],
                radius=_distance(search, members[0], members[-1]),
                cases=inside,
                expected=mean,
                llr=ratio,
                relative_risk=inside / mean / (outside / rest) if outside else float("inf"),
                p=p,
                start=None if first_period is None else first_period + since,
                end=None if first_period is None else first_period + until - 1,
                recurrence=1 / p if question.prospective else None,
            )
        )
    return tuple(found)


def _apart(search: Search, cases: FloatArray, most: int) -> Iterator[tuple[int, float, int, int]]:
    """Yield the best windows that share no area with those before: centre, ratio, areas, interval.

    A centre's best window bounds what it can still offer, so that only centres that may come next
    are scanned again.
    """
    best = search.seen(cases)
    near = np.full(search.areas, np.inf)
    stale = np.zeros(search.areas, np.bool_)
    for _ in range(most):
        centre = _top(search, cases, best, near, stale)
        if best.ratio[centre] <= 0:
            return
        reach = int(best.reach[centre])
        yield centre, float(best.ratio[centre]), reach, int(best.interval[centre])
        taken = search.members(centre, reach)
        _note_distance(search, taken, near)
        best.ratio[taken] = 0.0
        reached = _squares(search, np.arange(search.areas), best.edge) >= near * (1 - 1e-9)
        stale = (stale | reached) & (best.ratio > 0)


def _top(
    search: Search,
    cases: FloatArray,
    best: Best,
    near: FloatArray,
    stale: npt.NDArray[np.bool_],
) -> int:
    """Return the centre of the best window; of several alike, that of the smallest circle."""
    while True:
        top = np.flatnonzero(best.ratio >= best.ratio.max() * (1 - ROUNDING))
        if not stale[top].any():
            return int(top[_squares(search, top, best.edge[top]).argmin()])
        fresh = best.ratio[~stale].max(initial=0.0)
        again = np.flatnonzero(stale & (best.ratio >= fresh * (1 - ROUNDING)))
        _replace(best, again, search.seen(cases, again, near[again]))
        stale[again] = False


def _replace(best: Best, rows: IntArray, by: Best) -> None:
    best.ratio[rows], best.reach[rows] = by.ratio, by.reach
    best.edge[rows], best.interval[rows] = by.edge, by.interval


def _note_distance(search: Search, taken: IntArray, near: FloatArray) -> None:
    """Lower each area's squared distance to the nearest area that belongs to a cluster."""
    from scipy.spatial import cKDTree

    points = np.column_stack([search.ground.x, search.ground.y])
    _, nearest = cKDTree(points[taken]).query(points)
    np.minimum(near, _squares(search, np.arange(near.size), taken[nearest]), out=near)


def _squares(search: Search, here: IntArray, there: IntArray) -> FloatArray:
    x, y = search.ground.x, search.ground.y
    return np.asarray((x[there] - x[here]) ** 2 + (y[there] - y[here]) ** 2)


def _distance(search: Search, here: int, there: int) -> float:
    return float(np.sqrt(_squares(search, np.array([here]), np.array([there]))[0]))
