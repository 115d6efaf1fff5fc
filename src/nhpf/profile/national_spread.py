"""England and Wales: how forces spread in the severity of violence, and methods by sex and year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nhpf.methods import rates
from nhpf.profile.disparities import nation_sex
from nhpf.profile.national_shares import INDEX, MAIN
from nhpf.profile.wording import percent
from nhpf.reports.charts.specs import Line, Panel, Point, Trend
from nhpf.reports.tree import Cell, Column, Figure, Table
from nhpf.reports.words import number

if TYPE_CHECKING:
    from nhpf.methods.rates import Proportion
    from nhpf.profile.scope import Scope

SEVERITY, BY_SEX = "severity-by-force", "national-methods-by-sex"
EVERY = 5
"""The table shows every fifth year and the last; the whole is in the release."""
SEXES = ("Female", "Male")
STRANGLED = MAIN[3]
QUARTILES = (("Lower quartile", 25), ("Median", 50), ("Upper quartile", 75))


def severity_by_force(scope: Scope) -> Figure:
    """Show how the severity of violence spreads over forces by year, and each force by name."""
    scores = _scores(scope)
    names = sorted({name for name, _ in scores})
    years = sorted({year for _, year in scores})
    spread = {
        year: np.percentile(
            [scores[name, year] for name in names if (name, year) in scores],
            [share for _, share in QUARTILES],
        )
        for year in years
    }
    first, last = years[0], years[-1]
    wide = [spread[year][2] - spread[year][0] for year in (first, last)]
    shown = sorted({*years[::EVERY], last})
    return Figure(
        id=SEVERITY,
        title=f"The middle half of forces lay {number(wide[0], 1)} apart in severity of violence "
        f"in {first}, {number(wide[1], 1)} in {last}",
        subtitle="Crime Severity Score of violence against the person, police forces, years ending "
        f"March {first} to {last}",
        reading=f"Median force: {number(spread[first][1], 1)} in {first}, "
        f"{number(spread[last][1], 1)} in {last}.",
        chart=Trend(
            tuple(
                Line(
                    name,
                    tuple(Point(str(year), float(spread[year][at])) for year in years),
                    emphasis=name == "Median",
                )
                for at, (name, _) in enumerate(QUARTILES)
            ),
            unit="score",
        ),
        table=Table(
            "Crime Severity Score, violence against the person, forces in the order of their names",
            (Column("area", "Area"), *(Column(f"y{year}", str(year), "number") for year in shown)),
            tuple((name, *(_score(scores, name, year) for year in shown)) for name in names),
        ),
        provenance=scope.provenance(
            "crime_severity", period=f"years ending March {first} to {last}"
        ),
        caveats=(
            "No force is ranked. The score weighs offences by the sentences they bring; recording "
            "practice differs between forces and changed over these years, so a higher score need "
            "not be more harm.",
            "The score is published without an interval.",
            *scope.known_faults("severity_labels"),
        ),
        method="Quartiles over the forces with a score in the year.",
    )


def _scores(scope: Scope) -> dict[tuple[str, int], float]:
    found = scope.release.query("crime_severity_by_force")
    columns = (found[name].tolist() for name in ("name", "year_ending_march", "score"))
    return {(name, year): score for name, year, score in zip(*columns, strict=True)}


def _score(scores: dict[tuple[str, int], float], name: str, year: int) -> Cell:
    return round(scores[name, year], 1) if (name, year) in scores else None


def methods_by_sex(scope: Scope) -> Figure:
    """Show how women and men were killed by year."""
    counts = _by_sex(scope)
    years = sorted({year for _, year in counts})
    last = years[-1]
    female, male = (_share(counts, sex, years) for sex in SEXES)
    apart = female.low > male.high or male.low > female.high
    return Figure(
        id=BY_SEX,
        title=f"{STRANGLED}: {percent(female.estimate)} of female and {percent(male.estimate)} of "
        f"male victims, {years[0]} to {last}"
        + (", which can be told apart" if apart else ", which cannot be told apart"),
        subtitle=f"Homicide victims by method, sex and year, England and Wales, series: {INDEX}, "
        "appendix tables of the year ending March 2018",
        reading="; ".join(
            f"{sex}, year ending March {last}: {counts[sex, last][MAIN[0]]} of "
            f"{sum(counts[sex, last].values())} killed with a sharp instrument"
            for sex in SEXES
        )
        + ".",
        chart=Panel(tuple((f"{sex} victims", _trend(counts, sex, years)) for sex in SEXES)),
        table=Table(
            "Homicide victims by sex, year and method",
            (
                Column("sex", "Sex"),
                Column("year", "Year ending March", "period"),
                *(Column(f"method_{at}", name, "count") for at, name in enumerate(MAIN, start=1)),
                Column("rest", "Any other or not known", "count"),
            ),
            tuple((sex, str(y), *_row(counts[sex, y])) for sex in SEXES for y in years),
        ),
        provenance=scope.provenance(
            "national_homicide_method", period=f"years ending March {years[0]} to {last}"
        ),
        caveats=scope.known_faults("method_years"),
        method="Counts as published; two shares can be told apart where their Wilson intervals do "
        "not meet.",
        disparity=nation_sex(scope.edition),
    )


Counts = dict[tuple[str, int], dict[str, int]]


def _by_sex(scope: Scope) -> Counts:
    """Return victims by sex and year, by method."""
    found = scope.release.query("national_homicide_methods")
    columns = (found[name].tolist() for name in ("year_ending_march", "method", "female", "male"))
    counts: Counts = {}
    for year, method, female, male in zip(*columns, strict=True):
        for sex, n in zip(SEXES, (female, male), strict=True):
            held = counts.setdefault((sex, year), {})
            held[method] = held.get(method, 0) + n
    return counts


def _trend(counts: Counts, sex: str, years: list[int]) -> Trend:
    lines = (
        Line(
            method,
            tuple(Point(str(year), counts[sex, year].get(method)) for year in years),
            emphasis=method == MAIN[0],
        )
        for method in MAIN
    )
    return Trend(tuple(lines), unit="victims a year")


def _row(held: dict[str, int]) -> tuple[int, ...]:
    main = [held.get(name, 0) for name in MAIN]
    return (*main, sum(held.values()) - sum(main))


def _share(counts: Counts, sex: str, years: list[int]) -> Proportion:
    """Return the share of one sex's victims killed by strangulation, all years pooled."""
    killed = sum(counts[sex, year].get(STRANGLED, 0) for year in years)
    return rates.proportion(killed, sum(sum(counts[sex, year].values()) for year in years))
