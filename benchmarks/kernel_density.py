"""Kernel density of a million points on 512 by 512 cells with a bandwidth of 2 km.

The peer is spatstat in R, which took 1.17 s on two cores of a machine of this kind; it is not
installed here, so that figure stands in. Closeness to the direct sum is measured at 300 cells.
"""

from __future__ import annotations

import numpy as np

from measuring import finish, first_calls, report, seconds
from nhpf.methods import hot_spots

POINTS, CELLS, BANDWIDTH = 1_000_000, 512, 2_000.0
SPATSTAT = 1.17


def main() -> None:
    first_calls(
        "from nhpf.methods import hot_spots",
        "hot_spots.density([4], [4], bandwidth=2, shape=(9, 9), bounds=(0, 0, 9, 9))",
    )
    rng = np.random.default_rng(1)
    x, y = rng.normal(30_000, 8_000, (2, POINTS))

    def ours(points: int = POINTS, kernel: str = "gaussian"):
        return hot_spots.density(
            x[:points],
            y[:points],
            bandwidth=BANDWIDTH,
            shape=(CELLS, CELLS),
            bounds=(-15_000, -15_000, 75_000, 75_000),
            kernel=kernel,
            edge=False,
        )

    surface = ours()
    worst = 0.0
    for row, column in rng.integers(0, CELLS, (300, 2)):
        if surface.values[row, column] > 1e-3 * surface.values.max():
            square = (x - surface.x[column]) ** 2 + (y - surface.y[row]) ** 2
            direct = np.exp(-square / (2 * BANDWIDTH**2)).sum() / (2 * np.pi * BANDWIDTH**2)
            worst = max(worst, abs(surface.values[row, column] / direct - 1))
    print(f"at most {worst:.2%} from the direct sum")
    assert worst < 0.01
    met = report(
        "density, 1M points, 512 x 512",
        ours=seconds(ours),
        peer=SPATSTAT,
        peer_name="spatstat (recorded)",
        goal=5,
    )
    quartic = seconds(lambda: ours(kernel="quartic"))
    print(f"  quartic kernel, {POINTS:,} points: {quartic:.3f} s")
    for points in (250_000, 500_000, POINTS):
        print(f"  {points:,} points: {seconds(lambda points=points: ours(points)):.3f} s")
    finish(met)


if __name__ == "__main__":
    main()
