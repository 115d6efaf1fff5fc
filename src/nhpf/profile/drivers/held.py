"""Places with their counts, from the release: wards of London, small areas, local authorities."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from nhpf.indicators import monthly
from nhpf.numerics.inputs import IntArray
from nhpf.profile.drivers.places import COVARIATES, FEWEST, POLICE, VIOLENCE, Offences, Places

if TYPE_CHECKING:
    from nhpf.records import Release

MONTHS = 36
EVENTS = "crime_events"
AUTHORITIES = {
    "area_month_counts": "local_authorities_counts",
    EVENTS: "local_authorities_offences",
}
"""Tables that may hold counts by local authority, each with its query."""


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
    return _places(
        ("ward", "london_ward_offences"), known, counts(VIOLENCE), police, (first, last), without=0
    )


@lru_cache(maxsize=4)
def small_areas_of_force(release: Release, force: str) -> Places | None:
    """Return a force's small areas with its own recorded crime; None where it holds none."""
    if EVENTS not in release.manifest["tables"]:
        return None
    rows = release.query("small_areas_offences", force=force, **_asked())
    known = _with_night(release, release.query("small_areas_covariates", force=force), "code")
    return _counted(("small area", EVENTS), known, rows)


@lru_cache(maxsize=2)
def local_authorities(release: Release) -> Places | None:
    """Return England's local authorities of which counts were imported; None where too few were.

    Tables that are counted already come first; events that forces recorded stand in for them.
    """
    known = release.query("local_authorities_covariates")
    for table, query in AUTHORITIES.items():
        if table not in release.manifest["tables"]:
            continue
        asked = _asked() if table == EVENTS else {"categories": _asked()["categories"]}
        rows = release.query(query, **asked)
        counted = _counted(("local authority", table), _of(known, rows), rows)
        if counted is not None and counted.size >= FEWEST:
            return counted
    return None


def _asked() -> dict[str, list[str]]:
    kinds = (VIOLENCE, *POLICE.values())
    return {
        "categories": [name for kind in kinds for name in kind.categories],
        "codes": [code for kind in kinds for code in kind.codes],
    }


def _of(known: dict[str, np.ndarray], rows: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Return what is known of the places that have counts of every kind that any place has."""
    columns = ("place", "category", "code")
    told = list(zip(*(rows[name].tolist() for name in columns), strict=True))
    inside = np.ones(len(known["code"]), dtype=bool)
    for kind in (VIOLENCE, *POLICE.values()):
        places = {place for place, category, code in told if kind.holds(category, code)}
        if places or kind is VIOLENCE:
            inside &= np.isin(known["code"], list(places))
    return {name: values[inside] for name, values in known.items()}


def _counted(
    source: tuple[str, str], known: Mapping[str, np.ndarray], rows: Mapping[str, np.ndarray]
) -> Places | None:
    """Return places with the counts of rows; None where none of them has violence."""
    at = {code: i for i, code in enumerate(known["code"].tolist())}

    def counts(kind: Offences) -> IntArray:
        total = np.zeros(len(at) + 1, np.int64)  # the last is for those in none of the places
        columns = ("place", "category", "code", "offences")
        for place, category, code, n in zip(*(rows[c].tolist() for c in columns), strict=True):
            if kind.holds(category, code):
                total[at.get(place, -1)] += n
        return total

    violence = counts(VIOLENCE)
    if not violence[:-1].any():
        return None
    police = {id: counts(kind)[:-1] for id, kind in POLICE.items()}
    span = (rows["first"].min().astype(object), rows["last"].max().astype(object))
    return _places(source, known, violence[:-1], police, span, without=int(violence[-1]))


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
    source: tuple[str, str],
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
        kind=source[0],
        table=source[1],
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
