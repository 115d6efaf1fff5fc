"""BYM2 over 5,000 areas, beside nutpie as recorded; three sizes of ours.

Recorded on two cores: 2 x (500 + 500) draws took nutpie 15.4 s after 12 s of compiling and left 42
effective draws of the mixing, so that 400 of them take 15.4 x 400 / 42 = 147 s. Ours does not
sample; that its means and spreads are those of a long run is tested on published data, and here
the share of intervals that hold the made-up truth is shown.
"""

from __future__ import annotations

import time

import numpy as np
from scipy.sparse import csr_array
from scipy.spatial import Delaunay

from measuring import finish, report, seconds
from nhpf.methods.small_areas import bym2

RECORDED = 15.4 * 400 / 42


def made_up_map(areas: int) -> tuple[np.ndarray, np.ndarray, csr_array, np.ndarray]:
    rng = np.random.default_rng(1)
    points = rng.random((areas, 2))
    starts, ends = Delaunay(points).vertex_neighbor_vertices
    graph = csr_array((np.ones(ends.size), ends, starts), shape=(areas, areas))
    smooth = 0.4 * np.sin(9 * points[:, 0]) * np.cos(7 * points[:, 1])
    risk = np.exp(smooth + 0.3 * rng.normal(size=areas))
    expected = rng.gamma(2, 3, areas)
    return rng.poisson(expected * risk), expected, graph, risk


def main() -> None:
    counts, expected, graph, _ = made_up_map(100)
    start = time.perf_counter()
    bym2(counts, expected, graph)
    print(f"first call, compiling included unless cached: {time.perf_counter() - start:.1f} s")
    counts, expected, graph, risk = made_up_map(5_000)
    found = bym2(counts, expected, graph)
    held = np.mean((found.low <= risk) & (risk <= found.high))
    print(f"95% intervals that hold the truth: {held:.1%}")
    met = report(
        "BYM2, 5,000 areas",
        ours=seconds(lambda: bym2(counts, expected, graph)),
        peer=RECORDED,
        peer_name="nutpie (recorded)",
        goal=20,
    )
    for areas in (1_250, 5_000, 20_000):
        *larger, _ = made_up_map(areas)
        taken = seconds(lambda larger=larger: bym2(*larger), repeats=1)
        print(f"  {areas:,} areas: {taken:.2f} s")
    finish(met)


if __name__ == "__main__":
    main()
