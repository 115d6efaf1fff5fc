"""What is known nationally of how and whom: shares that every profile may show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nhpf.methods import rates
from nhpf.profile.disparities import nation_ethnicity
from nhpf.profile.judging import share_confidence
from nhpf.profile.wording import as_interval, percent, share_in_words
from nhpf.reports.charts.specs import Bars, DotWhiskers, Line, Point, Trend
from nhpf.reports.tree import Cell, Column, Figure, Judgement, Table
from nhpf.reports.words import number

if TYPE_CHECKING:
    from nhpf.methods.rates import Proportion
    from nhpf.profile.scope import Scope

SHARES = "national-shares"
METHODS = "national-methods"
RELATED = "domestic-abuse-related-deaths"
ETHNICITY = "national-ethnicity"
INDEX = "Homicide Index, financial year"
PROJECT = "Domestic Homicide Project"
AREAS = {"ar-knife": "sharp", "ar-youth": "teenage", "ar-safeguarding": "domestic"}
"""The national share that is of the people whom an area of focus is about."""
MAIN = ("Sharp instrument", "Shooting", "Hitting, kicking, etc.", "Strangulation, asphyxiation")


@dataclass(frozen=True, slots=True)
class Published:
    """One published figure."""

    period: str
    period_end: int
    breakdown: str
    category: str
    value: float
    unit: str
    vintage: str


def published(scope: Scope, series: str) -> tuple[Published, ...]:
    """Return the published figures of one series, in order of time and of publication."""
    found = scope.release.query("published_figures")
    names = ("period", "period_end", "breakdown", "category", "value", "unit", "vintage")
    rows = zip(found["series"].tolist(), *(found[name].tolist() for name in names), strict=True)
    kept = [Published(*row) for name, *row in rows if name == series]
    return tuple(sorted(kept, key=lambda each: (each.period_end, each.vintage)))


@dataclass(frozen=True, slots=True)
class Share:
    """A national share with its limits."""

    words: str
    period: str
    found: Proportion

    @property
    def sentence(self) -> str:
        """The share in words."""
        each = self.found
        said = share_in_words(int(each.count), int(each.total), each.low, each.high)
        return f"{self.words}: {said}, {self.period}"


def _latest(rows: tuple[Published, ...], category: str, unit: str) -> Published:
    return [each for each in rows if each.category == category and each.unit == unit][-1]


def national_shares(scope: Scope) -> dict[str, Share]:
    """Return the latest national shares by a short name: sharp, domestic, teenage, male."""
    rows = published(scope, INDEX)
    totals = {
        (each.period_end, each.vintage): each.value
        for each in rows
        if each.category == "homicide" and each.unit == "count"
    }
    sharp = _latest(rows, "Sharp instrument share", "percent")
    shares = {}
    for name, words, each, count in (
        ("sharp", "Killed with a sharp instrument", sharp, None),
        ("domestic", "Domestic homicide", _latest(rows, "domestic homicides", "count"), True),
        ("teenage", "Aged 13 to 19", _latest_of_age(rows), True),
        ("male", "Male", _latest_of_sex(rows, "male"), True),
    ):
        total = totals[each.period_end, each.vintage]
        # A published percentage has lost its count: the nearest whole number stands for it.
        hits = each.value if count else round(each.value / 100 * total)
        shares[name] = Share(words, each.period, rates.proportion(hits, total))
    return shares


def _latest_of_age(rows: tuple[Published, ...]) -> Published:
    return [each for each in rows if each.breakdown == "age" and each.category == "13 to 19"][-1]


def _latest_of_sex(rows: tuple[Published, ...], sex: str) -> Published:
    return [each for each in rows if each.breakdown == "sex" and each.category == sex][-1]


def shares_figure(scope: Scope) -> Figure:
    """Show how and whom, for England and Wales: no local figure stands in for it."""
    found = national_shares(scope)
    sharp = found["sharp"].found
    return Figure(
        id=SHARES,
        title=f"Across England and Wales {percent(sharp.estimate)} of homicide victims were killed "
        "with a sharp instrument",
        subtitle=f"Shares of homicide victims, England and Wales, series: {INDEX}; Wilson 95% "
        "intervals",
        reading="; ".join(each.sentence for each in found.values()) + ".",
        chart=DotWhiskers(
            tuple(
                Point(
                    each.words,
                    100 * each.found.estimate,
                    100 * each.found.low,
                    100 * each.found.high,
                )
                for each in found.values()
            ),
            unit="% of victims",
        ),
        table=Table(
            "Shares of homicide victims, England and Wales",
            (
                Column("what", "Victims"),
                Column("period", "Period", "period"),
                Column("count", "Victims", "count"),
                Column("all", "Of all", "count"),
                Column("share", "Share", "share"),
            ),
            tuple(
                (
                    each.words,
                    each.period,
                    int(each.found.count),
                    int(each.found.total),
                    as_interval(each.found),
                )
                for each in found.values()
            ),
            note="The count of those killed with a sharp instrument is worked back from the "
            "published percentage and is approximate.",
        ),
        provenance=scope.provenance("published_figure", period=sharp_period(found)),
        caveats=(
            "These are shares of the nation. They say nothing of one area, whose own mix can be "
            "different.",
        ),
        method="Wilson intervals.",
    )


def judgement(scope: Scope) -> Judgement:
    """Judge how large a part of the nation's homicides is done with sharp instruments."""
    found = national_shares(scope)
    sharp, domestic = found["sharp"], found["domestic"]
    return Judgement(
        "shares",
        f"Across England and Wales {percent(sharp.found.estimate)} of homicide victims were killed "
        f"with a sharp instrument, and {percent(domestic.found.estimate)} of homicides were "
        "domestic.",
        share_confidence(sharp.found.low, sharp.found.high, sharp.found.total),
        f"{sharp.sentence}. {domestic.sentence}.",
        (SHARES,),
    )


