"""The highest likelihood ratio over all windows: of what was seen by centre, and of replications.

Replications lie side by side in lanes, so that one neighbour is added to all of them at once, and
whole numbers of cases are compared with the most that cannot beat the lane's best so far. Only a
window that may beat it pays for logarithms. Compiled: imported on the first scan.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from nhpf.methods.scan.likelihood import (
    FEWEST_CASES,
    IntTable,
    class_of,
    compiled,
    fill_limits,
    inlined,
    log_ratio,
    may_beat,
)
from nhpf.numerics.inputs import FloatArray

# Replications counted side by side: enough to keep the processor's wide registers busy.
LANES = 128
# The limits of a block are computed anew when its lowest best has risen by so much.
RISE = 0.2

Members = npt.NDArray[np.int32]
Sizes = npt.NDArray[np.int64]
Counts = npt.NDArray[np.uint16]


@compiled
def expect(
    members: Members,
    closed: npt.NDArray[np.bool_],
    sizes: Sizes,
    expected: FloatArray,
    scale: float,
    total: float,
    held: FloatArray,
    classes: npt.NDArray[np.uint16],
) -> None:
    """Set the expected cases of each circle and their class.

    A circle that is not closed, or holds all that is expected, never counts: it is said to expect
    all cases, so that no number of cases exceeds it.
    """
    for row in range(sizes.size):
        within = 0.0
        for slot in range(sizes[row]):
            within += expected[members[row, slot]]
            counts = closed[row, slot] and within < total * (1 - 1e-9)
            held[row, slot] = within if counts else total
            classes[row, slot] = class_of(within, scale)


@compiled
def best_by_centre(
    members: Members,
    closed: npt.NDArray[np.bool_],
    sizes: Sizes,
    expected: FloatArray,
    cases: FloatArray,
    starts: Sizes,
    ends: Sizes,
    total: float,
    best: FloatArray,
    reach: Sizes,
    interval: Sizes,
) -> None:
    """Set for each centre its highest ratio, how many areas it holds and the interval.

    ``expected`` and ``cases`` are summed over time from the first period on, shape (areas,
    periods + 1); an interval runs from a start up to but not including an end.
    """
    periods = cases.shape[1]
    sums, means = np.zeros(periods), np.zeros(periods)
    for row in range(sizes.size):
        best[row], reach[row], interval[row] = 0.0, 0, 0
        sums[:], means[:] = 0.0, 0.0
        for slot in range(sizes[row]):
            area = members[row, slot]
            for period in range(1, periods):
                sums[period] += cases[area, period]
                means[period] += expected[area, period]
            if not closed[row, slot]:
                continue
            for which in range(starts.size):
                count = sums[ends[which]] - sums[starts[which]]
                mean = means[ends[which]] - means[starts[which]]
                if count >= FEWEST_CASES and may_beat(best[row], count, mean, total):
                    ratio = log_ratio(count, mean, total)
                    if ratio > best[row]:
                        best[row], reach[row], interval[row] = ratio, slot + 1, which


@compiled
def raise_best(count: Counts, best: FloatArray, limit: int, expected: float, total: float) -> bool:
    """Look closer at a window that may beat some lane's best; tell whether any rose."""
    rose = False
    low = np.uint16(limit)
    for lane in range(LANES):
        above = np.int16(np.uint16(count[lane] - low))
        if above > 0:
            cases = float(limit + above)
            if may_beat(best[lane], cases, expected, total):
                ratio = log_ratio(cases, expected, total)
                if ratio > best[lane]:
                    best[lane] = ratio
                    rose = True
    return rose


@compiled
def lift_limits(
    limits: IntTable, level: FloatArray, best: FloatArray, scale: float, total: float
) -> None:
    """Compute the limits anew if the lowest best of the lanes has risen enough."""
    lowest = math.inf
    for lane in range(LANES):
        lowest = min(lowest, best[lane])
    if lowest > level[0] + RISE and lowest < math.inf:
        level[0] = lowest
        fill_limits(limits, lowest, scale, total)


@compiled
def best_of_lanes(
    members: Members,
    held: FloatArray,
    classes: npt.NDArray[np.uint16],
    sizes: Sizes,
    counts: Counts,
    scale: float,
    total: float,
    best: FloatArray,
    limits: IntTable,
    level: FloatArray,
) -> None:
    """Raise the best ratio of each lane over the circles of these centres.

    ``counts`` has shape (areas, LANES); ``best`` shape (LANES,); ``limits`` and ``level`` belong
    to the block and are kept from call to call.
    """
    count = np.zeros(LANES, np.uint16)
    for row in range(sizes.size):
        count[:] = 0
        for slot in range(sizes[row]):
            limit = limits[classes[row, slot]]
            low = np.uint16(limit)
            drawn = counts[members[row, slot]]
            above = np.int16(0)
            for lane in range(LANES):
                now = np.uint16(count[lane] + drawn[lane])
                count[lane] = now
                above = max(above, np.int16(np.uint16(now - low)))
            if above > 0 and raise_best(count, best, limit, held[row, slot], total):
                lift_limits(limits, level, best, scale, total)


@compiled
def best_of_lanes_in_time(
    members: Members,
    closed: npt.NDArray[np.bool_],
    sizes: Sizes,
    expected: FloatArray,
    counts: Counts,
    starts: Sizes,
    ends: Sizes,
    scale: float,
    total: float,
    best: FloatArray,
    limits: IntTable,
    level: FloatArray,
) -> None:
    """Raise the best ratio of each lane over circles times intervals.

    ``counts`` has shape (areas, periods, LANES) and is, like ``expected`` with shape (areas,
    periods + 1), summed over time.
    """
    periods = counts.shape[1]
    sums, means = np.zeros((periods + 1, LANES), np.uint16), np.zeros(periods + 1)
    for row in range(sizes.size):
        sums[:], means[:] = 0, 0.0
        for slot in range(sizes[row]):
            area = members[row, slot]
            for period in range(periods):
                means[period + 1] += expected[area, period + 1]
                now, drawn = sums[period + 1], counts[area, period]
                for lane in range(LANES):
                    now[lane] += drawn[lane]
            if not closed[row, slot]:
                continue
            for which in range(starts.size):
                until, since = sums[ends[which]], sums[starts[which]]
                mean = means[ends[which]] - means[starts[which]]
                limit = limits[class_of(mean, scale)]
                if any_above(until, since, limit) and raise_best(
                    until - since, best, limit, mean, total
                ):
                    lift_limits(limits, level, best, scale, total)


@inlined
def any_above(until: Counts, since: Counts, limit: int) -> bool:
    """Tell whether any lane counts more cases between two times than a limit."""
    low = np.uint16(limit)
    above = np.int16(0)
    for lane in range(LANES):
        above = max(above, np.int16(np.uint16(until[lane] - since[lane] - low)))
    return bool(above > 0)
