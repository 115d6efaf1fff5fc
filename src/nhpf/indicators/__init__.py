"""Indicators: what is counted, against what and why; and their values with intervals."""

from nhpf.indicators.change_over_time import Change, change, dispersion
from nhpf.indicators.definition import Indicator, indicator, load_indicators

__all__ = ["Change", "Indicator", "change", "dispersion", "indicator", "load_indicators"]
