"""How recorded violence goes with what is known of places: two models, with and without police."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from nhpf.methods.small_areas import CountRegression, SmallAreas, bym2, count_regression
from nhpf.numerics import Estimate, graphs
from nhpf.numerics.inputs import FloatArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from nhpf.profile.drivers.places import Covariate, Places

NEIGHBOURS = 6


@dataclass(frozen=True, slots=True)
class Fitted:
    """Both models with the same covariates; ratios are for one standard deviation more.

    Attributes
    ----------
    leaning : SmallAreas
        Places lean on their neighbours.
    plain : CountRegression
        They do not.
    names : tuple of str
        The ids of the covariates, in the order of the effects.
    """

    names: tuple[str, ...]
    leaning: SmallAreas
    plain: CountRegression

    def ratio(self, id: str) -> Estimate:
        """Return the ratio of one covariate where places lean on their neighbours."""
        return self.leaning.effects[self.names.index(id)]

    def plain_ratio(self, id: str) -> Estimate:
        """Return the ratio of one covariate of the plain regression."""
        return self.plain.effects[self.names.index(id)]


@dataclass(frozen=True, slots=True)
class Drivers:
    """What the counts of one set of places show.

    Attributes
    ----------
    places : Places
    without : SmallAreas
        No covariate: risks that lean on neighbours alone.
    chosen : Fitted
        With the chosen covariates, none of them made by the police.
    police : Fitted or None
        With police-generated offences besides; None where none are held.
    alone : mapping of str to Estimate
        Each covariate in a plain regression of its own.
    together : CountRegression or None
        All covariates that are held in one plain regression; None where places are too few.
    correlations : ndarray, shape (k, k)
        Between all covariates that are held.
    """

    places: Places
    without: SmallAreas
    chosen: Fitted
    police: Fitted | None
    alone: Mapping[str, Estimate]
    together: CountRegression | None
    correlations: FloatArray

    @property
    def covariates(self) -> tuple[Covariate, ...]:
        """The covariates of the model."""
        return self.places.chosen

    @property
    def explained(self) -> float:
        """Share of the variance of log risks that the chosen covariates account for."""
        return explained(self.without, self.chosen.leaning)

    @property
    def inflation(self) -> FloatArray:
        """How many times each covariate's variance grows by moving with the others."""
        return np.asarray(np.diag(np.linalg.inv(self.correlations)), float)


def explained(before: SmallAreas, after: SmallAreas) -> float:
    """Return the share of the variance of log risks that one model has less than another."""
    return 1 - (after.spread.estimate / before.spread.estimate) ** 2


def neighbours(x: Sequence[int], y: Sequence[int]) -> csr_array:
    """Return each place's six nearest, either way: if one is near the other, both are neighbours.

    Parameters
    ----------
    x, y : array_like, shape (n,)
        Metres on a grid, of a point inside each place.
    """
    from scipy.sparse import csr_array

    near = graphs.nearest(x, y, neighbours=min(NEIGHBOURS, len(x) - 1))
    return csr_array(near.maximum(near.T))


@lru_cache(maxsize=64)
def drivers(places: Places) -> Drivers:
    """Fit the models.

    Raises
    ------
    CannotTell
        Fewer than ten places, no offence at all, or a covariate that does not vary.
    """
    graph = neighbours(places.x.tolist(), places.y.tolist())
    chosen = {each.id: places.values[each.id] for each in places.chosen}
    held = {each.id: places.values[each.id] for each in places.held}
    together = places.size >= 10 * len(held)
    return Drivers(
        places=places,
        without=bym2(places.violence, places.expected, graph),
        chosen=_fitted(places, graph, chosen),
        police=_fitted(places, graph, {**chosen, **places.police}) if places.police else None,
        alone={id: _plain(places, {id: values}).effects[0] for id, values in held.items()},
        together=_plain(places, held) if together else None,
        correlations=np.corrcoef(list(held.values())),
    )


def _fitted(places: Places, graph: csr_array, values: Mapping[str, FloatArray]) -> Fitted:
    return Fitted(
        tuple(values),
        bym2(places.violence, places.expected, graph, covariates=_standardised(values)),
        _plain(places, values),
    )


def _plain(places: Places, values: Mapping[str, FloatArray]) -> CountRegression:
    return count_regression(places.violence, places.expected, _standardised(values))


def _standardised(values: Mapping[str, FloatArray]) -> FloatArray:
    table = np.column_stack(list(values.values()))
    unit = table.std(axis=0)
    return np.asarray((table - table.mean(axis=0)) / np.where(unit > 0, unit, 1.0), float)