def sharp_period(found: dict[str, Share]) -> str:
    """Return the periods of the shares."""
    return "; ".join(dict.fromkeys(each.period for each in found.values()))


def methods_figure(scope: Scope) -> Figure:
    """Show how people were killed by year, England and Wales."""
    found = scope.release.query("national_homicide_methods")
    rows = zip(
        found["year_ending_march"].tolist(),
        found["method"].tolist(),
        found["homicides"].tolist(),
        strict=True,
    )
    held: dict[int, dict[str, int]] = {}
    for year, method, count in rows:
        held.setdefault(year, {})[method] = count
    counts = {year: _main_and_rest(each) for year, each in held.items()}
    names = (*MAIN, "Any other or not known")
    years = sorted(counts)
    first, last = (rates.proportion(counts[at][0], sum(counts[at])) for at in (years[0], years[-1]))
    apart = first.high < last.low or last.high < first.low
    return Figure(
        id=METHODS,
        title=f"Sharp instruments: {percent(first.estimate)} of homicides in the year ending March "
        f"{years[0]}, {percent(last.estimate)} in that ending March {years[-1]}"
        + ("" if apart else ", which cannot be told apart"),
        subtitle=f"Homicide victims by method, England and Wales, series: {INDEX}, appendix tables "
        "of the year ending March 2018",
        reading=f"Sharp instrument in the year ending March {years[-1]}: "
        f"{share_in_words(int(last.count), int(last.total), last.low, last.high)}.",
        chart=Trend(
            tuple(
                Line(
                    name,
                    tuple(Point(str(year), counts[year][at]) for year in years),
                    emphasis=at == 0,
                )
                for at, name in enumerate(names)
            ),
            unit="victims a year",
        ),
        table=Table(
            "Homicide victims by method and year",
            (
                Column("year", "Year ending March", "period"),
                *(Column(f"method_{at}", name, "count") for at, name in enumerate(names, start=1)),
            ),
            tuple((str(year), *counts[year]) for year in years),
        ),
        provenance=scope.provenance(
            "national_homicide_method",
            period=f"years ending March {years[0]} to {years[-1]}",
        ),
        caveats=scope.known_faults("method_years"),
        method="Two shares can be told apart where their Wilson intervals do not meet.",
    )


