"""BYM2 over 5,000 areas, beside nutpie as recorded; three sizes of ours.

Recorded on two cores: 2 x (500 + 500) draws took nutpie 15.4 s after 12 s of compiling and left 42
effective draws of the mixing, so that 400 of them take 15.4 x 400 / 42 = 147 s. Ours does not
sample; its means and spreads are held against a long run on published data, and the share of
intervals that hold the made-up truth is shown.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array
from scipy.spatial import Delaunay

from measuring import finish, first_calls, report, seconds
from nhpf.methods.small_areas import bym2
from nhpf.numerics import graphs

REFERENCE = Path(__file__).parents[1] / "tests/nhpf/reference/data/bym2_nc_sids.json"
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


def print_agreement() -> None:
    """Hold every area of North Carolina against 40,000 draws of nutpie."""
    held = json.loads(REFERENCE.read_text("utf-8"))
    found = bym2(held["y"], held["E"], graphs.from_neighbours(held["nb"]))
    spread = np.array(held["rr_sd"])
    errors = np.abs(found.relative_risk - held["rr_mean"]) / spread * held["eta_ess_min"] ** 0.5
    wider = np.abs(found.sd / spread - 1)
    print(
        f"means within {errors.max():.1f} Monte Carlo errors of NUTS, sds within {wider.max():.1%}"
    )
    assert errors.max() <= 3
    assert wider.max() <= 0.03


def main() -> None:
    first_calls(
        "from nhpf.methods.small_areas import bym2\nfrom nhpf.numerics import graphs\n"
        "ring = graphs.from_neighbours([[(i - 1) % 30, (i + 1) % 30] for i in range(30)])",
        "bym2([3, 4, 9] * 10, [4.0] * 30, ring)",
    )
    print_agreement()
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
