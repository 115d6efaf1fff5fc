"""Time ours and a peer in one run, and say whether the ratio that was promised holds."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable


def seconds(call: Callable[[], object], *, repeats: int = 3) -> float:
    """Return the median time of a call, the first one left out as warming up."""
    call()
    taken = []
    for _ in range(repeats):
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def report(name: str, *, ours: float, peer: float, peer_name: str, goal: float) -> bool:
    """Print one comparison and return whether the goal was met."""
    ratio = peer / ours
    verdict = "met" if ratio >= goal else "MISSED"
    print(
        f"{name}: ours {ours:.3f} s, {peer_name} {peer:.3f} s, "
        f"ratio {ratio:.1f}, goal {goal:g} {verdict}"
    )
    return ratio >= goal


def finish(*met: bool) -> None:
    """End with an error if any goal was missed."""
    sys.exit(0 if all(met) else 1)
