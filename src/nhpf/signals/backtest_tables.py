"""The backtest's tables as a reader sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhpf.reports.numerals import NOT_KNOWN, number

if TYPE_CHECKING:
    from nhpf.signals.backtest import Backtest, Load, Measured

Rows = list[dict[str, str]]


def measured(value: Measured, *, percent: bool = False) -> str:
    """Return a value with its Monte Carlo error."""
    if value.value is None or value.error is None:
        return NOT_KNOWN
    if percent:
        return f"{number(100 * value.value, 0)}% ± {number(100 * value.error, 1)}"
    return f"{number(value.value, 2)} ± {number(value.error, 2)}"


def tables(found: Backtest) -> list[tuple[str, Rows]]:
    """Return the tables, each with its title."""
    return [
        ("False alarms a year where nothing changed", _calm(found)),
        ("Seeded rises found while they lasted", _found(found)),
        ("Alarms a year in the series of the release", _past(found)),
        ("Signals a month for the organisation that answers for all series", _loads(found)),
    ]


def _calm(found: Backtest) -> Rows:
    rows = [
        {
            "series": each.group,
            "area_years": number(each.area_years, 0),
            "false_alarms": measured(each.false_alarms),
            "two_sigma_chart": measured(each.two_sigma),
        }
        for each in found.calm
    ]
    rows.append(
        {
            "series": "Homicide, a force with all its local authorities",
            "area_years": "",
            "false_alarms": measured(found.homicide),
            "two_sigma_chart": measured(found.homicide_two_sigma),
        }
    )
    return rows


def _found(found: Backtest) -> Rows:
    return [
        {
            "series": each.group,
            "rise": f"{number(100 * (each.rise - 1), 0)}%",
            "lasting": f"{each.periods} {each.group.split()[-1]}s",
            "found": measured(each.alarmed, percent=True),
            "also_told_from_chance_among_all": measured(each.shown, percent=True),
            "delay": measured(each.delay),
            "two_sigma_chart": measured(each.two_sigma, percent=True),
            "its_delay": measured(each.two_sigma_delay),
        }
        for each in found.found
    ]


def _past(found: Backtest) -> Rows:
    return [
        {
            "series": each.group,
            "how_many": str(each.series),
            "area_years": number(each.area_years, 0),
            "alarms": number(each.alarms_per_area_year, 2),
            "two_sigma_chart": number(each.two_sigma_per_area_year, 2),
        }
        for each in found.past
    ]


def _loads(found: Backtest) -> Rows:
    return [
        _load("the release's own series", found.past_load),
        _load("other harm, nothing changed", found.calm_load),
    ]


def _load(what: str, load: Load) -> dict[str, str]:
    return {
        "series": what,
        "months": number(load.months),
        "signals": measured(load.mean),
        "most_in_a_month": str(load.most),
        "two_sigma_chart": measured(load.two_sigma_mean),
        "its_most_in_a_month": str(load.two_sigma_most),
    }
