"""London: how people were killed, who they were, and whether it was solved; never below London."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhpf.methods import rates
from nhpf.profile.judging import share_confidence
from nhpf.profile.victims import KNIFE, METHODS, SERIES, SHOOTING, VictimTable, victim_table
from nhpf.profile.wording import as_interval, count_interval, percent
from nhpf.reports.charts.specs import Bars, Line, Point, Trend
from nhpf.reports.tree import Cell, Column, Disparity, Figure, Interval, Judgement, Table

if TYPE_CHECKING:
    from nhpf.methods.rates import Proportion
    from nhpf.profile.scope import Scope

METHOD = "method-by-period"
METHOD_BY_YEAR = "method-by-year"
DOMESTIC = "domestic-by-year"
SOLVED = "solved-by-period"
AGE_SEX = "age-sex"
DOMESTIC_FLAG = "Domestic Abuse"
UNSOLVED = "Unsolved"
VICTIMS_DIFFER = (
    "The victims' file counts persons and is a series of its own: its yearly totals differ by a "
    "few from recorded crime."
)


def method_by_period(scope: Scope) -> Figure:
    """Show the shares killed with a knife and shot, three years pooled, with intervals."""
    found = victim_table(scope, "homicide_victims_by_method_period", "method")
    _, share = found.latest_share(KNIFE)
    return Figure(
        id=METHOD,
        title=f"Knives and other sharp instruments kill {_most(share)} of homicide victims in "
        "London",
        subtitle=f"Share of homicide victims by method, three calendar years pooled, London, "
        f"series: {SERIES}; Wilson 95% intervals",
        reading=f"Knife or other sharp instrument: {found.share_words(KNIFE)}; shooting: "
        f"{found.share_words(SHOOTING)}.",
        chart=Trend(
            tuple(
                Line(METHODS[each], _share_points(found, each), emphasis=each == KNIFE)
                for each in (KNIFE, SHOOTING)
            ),
            unit="% of victims",
        ),
        table=_by_period(found, "Homicide victims by method, three calendar years pooled"),
        provenance=scope.provenance(found.query, period=_span(found)),
        caveats=(VICTIMS_DIFFER, *scope.known_faults("victims_without_borough")),
        method="Shares have Wilson intervals.",
    )


def _span(table: VictimTable) -> str:
    return f"{table.periods[0]} to {table.periods[-1]}"


def _share_points(table: VictimTable, category: str) -> tuple[Point, ...]:
    points = []
    for period in table.periods:
        each = table.share(period, category)
        if each is None:
            points.append(Point(period, None, note="withheld"))
        else:
            limits = (100 * each.low, 100 * each.high)
            points.append(Point(period, 100 * each.estimate, *limits))
    return tuple(points)


def method_by_year(scope: Scope) -> Figure:
    """List how people were killed, by single year; small counts are withheld."""
    found = victim_table(scope, "homicide_victims_by_method_year", "method", period="year")
    counts = [shown.value for key, shown in found.counts.items() if key[1] == KNIFE]
    known = [int(count) for count in counts if count is not None]
    return Figure(
        id=METHOD_BY_YEAR,
        title=f"Between {min(known)} and {max(known)} people a year were killed with a knife or "
        "another sharp instrument in London",
        subtitle=f"Homicide victims by method and calendar year, London, series: {SERIES}",
        reading="Single years differ mostly by chance: read pooled years.",
        table=_by_period(found, "Homicide victims by method and calendar year"),
        provenance=scope.provenance(found.query, period=_span(found)),
        caveats=(VICTIMS_DIFFER,),
        method="Counts below ten, and one more where a total would give them away, are withheld.",
    )


def method_judgement(scope: Scope) -> Judgement:
    """Judge how large a part of London's homicides is done with knives."""
    pooled = victim_table(scope, "homicide_victims_by_method_period", "method")
    period, share = pooled.latest_share(KNIFE)
    return Judgement(
        "method",
        f"Knives and other sharp instruments killed {_most(share)} of homicide victims in London "
        f"in {period}.",
        share_confidence(share.low, share.high, share.total),
        f"{pooled.share_words(KNIFE)}. The victims' file ends in March 2024.",
        (METHOD,),
    )


def _most(share: Proportion) -> str:
    if share.low > 0.5:
        return f"most ({percent(share.estimate)})"
    return percent(share.estimate)


def _points(table: VictimTable, category: str) -> tuple[Point, ...]:
    return tuple(
        Point(period, shown.value, note=shown.withheld)
        for (period, each, *_), shown in table.counts.items()
        if each == category
    )


def _by_period(table: VictimTable, caption: str) -> Table:
    names = table.categories
    rows: list[tuple[Cell, ...]] = [
        (period, *(table.counts.get((period, each)) for each in names)) for period in table.periods
    ]
    heads = (Column(_key(each), METHODS.get(each, each), "count") for each in names)
    return Table(caption, (Column("period", "Period", "period"), *heads), tuple(rows))


def _key(category: str) -> str:
    return re.sub(r"\W+", "-", category.lower()).strip("-")


