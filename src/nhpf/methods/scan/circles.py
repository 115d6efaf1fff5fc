"""Circles around each centre that grow from neighbour to neighbour up to a share of the population.

Areas at one distance from the centre enter together, so that the circles do not depend on the
order in which areas are listed. Compiled: imported on the first scan.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from nhpf.methods.scan.likelihood import compiled
from nhpf.numerics.inputs import FloatArray

# Areas this near to one distance, relative to it, are at that distance.
SAME_DISTANCE = 1e-9


@compiled
def squares_from(x: FloatArray, y: FloatArray, centre: int, out: FloatArray) -> None:
    """Set the squared distance of every area from a centre."""
    across, up = x[centre], y[centre]
    for area in range(x.size):
        dx, dy = x[area] - across, y[area] - up
        out[area] = dx * dx + dy * dy


@compiled
def _collect(
    squares: FloatArray, weight: FloatArray, reach: float, found: npt.NDArray[np.int32]
) -> tuple[int, float]:
    """List the areas within a squared reach; return how many and their weight."""
    count, held = 0, 0.0
    for area in range(squares.size):
        # Written always and kept by counting on: no branch for the processor to guess.
        found[count] = area
        inside = squares[area] <= reach
        count += inside
        held += weight[area] * inside
    return count, held


@compiled
def _in_order(
    squares: FloatArray, found: npt.NDArray[np.int32], count: int, order: npt.NDArray[np.int32]
) -> None:
    """Sort the areas found by distance, ties by position: into shelves first, then by insertion."""
    most = 0.0
    for slot in range(count):
        most = max(most, squares[found[slot]])
    starts = np.zeros(count + 2, np.int32)
    factor = count / most if most > 0 else 0.0
    for slot in range(count):
        starts[int(squares[found[slot]] * factor) + 1] += 1
    widest = 0
    for shelf in range(1, count + 2):
        widest = max(widest, starts[shelf])
        starts[shelf] += starts[shelf - 1]
    for slot in range(count):
        shelf = int(squares[found[slot]] * factor)
        order[starts[shelf]] = found[slot]
        starts[shelf] += 1
    if widest > 200:
        order[:count] = order[:count][np.argsort(squares[order[:count]], kind="mergesort")]
    for slot in range(1, count):
        area = order[slot]
        far = squares[area]
        before = slot - 1
        while before >= 0 and squares[order[before]] > far:
            order[before + 1] = order[before]
            before -= 1
        order[before + 1] = area


@compiled
def _closed(squares: FloatArray, order: npt.NDArray[np.int32], slot: int, count: int) -> bool:
    """Tell whether the next area lies farther out, so that the circle holds all at its edge."""
    if slot + 1 >= count:
        return True
    return bool(squares[order[slot + 1]] > squares[order[slot]] * (1 + SAME_DISTANCE))


@compiled
def grow(
    x: FloatArray,
    y: FloatArray,
    weight: FloatArray,
    cap: float,
    centres: npt.NDArray[np.int32],
    stops: FloatArray,
    members: npt.NDArray[np.int32],
    closed: npt.NDArray[np.bool_],
    sizes: npt.NDArray[np.int64],
) -> None:
    """List for each centre its neighbours in order of distance while their weight is within a cap.

    Sets for each centre the members, whether the circle up to each is closed, and how many there
    are. A circle that would be closed only beyond the cap is left open, and none reaches a
    squared distance at which it should stop.
    """
    areas = x.size
    squares, found = np.empty(areas), np.empty(areas + 1, np.int32)
    order = np.empty(areas, np.int32)
    reach = 0.0
    for row in range(centres.size):
        squares_from(x, y, centres[row], squares)
        if reach == 0:
            reach = _first(squares)
        count, held = _collect(squares, weight, reach, found)
        while held <= cap and count < areas and reach < stops[row]:
            # Grow by area in proportion to the weight still wanted, never by less than a quarter.
            wanted = 1.3 * cap / held if held > 0 else 4.0
            reach = min(reach * min(max(wanted, 1.25), 100.0), stops[row])
            count, held = _collect(squares, weight, reach, found)
        _in_order(squares, found, count, order)
        sizes[row] = _take(
            squares, weight, cap, stops[row], order, count, members[row], closed[row]
        )
        last = min(sizes[row], count - 1)
        reach = 1.05 * squares[order[last]]


@compiled
def _first(squares: FloatArray) -> float:
    """Return a squared reach that holds at least one other area, if any lies apart."""
    nearest = math.inf
    for square in squares:
        if 0 < square < nearest:
            nearest = square
    return 4 * nearest


@compiled
def _take(
    squares: FloatArray,
    weight: FloatArray,
    cap: float,
    stop: float,
    order: npt.NDArray[np.int32],
    count: int,
    members: npt.NDArray[np.int32],
    closed: npt.NDArray[np.bool_],
) -> int:
    held = 0.0
    for slot in range(count):
        area = order[slot]
        held += weight[area]
        if held > cap or squares[area] >= stop * (1 - SAME_DISTANCE):
            return slot
        members[slot] = area
        closed[slot] = _closed(squares, order, slot, count)
    return count
