"""The area's own homicides by year, and whether anything has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhpf.indicators import Change, change
from nhpf.profile import judging
from nhpf.profile.cases.held import TABLE, Cases
from nhpf.profile.wording import count_interval
from nhpf.reports.charts.specs import Line, Point, Trend
from nhpf.reports.tree import Column, Figure, Judgement, Table
from nhpf.reports.words import in_words

if TYPE_CHECKING:
    from nhpf.profile.scope import Scope

FIGURE = "cases-by-year"
LONGEST = 5
"""Years pooled on each side of a change, at most."""


def figure(scope: Scope, cases: Cases) -> Figure:
    """Show victims by calendar year with the limits of a Poisson count."""
    counts = _counts(cases)
    limits = {year: count_interval(n) for year, n in counts.items()}
    found = latest_change(cases)
    title = (
        judging.change_sentence(f"Homicide in {scope.place}", found, **_compared(cases))
        if found
        else f"Homicide in {scope.place}, one year of cases"
    )
    return Figure(
        id=FIGURE,
        title=title,
        subtitle=f"Victims by calendar year of recording, {scope.place}, {cases.period}, series: "
        "force homicide records; 95% limits",
        reading=f"Between {min(counts.values())} and {max(counts.values())} victims a year.",
        chart=Trend(
            (
                Line(
                    "Victims",
                    tuple(
                        Point(str(year), n, limits[year].low, limits[year].high)
                        for year, n in counts.items()
                    ),
                ),
            ),
            unit="victims a year",
        ),
        table=Table(
            f"Victims by year, {scope.place}",
            (Column("year", "Year", "period"), Column("victims", "Victims", "count")),
            tuple((str(year), limits[year]) for year in counts),
        ),
        provenance=scope.provenance(TABLE, period=cases.period),
        caveats=("Counted in the year of recording, which may be later than the death.",),
        method="Poisson limits: Byar, exact below ten.",
    )


def latest_change(cases: Cases) -> Change | None:
    """Compare the latest years with as many before, five at most; None with one year."""
    counts = list(_counts(cases).values())
    pooled = min(LONGEST, len(counts) // 2)
    if not pooled:
        return None
    later, earlier = sum(counts[-pooled:]), sum(counts[-2 * pooled : -pooled])
    return change(earlier, pooled, later, pooled)


def judgement(scope: Scope, cases: Cases) -> Judgement | None:
    """Judge whether homicide here has changed."""
    found = latest_change(cases)
    if found is None:
        return None
    return judging.of_change(
        "cases-trend",
        f"Homicide in {scope.place}",
        found,
        figures=(FIGURE,),
        **_compared(cases),
    )


def _compared(cases: Cases) -> dict[str, str]:
    pooled = min(LONGEST, len(cases.years) // 2)
    later, earlier = cases.years[-pooled:], cases.years[-2 * pooled : -pooled]
    return {"earlier": _span(earlier), "later": _span(later)}


def _span(years: tuple[int, ...]) -> str:
    if len(years) == 1:
        return str(years[0])
    return f"{years[0]} to {years[-1]} ({in_words(len(years))} years)"


def _counts(cases: Cases) -> dict[int, int]:
    """Return victims by year, zeros included."""
    places = [cases.place] if cases.place else list(cases.places)
    return {year: sum(cases.yearly[place].get(year, 0) for place in places) for year in cases.years}
