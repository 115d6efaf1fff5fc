"""Stability: do the busiest places of one period remain the busiest in the next?

The busiest places change even where risk stands still, because counts are small. So what was kept
stands beside what would be kept if each place's share of events had never changed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nhpf.errors import CannotTell, InvalidInput
from nhpf.numerics import inputs, permutation
from nhpf.numerics.estimates import percent
from nhpf.numerics.inputs import FloatArray
from nhpf.numerics.permutation import Rng


@dataclass(frozen=True, slots=True, kw_only=True)
class Stability:
    """How many of the busiest places remain so from each period to the next.

    Attributes
    ----------
    estimate : float
        Mean share of the busiest places that are again among the busiest in the next period.
    kept : ndarray, shape (periods - 1,)
        That share for each step, averaged over the orders of tied places.
    fixed_mean, fixed_low, fixed_high : float
        What ``estimate`` would be if each place's share of events never changed: its mean and the
        middle 95% of simulated tables with the same totals.
    by_chance : float
        What it would be if places had nothing to do with each other's past.
    p : float
        Share of the simulated tables that kept no more than was seen: small where the busiest
        places moved more than small counts explain.
    """

    estimate: float
    kept: FloatArray
    fixed_mean: float
    fixed_low: float
    fixed_high: float
    by_chance: float
    p: float
    share: float
    places: int
    method: str
    caveats: tuple[str, ...]

    def __str__(self) -> str:
        """Return what was kept beside what fixed risk and chance would keep."""
        verdict = "more than small counts explain" if self.p <= 0.05 else "no more than chance"
        head = (
            f"{percent(self.estimate)} of the busiest {percent(self.share)} ({self.places:,} "
            f"places) remain so in the next period; places whose risk never changed would keep "
            f"{percent(self.fixed_low)} to {percent(self.fixed_high)}, unrelated ones "
            f"{percent(self.by_chance)}. The busiest places moved {verdict} ({self.method})"
        )
        return "\n".join([head, *(f"  Note: {caveat}" for caveat in self.caveats)])


def stability(
    counts: npt.ArrayLike, *, share: float = 0.1, permutations: int = 199, rng: Rng
) -> Stability:
    """Measure how lasting the busiest places are.

    Cost: permutations x periods x places, each period sorted once.

    Parameters
    ----------
    counts : array_like, shape (places, periods)
        Whole numbers of events of each place in successive periods of equal length.
    share : float
        Share of places that are called busiest.
    permutations : int
        How many tables with fixed risk are simulated.
    rng : Generator or int
        Source of chance, or a seed.

    Raises
    ------
    InvalidInput
        Not a table of whole numbers.
    CannotTell
        Fewer than two places or periods, or a period without events.
    """
    table = _table(counts)
    busiest = inputs.share(share, name="share of places")
    times = inputs.whole(permutations, name="number of permutations")
    generator = permutation.generator(rng)
    places = max(1, math.floor(busiest * table.shape[0] + 0.5))
    kept = _kept(table, places)
    fixed = np.array([_kept(_fixed_risk(table, generator), places).mean() for _ in range(times)])
    low, high = np.quantile(fixed, [0.025, 0.975])
    as_low = int((fixed <= kept.mean() + 1e-12).sum())
    return Stability(
        estimate=float(kept.mean()),
        kept=kept,
        fixed_mean=float(fixed.mean()),
        fixed_low=float(low),
        fixed_high=float(high),
        by_chance=places / table.shape[0],
        p=(as_low + 1) / (times + 1),
        share=busiest,
        places=places,
        method=f"{times:,} simulated tables of fixed risk",
        caveats=("Busiest by count: large or crowded places stay busy for that reason alone.",),
    )


def _table(counts: npt.ArrayLike) -> npt.NDArray[np.int64]:
    table = np.asarray(counts)
    if table.ndim != 2:
        raise InvalidInput("Give a table of counts with a row for each place.")
    whole = inputs.event_array(table.ravel(), name="counts").reshape(table.shape)
    if min(table.shape) < 2:
        raise CannotTell("Stability needs at least two places and two periods.")
    if (whole.sum(axis=0) == 0).any():
        raise CannotTell("A period has no event, so no place is busiest in it.")
    return whole.astype(np.int64)


def _kept(table: npt.NDArray[np.int64], places: int) -> FloatArray:
    """Return the share of the busiest of each period that are among the busiest of the next."""
    chosen = np.column_stack([_chance_of_being_chosen(period, places) for period in table.T])
    return np.asarray((chosen[:, :-1] * chosen[:, 1:]).sum(axis=0) / places)


def _chance_of_being_chosen(counts: npt.NDArray[np.int64], places: int) -> FloatArray:
    """Return 1 for places above the edge, 0 below, and an equal part for those tied at it."""
    edge = np.partition(counts, counts.size - places)[counts.size - places]
    above, tied = counts > edge, counts == edge
    part = (places - int(above.sum())) / int(tied.sum())
    return np.where(above, 1.0, np.where(tied, part, 0.0))


def _fixed_risk(table: npt.NDArray[np.int64], rng: np.random.Generator) -> npt.NDArray[np.int64]:
    """Deal each place's events over the periods at random, keeping all totals."""
    left = table.sum(axis=1)
    periods = []
    for total in table.sum(axis=0)[:-1]:
        dealt = rng.multivariate_hypergeometric(left, int(total), method="marginals")
        periods.append(dealt)
        left = left - dealt
    return np.column_stack([*periods, left])
