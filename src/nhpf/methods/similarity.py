"""Which places are most like this one, by stated covariates, and by how much?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nhpf.errors import CannotTell, InvalidInput
from nhpf.numerics import inputs
from nhpf.numerics.inputs import FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class MostSimilar:
    """The places nearest to one, nearest first.

    Attributes
    ----------
    places : ndarray of int, shape (most,)
        Their positions in the order given.
    estimate : ndarray, shape (most,)
        Distances: the root of the mean squared difference, in standard deviations.
    parts : ndarray, shape (most, covariates)
        How much of each squared distance comes from each covariate; rows sum to 1, or are zero
        where a place is the same in all.
    scores : ndarray, shape (n, covariates)
        Each place's covariates in standard deviations from the mean.
    usual : tuple of float
        Quarter, half and three quarters of all places lie within these distances.
    """

    places: npt.NDArray[np.intp]
    estimate: FloatArray
    parts: FloatArray
    scores: FloatArray
    usual: tuple[float, float, float]
    method: str
    caveats: tuple[str, ...]

    def __str__(self) -> str:
        """Return how near the chosen places are beside all others."""
        head = (
            f"{self.places.size} most similar places, at {self.estimate.min():.2f} to "
            f"{self.estimate.max():.2f} standard deviations; half of all places lie within "
            f"{self.usual[1]:.2f} ({self.method})"
        )
        return "\n".join([head, *(f"  Note: {caveat}" for caveat in self.caveats)])


def most_similar(covariates: npt.ArrayLike, place: int, *, most: int = 10) -> MostSimilar:
    """Return the places whose covariates are nearest to those of one.

    Each covariate is put in standard deviations from its mean over all places; the distance is the
    root of the mean squared difference, so that it does not grow with the number of covariates, and
    each covariate weighs alike.

    Parameters
    ----------
    covariates : array_like, shape (n, covariates)
        One row a place, without gaps.
    place : int
        The position of the place in question.
    most : int
        How many places, at most all others.

    Raises
    ------
    InvalidInput
        Not a table, missing numbers, a position outside it.
    CannotTell
        Fewer than three places, or a covariate that is the same everywhere.
    """
    table = inputs.numbers(covariates, name="covariates")
    if table.ndim != 2 or not table.size:
        raise InvalidInput("Give a table of covariates: a row for each place.")
    inputs.finite_array(table.ravel(), name="covariates")
    n = len(table)
    if n < 3:
        raise CannotTell("Of fewer than three places none can be called most similar.")
    at = inputs.whole(place, name="place", least=0, most=n - 1)
    most = min(inputs.whole(most, name="most"), n - 1)
    spread = table.std(axis=0)
    if not (spread > 0).all():
        raise CannotTell("A covariate that is the same everywhere tells no places apart.")
    scores = (table - table.mean(axis=0)) / spread
    squared = (scores - scores[at]) ** 2
    distance = np.sqrt(squared.mean(axis=1))
    others = np.delete(np.arange(n), at)
    nearest = others[np.argsort(distance[others], kind="stable")][:most]
    near = squared[nearest]
    sums = near.sum(axis=1, keepdims=True)
    first, half, third = np.quantile(distance[others], [0.25, 0.5, 0.75])
    return MostSimilar(
        places=nearest,
        estimate=distance[nearest],
        parts=np.divide(
            squared[nearest], sums, out=np.zeros_like(squared[nearest]), where=sums > 0
        ),
        scores=scores,
        usual=(float(first), float(half), float(third)),
        method="standard deviations, each covariate alike",
        caveats=(
            "Similar in these covariates only; another choice gives other places.",
            "The nearest places may still be far: compare the distance with the usual ones.",
        ),
    )
