"""Where a name fits into an outline: straight lines, read without a geometry library."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(r"[MLZmlz]|-?\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Box:
    """The middle of a ring (its centroid) and the size of the rectangle around it."""

    x: float
    y: float
    width: float
    height: float


def rings(path: str) -> list[list[tuple[float, float]]]:
    """Return the rings of path data made of M, L and Z, absolute or relative."""
    found: list[list[tuple[float, float]]] = []
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


def _area_and_centre(ring: list[tuple[float, float]]) -> tuple[float, float, float]:
    """Return the signed area and the centroid of a ring, by the shoelace formula."""
    # From the first point, so that large coordinates lose no precision.
    ox, oy = ring[0]
    area = cx = cy = 0.0
    shifted = [(x - ox, y - oy) for x, y in ring]
    for (x1, y1), (x2, y2) in zip(shifted, [*shifted[1:], shifted[0]], strict=True):
        cross = x1 * y2 - x2 * y1
        area += cross / 2
        cx += (x1 + x2) * cross / 6
        cy += (y1 + y2) * cross / 6
    if area == 0:
        return 0.0, ox, oy
    return area, ox + cx / area, oy + cy / area


def largest_box(path: str) -> Box | None:
    """Return the middle and size of the largest ring, or None where there is no ring."""
    measured = [(abs(_area_and_centre(ring)[0]), ring) for ring in rings(path)]
    if not measured:
        return None
    ring = max(measured, key=lambda pair: pair[0])[1]
    _, x, y = _area_and_centre(ring)
    xs, ys = [point[0] for point in ring], [point[1] for point in ring]
    return Box(x, y, max(xs) - min(xs), max(ys) - min(ys))