def domestic_by_year(scope: Scope) -> Figure:
    """Show how many were recorded as domestic abuse, by year."""
    found = victim_table(scope, "homicide_victims_by_domestic_year", "domestic", period="year")
    pooled = victim_table(scope, "homicide_victims_by_domestic_sex_period", "domestic", "sex")
    period, share = pooled.latest_share(DOMESTIC_FLAG)
    return Figure(
        id=DOMESTIC,
        title=f"{percent(share.estimate)} of homicides in London in {period} were recorded as "
        "domestic abuse",
        subtitle=f"Homicide victims recorded as domestic abuse by calendar year, London, series: "
        f"{SERIES}",
        reading=f"Recorded as domestic abuse: {pooled.share_words(DOMESTIC_FLAG)}.",
        chart=Trend(
            (Line("Domestic abuse", _points(found, DOMESTIC_FLAG)),), unit="victims a year"
        ),
        table=_by_period(found, "Homicide victims, domestic abuse or not, by calendar year"),
        provenance=scope.provenance(
            found.query, pooled.query, period=f"{found.periods[0]} to {found.periods[-1]}"
        ),
        caveats=(
            "Suicides after domestic abuse are not in these figures.",
            "The flag is the police's judgement when the death was recorded.",
            VICTIMS_DIFFER,
        ),
        method="The share has a Wilson interval.",
    )


def solved_by_period(scope: Scope) -> Figure:
    """Show the share unsolved, three years pooled."""
    found = victim_table(scope, "homicide_victims_by_solved_period", "solved")
    shares = [(period, found.share(period, UNSOLVED)) for period in found.periods]
    known = [(period, share) for period, share in shares if share is not None]
    return Figure(
        id=SOLVED,
        title=_solved_title(known),
        subtitle=f"Share of homicide victims whose case was unsolved, three calendar years pooled, "
        f"London, series: {SERIES}",
        reading=f"Unsolved: {found.share_words(UNSOLVED)}.",
        chart=Trend(
            (
                Line(
                    "Unsolved",
                    tuple(
                        Point(period, 100 * each.estimate, 100 * each.low, 100 * each.high)
                        for period, each in known
                    ),
                ),
            ),
            unit="% of victims",
        ),
        table=Table(
            "Homicide victims by status and period",
            (
                Column("period", "Period", "period"),
                Column("victims", "Victims", "count"),
                Column("unsolved", "Unsolved", "count"),
                Column("share", "Share unsolved", "share"),
            ),
            tuple(
                (period, int(each.total), int(each.count), as_interval(each))
                for period, each in known
            ),
        ),
        provenance=scope.provenance(
            found.query, period=f"{found.periods[0]} to {found.periods[-1]}"
        ),
        caveats=(
            "Recent cases have had less time to be solved.",
            "A later copy of this file shows no unsolved case from 2016 on; it contradicts this "
            "one and is refused.",
        ),
        method="Shares have Wilson intervals.",
    )


def _solved_title(known: list[tuple[str, Proportion]]) -> str:
    low = min(each.estimate for _, each in known)
    high = max(each.estimate for _, each in known)
    return f"Between {percent(low)} and {percent(high)} of homicides in London were unsolved"


def age_sex(scope: Scope, disparity: Disparity) -> Figure:
    """Show victims by age and sex, seven years pooled."""
    found = victim_table(scope, "homicide_victims_by_age_sex_period", "age_group", "sex")
    period = found.periods[-1]
    whole = found.whole(period) or 0
    rows = [
        (age, sex, int(shown.value))
        for (each, age, sex), shown in found.counts.items()
        if each == period and shown.value is not None
    ]
    young = sum(count for age, _, count in rows if age == "13 to 24")
    young_men = sum(count for age, sex, count in rows if (age, sex) == ("13 to 24", "Male"))
    return Figure(
        id=AGE_SEX,
        title=f"{percent(young / whole)} of homicide victims in London were aged 13 to 24"
        + (", most of them male" if young_men > young / 2 else ""),
        subtitle=f"Homicide victims by age and sex, {period} pooled, London, series: {SERIES}",
        reading=f"Aged 13 to 24: {young} of {whole} victims, {young_men} of them male.",
        chart=Bars(
            tuple(
                Point(f"{age}, {sex.lower()}", count, *_poisson(count)) for age, sex, count in rows
            ),
            unit="victims",
        ),
        table=Table(
            f"Homicide victims by age and sex, {period}",
            (
                Column("age", "Age"),
                Column("sex", "Sex"),
                Column("victims", "Victims", "count"),
                Column("share", "Share of all victims", "share"),
            ),
            tuple((age, sex, count, _share(count, whole)) for age, sex, count in rows),
        ),
        provenance=scope.provenance(found.query, period=period),
        caveats=scope.known_faults("victims_sex"),
        method="Shares have Wilson intervals; age bands are those of the source, joined where "
        "small counts asked for it.",
        disparity=disparity,
    )


def _poisson(count: int) -> tuple[float, float]:
    found = count_interval(count)
    return found.low, found.high


def _share(count: int, whole: int) -> Interval:
    return as_interval(rates.proportion(count, whole))
