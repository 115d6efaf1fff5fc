"""Areas most like this one by stated covariates, and the data behind the choice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from nhpf.errors import InvalidInput
from nhpf.methods import rates
from nhpf.methods.similarity import MostSimilar, most_similar
from nhpf.profile.comparison import CITY_OF_LONDON, DENOMINATOR
from nhpf.profile.wording import as_interval, listed, small
from nhpf.reports.charts.specs import Bars, Point
from nhpf.reports.tree import Cell, Column, Figure, Paragraph, Section, Table
from nhpf.reports.words import number

if TYPE_CHECKING:
    from nhpf.profile.scope import Scope
    from nhpf.records import Release

FIGURE = "similar-areas"
MOST = 8
TABLES = ("area", "population", "deprivation", "outline")


@dataclass(frozen=True, slots=True)
class Covariate:
    """What an area cannot easily change."""

    id: str
    title: str
    kind: str
    is_logged: bool = False


COVARIATES = {
    each.id: each
    for each in (
        Covariate("residents", "Residents, mid-2020", "count", is_logged=True),
        Covariate("density", "Residents per square kilometre", "number", is_logged=True),
        Covariate("share_young", "Share of residents aged 15 to 24", "share"),
        Covariate("share_old", "Share of residents aged 65 or over", "share"),
        Covariate("income_deprivation", "Income deprivation, 2025 (England)", "share"),
        Covariate("most_deprived", "Share of small areas in the most deprived tenth", "share"),
    )
}
USUAL = ("density", "share_young", "share_old", "income_deprivation")
WITHOUT_DEPRIVATION = tuple(each for each in USUAL if each != "income_deprivation")
CHOICE = (
    "Areas are set beside those most like them in what they cannot easily change. Homicide and "
    "other harm are not among the covariates: an area would then be compared with those that share "
    "its problem. Another choice gives other areas; the site lets you make it, and the terminal "
    "takes --by."
)
WALES = (
    "Deprivation is measured differently in Wales, so areas of both nations are compared "
    "without it."
)


ORDER = "Areas stand in the order of their names."
ONE_YEAR = "One year of homicides moves far by chance alone."


@dataclass(frozen=True, slots=True)
class Areas:
    """Areas of one kind with their covariates; NaN where one is not held."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    residents: tuple[int, ...]
    values: dict[str, np.ndarray]


