"""The backtest's tables as a reader sees them, from the form in which it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nhpf.reports.numerals import NOT_KNOWN, number

Rows = list[dict[str, str]]
Kept = Mapping[str, Any]


def measured(value: Kept, *, percent: bool = False) -> str:
    """Return a value with its Monte Carlo error."""
    found, error = value["value"], value["error"]
    if found is None:
        return NOT_KNOWN
    if percent:
        told = f"{number(100 * found, 0)}%"
        return told if error is None else f"{told} ± {number(100 * error, 1)}"
    # A rate of a few in a thousand is not none.
    places = 3 if 0 < found < 0.01 else 2
    told = number(found, places)
    return told if error is None else f"{told} ± {number(error, places)}"


def tables_of(found: Kept) -> list[tuple[str, Rows]]:
    """Return the tables of a backtest as ``Backtest.as_json`` gives it, each with its title."""
    return [
        ("False alarms a year where nothing changed", _calm(found)),
        ("Seeded rises found while they lasted", [_found(each) for each in found["found"]]),
        ("Alarms a year in the series of the release", [_past(each) for each in found["past"]]),
        ("Signals a month for the organisation that answers for all series", _loads(found)),
    ]


def _calm(found: Kept) -> Rows:
    rows = [
        {
            "series": each["group"],
            "area_years": number(each["area_years"], 0),
            "false_alarms": measured(each["false_alarms"]),
            "two_sigma_chart": measured(each["two_sigma"]),
        }
        for each in found["calm"]
    ]
    whole = {
        "series": "Homicide, a force with all its local authorities",
        "area_years": "",
        "false_alarms": measured(found["homicide"]),
        "two_sigma_chart": measured(found["homicide_two_sigma"]),
    }
    return [*rows, whole]


def _found(each: Kept) -> dict[str, str]:
    return {
        "series": each["group"],
        "rise": f"{number(100 * (each['rise'] - 1), 0)}%",
        "lasting": f"{each['periods']} {each['group'].split()[-1]}s",
        "found": measured(each["alarmed"], percent=True),
        "also_told_from_chance_among_all": measured(each["shown"], percent=True),
        "delay": measured(each["delay"]),
        "two_sigma_chart": measured(each["two_sigma"], percent=True),
        "its_delay": measured(each["two_sigma_delay"]),
    }


def _past(each: Kept) -> dict[str, str]:
    return {
        "series": each["group"],
        "how_many": str(each["series"]),
        "area_years": number(each["area_years"], 0),
        "alarms": number(each["alarms_per_area_year"], 2),
        "two_sigma_chart": number(each["two_sigma_per_area_year"], 2),
    }


def _loads(found: Kept) -> Rows:
    return [
        _load("the release's own series", found["past_load"]),
        _load("other harm, nothing changed", found["calm_load"]),
    ]


def _load(what: str, load: Kept) -> dict[str, str]:
    return {
        "series": what,
        "months": number(load["months"]),
        "signals": measured(load["mean"]),
        "most_in_a_month": str(load["most"]),
        "two_sigma_chart": measured(load["two_sigma_mean"]),
        "its_most_in_a_month": str(load["two_sigma_most"]),
    }
