"""By what a change would be seen: an indicator held here, and the smallest fall that it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhpf.errors import CannotTell
from nhpf.indicators import dispersion, indicator
from nhpf.methods.evaluation import detectable
from nhpf.profile.precursors import YEAR, YEARS_OF_SCATTER
from nhpf.profile.wording import percent
from nhpf.reports.words import in_words, number

if TYPE_CHECKING:
    from nhpf.profile.scope import Scope

YEARS = 2
"""Years on each side of the start: what a plan can wait for."""
FEWEST = 20
NONE_HELD = (
    "to be agreed: no count of other harm is held that bears on it, and homicide alone is too rare "
    "to show a change"
)


def measure_in_words(scope: Scope, area: str) -> str:
    """Return the first indicator of an area of focus that is held here, and what it could show.

    Homicide and what the police generate by looking for it are no measures: the one is too rare,
    the other moves with the looking.
    """
    for id in scope.edition.entry(area).indicators:
        each = indicator(id)
        if each.precursor and not each.police_generated:
            held = _yearly(scope, id)
            if held is not None:
                return _said(each.title, *held)
    return NONE_HELD


def _said(title: str, per_year: float, scatter: float) -> str:
    found = detectable(per_year, periods=YEARS, dispersion=scatter)
    years = in_words(YEARS)
    return (
        f"{title}, about {number(round(per_year))} a year: {years} years before and {years} after "
        f"would show a fall of {percent(-found.change)} or more"
    )


def _yearly(scope: Scope, id: str) -> tuple[float, float] | None:
    """Return events in the latest year held, and how much they scatter beyond chance."""
    try:
        measured = scope.measured(id)
    except CannotTell:
        return _national(scope, id) if scope.area.kind == "nation" else None
    series = measured.monthly
    if series is not None and series.holds(YEAR):
        count, _, _ = series.latest(YEAR)
        scatter = dispersion(series.year_table(YEARS_OF_SCATTER))
    elif measured.counts and measured.counts[-1].count.value is not None:
        count, scatter = int(measured.counts[-1].count.value), 1.0
    else:
        return None
    return (float(count), scatter) if count >= FEWEST else None


def _national(scope: Scope, id: str) -> tuple[float, float] | None:
    found = scope.release.query("national_offences")
    counts = dict(zip(found["category"].tolist(), found["offences"].tolist(), strict=True))
    count = counts.get(indicator(id).counted.force)
    return None if count is None else (float(count), 1.0)
