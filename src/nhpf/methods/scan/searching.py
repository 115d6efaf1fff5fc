"""The search over all windows: what was seen by centre, and the maxima of replications.

Areas are sorted along a curve through the map, so that neighbours lie near each other in memory.
Circles are grown for some centres at a time and serve all replications before they are dropped.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from nhpf.numerics.inputs import FloatArray, IntArray

# So many centres' circles are held at a time.
CENTRES_AT_A_TIME = 256
# So many bytes of replications are held at a time.
BYTES_AT_A_TIME = 200_000_000
# Every so-manyth centre is scanned first: with maxima nearly known, the rest goes quickly.
FIRST_LOOK = 16

Part = TypeVar("Part")

# Draws replications: how many, to counts of shape (blocks, areas, periods, lanes).
Draw = Callable[[int, "Search"], npt.NDArray[np.uint16]]


@dataclass(frozen=True, slots=True)
class Ground:
    """Areas in order along a curve, with the weight that bounds a circle."""

    order: IntArray
    x: FloatArray
    y: FloatArray
    weight: FloatArray
    cap: float


def lay_out(xy: FloatArray, weight: FloatArray, max_share: float) -> Ground:
    """Return the areas in order along a curve; ``xy`` has shape (n, 2)."""
    order = _along_curve(xy)
    return Ground(
        order=order,
        x=xy[order, 0].copy(),
        y=xy[order, 1].copy(),
        weight=weight[order],
        # A share of a sum must not leave out an area for the sake of the last digit.
        cap=max_share * float(weight.sum()) * (1 + 1e-12),
    )


def _along_curve(xy: FloatArray) -> IntArray:
    """Return the order along Morton's curve, the same for any unit and order of the areas."""
    spread = float(np.ptp(xy, axis=0).max())
    steps = (xy - xy.min(axis=0)) * (65535 / spread if spread > 0 else 0.0)
    code = np.zeros(len(xy), np.int64)
    for axis in (0, 1):
        whole = np.rint(steps[:, axis]).astype(np.int64)
        for bit in range(16):
            code |= ((whole >> bit) & 1) << (2 * bit + axis)
    return np.lexsort((xy[:, 1], xy[:, 0], code)).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Best:
    """The best window of each centre: ratio, areas held, the last of them, and interval."""

    ratio: FloatArray
    reach: IntArray
    edge: IntArray
    interval: IntArray


@dataclass(frozen=True, slots=True)
class _Circles:
    centres: npt.NDArray[np.int32]
    members: npt.NDArray[np.int32]
    closed: npt.NDArray[np.bool_]
    sizes: IntArray


