"""The likelihood ratio of one window, and how many cases would beat a given ratio.

Compiled: this module is imported on the first scan.
"""

from __future__ import annotations

import math

import numba
import numpy as np
import numpy.typing as npt

IntTable = npt.NDArray[np.int32]

# Windows are sorted into so many classes of expected cases, equally wide in the square root, so
# that a class is a small part of a standard deviation wide.
CLASSES = 8192
# Fewer cases than this are no cluster, as in SaTScan.
FEWEST_CASES = 2
# Cases are compared in 16 bits, as a difference from a limit that lies no farther than this above
# what is expected: beyond, the closer look decides.
FARTHEST = 16_000

compiled = numba.njit(cache=True, nogil=True)
inlined = numba.njit(cache=True, nogil=True, inline="always")


@inlined
def log_ratio(cases: float, expected: float, total: float) -> float:
    """Return Kulldorff's log-likelihood ratio of a window with more cases than expected."""
    outside = total - cases
    ratio = cases * math.log(cases / expected)
    if outside > 0:
        ratio += outside * math.log(outside / (total - expected))
    return ratio


@inlined
def may_beat(best: float, cases: float, expected: float, total: float) -> bool:
    """Tell without a logarithm whether a window may have a higher ratio than the best so far.

    The ratio never exceeds Pearson's statistic, because log x never exceeds x - 1.
    """
    excess = cases - expected
    if expected >= total * (1 - 1e-9) or expected <= 0:
        return False
    return excess > 0 and excess * excess * total > best * expected * (total - expected)


@compiled
def fill_limits(limits: IntTable, best: float, scale: float, total: float) -> None:
    """Set for each class the most cases that cannot beat a ratio; more than that may.

    Cases at the class's lower edge of expected cases are solved for by Newton's method, which
    climbs down a convex curve; a little is taken off, so that no window is missed.
    """
    cases = 0.0
    for step in range(CLASSES):
        edge = step / scale
        expected = min(edge * edge, total * (1 - 1e-9))
        cases = max(cases, expected + 1e-3)
        if expected > 0:
            cases = _cases_with(best, cases, expected, total)
        limit = max(math.floor(cases - 1e-3), FEWEST_CASES - 1)
        limits[step] = min(limit, math.floor(expected) + FARTHEST)


@compiled
def _cases_with(best: float, start: float, expected: float, total: float) -> float:
    cases = start
    for _ in range(50):
        if cases >= total:
            return total
        slope = math.log(cases / expected) - math.log((total - cases) / (total - expected))
        step = (best - log_ratio(cases, expected, total)) / slope
        cases = max(cases + step, expected * (1 + 1e-9))
        if abs(step) < 1e-4:
            break
    return min(cases, total)


@inlined
def class_of(expected: float, scale: float) -> int:
    """Return the class of a window's expected cases."""
    return min(int(math.sqrt(max(expected, 0.0)) * scale), CLASSES - 1)


def scale_for(most: float) -> float:
    """Return classes for each unit of the square root, up to the most cases expected."""
    return (CLASSES - 1) / math.sqrt(most)
