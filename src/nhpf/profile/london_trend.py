"""London: homicide by year, with and without a ward, and whether anything has changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from nhpf.indicators import Change, Monthly, change, dispersion, monthly
from nhpf.methods import rates
from nhpf.profile import judging
from nhpf.profile.wording import (
    big,
    change_in_words,
    change_interval,
    count_interval,
    counted_in_words,
    listed,
    told,
    years_before,
    years_to,
)
from nhpf.reports.charts.specs import Bars, DotWhiskers, Line, Point, Trend
from nhpf.reports.dates import MONTHS
from nhpf.reports.tree import Column, Figure, Judgement, Table
from nhpf.reports.words import in_words, period

if TYPE_CHECKING:
    from nhpf.profile.scope import Scope

BY_YEAR = "homicide-by-year"
CHANGES = "homicide-change"
MONTHS_FIGURE = "homicide-by-month-of-year"
TABLES = ("london_ward_offences", "london_borough_offences")
SPANS = (12, 36, 60)
LAST_OF_OLD_FILES = date(2024, 2, 1)
SYSTEM_CHANGE = (
    "Two changes fall together in February 2024: the historical and the current files meet, and "
    "the Metropolitan Police moved to a new records system, CONNECT. Levels before and after may "
    "not be comparable: a step there may be one of recording."
)


@dataclass(frozen=True, slots=True)
class LondonHomicide:
    """Monthly homicides of the Metropolitan Police: all, with a ward, without a borough."""

    all: Monthly
    with_ward: Monthly
    without_borough: Monthly

    @property
    def span(self) -> str:
        """The period held, in words."""
        return period(self.all.first, self.all.last)

    @property
    def without_ward(self) -> int:
        """Homicides that have no ward."""
        return int(self.all.counts.sum() - self.with_ward.counts.sum())

    @property
    def dispersion(self) -> float:
        """How much the months of a year scatter beyond chance; no season is assumed."""
        return dispersion(self.all.year_table(), season=False)

    @property
    def scatter(self) -> float:
        """Variance over mean of all months: with what changed between years."""
        return float(self.all.counts.var(ddof=1) / self.all.counts.mean())

    def split_without_ward(self) -> tuple[int, int, int]:
        """Return those without a ward to February 2024, since then, and these with a borough."""
        missing = self.all.counts - self.with_ward.counts
        old = sum(self.all.month(at) <= LAST_OF_OLD_FILES for at in range(len(missing)))
        since = int(missing[old:].sum())
        with_borough = since - int(self.without_borough.counts[old:].sum())
        return int(missing[:old].sum()), since, with_borough

    def change(self, months: int) -> Change:
        """Compare the latest months with as many before them."""
        later, _, _ = self.all.latest(months)
        earlier, _, _ = self.all.latest(months, before=months)
        return change(earlier, months, later, months, dispersion=self.dispersion)


def london_homicide(scope: Scope) -> LondonHomicide:
    """Read London's homicides by month."""
    found = scope.release.query("london_homicide_by_month")
    series = (
        monthly(found["month"], found[name])
        for name in ("homicides", "with_ward", "without_borough")
    )
    return LondonHomicide(*series)


def headline(held: LondonHomicide) -> Judgement:
    """Judge whether homicide has changed over the longest fair span: three years."""
    return judging.of_change(
        "headline",
        "Homicide in London",
        held.change(36),
        earlier=years_before(36),
        later=years_to(36, held.all.last),
        figures=(BY_YEAR, CHANGES),
    )


def latest_year(held: LondonHomicide) -> Judgement:
    """Judge the latest year against the one before: what most readers ask first."""
    return judging.of_change(
        "latest-year",
        "Homicide in London in the latest year",
        held.change(12),
        earlier=years_before(12),
        later=years_to(12, held.all.last),
        figures=(CHANGES, BY_YEAR),
    )


