"""What places are: which offences are counted in them, and what is known of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from nhpf.numerics.inputs import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Offences:
    """A kind of offence: as a figure calls it, as tables count it, and its Home Office codes."""

    title: str
    categories: tuple[str, ...]
    codes: tuple[str, ...]

    def holds(self, category: str, code: str) -> bool:
        """Whether an offence of this category, in small letters, or of this code is of the kind."""
        return category in self.categories or code in self.codes


VIOLENCE = Offences(
    "Violence with injury",
    ("violence with injury",),
    ("2", "5A", "5B", "5C", "5D", "5E", "8F", "8G", "8H", "8J", "8K", "8N", "8P", "8S"),
)
"""The outcome: harm below homicide. Homicide is never counted below the local authority here."""
POLICE = {
    "drugs": Offences(
        "Drug offences",
        ("trafficking of drugs", "possession of drugs", "drug offences", "drug trafficking"),
        ("92A", "92C", "92D", "92E"),
    ),
    "weapons": Offences(
        "Possession of weapons",
        ("possession of weapons", "possession of weapons offences"),
        ("10A", "10B", "10C", "10D", "81", "90"),
    ),
}
"""Offences that come to light where the police look for them."""


@dataclass(frozen=True, slots=True)
class Covariate:
    """What is known of a place, and how its standard deviation is said."""

    id: str
    title: str
    short: str
    unit: str
    is_logged: bool = False


COVARIATES = {
    each.id: each
    for each in (
        Covariate("income", "Income deprivation", "Income", "share"),
        Covariate("night", "Late licensed premises", "Night", "times", is_logged=True),
        Covariate("young", "Residents aged 15 to 24", "Young", "share"),
        Covariate("density", "Residents per hectare", "Density", "times", is_logged=True),
        Covariate("environment", "Living environment deprivation", "Environment", "points"),
        Covariate("employment", "Employment deprivation", "Employment", "share"),
        Covariate("education", "Education deprivation", "Education", "points"),
        Covariate("health", "Health deprivation", "Health", "points"),
        Covariate("barriers", "Housing and services barriers", "Housing", "points"),
    )
}
CHOSEN = ("income", "night", "young", "density", "environment")
"""Chosen by how they move together, not by how they go with violence: over London's wards income
stands for every domain that correlates with it at 0.7 or above, and the rest are in.

Late licensed premises are in only where a table of them has been imported.
"""
FEWEST = 10
"""Places, and places for each covariate, below which no model is made."""


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Places of one kind in one area.

    Attributes
    ----------
    kind : str
        "ward", "small area" or "local authority".
    table : str
        The release's table that counts come from.
    codes, names, groups : ndarray of str
        Of each place, and of the local authority that it lies in.
    residents, x, y : ndarray
        Census 2021; metres on the British National Grid.
    violence : ndarray of int
        Offences of violence with injury over the months.
    values : mapping of str to ndarray
        Covariates that are held for every place, logged where their kind says so.
    police : mapping of str to ndarray
        Logarithms of police-generated offences per 1,000 residents, those that were recorded.
    first, last : datetime.date
        The first days of the first and the last month.
    without_place : int
        Offences of violence with injury that lie in no place.
    """

    kind: str
    table: str
    codes: np.ndarray
    names: np.ndarray
    groups: np.ndarray
    residents: IntArray
    x: IntArray
    y: IntArray
    violence: IntArray
    values: Mapping[str, FloatArray]
    police: Mapping[str, FloatArray]
    first: date
    last: date
    without_place: int

    @property
    def size(self) -> int:
        """How many places there are."""
        return len(self.codes)

    @property
    def expected(self) -> FloatArray:
        """Offences that each place would have at the common rate of all for its residents."""
        return np.asarray(self.residents * self.violence.sum() / self.residents.sum(), float)

    @property
    def chosen(self) -> tuple[Covariate, ...]:
        """Covariates of the model: at least ten places for each."""
        held = [COVARIATES[id] for id in CHOSEN if id in self.values]
        return tuple(held[: self.size // FEWEST])

    @property
    def held(self) -> tuple[Covariate, ...]:
        """All covariates that are held for every place."""
        return tuple(each for id, each in COVARIATES.items() if id in self.values)

    def within(self, group: str) -> Places:
        """Return the places that lie in one local authority."""
        inside = self.groups == group
        arrays = ("codes", "names", "groups", "residents", "x", "y", "violence")
        parts = {name: getattr(self, name)[inside] for name in arrays}
        for name in ("values", "police"):
            parts[name] = {id: held[inside] for id, held in getattr(self, name).items()}
        return replace(self, **parts, without_place=0)
