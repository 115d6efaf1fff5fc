"""England and Wales: the strategy's three figures, the Homicide Index beside them, the long run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nhpf.indicators import Change, change
from nhpf.methods import rates
from nhpf.profile import judging
from nhpf.profile.wording import as_interval, big, change_in_words, count_interval, counted_in_words
from nhpf.reports.charts.specs import Bars, Line, Point, Trend
from nhpf.reports.tree import Cell, Column, Figure, Judgement, Table
from nhpf.reports.words import number

if TYPE_CHECKING:
    from nhpf.profile.scope import Scope

STRATEGY = "strategy-series"
INDEX = "homicide-index"
LONG_RUN = "homicide-since-1898"
STRATEGY_SERIES = "police recorded crime, calendar year"
INDEX_SERIES = "Homicide Index, financial year"
EXCEPTIONAL = "homicide excl exceptional incidents"
SERIES_DIFFER = (
    "Three series that never match: police recorded crime by calendar year (the strategy), the "
    "Homicide Index by financial year, and the table by force. The 691 of the strategy's 2021 and "
    "the 691 of the table by force for the year ending March 2019 are the same number by accident."
)
ONE_INCIDENT = (
    "The year ending March 2020 includes 39 people killed in one lorry at Grays. Deaths in one "
    "incident are not independent, so the intervals of years with such incidents are too narrow."
)


@dataclass(frozen=True, slots=True)
class IndexYear:
    """A financial year of the Homicide Index: as first read, as last revised, and the vintages."""

    year: int
    first: int
    latest: int
    vintages: str

    @property
    def name(self) -> str:
        """The year in words."""
        return f"year ending March {self.year}"


def strategy_years(scope: Scope) -> dict[int, int]:
    """Return the strategy's homicides by calendar year."""
    found = scope.release.query("national_homicide_strategy")
    return dict(zip(found["year"].tolist(), found["homicides"].tolist(), strict=True))


def index_years(scope: Scope) -> tuple[IndexYear, ...]:
    """Return the Homicide Index by year; years published only in the table by method included."""
    published = scope.release.query("national_homicide_index")
    rows = zip(
        published["year_ending_march"].tolist(),
        published["homicides"].tolist(),
        published["vintage"].tolist(),
        strict=True,
    )
    held: dict[int, list[tuple[int, str]]] = {}
    for year, count, vintage in rows:
        held.setdefault(year, []).append((count, vintage))
    methods = scope.release.query("national_homicide_methods")
    totals: dict[int, int] = {}
    for year, count in zip(
        methods["year_ending_march"].tolist(), methods["homicides"].tolist(), strict=True
    ):
        totals[year] = totals.get(year, 0) + count
    for year, count in totals.items():
        held.setdefault(year, [(count, "year ending March 2018 release, table by method")])
    return tuple(
        IndexYear(year, each[0][0], each[-1][0], "; then ".join(vintage for _, vintage in each))
        for year, each in sorted(held.items())
    )


def strategy_change(scope: Scope) -> tuple[Change, Change]:
    """Return the strategy's changes from 2020 to 2021 and from 2019 to 2021."""
    held = strategy_years(scope)
    return change(held[2020], 1, held[2021], 1), change(held[2019], 1, held[2021], 1)


def pooled_change(scope: Scope) -> tuple[Change, str, str]:
    """Compare the latest three years of the Index with the three before."""
    years = index_years(scope)
    later, earlier = years[-3:], years[-6:-3]
    found = change(sum(each.latest for each in earlier), 3, sum(each.latest for each in later), 3)
    return (
        found,
        f"the three years to March {earlier[-1].year}",
        (f"the three years to March {later[-1].year}"),
    )


def headline(scope: Scope) -> Judgement:
    """Judge whether homicide in England and Wales has changed over pooled years."""
    found, earlier, later = pooled_change(scope)
    return judging.of_change(
        "headline",
        "Homicide in England and Wales",
        found,
        earlier=earlier,
        later=later,
        figures=(INDEX,),
    )