def by_year(scope: Scope, held: LondonHomicide) -> Figure:
    """Show homicides by calendar year: with a ward, and in all."""
    rows = list(zip(held.with_ward.by_calendar_year(), held.all.by_calendar_year(), strict=True))
    found = held.change(36)
    split_old, split_new, _ = held.split_without_ward()
    return Figure(
        id=BY_YEAR,
        title=judging.change_sentence(
            "Homicide in London",
            found,
            earlier=years_before(36),
            later=years_to(36, held.all.last),
        ),
        subtitle=f"Homicides recorded by the Metropolitan Police by calendar year, {held.span}, "
        "series: Metropolitan Police open data; the band is the 95% interval",
        reading=_reading(rows),
        chart=_trend(rows),
        table=Table(
            "Homicides by calendar year of recording",
            (
                Column("year", "Year", "period"),
                Column("months", "Months counted", "count"),
                Column("with_ward", "With a ward", "count"),
                Column("without_ward", "Without a ward", "count"),
                Column("all", "All", "count"),
            ),
            tuple(
                (str(year), months, count_interval(ward), everyone - ward, everyone)
                for (year, months, ward), (_, _, everyone) in rows
            ),
            note=f"{held.with_ward.counts.sum():,} homicides have one of {wards(scope)} wards, "
            f"{held.without_ward} have none: {split_old} to February 2024 and {split_new} since.",
        ),
        provenance=scope.provenance(*TABLES, period=held.span),
        caveats=(
            *scope.known_faults(
                "homicides_without_ward",
                "wards_without_homicide",
                "stub_month",
                "restated_counts",
                "city_of_london",
            ),
            SYSTEM_CHANGE,
        ),
        method="Each year has the interval of a Poisson count of its size (Byar). "
        f"{_monthly_words(held.with_ward)}",
    )


def _monthly_words(held: Monthly) -> str:
    """Say the mean and the variance of the months, to the end of the old files and in all."""
    old = sum(held.month(at) <= LAST_OF_OLD_FILES for at in range(len(held.counts)))
    before, after = (
        f"{counts.mean():.2f} (variance {counts.var(ddof=1):.1f}) over "
        for counts in (held.counts[:old], held.counts)
    )
    return (
        f"Homicides with a ward a month: mean {before}the {old} months to February 2024, "
        f"{after}all {len(held.counts)}."
    )


def wards(scope: Scope) -> int:
    """Return the number of wards of the Metropolitan Police area."""
    return int(scope.release.manifest["tables"]["ward"]["rows"])


def _note(months: int) -> str:
    return "" if months == 12 else f"{in_words(months)} months only"


def _trend(rows: list[tuple[tuple[int, int, int], tuple[int, int, int]]]) -> Trend:
    """Draw years of nine months or more; two months at the end would look like a collapse."""
    drawn = [pair for pair in rows if pair[0][1] >= 9]
    warded = []
    for (year, months, count), _ in drawn:
        limits = count_interval(count)
        warded.append(Point(str(year), count, limits.low, limits.high, note=_note(months)))
    everyone = tuple(
        Point(str(year), count, note=_note(months)) for _, (year, months, count) in drawn
    )
    return Trend(
        (Line("With a ward", tuple(warded)), Line("All", everyone, emphasis=False)),
        unit="homicides a year",
    )


def _reading(rows: list[tuple[tuple[int, int, int], tuple[int, int, int]]]) -> str:
    full = [(year, count) for _, (year, months, count) in rows if months == 12]
    high = max(full, key=lambda pair: pair[1])
    last = full[-1]
    return (
        f"All homicides, the latest whole year, {last[0]}: {counted_in_words(last[1])}; the "
        f"highest since {full[0][0]} was {high[1]} in {high[0]}."
    )


