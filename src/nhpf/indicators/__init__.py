"""Indicators: what is counted, against what and why; and their values with intervals."""

from nhpf.indicators.change_over_time import Change, change, dispersion
from nhpf.indicators.compute import (
    FORCE_YEAR,
    METROPOLITAN,
    Measurement,
    PeriodCount,
    PeriodShare,
    compute,
    limits,
)
from nhpf.indicators.definition import Counted, Indicator, indicator, load_indicators
from nhpf.indicators.monthly import Monthly, monthly

__all__ = [
    "FORCE_YEAR",
    "METROPOLITAN",
    "Change",
    "Counted",
    "Indicator",
    "Measurement",
    "Monthly",
    "PeriodCount",
    "PeriodShare",
    "change",
    "compute",
    "dispersion",
    "indicator",
    "limits",
    "load_indicators",
    "monthly",
]