def strategy_judgement(scope: Scope) -> Judgement:
    """Judge the strategy's sentence that homicide was rising."""
    rise, since_2019 = strategy_change(scope)
    return Judgement(
        "strategy",
        _strategy_title(scope) + ".",
        judging.change_confidence(rise),
        f"2021 against 2020: {change_in_words(rise)}. 2021 against 2019: "
        f"{change_in_words(since_2019)}. Three years are too few for a trend, and 2020 was the "
        "first year of the pandemic.",
        (STRATEGY,),
    )


def _strategy_title(scope: Scope) -> str:
    rise, since_2019 = strategy_change(scope)
    held = strategy_years(scope)
    first = "can" if rise.told_from_chance else "cannot"
    second = "can" if since_2019.told_from_chance else "cannot"
    joined = "and" if first == second else "but"
    return (
        f"The rise from {held[2020]} homicides in 2020 to {held[2021]} in 2021 {first} be told "
        f"from chance, {joined} the difference from 2019 ({held[2019]}) {second}"
    )


def strategy_figure(scope: Scope) -> Figure:
    """Show the three figures that the strategy gives, as their own series."""
    held = strategy_years(scope)
    rise, _ = strategy_change(scope)
    cells = {year: count_interval(count) for year, count in held.items()}
    return Figure(
        id=STRATEGY,
        title=_strategy_title(scope),
        subtitle=f"Homicides in England and Wales by calendar year, series: {STRATEGY_SERIES}, as "
        "the strategy gives it; 95% intervals",
        reading=f"2021 against 2020: {change_in_words(rise)}.",
        chart=Bars(
            tuple(
                Point(str(year), cell.estimate, cell.low, cell.high) for year, cell in cells.items()
            ),
            unit="homicides",
        ),
        table=Table(
            "Homicides by calendar year",
            (Column("year", "Year", "period"), Column("homicides", "Homicides", "count")),
            tuple((str(year), cell) for year, cell in cells.items()),
        ),
        provenance=scope.provenance("published_figure", period="2019 to 2021"),
        caveats=(SERIES_DIFFER, *rise.comparison.caveats),
        method=rise.method,
    )


def index_figure(scope: Scope) -> Figure:
    """Show the Homicide Index by financial year, as first published and as last revised."""
    years = index_years(scope)
    found, earlier, later = pooled_change(scope)
    last, revised = years[-1], next(each for each in reversed(years) if each.first != each.latest)
    example = next(each for each in years if each.year == 2022)
    return Figure(
        id=INDEX,
        title=judging.change_sentence(
            "Homicide in England and Wales", found, earlier=earlier, later=later
        ),
        subtitle=f"Homicides in England and Wales, series: {INDEX_SERIES}; the band is the 95% "
        "interval of the latest vintage",
        reading=f"{big(last.name)}: {counted_in_words(last.latest)}. Counts are revised as "
        f"courts decide: the {example.name} was {example.first} when first published and is "
        f"{example.latest} now, the {revised.name} {revised.first} and {revised.latest}.",
        chart=_index_chart(years),
        table=Table(
            "Homicide Index by financial year and vintage",
            (
                Column("year", "Year ending March", "period"),
                Column("first", "As first held", "count"),
                Column("latest", "Latest held", "count"),
                Column("vintages", "Vintages"),
            ),
            tuple(
                (str(each.year), each.first, count_interval(each.latest), each.vintages)
                for each in years
            ),
        ),
        provenance=scope.provenance(
            "published_figure",
            "national_homicide_method",
            period=f"{years[0].name} to {last.name}",
        ),
        caveats=(
            SERIES_DIFFER,
            ONE_INCIDENT,
            _without_exceptional(scope, years),
            "The year is that in which the police recorded the death as homicide.",
            *scope.known_faults("method_years"),
        ),
        method=f"{found.method}; pooled over three years. Each year has Byar's interval.",
    )


def _without_exceptional(scope: Scope, years: tuple[IndexYear, ...]) -> str:
    """Say what the year ending March 2017 is without its exceptional incidents."""
    found = scope.release.query("published_figures")
    wanted = (found["category"] == EXCEPTIONAL) & (found["period_end"] == 2017)
    without = int(found["value"][wanted][0])
    whole = next(each.latest for each in years if each.year == 2017)
    return (
        f"The year ending March 2017 holds {whole}; without exceptional incidents with many "
        f"victims, some of them years before, it holds {without}."
    )


