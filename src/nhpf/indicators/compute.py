"""Compute an indicator for an area: counts or shares by period, with limits and provenance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from nhpf.disclosure import Audience, Disclosed, disclose, policy_for
from nhpf.errors import CannotTell
from nhpf.indicators.definition import Indicator
from nhpf.indicators.monthly import MONTHS_OF_A_YEAR, Monthly, monthly
from nhpf.methods import rates

if TYPE_CHECKING:
    from nhpf.records import Area, Release, TableSource

METROPOLITAN = "E23000001"
FORCE_YEAR = "year ending March 2019"


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodCount:
    """The count of one period, with the limits that a Poisson count of its size has.

    ``low`` and ``high`` are None where the count is withheld. ``months`` says how much of a year
    was counted.
    """

    period: str
    months: int
    count: Disclosed
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodShare:
    """The share of one category in one period, with Wilson limits; None where withheld."""

    period: str
    category: str
    count: Disclosed
    whole: int | None
    share: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """An indicator's values for an area.

    Attributes
    ----------
    counts : tuple of PeriodCount
        By calendar year, or the one year of the table by force.
    shares : tuple of PeriodShare
        For an indicator that is a share.
    monthly : Monthly or None
        What pooled periods are summed from. Not for a table: sums of it are.
    sources : tuple of TableSource
    """

    indicator: Indicator
    area: Area
    counts: tuple[PeriodCount, ...] = ()
    shares: tuple[PeriodShare, ...] = ()
    monthly: Monthly | None = None
    sources: tuple[TableSource, ...] = ()


def compute(
    indicator: Indicator, area: Area, *, release: Release, audience: Audience = "public"
) -> Measurement:
    """Compute an indicator for an area.

    Parameters
    ----------
    indicator : Indicator
    area : Area
    release : Release
    audience : {"public", "restricted"}
        Whose disclosure policy the counts pass.

    Raises
    ------
    CannotTell
        If no open table holds it for this area.
    """
    if indicator.counted.victims:
        return _of_victims(indicator, area, release)
    if area.code == METROPOLITAN:
        return _of_london(indicator, area, release, audience)
    if area.parent == METROPOLITAN:
        return _of_borough(indicator, area, release, audience)
    if area.kind == "local_authority":
        raise _not_held(indicator, area)
    return _of_force_table(indicator, area, release, audience)


def _not_held(indicator: Indicator, area: Area) -> CannotTell:
    return CannotTell(
        f"No open table holds {indicator.title.lower()} for {area.name}.",
        next_step="The police force of the area holds it and can add it to its own installation.",
    )


def limits(count: float) -> tuple[float, float]:
    """Return the 95% limits of a Poisson count: exact ones below ten, Byar's from there on."""
    found = rates.rate(count, 1, per=1)
    return found.low, found.high


def _period_count(
    period: str, months: int, count: int, *, indicator: Indicator, audience: Audience
) -> PeriodCount:
    is_homicide = "HOMICIDE" in indicator.counted.london
    kind = "homicide_total" if is_homicide else "recorded_crime"
    shown = disclose(count, policy=policy_for(kind, audience=audience))
    low, high = (None, None) if shown.is_withheld else limits(count)
    return PeriodCount(period=period, months=months, count=shown, low=low, high=high)


def _of_years(years: Any, indicator: Indicator, audience: Audience) -> tuple[PeriodCount, ...]:
    return tuple(
        _period_count(str(year), int(months), int(count), indicator=indicator, audience=audience)
        for year, months, count in years
    )


def _sum_of(found: list[dict[str, np.ndarray]]) -> Monthly:
    counts = np.zeros(len(found[0]["month"]), dtype=np.int64)
    for each in found:
        counts = counts + each["offences"]
    return monthly(found[0]["month"], counts)


def _of_london(
    indicator: Indicator, area: Area, release: Release, audience: Audience
) -> Measurement:
    counted = indicator.counted
    if counted.knife:
        table = "london_knife_crime_count"
        series = _sum_of([release.query("knife_crime_by_month", subtype=counted.knife)])
    else:
        table = "london_borough_offences"
        series = _sum_of(
            [release.query("london_offences_by_month", category=each) for each in counted.london]
        )
    return _measured(indicator, area, release, audience, series=series, table=table)


