"""Counts that a few contributors make up: the (n, k) rule and the p% rule."""

from __future__ import annotations

import math
from collections.abc import Iterable

from nhpf.disclosure.policies import Policy


def distance_needed(contributions: Iterable[int], *, policy: Policy) -> int:
    """Return how far a reader must stay from a count, up and down; 0 if the count is safe.

    Parameters
    ----------
    contributions : iterable of int
        What each contributor (a hospital, a prison, a business) adds to the count.
    policy : Policy
        ``dominance`` (n, k): unsafe if the n largest make more than k% of the count.
        ``p_percent``: unsafe if the count less the two largest is below p% of the largest, so
        that the second largest knows the largest too well.

    Notes
    -----
    The distances are the upper protection levels of Hundepool et al., Statistical Disclosure
    Control (2012), section 4.3.
    """
    largest = sorted(contributions, reverse=True)
    total = sum(largest)
    distances = [0.0]
    if policy.dominance is not None:
        n, k = policy.dominance
        distances.append(100 / k * sum(largest[:n]) - total)
    if policy.p_percent is not None:
        distances.append(policy.p_percent / 100 * sum(largest[:1]) - sum(largest[2:]))
    # A thousandth is less than any rule means, and more than the arithmetic is out by.
    return math.ceil(max(distances) - 1e-3)