def _index_chart(years: tuple[IndexYear, ...]) -> Trend:
    latest = []
    for each in years:
        cell = count_interval(each.latest)
        latest.append(Point(str(each.year), each.latest, cell.low, cell.high))
    first = tuple(Point(str(each.year), each.first) for each in years)
    return Trend(
        (Line("Latest vintage", tuple(latest)), Line("As first held", first, emphasis=False)),
        unit="homicides a year",
    )


def long_run_figure(scope: Scope) -> Figure:
    """Show the rate by decade since 1898, for perspective."""
    rows = _decades(scope)
    high = max(rows, key=lambda row: row[3].estimate)
    last = rows[-1]
    points = tuple(Point(name, rate.estimate, rate.low, rate.high) for name, _, _, rate in rows)
    return Figure(
        id=LONG_RUN,
        title=f"In the {last[0]} homicide stood at {number(last[3].estimate, 1)} per million a "
        f"year, against {number(high[3].estimate, 1)} in the {high[0]}",
        subtitle="Homicides recorded by the police per million residents a year, England and "
        "Wales, by decade, 1898 to 2018",
        reading="; ".join(f"{name} {number(rate.estimate, 1)}" for name, _, _, rate in rows) + ".",
        chart=Trend((Line("England and Wales", points),), unit="per million residents a year"),
        table=Table(
            "Homicides recorded by the police by decade",
            (
                Column("decade", "Decade", "period"),
                Column("years", "Years counted", "count"),
                Column("homicides", "Homicides", "count"),
                Column("rate", "Per million a year", "rate"),
            ),
            tuple((name, years, count, as_interval(rate)) for name, years, count, rate in rows),
        ),
        provenance=scope.provenance("national_homicide_recorded", period="1898 to 2018/19"),
        caveats=(
            "Calendar years to 1997, financial years since. Medicine, law and recording changed.",
            *scope.known_faults("unknown_years"),
        ),
        method="Decades pooled; Byar's interval.",
    )


def _decades(scope: Scope) -> list[tuple[str, int, int, rates.Rate]]:
    found = scope.release.query("national_homicide_recorded")
    pooled: dict[int, list[tuple[float, float]]] = {}
    for year, count, people in zip(
        found["year"].tolist(),
        found["homicides"].tolist(),
        found["residents"].tolist(),
        strict=True,
    ):
        if count == count and people == people:  # a year that is not known is NaN
            pooled.setdefault(year // 10 * 10, []).append((count, people))
    rows = []
    for decade, each in sorted(pooled.items()):
        count = int(sum(one for one, _ in each))
        rate = rates.rate(count, sum(people for _, people in each), per=1e6)
        rows.append((f"{decade}s", len(each), count, rate))
    return rows


def series_table(scope: Scope) -> Figure:
    """Set the series beside each other, so that nobody reads one for another."""
    held = strategy_years(scope)
    index = {each.year: each for each in index_years(scope)}
    rows: list[tuple[Cell, ...]] = [
        (str(year), count, index[year].latest, index[year + 1].latest)
        for year, count in held.items()
        if year + 1 in index
    ]
    return Figure(
        id="series-side-by-side",
        title="No two series give the same number for a year",
        subtitle="Homicides in England and Wales: police recorded crime by calendar year beside "
        "the two financial years of the Homicide Index that it touches, latest vintage held",
        reading="A calendar year shares three months with the financial year that ends in it and "
        "nine with the next.",
        table=Table(
            "Homicides by series",
            (
                Column("year", "Calendar year", "period"),
                Column("recorded", "Recorded crime, that year", "count"),
                Column("index_before", "Index, year ending in March of it", "count"),
                Column("index_after", "Index, year ending the March after", "count"),
            ),
            tuple(rows),
        ),
        provenance=scope.provenance("published_figure", period="2019 to 2022"),
        caveats=(SERIES_DIFFER,),
    )
