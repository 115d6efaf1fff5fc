"""Gi* and local Moran with 999 permutations over as many areas as England and Wales has LSOAs.

The peer is esda with two jobs; its first call compiles and is left out, ours compiles nothing.
Scores are compared to 1e-9, p-values by their largest difference.
"""

from __future__ import annotations

import warnings

import numpy as np
from scipy.sparse import csr_array

from measuring import finish, first_calls, report, seconds
from nhpf.methods import hot_spots
from nhpf.numerics import graphs

AREAS = 35_672


def made_up_map(areas: int) -> tuple[np.ndarray, csr_array]:
    rng = np.random.default_rng(1)
    nearest = graphs.nearest(*rng.random((2, areas)), neighbours=6)
    both = csr_array(((nearest + nearest.T) > 0).astype(np.float64))
    return rng.poisson(rng.gamma(2, 5, areas)).astype(float), both


def peers(values: np.ndarray, graph: csr_array):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import esda
        from libpysal.weights import WSP

        weights = WSP(graph).to_W(silence_warnings=True)
    options = {"permutations": 999, "n_jobs": 2, "seed": 1}
    weights.transform = "r"
    return (
        lambda: esda.G_Local(values, weights, transform="B", star=True, **options),
        lambda: esda.Moran_Local(values, weights, **options),
    )


def main() -> None:
    warnings.simplefilter("ignore")
    first_calls(
        "from nhpf.methods import hot_spots\nfrom nhpf.numerics import graphs\n"
        "chain = graphs.from_neighbours([[1], [0, 2], [1, 3], [2]])",
        "hot_spots.getis_ord([1, 2, 3, 5], chain, permutations=9, rng=1)",
    )
    values, graph = made_up_map(AREAS)
    their_g, their_moran = peers(values, graph)
    ours_g = hot_spots.getis_ord(values, graph, rng=1)
    ours_moran = hot_spots.local_moran(values, graph, rng=1)
    theirs = their_moran()
    assert np.abs(their_g().Zs - ours_g.z).max() < 1e-9
    # esda divides by n - 1 where spdep and we divide by n.
    assert np.abs(theirs.Is * AREAS / (AREAS - 1) - ours_moran.statistic).max() < 1e-9
    apart = np.abs(np.minimum(1, 2 * theirs.p_sim) - ours_moran.p).max()
    print(f"scores agree to 1e-9; p-values differ by {apart:.2f} at most")
    g = seconds(lambda: hot_spots.getis_ord(values, graph, rng=1))
    moran = seconds(lambda: hot_spots.local_moran(values, graph, rng=1))
    met = [
        report("Gi*, 999", ours=g, peer=seconds(their_g), peer_name="esda", goal=8),
        report("local Moran, 999", ours=moran, peer=seconds(their_moran), peer_name="esda", goal=8),
    ]
    for areas in (8_918, 17_836, AREAS):
        smaller = made_up_map(areas)
        taken = [
            seconds(lambda smaller=smaller, method=method: method(*smaller, rng=1))
            for method in (hot_spots.getis_ord, hot_spots.local_moran)
        ]
        print(f"  {areas:,} areas: Gi* {taken[0]:.3f} s, local Moran {taken[1]:.3f} s")
    finish(*met)


if __name__ == "__main__":
    main()