@dataclass(frozen=True, slots=True)
class Similar:
    """The areas most like one, by the covariates chosen."""

    chosen: tuple[Covariate, ...]
    areas: Areas
    at: int
    found: MostSimilar

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the similar areas, nearest first."""
        return tuple(self.areas.codes[place] for place in self.found.places)


@lru_cache(maxsize=8)
def _areas(release: Release, kind: str) -> Areas:
    rows = release.query("area_covariates", kind=kind)
    # So few live in the City of London that its shares are no description of it.
    kept = [i for i, code in enumerate(rows["code"].tolist()) if code != CITY_OF_LONDON]
    values = {id: rows[id][kept].astype(float) for id in COVARIATES if id != "density"}
    size = np.array([_square_kilometres(path) for path in rows["path"][kept].tolist()])
    values["density"] = values["residents"] / size
    return Areas(
        tuple(rows["code"][kept].tolist()),
        tuple(rows["name"][kept].tolist()),
        tuple(int(each) for each in values["residents"]),
        values,
    )


def _square_kilometres(path: str) -> float:
    """Return the area inside an outline: rings of absolute start and relative steps, in metres."""
    total = 0.0
    for ring in re.findall(r"M([^Mz]+)", path):
        numbers = np.array(re.findall(r"-?\d+", ring), dtype=float).reshape(-1, 2)
        x, y = np.cumsum(numbers, axis=0).T
        total += abs(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2
    return total / 1e6


def usual_covariates(scope: Scope) -> tuple[str, ...]:
    """Return the covariates that are used unless somebody chooses others."""
    areas = _areas(scope.release, scope.area.kind)
    at = areas.codes.index(scope.area.code)
    held = not np.isnan(areas.values["income_deprivation"][at])
    return USUAL if held else WITHOUT_DEPRIVATION


def similar(scope: Scope, by: Sequence[str] = (), *, most: int = MOST) -> Similar | None:
    """Return the areas most like the profile's own.

    Parameters
    ----------
    scope : Scope
    by : sequence of str
        Ids of `COVARIATES`; the usual ones where none is given.
    most : int

    Raises
    ------
    InvalidInput
        If a covariate is not known, or not held for this area.
    """
    kind = scope.area.kind
    if kind not in ("force", "local_authority"):
        return None
    areas = _areas(scope.release, kind)
    if scope.area.code not in areas.codes:
        return None
    unknown = [each for each in by if each not in COVARIATES]
    if unknown:
        raise InvalidInput(
            "There is no such covariate.",
            where=", ".join(unknown),
            next_step=f"Choose from {', '.join(COVARIATES)}.",
        )
    chosen = tuple(COVARIATES[id] for id in dict.fromkeys(by or usual_covariates(scope)))
    table = np.column_stack([_used(areas, each) for each in chosen])
    whole = ~np.isnan(table).any(axis=1)
    at = areas.codes.index(scope.area.code)
    if not whole[at]:
        raise InvalidInput(
            f"A covariate is not held for {scope.area.name}.",
            where=", ".join(small(each.title) for each in chosen),
            next_step="Deprivation is held for England only: leave it out for Wales.",
        )
    kept = np.flatnonzero(whole)
    found = most_similar(table[kept], int(np.searchsorted(kept, at)), most=most)
    held = Areas(
        tuple(areas.codes[i] for i in kept),
        tuple(areas.names[i] for i in kept),
        tuple(areas.residents[i] for i in kept),
        {id: values[kept] for id, values in areas.values.items()},
    )
    return Similar(chosen, held, int(np.searchsorted(kept, at)), found)


def _used(areas: Areas, covariate: Covariate) -> np.ndarray:
    values = areas.values[covariate.id]
    return np.log(values) if covariate.is_logged else values


def section(scope: Scope, by: Sequence[str] = ()) -> Section | None:
    """Return the section on the most similar areas; None for the nation and the City of London."""
    found = similar(scope, by)
    if found is None:
        return None
    blocks = [Paragraph(CHOICE), *([Paragraph(WALES)] if _is_without(found) else [])]
    figure = _figure(scope, found)
    return Section("similar", "Beside the most similar areas", (*blocks, figure))


def _is_without(found: Similar) -> bool:
    return all(each.id != "income_deprivation" for each in found.chosen)


def _figure(scope: Scope, found: Similar) -> Figure:
    near = found.found
    names = [found.areas.names[place] for place in near.places]
    homicides = _homicides(scope) if scope.area.kind == "force" else {}
    columns = [
        Column("area", "Area"),
        Column("distance", "Distance", "number"),
        Column("most", "Differs most in"),
        *(Column(each.id, each.title, each.kind) for each in found.chosen),  # type: ignore[arg-type]
        *([Column("rate", "Homicides per million residents", "rate")] if homicides else []),
    ]
    rows = [_row(found, found.at, 0.0, "", homicides)]
    for place, distance, parts in zip(near.places, near.estimate, near.parts, strict=True):
        most = small(found.chosen[int(parts.argmax())].title)
        rows.append(_row(found, int(place), float(distance), most, homicides))
    used = listed([small(each.title) for each in found.chosen])
    return Figure(
        id=FIGURE,
        title=f"{scope.place} is most like {listed(names[:3])}",
        subtitle=f"Distance in {used}; the root of the mean squared difference, in standard "
        "deviations",
        reading=f"The {len(names)} nearest lie {number(near.estimate.min(), 2)} to "
        f"{number(near.estimate.max(), 2)} standard deviations away; half of all areas lie within "
        f"{number(near.usual[1], 2)}.",
        chart=Bars(
            tuple(
                Point(name, float(distance))
                for name, distance in sorted(zip(names, near.estimate, strict=True))
            ),
            unit="standard deviations away",
        ),
        table=Table(
            f"Areas most like {scope.place}", tuple(columns), tuple(sorted(rows, key=_name))
        ),
        provenance=scope.provenance(
            *TABLES, *(("force_offence",) if homicides else ()), period="mid-2020 to 2025"
        ),
        caveats=(
            *near.caveats,
            ORDER,
            "Density is residents over the area of a simplified outline.",
            *(
                (DENOMINATOR, "One year of homicides, by chance alone, moves far.")
                if homicides
                else ()
            ),
        ),
        method="Standard deviations, each covariate alike; counts and densities on a logarithm.",
    )


def _row(
    found: Similar, place: int, distance: float, most: str, homicides: dict[str, int]
) -> tuple[Cell, ...]:
    areas = found.areas
    values = [float(areas.values[each.id][place]) for each in found.chosen]
    shown = [
        round(v) if each.kind != "share" else v
        for v, each in zip(values, found.chosen, strict=True)
    ]
    rate: tuple[Cell, ...] = ()
    if homicides:
        count = homicides.get(areas.codes[place], 0)
        rate = (as_interval(rates.rate(count, areas.residents[place], per=1e6)),)
    return (areas.names[place], round(distance, 2), most or "this area", *shown, *rate)


def _name(row: tuple[Cell, ...]) -> str:
    return str(row[0])


def _homicides(scope: Scope) -> dict[str, int]:
    rows = scope.release.query("force_homicides")
    return dict(zip(rows["code"].tolist(), map(int, rows["homicides"].tolist()), strict=True))
