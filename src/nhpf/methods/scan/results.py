"""What a scan returns: clusters by likelihood ratio, each with its p-value."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nhpf.numerics.estimates import Estimate, in_words
from nhpf.numerics.inputs import FloatArray, IntArray

# A cluster is called one only below this p-value.
ALPHA = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """A circle, over an interval in a scan of space and time, with more cases than expected.

    Attributes
    ----------
    members : ndarray of int
        Positions of its areas in the input, the centre first, by distance from it.
    radius : float
        Distance of the farthest member from the centre, in the unit of the coordinates.
    cases, expected : float
        Within the window; expected given all cases, were they spread by chance.
    llr : float
        Log of the likelihood ratio.
    relative_risk : float
        Risk within over risk outside. The window was chosen for being high, so this is too high.
    p : float
        Share of replications whose highest ratio is as high, counting what was seen.
    start, end : int or None
        First and last period of the window.
    recurrence : float or None
        In how many periods chance alone would show one such cluster; prospective scans only.
    """

    members: IntArray
    radius: float
    cases: float
    expected: float
    llr: float
    relative_risk: float
    p: float
    start: int | None = None
    end: int | None = None
    recurrence: float | None = None

    def __str__(self) -> str:
        """Return the cluster in one line."""
        verdict = "can" if self.p <= ALPHA else "cannot"
        when = "" if self.start is None else f" in periods {self.start} to {self.end}"
        often = (
            ""
            if self.recurrence is None
            else f"; chance alone shows one such in {in_words(self.recurrence)} periods"
        )
        return (
            f"{self.members.size:,} areas around area {self.members[0]}{when}: "
            f"{in_words(self.cases)} cases, {in_words(self.expected)} expected, which {verdict} "
            f"be told from chance (log-likelihood ratio {self.llr:.6f}, p {self.p:.3g}){often}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """Clusters that do not overlap, the most likely first.

    Attributes
    ----------
    clusters : tuple of Cluster
        Empty when no window has more cases than expected.
    maxima : ndarray, shape (permutations,)
        Highest log-likelihood ratio of each replication, in no order.
    """

    clusters: tuple[Cluster, ...]
    cases: float
    areas: int
    maxima: FloatArray
    permutations: int
    method: str
    caveats: tuple[str, ...]

    def critical(self, *, alpha: float = ALPHA) -> float:
        """Return the ratio that chance alone exceeds in a share alpha of maps."""
        return critical_ratio(self.maxima, alpha)

    def told_from_chance(self, *, at: float = ALPHA) -> tuple[Cluster, ...]:
        """Return the clusters whose p-value is no higher than a level."""
        return tuple(cluster for cluster in self.clusters if cluster.p <= at)

    def __str__(self) -> str:
        """Return a line for each cluster, then the caveats."""
        found = len(self.told_from_chance())
        head = (
            f"{found} {'cluster' if found == 1 else 'clusters'} among {self.areas:,} areas and "
            f"{self.cases:,.0f} cases can be told from chance ({self.method})"
        )
        lines = [head, *(f"  {cluster}" for cluster in self.clusters)]
        return "\n".join([*lines, *(f"  Note: {caveat}" for caveat in self.caveats)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Power(Estimate):
    """The share of made-up maps with a given cluster in which the scan would find some cluster.

    Attributes
    ----------
    critical : float
        Log-likelihood ratio that a cluster must exceed to be told from chance.
    """

    critical: float


def critical_ratio(maxima: FloatArray, alpha: float) -> float:
    """Return the ratio above which the p-value is no more than alpha."""
    exceeding = int(np.floor(alpha * (maxima.size + 1) + 1e-9)) - 1
    if exceeding < 0:
        return float("inf")
    return float(np.sort(maxima)[maxima.size - 1 - exceeding])