def _main_and_rest(counts: dict[str, int]) -> list[int]:
    main = [counts[name] for name in MAIN]
    return [*main, sum(counts.values()) - sum(main)]


def related_deaths_figure(scope: Scope) -> Figure:
    """Show deaths after domestic abuse, suicides among them."""
    rows = [
        each
        for each in published(scope, PROJECT)
        if each.unit == "count" and each.period_end == 2023 and not each.category.startswith("all")
    ]
    total = int(sum(each.value for each in rows))
    by_name = {each.category: int(each.value) for each in rows}
    suicides = by_name["suspected victim suicide following domestic abuse"]
    partner = by_name["intimate partner homicide"]
    more = "more" if suicides > partner else "no more"
    return Figure(
        id=RELATED,
        title=f"Forces reported {more} suspected suicides after domestic abuse ({suicides}) than "
        f"killings by a partner ({partner})",
        subtitle=f"Deaths related to domestic abuse, England and Wales, {rows[0].period}, series: "
        f"{PROJECT}",
        reading="; ".join(f"{name} {count}" for name, count in sorted(by_name.items()))
        + f"; {total} in all.",
        chart=Bars(
            tuple(_bar(name, count) for name, count in sorted(by_name.items())), unit="deaths"
        ),
        table=Table(
            f"Deaths related to domestic abuse, {rows[0].period}, in the order of names",
            (Column("kind", "Kind of death"), Column("deaths", "Deaths", "count")),
            tuple((name.capitalize(), count) for name, count in sorted(by_name.items())),
        ),
        provenance=scope.provenance("published_figure", period=rows[0].period),
        caveats=(
            "A series of its own: forces report deaths soon after they happen, and suspected "
            "suicides are not homicides.",
        ),
        method="Counts as published; whiskers are the limits of a Poisson count of the size.",
    )


def _bar(name: str, count: int) -> Point:
    found = rates.rate(count, 1, per=1)
    return Point(name.capitalize(), count, found.low, found.high)


def ethnicity_figure(scope: Scope) -> Figure:
    """Show the published rates by ethnic group, three years pooled."""
    rows = [
        each
        for each in published(scope, INDEX)
        if each.breakdown == "ethnicity" and each.unit == "per million"
    ]
    periods = list(dict.fromkeys(each.period for each in rows))
    value = {(each.period, each.category): each.value for each in rows}
    last = periods[-1]
    ratio = value[last, "Black"] / value[last, "White"]
    cells: list[tuple[Cell, ...]] = [
        (period, value[period, "Black"], value[period, "White"]) for period in periods
    ]
    return Figure(
        id=ETHNICITY,
        title=f"Black people were killed at {number(ratio, 1)} times the rate of White people in "
        f"the {last}",
        subtitle="Homicide victims per million of each ethnic group a year, three years pooled, "
        f"England and Wales, series: {INDEX}",
        reading=f"In the {last}: Black {value[last, 'Black']} per million a year, White "
        f"{value[last, 'White']}.",
        chart=Trend(
            tuple(
                Line(group, tuple(Point(period, value[period, group]) for period in periods))
                for group in ("Black", "White")
            ),
            unit="per million a year",
        ),
        table=Table(
            "Homicide victims per million a year by ethnic group",
            (
                Column("period", "Period", "period"),
                Column("black", "Black", "rate"),
                Column("white", "White", "rate"),
            ),
            tuple(cells),
            note="Published without counts or intervals; none can be worked out from the rates.",
        ),
        provenance=scope.provenance("published_figure", period=f"{periods[0]} to {last}"),
        caveats=("The periods overlap, so neighbouring rates share years.",),
        method="As published.",
        disparity=nation_ethnicity(scope.edition),
    )
