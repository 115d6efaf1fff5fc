"""The chart of a signal with its reading and table, as far as its audience may see the counts."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import numpy as np

from nhpf.disclosure import Audience, Disclosed, disclose, policy_for
from nhpf.reports.charts.specs import Line, Point, Trend
from nhpf.reports.dates import MONTHS
from nhpf.reports.dates import period as span_of
from nhpf.reports.numerals import number
from nhpf.reports.tree import Column, Figure, Provenance, Table
from nhpf.signals.checks import breaks_near
from nhpf.signals.watch import NAMES, Watch

if TYPE_CHECKING:
    from nhpf.disclosure import Policy

DRAWN = {"month": 36, "year": 15}
FEW_COUNTS = (
    "Single months are too small to be shown one by one: calendar years stand in their place."
)
# The first is the largest count that the past explains, the second the smallest that it does not.
LIMITS = {"farrington": "Limit", "cusum": "A signal from here on", "g-chart": "Limit"}
LOOK = "A signal is a reason to look, not a finding: chance, recording and events make signals too."


def policy_of(watch: Watch, audience: Audience) -> Policy:
    """Return the rule under which the counts of a series may leave."""
    kind = "homicide_total" if watch.series.is_homicide else "recorded_crime"
    return policy_for(kind, audience=audience)


def drawn(watch: Watch, at: int) -> np.ndarray:
    """Return which of the periods judged are drawn: the latest, up to the signal."""
    return np.arange(max(0, at + 1 - DRAWN[watch.series.step]), at + 1)


def may_show(watch: Watch, at: int, *, audience: Audience) -> bool:
    """Whether the counts of single periods may be shown: none of those drawn is too small.

    Yearly totals are published, so that withholding one small month of a year would give it away.
    """
    policy = policy_of(watch, audience)
    positions = watch.position[drawn(watch, at)]
    counts = watch.series.counts[positions[0] : positions[-1] + 1]
    return not any(policy.withholds(int(count)) for count in counts)


def observed(watch: Watch, at: int, *, audience: Audience) -> Disclosed:
    """Return the count of the signal's own period as the audience may see it.

    Where other months are withheld it is shown only if the rest of its calendar year is not small
    either: the year's total is published.
    """
    series, position = watch.series, int(watch.position[at])
    policy = policy_of(watch, audience)
    count = disclose(int(series.counts[position]), policy=policy)
    if count.is_withheld or series.step == "year" or may_show(watch, at, audience=audience):
        return count
    rest = _year_of(watch, position) - int(series.counts[position])
    if policy.withholds(rest):
        return Disclosed(None, "withheld because the rest of its year is too small to be shown")
    return count


def _year_of(watch: Watch, position: int) -> int:
    series = watch.series
    year = series.month(position).year
    held = [n for n in range(len(series.counts)) if series.month(n).year == year]
    return int(series.counts[held].sum())


def figure(watch: Watch, at: int, *, title: str, reading: str, audience: Audience) -> Figure:
    """Return the figure of one signal."""
    series = watch.series
    whole = may_show(watch, at, audience=audience) and watch.detector != "g-chart"
    label = series.label(int(watch.position[at]))
    unit = f"{series.indicator.unit} a {series.step if whole else 'year'}"
    chart, table = _by_period(watch, at, unit) if whole else _by_year(watch, at, unit, audience)
    span = span_of(
        series.month(int(watch.position[drawn(watch, at)[0]])),
        series.month(int(watch.position[at])),
    )
    return Figure(
        id="signal",
        title=title,
        subtitle=f"{series.indicator.title} in {series.area.name}, {unit}, "
        f"to {label}; watched by {NAMES[watch.detector]}",
        reading=reading,
        chart=chart,
        table=table,
        provenance=tuple(
            Provenance(**(asdict(each) | {"period": span})) for each in series.sources
        ),
        caveats=_caveats(watch, at, whole=whole),
        method=f"{watch.because} {watch.method}.",
    )


def _caveats(watch: Watch, at: int, *, whole: bool) -> tuple[str, ...]:
    found = [LOOK, watch.series.indicator.cannot_say]
    found += [f"{each.title}, {each.since}: {each.do}" for each in breaks_near(watch, at)]
    if not whole and watch.detector != "g-chart":
        found.append(FEW_COUNTS)
    if watch.series.left_out:
        found.append(watch.series.left_out)
    return tuple(found)


def _by_period(watch: Watch, at: int, unit: str) -> tuple[Trend, Table]:
    places = drawn(watch, at)
    labels = [watch.series.label(int(watch.position[n])) for n in places]
    low, high = _band(watch, places)
    recorded = tuple(
        Point(
            label,
            float(watch.observed[n]),
            emphasis=bool(n == at),
            note="signal" if n == at else "",
        )
        for n, label in zip(places, labels, strict=True)
    )
    expected = tuple(
        Point(label, round(float(watch.expected[n]), 1), low[i], high[i])
        for i, (n, label) in enumerate(zip(places, labels, strict=True))
    )
    limit = tuple(
        Point(label, _value(watch.limit[n])) for n, label in zip(places, labels, strict=True)
    )
    chart = Trend(
        (
            Line("Recorded", recorded),
            Line("Expected, with 95% of what chance gives", expected, emphasis=False),
            Line(LIMITS[watch.detector], limit, emphasis=False),
        ),
        unit=unit,
        breaks=_breaks(watch, at, labels),
    )
    table = Table(
        f"{watch.series.indicator.title} in {watch.series.area.name}, recorded and expected",
        (
            Column("period", "Period", "period"),
            Column("recorded", "Recorded", "count"),
            Column("expected", "Expected", "count"),
            Column("low", "Low end of chance", "count"),
            Column("high", "High end of chance", "count"),
            Column("limit", LIMITS[watch.detector], "count"),
        ),
        tuple(
            (
                label,
                int(watch.observed[n]),
                round(float(watch.expected[n]), 1),
                low[i],
                high[i],
                _value(watch.limit[n]),
            )
            for i, (n, label) in enumerate(zip(places, labels, strict=True))
        ),
    )
    return chart, table


def _breaks(watch: Watch, at: int, labels: list[str]) -> tuple[tuple[str, str], ...]:
    """Return the breaks of the series that fall within the months drawn."""
    found: dict[str, str] = {}
    for each in breaks_near(watch, at):
        year, month = each.since.split("-")
        found.setdefault(f"{MONTHS[int(month) - 1]} {year}", each.title)
    return tuple((label, title) for label, title in found.items() if label in labels)


def _value(limit: float) -> float | None:
    return None if np.isnan(limit) else float(limit)


def _band(watch: Watch, places: np.ndarray) -> tuple[list[float], list[float]]:
    """Return where 19 of 20 counts lie if nothing changed, given the mean and the dispersion."""
    from scipy.stats import nbinom, poisson

    low, high = [], []
    for n in places:
        mean, spread = float(watch.expected[n]), float(watch.dispersion[n])
        law = nbinom(mean / (spread - 1), 1 / spread) if spread > 1 else poisson(mean)
        low.append(float(law.ppf(0.025)))
        high.append(float(law.ppf(0.975)))
    return low, high


def _by_year(watch: Watch, at: int, unit: str, audience: Audience) -> tuple[Trend, Table]:
    """Show whole calendar years, which are published, where months may not be shown."""
    series, policy = watch.series, policy_of(watch, audience)
    years: dict[int, list[int]] = {}
    for n in range(int(watch.position[at]) + 1):
        years.setdefault(series.month(n).year, []).append(int(series.counts[n]))
    months = 12 if series.step == "month" else 1
    rows = [
        (str(year), len(held), disclose(sum(held), policy=policy)) for year, held in years.items()
    ]
    points = tuple(
        Point(year, count.value, note=count.withheld)
        for year, held, count in rows
        if held == months
    )
    table = Table(
        f"{series.indicator.title} in {series.area.name} by calendar year",
        (
            Column("year", "Year", "period"),
            Column("months", "Months counted", "count"),
            Column("recorded", "Recorded", "count"),
        ),
        tuple((year, held * 12 // months, count) for year, held, count in rows),
    )
    return Trend((Line(series.area.name, points),), unit=unit), table


def shown(expected: float) -> str:
    """Return an expected count with one decimal, a large one with none."""
    return number(expected, 0 if expected >= 100 else 1)


def amounts(watch: Watch, at: int, count: Disclosed) -> str:
    """Return what was recorded and what was expected, in words."""
    expected = shown(float(watch.expected[at]))
    if watch.detector == "g-chart":
        return (
            f"four events within {number(float(watch.observed[at]))} free {watch.series.step}s, "
            f"where {expected} were expected"
        )
    if count.value is None:
        return f"more than the {expected} expected (the count is {count.withheld})"
    return f"{number(count.value)}, where {expected} were expected"