def changes(scope: Scope, held: LondonHomicide) -> Figure:
    """Show the change between pooled periods of one, three and five years."""
    rows = [(months, held.change(months)) for months in SPANS if held.all.holds(2 * months)]
    found = dict(rows)[36]
    return Figure(
        id=CHANGES,
        title=f"Pooled over three years, London's change {told(found)}",
        subtitle="Ratio of homicides in the latest period to the period of equal length before, "
        "all homicides of the Metropolitan Police, with 95% intervals",
        reading=big(
            "; ".join(
                f"{years_to(months, held.all.last)} against {years_before(months)}: "
                f"{change_in_words(each)}"
                for months, each in rows
            )
        )
        + ".",
        chart=DotWhiskers(
            tuple(
                Point(
                    big(years_to(months, held.all.last).removeprefix("the ")),
                    each.ratio,
                    each.low,
                    each.high,
                    emphasis=months == 36,
                )
                for months, each in rows
            ),
            unit="ratio to the period before",
            reference=1,
            log=True,
        ),
        table=_change_table(rows, held),
        provenance=scope.provenance("london_borough_offences", period=held.span),
        caveats=(
            *scope.known_faults("restated_counts"),
            *found.comparison.caveats,
            SYSTEM_CHANGE,
        ),
        method=f"{found.method}. Over all months the variance is {held.scatter:.2f} times the "
        f"mean; within years it is {held.dispersion:.2f} times that of independent events.",
    )


def _change_table(rows: list[tuple[int, Change]], held: LondonHomicide) -> Table:
    return Table(
        "Change between periods of equal length",
        (
            Column("periods", "Latest period"),
            Column("later", "Homicides", "count"),
            Column("earlier", "Homicides in the period before", "count"),
            Column("ratio", "Ratio", "ratio"),
            Column("told", "Can it be told from chance?"),
        ),
        tuple(
            (
                years_to(months, held.all.last),
                int(each.comparison.count_2),
                int(each.comparison.count_1),
                change_interval(each),
                "yes" if each.told_from_chance else "no",
            )
            for months, each in rows
        ),
    )


def by_month(scope: Scope, held: LondonHomicide) -> Figure:
    """Show homicides by month of the year, pooled over all whole years held."""
    table = held.all.year_table()
    first = held.all.month(len(held.all.counts) - table.size)
    order = [(first.month - 1 + at) % 12 for at in range(12)]
    counts = {month: int(table[:, at].sum()) for at, month in enumerate(order)}
    days = (31, 28.25, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    expected = [sum(counts.values()) * each / sum(days) for each in days]
    placed = rates.funnel([counts[month] for month in range(12)], expected, levels=(0.95, 0.998))
    span = period(first, held.all.last)
    return Figure(
        id=MONTHS_FIGURE,
        title=_months_title(placed.position),
        subtitle=f"Homicides of the Metropolitan Police by month of the year, pooled, {span}",
        reading=f"Pooled counts run from {min(counts.values())} to {max(counts.values())} a "
        "calendar month; a month is said to stand out where it lies outside 99.8% limits.",
        chart=Bars(
            tuple(Point(MONTHS[at], counts[at], *_limits(counts[at])) for at in range(12)),
            unit="homicides",
        ),
        table=Table(
            "Homicides by month of the year, all years pooled",
            (
                Column("month", "Month"),
                Column("homicides", "Homicides", "count"),
                Column("expected", "Expected by its days", "count"),
                Column("place", "Against 99.8% limits"),
            ),
            tuple(
                (MONTHS[at], count_interval(counts[at]), round(expected[at], 1), place)
                for at, place in enumerate(placed.position)
            ),
        ),
        provenance=scope.provenance("london_borough_offences", period=span),
        caveats=("The month is that of recording, which can be later than that of the death.",),
        method=placed.method,
    )


def _months_title(position: tuple[str, ...]) -> str:
    parts = []
    for where in ("lower", "higher"):
        months = [MONTHS[at] for at, each in enumerate(position) if each == where]
        if months:
            parts.append(f"{listed(months)} {where} than chance allows")
    if not parts:
        return "No month of the year stands out in London"
    return f"Homicide by month in London: {' and '.join(parts)}, the other months in line"


def _limits(count: int) -> tuple[float, float]:
    found = count_interval(count)
    return found.low, found.high


def yearly_mean(held: LondonHomicide) -> float:
    """Return homicides a year over the latest three years."""
    return held.all.latest(36)[0] / 3
