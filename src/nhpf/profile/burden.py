"""What England and Wales bear of each kind of homicide, and whether it grows: open figures only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nhpf.errors import CannotTell
from nhpf.indicators import METROPOLITAN, Change, Measurement, change, dispersion, limits
from nhpf.methods import rates
from nhpf.profile.national_shares import AREAS, INDEX, Published, national_shares, published
from nhpf.profile.national_trend import index_years
from nhpf.profile.precursors import YEARS_OF_SCATTER
from nhpf.profile.wording import change_in_words, counted_in_words
from nhpf.reports.words import in_words

if TYPE_CHECKING:
    from nhpf.methods.rates import Proportion
    from nhpf.profile.scope import Scope

ALL = "all"
POOLED = 3
"""At most so many years are pooled on each side of a change."""
SUBTYPES = {"1": ("domestic by sex", "women"), "2": ("domestic by sex", "men")}
"""The published series that is the whole of one of the seven sub-types, by its number.

Domestic homicide is, in the national statistics, of victims aged 16 or over, as sub-types 1 and 2
are. The other five need age, place and relationship together, which no open table has.
"""
CANNOT_BEAR = (
    "Each figure is the nation’s, of deaths that the police recorded as homicide; none is a "
    "measure of how many could have been prevented.",
    "Kinds overlap: a domestic killing with a knife counts under both, so rows never add up.",
    "Years are as last published; later court results restate them, and one incident with many "
    "victims makes the true interval wider.",
    "Where no figure is held, that is a gap in the data and no sign that the burden is small.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Burden:
    """The latest national count of one kind of homicide, and its change over pooled years.

    Attributes
    ----------
    what, period, series : str
    count : int
        Victims in the latest year.
    low, high : float
        95% limits of the Poisson level behind it.
    share : Proportion or None
        Of all victims of that year; None for all homicides.
    change : Change or None
        The latest pooled years over those held before; None where only one year is held.
    compared : str
        Which years were compared; empty without a change.
    """

    what: str
    period: str
    series: str
    count: int
    low: float
    high: float
    share: Proportion | None
    change: Change | None
    compared: str

    @property
    def direction(self) -> str:
        """Growing, falling, or cannot be told from chance; "not held" where one year is all."""
        if self.change is None:
            return "not held"
        if not self.change.told_from_chance:
            return "cannot be told from chance"
        return "growing" if self.change.ratio > 1 else "falling"

    @property
    def words(self) -> str:
        """The count with its interval and period."""
        return f"{self.what}: {counted_in_words(self.count)}, {self.period}"

    @property
    def change_words(self) -> str:
        """The change with its interval and the years compared."""
        if self.change is None:
            return "One year is held, so no change can be told."
        return f"{change_in_words(self.change)}, {self.compared}"


def homicides(scope: Scope) -> Mapping[str, Burden]:
    """Return the national burdens by name: all, sharp, domestic and teenage."""
    rows = published(scope, INDEX)
    wholes = {each.year: each.latest for each in index_years(scope)}
    held = {
        "sharp": ("Homicides with a sharp instrument", _sharp(rows, wholes)),
        "domestic": ("Domestic homicides", _counts(rows, "domestic", "domestic homicides")),
        "teenage": ("Homicides of people aged 13 to 19", _counts(rows, "age", "13 to 19")),
    }
    shares = national_shares(scope)
    found = {
        name: _burden(what, counts, shares[name].found) for name, (what, counts) in held.items()
    }
    return {ALL: _burden("All homicides", wholes, None), **found}


def of_areas(scope: Scope) -> Mapping[str, Burden]:
    """Return the burden of each area of focus of which a national figure is held."""
    held = homicides(scope)
    return {area: held[name] for area, name in AREAS.items()}


def of_subtypes(scope: Scope) -> Mapping[str, Burden]:
    """Return the burden of each sub-type that a published series holds whole, by its number."""
    rows = published(scope, INDEX)
    wholes = {each.year: each.latest for each in index_years(scope)}
    names = {"1": "Domestic homicides of women", "2": "Domestic homicides of men"}
    held = {number: _counts(rows, *series) for number, series in SUBTYPES.items()}
    return {
        number: _burden(
            names[number], counts, rates.proportion(counts[max(counts)], wholes[max(counts)])
        )
        for number, counts in held.items()
        if counts
    }


def other_harm(scope: Scope, id: str) -> Measurement | None:
    """Return the national count of an indicator of other harm; None where none is held."""
    try:
        return scope.measured(id)
    except CannotTell:
        return None


def scatter(scope: Scope, id: str) -> float:
    """Return how far monthly counts of an indicator scatter beyond chance in London.

    London is the one place whose months are held; 1 where it has none.
    """
    try:
        series = scope.of_code(METROPOLITAN).measured(id).monthly
    except CannotTell:
        return 1.0
    if series is None or not series.holds(12 * YEARS_OF_SCATTER):
        return 1.0
    return dispersion(series.year_table(YEARS_OF_SCATTER))


def _counts(rows: tuple[Published, ...], breakdown: str, category: str) -> dict[int, int]:
    """Return counts by year, each as last published."""
    return {
        each.period_end: int(each.value)
        for each in rows
        if (each.breakdown, each.category, each.unit) == (breakdown, category, "count")
    }


def _sharp(rows: tuple[Published, ...], wholes: Mapping[int, int]) -> dict[int, int]:
    counts = _counts(rows, "method", "Sharp instrument")
    first = {
        (each.period_end, each.vintage): each.value
        for each in rows
        if each.category == "homicide" and each.unit == "count"
    }
    for each in rows:
        if each.category == "Sharp instrument share" and each.period_end not in counts:
            # A published percentage has lost its count: the nearest whole number stands for it.
            whole = first.get((each.period_end, each.vintage), wholes[each.period_end])
            counts[each.period_end] = round(each.value / 100 * whole)
    return counts


def _burden(what: str, counts: Mapping[int, int], share: Proportion | None) -> Burden:
    year = max(counts)
    low, high = limits(counts[year])
    found, compared = _change(counts)
    return Burden(
        what=what,
        period=f"year ending March {year}",
        series=INDEX,
        count=counts[year],
        low=low,
        high=high,
        share=share,
        change=found,
        compared=compared,
    )


def _change(counts: Mapping[int, int]) -> tuple[Change | None, str]:
    years = sorted(counts)
    size = min(POOLED, len(years) // 2)
    if not size:
        return None, ""
    later, earlier = years[-size:], years[-2 * size : -size]
    found = change(
        sum(counts[year] for year in earlier), size, sum(counts[year] for year in later), size
    )
    return found, f"{_years(later)} over {_years(earlier)}"


def _years(years: list[int]) -> str:
    if len(years) == 1:
        return f"the year ending March {years[0]}"
    if years[-1] - years[0] == len(years) - 1:
        return f"the {in_words(len(years))} years to March {years[-1]}"
    return f"the years ending March {', '.join(map(str, years[:-1]))} and {years[-1]}"