def _of_borough(
    indicator: Indicator, area: Area, release: Release, audience: Audience
) -> Measurement:
    counted = indicator.counted
    if "HOMICIDE" in counted.london:
        return _homicide_of_borough(indicator, area, release, audience)
    if counted.knife:
        table = "london_knife_crime_count"
        query, names = "borough_knife_crime_by_month", [{"subtype": counted.knife}]
    else:
        table = "london_borough_offences"
        query, names = "borough_offences_by_month", [{"category": each} for each in counted.london]
    series = _sum_of([release.query(query, borough=area.code, **name) for name in names])
    return _measured(indicator, area, release, audience, series=series, table=table)


def _homicide_of_borough(
    indicator: Indicator, area: Area, release: Release, audience: Audience
) -> Measurement:
    """Count by calendar year only: below the force, homicide is never shown by month."""
    found = release.query("borough_offences_by_year", category="HOMICIDE", borough=area.code)
    table = "london_borough_offences"
    years = zip(found["year"], found["months"], found["offences"], strict=True)
    return Measurement(
        indicator=indicator,
        area=area,
        counts=_of_years(years, indicator, audience),
        sources=release.provenance(table, period=f"{found['year'][0]} to {found['year'][-1]}"),
    )


def _measured(
    indicator: Indicator,
    area: Area,
    release: Release,
    audience: Audience,
    *,
    series: Monthly,
    table: str,
) -> Measurement:
    period = f"{series.first:%B %Y} to {series.last:%B %Y}"
    return Measurement(
        indicator=indicator,
        area=area,
        counts=_of_years(series.by_calendar_year(), indicator, audience),
        monthly=series,
        sources=release.provenance(table, period=period),
    )


def _of_force_table(
    indicator: Indicator, area: Area, release: Release, audience: Audience
) -> Measurement:
    category = indicator.counted.force
    if not category:
        raise _not_held(indicator, area)
    if area.kind == "nation":
        found = release.query("national_offences")
        held, column = found["category"] == category, "offences"
    else:
        found = release.query("force_offences", category=category)
        held, column = found["code"] == area.code, "offences"
    count = _period_count(
        FORCE_YEAR,
        MONTHS_OF_A_YEAR,
        int(found[column][held].sum()),
        indicator=indicator,
        audience=audience,
    )
    return Measurement(
        indicator=indicator,
        area=area,
        counts=(count,),
        sources=release.provenance("force_offence", period=FORCE_YEAR),
    )


def _of_victims(indicator: Indicator, area: Area, release: Release) -> Measurement:
    """Shares from the tables of victims, which hold London only and passed disclosure control."""
    if area.code != METROPOLITAN:
        raise _not_held(indicator, area)
    counted = indicator.counted
    found = release.query(counted.victims)
    periods = found["period"] if "period" in found and "year" not in found else found["year"]
    names = [str(each) for each in periods]
    rows = list(zip(names, found[counted.column], found["victims"], found["withheld"], strict=True))
    wholes: dict[str, float] = {}
    for period, _, victims, _ in rows:
        wholes[period] = wholes.get(period, 0.0) + float(victims)
    return Measurement(
        indicator=indicator,
        area=area,
        shares=tuple(
            _period_share(period, category, victims, withheld, wholes[period])
            for period, category, victims, withheld in rows
            if counted.value in ("", category)
        ),
        sources=release.provenance(counted.victims, period=f"{names[0]} to {names[-1]}"),
    )


def _period_share(
    period: str, category: str, victims: float, withheld: str, whole: float
) -> PeriodShare:
    # A withheld part makes the whole unknown (NaN), and then the share is not shown either.
    if withheld or np.isnan(whole):
        shown = Disclosed(None, withheld) if withheld else Disclosed(int(victims))
        return PeriodShare(
            period=period,
            category=category,
            count=shown,
            whole=None,
            share=None,
            low=None,
            high=None,
        )
    share = rates.proportion(victims, whole)
    return PeriodShare(
        period=period,
        category=category,
        count=Disclosed(int(victims)),
        whole=int(whole),
        share=share.estimate,
        low=share.low,
        high=share.high,
    )
