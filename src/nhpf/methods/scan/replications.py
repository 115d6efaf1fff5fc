"""Replications under chance alone: all cases fall anew, each in a cell with its share of expected.

Exact and quick: each cell draws a Poisson number with a mean a little too low, which given their
sum is multinomial; the cases still wanting are then dealt one by one. Should the sum come out too
high, cases taken away at random leave the same distribution. Compiled: imported on the first scan.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from nhpf.methods.scan.likelihood import IntTable, compiled, inlined
from nhpf.numerics.inputs import FloatArray

Counts = npt.NDArray[np.uint16]
Seeds = npt.NDArray[np.uint64]

# Cells draw Poisson numbers whose mean sum falls short of all cases by so many standard deviations.
SHORT = 4.0
# Entries of the table that says where in a cell's distribution a draw is looked up.
GUIDE = 256


@inlined
def _next(state: np.uint64) -> np.uint64:
    return state + np.uint64(0x9E3779B97F4A7C15)


@inlined
def _mixed(state: np.uint64) -> np.uint64:
    """Return 64 random bits from a counter (Steele, Lea and Flood 2014)."""
    bits = state
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return bits ^ (bits >> np.uint64(31))


@inlined
def _unit(bits: np.uint64) -> float:
    """Return a number from 0 up to but not including 1 from 64 random bits."""
    return float(bits >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@compiled
def _poisson_table(mean: float, table: FloatArray, guide: IntTable) -> int:
    """Set the distribution function from a lowest value on, and where to start looking in it.

    Returns the lowest value; what lies nine standard deviations below has no weight in a double.
    """
    lowest = max(0, int(mean - 9 * math.sqrt(mean) - 10))
    weight = math.exp(lowest * math.log(mean) - mean - math.lgamma(lowest + 1.0))
    below = 0.0
    for step in range(table.size):
        below += weight
        table[step] = below
        weight *= mean / (lowest + step + 1)
    table[-1] = 2.0
    step = 0
    for part in range(GUIDE):
        while table[step] <= part / GUIDE:
            step += 1
        guide[part] = step
    return lowest


@inlined
def _look_up(unit: float, table: FloatArray, guide: IntTable) -> int:
    step = int(guide[int(unit * guide.size)])
    while table[step] <= unit:
        step += 1
    return step


@compiled
def draw_poisson(
    means: FloatArray, first: int, last: int, seeds: Seeds, counts: Counts, used: int
) -> None:
    """Draw for the cells from first to last; ``counts`` has shape (blocks, cells, LANES)."""
    most = means[first:last].max()
    guide, lanes = np.empty(GUIDE, np.int32), counts.shape[2]
    space = np.empty(int(19 * math.sqrt(most) + 45), np.float64)
    for cell in range(first, last):
        mean = means[cell]
        if mean <= 0:
            continue
        table = space[: int(19 * math.sqrt(mean) + 45)]
        lowest = _poisson_table(mean, table, guide)
        state = seeds[cell]
        for replication in range(used):
            state = _next(state)
            drawn = lowest + _look_up(_unit(_mixed(state)), table, guide)
            counts[replication // lanes, cell, replication % lanes] = drawn


@compiled
def complete(
    cumulative: FloatArray,
    guide: IntTable,
    wanted: int,
    seeds: Seeds,
    counts: Counts,
    block: int,
    used: int,
) -> None:
    """Deal the cases still wanting in each replication of a block, or take away those too many."""
    lanes = counts.shape[2]
    sums = np.zeros(lanes, np.int64)
    for cell in range(counts.shape[1]):
        for lane in range(lanes):
            sums[lane] += counts[block, cell, lane]
    for lane in range(min(lanes, used - block * lanes)):
        state = seeds[block * lanes + lane]
        for _ in range(wanted - sums[lane]):
            state = _next(state)
            cell = _look_up(_unit(_mixed(state)), cumulative, guide)
            counts[block, cell, lane] += 1
        for left in range(sums[lane], wanted, -1):
            state = _next(state)
            _take_away(counts[block, :, lane], int(_unit(_mixed(state)) * left))


@compiled
def _take_away(counts: Counts, which: int) -> None:
    """Take away one case, counted from the first cell on."""
    passed = 0
    for cell in range(counts.size):
        passed += counts[cell]
        if passed > which:
            counts[cell] -= 1
            return


@compiled
def shuffle_times(
    areas: IntTable, times: IntTable, seeds: Seeds, counts: Counts, block: int, used: int
) -> None:
    """Deal the times of all cases anew to their places, so that both margins stay.

    ``counts`` has shape (blocks, areas, periods, LANES); times before the first period that
    windows see are below zero and are not counted.
    """
    dealt, lanes = times.copy(), counts.shape[3]
    for lane in range(min(lanes, used - block * lanes)):
        state = seeds[block * lanes + lane]
        for case in range(times.size - 1, -1, -1):
            state = _next(state)
            other = int(_unit(_mixed(state)) * (case + 1))
            dealt[case], dealt[other] = dealt[other], dealt[case]
            if dealt[case] >= 0:
                counts[block, areas[case], dealt[case], lane] += 1


@compiled
def sum_over_time(counts: Counts) -> None:
    """Replace the counts of each period by those up to it; shape (areas, periods, LANES)."""
    for area in range(counts.shape[0]):
        for period in range(1, counts.shape[1]):
            for lane in range(counts.shape[2]):
                counts[area, period, lane] += counts[area, period - 1, lane]


def cumulative_shares(means: FloatArray) -> tuple[FloatArray, IntTable]:
    """Return the distribution of one case over cells and where to start looking in it."""
    shares = np.cumsum(means) / means.sum()
    shares[np.flatnonzero(means)[-1] :] = 2.0
    marks = np.arange(means.size) / means.size
    return shares, np.searchsorted(shares, marks, "right").astype(np.int32)


def poisson_means(means: FloatArray, wanted: int) -> FloatArray:
    """Return the means that cells draw with: none when dealing every case costs less."""
    if wanted <= 2 * means.size:
        return np.zeros_like(means)
    return np.asarray(means * (max(wanted - SHORT * math.sqrt(wanted), 0.0) / means.sum()))
