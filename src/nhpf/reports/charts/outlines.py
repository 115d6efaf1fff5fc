"""Where a name fits into an outline: straight lines, read without a geometry library."""

from __future__ import annotations

import re
from itertools import pairwise

_TOKEN = re.compile(r"[MLZmlz]|-?\d+(?:\.\d+)?")


Ring = list[tuple[float, float]]


def rings(path: str) -> list[Ring]:
    """Return the rings of path data made of M, L and Z, absolute or relative."""
    found: list[Ring] = []
    relative = False
    x = y = 0.0
    numbers: list[float] = []
    for token in _TOKEN.findall(path):
        if token.isalpha():
            relative = token.islower()
            if token in "Mm":
                found.append([])
            continue
        numbers.append(float(token))
        if len(numbers) == 2:
            x, y = (x + numbers[0], y + numbers[1]) if relative else (numbers[0], numbers[1])
            found[-1].append((x, y))
            numbers = []
    return [ring for ring in found if len(ring) > 2]


def _area_and_centre(ring: Ring) -> tuple[float, float, float]:
    """Return the signed area and the centroid of a ring, by the shoelace formula."""
    # From the first point, so that large coordinates lose no precision.
    ox, oy = ring[0]
    area = cx = cy = 0.0
    shifted = [(x - ox, y - oy) for x, y in ring]
    for (x1, y1), (x2, y2) in pairwise([*shifted, shifted[0]]):
        cross = x1 * y2 - x2 * y1
        area += cross / 2
        cx += (x1 + x2) * cross / 6
        cy += (y1 + y2) * cross / 6
    if area == 0:
        return 0.0, ox, oy
    return area, ox + cx / area, oy + cy / area


def main_ring(path: str) -> tuple[Ring, float, float] | None:
    """Return the largest ring of a path with its centroid, or None where there is no ring."""
    measured = [(*_area_and_centre(ring), ring) for ring in rings(path)]
    if not measured:
        return None
    _, x, y, ring = max(measured, key=lambda found: abs(found[0]))
    return ring, x, y


def inside(ring: Ring, *, x: float, y: float) -> tuple[float, float]:
    """Return how far the ring's inside reaches to the left and right of ``x`` at height ``y``.

    Both are ``x`` itself where that place lies outside.
    """
    crossings = sorted(
        x1 + (y - y1) * (x2 - x1) / (y2 - y1)
        for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]])
        if (y1 <= y) != (y2 <= y)
    )
    for left, right in zip(crossings[::2], crossings[1::2], strict=True):
        if left <= x <= right:
            return left, right
    return x, x
