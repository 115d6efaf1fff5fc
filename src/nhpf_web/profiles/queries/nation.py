"""The one national figure of the home page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from nhpf.methods import rates
from nhpf_web.profiles.queries.places import opened, release


@dataclass(frozen=True, slots=True)
class NationalCount:
    """Homicides of the Homicide Index's latest year; the 95% interval of the level behind them."""

    homicides: int
    low: int
    high: int
    year_ending: int
    vintage: str

    @property
    def year_before(self) -> int:
        """The calendar year in which the financial year began."""
        return self.year_ending - 1


def national_count() -> NationalCount:
    """Return the latest count of the Homicide Index for England and Wales."""
    return _national_count(release().id)


@lru_cache(maxsize=2)
def _national_count(release_id: str) -> NationalCount:
    found = opened(release_id).query("national_homicide_index")
    last = max(
        range(len(found["homicides"])),
        key=lambda row: (found["year_ending_march"][row], found["published"][row]),
    )
    homicides = int(found["homicides"][last])
    limits = rates.rate(homicides, 1, per=1)
    year, vintage = int(found["year_ending_march"][last]), str(found["vintage"][last])
    return NationalCount(homicides, round(limits.low), round(limits.high), year, vintage)
