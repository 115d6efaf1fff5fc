"""Wards or small areas with their recorded violence, and what is known of each place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from nhpf.indicators import monthly
from nhpf.numerics.inputs import FloatArray, IntArray

if TYPE_CHECKING:
    from nhpf.records import Release

MONTHS = 36


@dataclass(frozen=True, slots=True)
class Offences:
    """A kind of offence: as a figure calls it, as tables count it, and its Home Office codes."""

    title: str
    categories: tuple[str, ...]
    codes: tuple[str, ...]


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
        Covariate("barriers", "Barriers to housing, services", "Housing", "points"),
    )
}
CHOSEN = ("income", "night", "young", "density", "environment")
"""Chosen before any count was looked at: income stands for the domains that move with it.

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
        "ward" or "small area".
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


@lru_cache(maxsize=2)
def wards_of_london(release: Release) -> Places:
    """Return the 679 wards of the Metropolitan Police over the latest three years."""
    held = release.query("london_homicide_by_month")
    _, first, last = monthly(held["month"], held["homicides"]).latest(MONTHS)

    def counts(kind: Offences) -> IntArray:
        found = [
            release.query(
                "wards_offences_in_period", category=name.upper(), first=first, last=last
            )["offences"]
            for name in kind.categories
        ]
        return np.asarray(np.sum(found, axis=0), np.int64)

    known = _with_night(release, release.query("wards_covariates"), "ward_code")
    police = {id: counts(kind) for id, kind in POLICE.items()}
    return _places("ward", known, counts(VIOLENCE), police, (first, last), without=0)


@lru_cache(maxsize=4)
def small_areas_of_force(release: Release, force: str) -> Places | None:
    """Return a force's small areas with its own recorded crime; None where it holds none."""
    if "crime_events" not in release.manifest["tables"]:
        return None
    kinds = (VIOLENCE, *POLICE.values())
    rows = release.query(
        "small_areas_offences",
        force=force,
        categories=[name for kind in kinds for name in kind.categories],
        codes=[code for kind in kinds for code in kind.codes],
    )
    known = _with_night(release, release.query("small_areas_covariates", force=force), "code")
    at = {code: i for i, code in enumerate(known["code"].tolist())}

    def counts(kind: Offences) -> IntArray:
        total = np.zeros(len(at) + 1, np.int64)  # the last is for events without a small area
        columns = ("small_area", "category", "code", "offences")
        for place, category, code, n in zip(*(rows[c].tolist() for c in columns), strict=True):
            if category in kind.categories or code in kind.codes:
                total[at.get(place, -1)] += n
        return total

    violence = counts(VIOLENCE)
    if not violence[:-1].any():
        return None
    police = {id: counts(kind)[:-1] for id, kind in POLICE.items()}
    span = (rows["first"].min().astype(object), rows["last"].max().astype(object))
    without = int(violence[-1])
    return _places("small area", known, violence[:-1], police, span, without=without)


def _with_night(
    release: Release, known: dict[str, np.ndarray], column: str
) -> dict[str, np.ndarray]:
    """Return what is known with late licensed premises per resident, where any were imported."""
    if "covariates" not in release.manifest["tables"]:
        return known
    rows = release.query("late_licensed_premises")
    at = {code: i for i, code in enumerate(known["code"].tolist())}
    held = np.zeros(len(at))
    for code, premises in zip(rows[column].tolist(), rows["premises"].tolist(), strict=True):
        if code in at:
            held[at[code]] += premises
    # As with offences, half of one is added everywhere.
    return {**known, "night": (held + 0.5) / known["residents"]} if held.any() else known


def _places(
    kind: str,
    known: Mapping[str, np.ndarray],
    violence: IntArray,
    police: Mapping[str, IntArray],
    span: tuple[date, date],
    *,
    without: int,
) -> Places:
    residents = np.asarray(known["residents"], np.int64)
    values = {id: known[id].astype(float) for id in COVARIATES if id in known}
    return Places(
        kind=kind,
        codes=known["code"],
        names=known["name"],
        groups=known["borough_code"],
        residents=residents,
        x=np.asarray(known["x"], np.int64),
        y=np.asarray(known["y"], np.int64),
        violence=violence,
        values={
            id: np.log(held) if COVARIATES[id].is_logged else held
            for id, held in values.items()
            if not np.isnan(held).any()
        },
        # Half an offence is added everywhere, so that a place with none has a logarithm.
        police={
            id: np.log(1000 * (counts + 0.5) / residents)
            for id, counts in police.items()
            if counts.any()
        },
        first=span[0],
        last=span[1],
        without_place=without,
    )