@dataclass(frozen=True, slots=True)
class Search:
    """All windows over a ground: circles times intervals.

    Attributes
    ----------
    expected : ndarray, shape (n, periods + 1)
        Cases expected, summed over time, areas in the ground's order.
    starts, ends : ndarray of int
        Intervals, from a start up to but not including an end.
    total : float
        All cases, within the periods and outside.
    """

    ground: Ground
    expected: FloatArray
    starts: IntArray
    ends: IntArray
    total: float

    @property
    def areas(self) -> int:
        """How many areas there are."""
        return self.ground.x.size

    @property
    def periods(self) -> int:
        """How many periods windows may begin or end in."""
        return int(self.expected.shape[1]) - 1

    def seen(
        self, cases: FloatArray, centres: IntArray | None = None, stops: FloatArray | None = None
    ) -> Best:
        """Return the best window of each centre, or of some, kept short of a squared distance."""
        from nhpf.methods.scan import maxima

        which = np.arange(self.areas) if centres is None else centres
        limits = np.full(which.size, np.inf) if stops is None else stops
        best = Best(np.zeros(which.size), *(np.zeros(which.size, np.int64) for _ in range(3)))
        done = 0
        for circles in self._circles(which.astype(np.int32), limits):
            part = slice(done, done + circles.centres.size)
            maxima.best_by_centre(
                circles.members, circles.closed, circles.sizes, self.expected, cases,
                self.starts, self.ends, self.total,
                best.ratio[part], best.reach[part], best.interval[part],
            )  # fmt: skip
            held = np.flatnonzero(best.reach[part])
            best.edge[part] = circles.centres
            best.edge[part][held] = circles.members[held, best.reach[part][held] - 1]
            done = part.stop
        return best

    def members(self, centre: int, reach: int) -> IntArray:
        """Return the areas of one circle by distance from its centre."""
        which = np.array([centre], np.int32)
        circles = next(self._circles(which, np.array([np.inf])))
        return circles.members[0, :reach].astype(np.int64)

    def maxima(self, draw: Draw, replications: int) -> FloatArray:
        """Return the highest ratio of each replication."""
        from nhpf.methods.scan.maxima import LANES

        block = max(1, BYTES_AT_A_TIME // (2 * LANES * self.areas * self.periods)) * LANES
        starts = range(0, replications, block)
        parts = [self._maxima(draw, min(block, replications - start)) for start in starts]
        return np.concatenate(parts)

    def _maxima(self, draw: Draw, replications: int) -> FloatArray:
        lanes = _Lanes(self, draw(replications, self), replications)
        if self.areas >= 8 * FIRST_LOOK:
            lanes.look(np.arange(0, self.areas, FIRST_LOOK))
            lanes.sort()
        lanes.look(np.arange(self.areas))
        return lanes.best.ravel()[:replications]

    def _circles(
        self, centres: npt.NDArray[np.int32], stops: FloatArray | None = None
    ) -> Iterator[_Circles]:
        """Grow the circles of some centres at a time, on all processors."""
        most = min(CENTRES_AT_A_TIME, centres.size)
        limits = np.full(centres.size, np.inf) if stops is None else stops
        members = np.empty((most, self.areas), np.int32)
        closed, sizes = np.empty((most, self.areas), np.bool_), np.zeros(most, np.int64)
        for start in range(0, centres.size, most):
            part = centres[start : start + most]
            stop = limits[start : start + most]
            room = members[: part.size], closed[: part.size], sizes[: part.size]
            on_all_processors(partial(self._grow, part, stop, *room), slices(part.size))
            yield _Circles(part, *room)

    def _grow(
        self,
        centres: npt.NDArray[np.int32],
        stops: FloatArray,
        members: npt.NDArray[np.int32],
        closed: npt.NDArray[np.bool_],
        sizes: IntArray,
        rows: slice,
    ) -> None:
        from nhpf.methods.scan import circles

        ground = self.ground
        circles.grow(
            ground.x, ground.y, ground.weight, ground.cap, centres[rows], stops[rows],
            members[rows], closed[rows], sizes[rows],
        )  # fmt: skip


class _Lanes:
    """Replications in blocks of lanes, with the best ratio of each so far."""

    def __init__(self, search: Search, counts: npt.NDArray[np.uint16], replications: int) -> None:
        from nhpf.methods.scan import likelihood

        self.search = search
        self.counts = counts
        blocks, lanes = counts.shape[0], counts.shape[3]
        self.best = np.zeros((blocks, lanes))
        # Lanes without a replication never want another look.
        self.best.ravel()[replications:] = np.inf
        share = search.ground.cap / search.ground.weight.sum()
        self.scale = likelihood.scale_for(search.total * share)
        self.limits = np.zeros((blocks, likelihood.CLASSES), np.int32)
        self.level = np.zeros((blocks, 1))
        for limits in self.limits:
            likelihood.fill_limits(limits, 0.0, self.scale, search.total)

    def look(self, centres: IntArray) -> None:
        """Raise the best of each lane over the windows of some centres."""
        for circles in self.search._circles(centres.astype(np.int32)):
            if self.search.periods == 1:
                self._look_at_circles(circles)
            else:
                self._look_in_time(circles)

    def _look_at_circles(self, circles: _Circles) -> None:
        from nhpf.methods.scan import maxima

        held = np.empty(circles.members.shape)
        classes = np.empty(circles.members.shape, np.uint16)
        expected = self.search.expected[:, 1].copy()

        def expect(rows: slice) -> None:
            maxima.expect(
                circles.members[rows], circles.closed[rows], circles.sizes[rows], expected,
                self.scale, self.search.total, held[rows], classes[rows],
            )  # fmt: skip

        on_all_processors(expect, slices(circles.centres.size))

        def scan(block: int) -> None:
            maxima.best_of_lanes(
                circles.members, held, classes, circles.sizes, self.counts[block, :, 0],
                self.scale, self.search.total,
                self.best[block], self.limits[block], self.level[block],
            )  # fmt: skip

        on_all_processors(scan, range(len(self.counts)))

    def _look_in_time(self, circles: _Circles) -> None:
        from nhpf.methods.scan import maxima

        search = self.search

        def scan(block: int) -> None:
            maxima.best_of_lanes_in_time(
                circles.members, circles.closed, circles.sizes, search.expected,
                self.counts[block], search.starts, search.ends, self.scale, search.total,
                self.best[block], self.limits[block], self.level[block],
            )  # fmt: skip

        on_all_processors(scan, range(len(self.counts)))

    def sort(self) -> None:
        """Bring lanes with like maxima together, so that a limit fits all of its block."""
        from nhpf.methods.scan import maxima

        lanes = self.counts.shape[3]
        order = np.argsort(self.best, axis=None, kind="stable").reshape(self.best.shape)
        self.best = self.best.ravel()[order]
        sorted_counts = np.empty_like(self.counts)

        def place(block: int) -> None:
            here = order[block]
            taken = self.counts[here // lanes, :, :, here % lanes]
            sorted_counts[block] = np.moveaxis(taken, 0, -1)

        on_all_processors(place, range(len(self.counts)))
        self.counts = sorted_counts
        for block in range(len(self.counts)):
            maxima.lift_limits(
                self.limits[block], self.level[block], self.best[block],
                self.scale, self.search.total,
            )  # fmt: skip


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def slices(size: int) -> list[slice]:
    """Return the parts of a list of this size, one for each processor."""
    edges = np.linspace(0, size, min(processors(), size) + 1).astype(int)
    return [slice(int(a), int(b)) for a, b in pairwise(edges)]


def on_all_processors(work: Callable[[Part], None], parts: Iterable[Part]) -> None:
    """Do the work on each part; compiled work lets the others run meanwhile."""
    with ThreadPoolExecutor(processors()) as pool:
        list(pool.map(work, parts))
