"""Maps of recorded harm other than homicide, one a year: boroughs of London, wards of a borough."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from nhpf.disclosure import Disclosed, disclose, disclose_rate, policy_for
from nhpf.errors import CannotTell, InvalidInput
from nhpf.indicators import METROPOLITAN, Indicator, compute, indicator, load_indicators
from nhpf.profile.maps import classes_of, view_box
from nhpf.records import areas
from nhpf.reports.charts.specs import Map, MapArea
from nhpf.reports.tree import Column, Figure, Table
from nhpf.reports.words import cell, number

if TYPE_CHECKING:
    from nhpf.profile.scope import Scope
    from nhpf.records import Release

Counts = dict[int, dict[str, int]]
NO_HOMICIDE = (
    "Other harm, not homicide: below the police force no homicide is mapped by year, and by ward "
    "none is counted at all."
)
SAME_CLASSES = "the classes are those of all years together, so that years can be compared."
UNIT = "per 1,000 residents"


def mapped(scope: Scope) -> tuple[Indicator, ...]:
    """Return the indicators that can be mapped by year: none outside London, never homicide."""
    if not scope.is_london:
        return ()
    found = [each for each in load_indicators().values() if _may_be_mapped(each)]
    return tuple(sorted(found, key=lambda each: each.title))


def _may_be_mapped(each: Indicator) -> bool:
    counted = each.counted
    return each.precursor and bool(counted.london or counted.knife)


def years(scope: Scope, id: str) -> tuple[int, ...]:
    """Return the whole calendar years in which an indicator is held for London.

    Raises
    ------
    InvalidInput
        If it is not known, or never mapped.
    CannotTell
        Outside London.
    """
    if not scope.is_london:
        raise CannotTell(
            f"No open table holds offences by smaller area for {scope.area.name}.",
            next_step="The police force of the area holds them.",
        )
    chosen = indicator(id)
    if not _may_be_mapped(chosen):
        raise InvalidInput(
            f"{chosen.title} is not mapped by year.",
            next_step="Homicide is mapped by borough and pooled, in London’s profile.",
        )
    counts = scope.of_code(METROPOLITAN).measured(id).counts
    return tuple(int(each.period) for each in counts if each.months == 12)


def harm_map(scope: Scope, id: str, year: int) -> Figure:
    """Return the map of one indicator in one calendar year, its classes alike in all years.

    Parameters
    ----------
    scope : Scope
        The Metropolitan Police, mapped by borough, or one of its boroughs, mapped by ward.
    id : str
        Of an indicator in `mapped`.
    year : int
        One of `years`.

    Raises
    ------
    InvalidInput, CannotTell
        As `years`; or if the year is not held.
    """
    held = years(scope, id)
    if year not in held:
        raise InvalidInput(
            "This year is not held whole.", next_step=f"Choose from {held[0]} to {held[-1]}."
        )
    chosen, is_whole = indicator(id), scope.area.code == METROPOLITAN
    outlines = _outlines(scope)
    people = _residents(scope, outlines)
    counts = _by_borough(scope.release, id) if is_whole else _by_ward(scope.release, id, held)
    shown = {
        code: _shown(scope, counts[year].get(code, 0), people[code])
        for code in outlines["code"].tolist()
    }
    known = [
        rate.value
        for each in held
        for code, residents in people.items()
        for _, rate in (_shown(scope, counts[each].get(code, 0), residents),)
    ]
    return _figure(scope, chosen, year, outlines, people, shown, classes_of(known))


def _outlines(scope: Scope) -> dict[str, np.ndarray]:
    if scope.area.code == METROPOLITAN:
        return scope.release.query("outlines_within", force=METROPOLITAN)
    return scope.release.query("wards_of_borough", borough=scope.area.code)


def _residents(scope: Scope, outlines: dict[str, np.ndarray]) -> dict[str, int]:
    codes = outlines["code"].tolist()
    if "residents" in outlines:
        return dict(zip(codes, map(int, outlines["residents"].tolist()), strict=True))
    return {code: scope.residents[code] for code in codes}


def _shown(scope: Scope, count: int, residents: int) -> tuple[Disclosed, Disclosed]:
    made = disclose(count, policy=policy_for("recorded_crime", audience=scope.audience))
    return made, disclose_rate(1000 * count / residents, count=made)


@lru_cache(maxsize=16)
def _by_borough(release: Release, id: str) -> Counts:
    found: Counts = {}
    for each in areas(release, "local_authority"):
        if each.parent == METROPOLITAN:
            # Counted for named readers, so that none is withheld twice; `_shown` decides.
            made = compute(indicator(id), each, release=release, audience="restricted")
            for one in made.counts:
                found.setdefault(int(one.period), {})[each.code] = int(one.count.value or 0)
    return found


@lru_cache(maxsize=16)
def _by_ward(release: Release, id: str, held: tuple[int, ...]) -> Counts:
    counted = indicator(id).counted
    found: Counts = {}
    for year in held:
        asked = {"first": f"{year}-01-01", "last": f"{year}-12-31"}
        parts = (
            [release.query("wards_knife_crime_in_period", subtype=counted.knife, **asked)]
            if counted.knife
            else [
                release.query("wards_offences_in_period", category=each, **asked)
                for each in counted.london
            ]
        )
        sums = np.sum([part["offences"] for part in parts], axis=0)
        found[year] = dict(zip(parts[0]["code"].tolist(), map(int, sums), strict=True))
    return found


def _figure(
    scope: Scope,
    chosen: Indicator,
    year: int,
    outlines: dict[str, np.ndarray],
    people: dict[str, int],
    shown: dict[str, tuple[Disclosed, Disclosed]],
    classes: tuple[float, ...],
) -> Figure:
    is_whole = scope.area.code == METROPOLITAN
    kind = "borough" if is_whole else "ward"
    names = dict(zip(outlines["code"].tolist(), outlines["name"].tolist(), strict=True))
    values = [rate.value for _, rate in shown.values() if rate.value is not None]
    between = f"{number(min(values), 1)} to {number(max(values), 1)}" if values else "too few"
    ordered = sorted(names, key=lambda code: names[code])
    return Figure(
        id=f"map-{chosen.id}-{year}",
        title=f"{chosen.title} in {scope.place}, {year}: {between} {UNIT} from {kind} to {kind}",
        subtitle=f"Recorded offences {UNIT}, {year}, {kind}s of {scope.place}, series: "
        "Metropolitan Police open data",
        reading=f"{len(names)} {kind}s, each in one of five classes; {SAME_CLASSES}",
        chart=Map(
            tuple(
                MapArea(
                    code, names[code], path, shown[code][1].value, cell(shown[code][1], "rate"),
                    link=code if is_whole else "",
                )
                for code, path in zip(
                    outlines["code"].tolist(), outlines["path"].tolist(), strict=True
                )
            ),
            view_box(outlines),
            unit=f"offences {UNIT}",
            classes=classes,
            neutral=True,
        ),
        table=Table(
            f"{chosen.title} by {kind}, {year}, in the order of names",
            (
                Column("area", kind.capitalize()),
                Column("residents", f"Residents, {'mid-2020' if is_whole else '2021'}", "count"),
                Column("offences", "Offences", "count"),
                Column("rate", UNIT.capitalize(), "rate"),
            ),
            tuple((names[code], people[code], *shown[code]) for code in ordered),
        ),
        provenance=scope.provenance(*_tables(chosen, is_whole=is_whole), period=str(year)),
        caveats=(
            NO_HOMICIDE,
            "Where many work, shop or go out, many victims live elsewhere: a rate by residents "
            "overstates such places.",
            chosen.cannot_say,
            *scope.known_faults("restated_counts"),
        ),
        method="Offences over residents; the residents of one year stand under all years.",
    )  # fmt: skip


def _tables(chosen: Indicator, *, is_whole: bool) -> tuple[str, str, str]:
    counted = "london_borough_offences" if is_whole else "london_ward_offences"
    if chosen.counted.knife:
        counted = "london_knife_crime_count"
    return counted, "population" if is_whole else "ward", "outline"
