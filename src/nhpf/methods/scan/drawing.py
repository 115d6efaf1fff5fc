"""How replications are drawn: cases dealt anew over places and times, or times over cases."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from nhpf.methods.scan.searching import Draw, Search, on_all_processors, slices
from nhpf.numerics.inputs import FloatArray, IntArray

HIGHEST_SEED = 2**64 - 1


def dealt_anew(means: FloatArray, cases: int, rng: np.random.Generator) -> Draw:
    """Return draws of all cases over areas and periods in proportion to the means.

    ``means`` has shape (n, periods) or (n, periods and one more): the last column then takes the
    cases that fall in no period, and is dropped.
    """

    def draw(replications: int, search: Search) -> npt.NDArray[np.uint16]:
        from nhpf.methods.scan import replications as kernels

        columns = means.shape[1]
        counts = _room(replications, search.areas, columns)
        flat = counts.reshape(len(counts), -1, counts.shape[3])
        cells = means.ravel()
        poisson = kernels.poisson_means(cells, cases)
        if poisson.any():
            seeds = _seeds(rng, cells.size)

            def part(rows: slice) -> None:
                kernels.draw_poisson(poisson, rows.start, rows.stop, seeds, flat, replications)

            on_all_processors(part, slices(cells.size))
        shares, guide = kernels.cumulative_shares(cells)
        rest = _seeds(rng, len(counts) * counts.shape[3])

        def deal(block: int) -> None:
            kernels.complete(shares, guide, cases, rest, flat, block, replications)

        on_all_processors(deal, range(len(counts)))
        return _over_time(counts, search.periods)

    return draw


def shuffled(cases: IntArray, first: int, rng: np.random.Generator) -> Draw:
    """Return draws that deal the times of all cases anew, both margins kept.

    ``cases`` has shape (n, all periods), areas in the ground's order; windows see the periods
    from the first on.
    """
    areas, times = np.nonzero(cases)
    each = cases[areas, times]
    where = np.repeat(areas, each).astype(np.int32)
    when = np.repeat(times, each).astype(np.int32)

    def draw(replications: int, search: Search) -> npt.NDArray[np.uint16]:
        from nhpf.methods.scan import replications as kernels

        counts = _room(replications, search.areas, search.periods)
        seeds = _seeds(rng, len(counts) * counts.shape[3])

        def deal(block: int) -> None:
            kernels.shuffle_times(where, when - first, seeds, counts, block, replications)

        on_all_processors(deal, range(len(counts)))
        return _over_time(counts, search.periods)

    return draw


def _room(replications: int, areas: int, columns: int) -> npt.NDArray[np.uint16]:
    from nhpf.methods.scan.maxima import LANES

    return np.zeros((-(-replications // LANES), areas, columns, LANES), np.uint16)


def _seeds(rng: np.random.Generator, size: int) -> npt.NDArray[np.uint64]:
    return rng.integers(0, HIGHEST_SEED, size, dtype=np.uint64, endpoint=True)


def _over_time(counts: npt.NDArray[np.uint16], periods: int) -> npt.NDArray[np.uint16]:
    """Return the counts summed over time, without the column that falls in no period."""
    from nhpf.methods.scan.replications import sum_over_time

    if periods == 1 and counts.shape[2] == 1:
        return counts
    kept = np.ascontiguousarray(counts[:, :, :periods])
    on_all_processors(sum_over_time, list(kept))
    return kept
