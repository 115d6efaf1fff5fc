"""A London borough: homicide by calendar year, and whether pooled years have changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhpf.errors import CannotTell
from nhpf.indicators import Change, Measurement, change
from nhpf.profile import judging
from nhpf.profile.scope import provenance
from nhpf.profile.wording import change_in_words, interval_of
from nhpf.reports.charts.specs import Line, Point, Trend
from nhpf.reports.tree import Column, Figure, Judgement, Table
from nhpf.reports.words import in_words

if TYPE_CHECKING:
    from nhpf.profile.scope import Scope

BY_YEAR = "homicide-by-year"
POOLED = 3


def pooled(found: Measurement) -> tuple[Change | None, int, int, str, str]:
    """Compare the latest three whole calendar years with the three before.

    Returns
    -------
    tuple
        The change (None where neither period has a homicide), the two counts, earlier first, and
        the names of the two periods.
    """
    whole = [value for value in found.counts if value.months == 12]
    later, earlier = whole[-POOLED:], whole[-2 * POOLED : -POOLED]
    counts = [int(sum(value.count.value or 0 for value in part)) for part in (earlier, later)]
    names = [f"{part[0].period} to {part[-1].period}" for part in (earlier, later)]
    try:
        moved = change(counts[0], POOLED, counts[1], POOLED)
    except CannotTell:
        moved = None
    return moved, counts[0], counts[1], names[0], names[1]


def headline(scope: Scope, found: Measurement, *, patience: str) -> Judgement:
    """Judge the change over pooled years, with what it would take to see one.

    Parameters
    ----------
    scope : Scope
    found : Measurement
    patience : str
        The sentence on how long a fall would take to be seen, the same in the whole profile.
    """
    moved, _, _, before, since = pooled(found)
    name = scope.area.name
    if moved is None:
        return Judgement(
            "headline",
            f"{name} recorded no homicide from {before[:4]} to {since[-4:]}.",
            "high",
            "Both three-year periods hold none.",
            (BY_YEAR,),
        )
    return Judgement(
        "headline",
        judging.change_sentence(f"Homicide in {name}", moved, earlier=before, later=since) + ".",
        judging.change_confidence(moved),
        f"{judging.change_because(moved)} {patience}",
        (BY_YEAR,),
    )


def by_year(scope: Scope, found: Measurement) -> Figure:
    """Show homicides by calendar year with intervals, and pooled years compared."""
    moved, earlier, later, before, since = pooled(found)
    name = scope.area.name
    title = f"{name} recorded no homicide from {before[:4]} to {since[-4:]}"
    reading = f"{since}: {later}; {before}: {earlier}."
    if moved is not None:
        title = judging.change_sentence(f"Homicide in {name}", moved, earlier=before, later=since)
        reading = f"{since} against {before}: {change_in_words(moved)}."
    drawn = [value for value in found.counts if value.months >= 9]
    points = (
        Point(value.period, value.count.value, value.low, value.high, note=_note(value.months))
        for value in drawn
    )
    return Figure(
        id=BY_YEAR,
        title=title,
        subtitle=f"Homicides recorded in {name} by calendar year, series: Metropolitan Police "
        "open data; the band is the 95% interval",
        reading=reading,
        chart=Trend((Line(name, tuple(points)),), unit="homicides a year"),
        table=Table(
            "Homicides by calendar year of recording",
            (
                Column("year", "Year", "period"),
                Column("months", "Months counted", "count"),
                Column("homicides", "Homicides", "count"),
            ),
            tuple((value.period, value.months, interval_of(value)) for value in found.counts),
            note="Single years differ mostly by chance: read pooled years.",
        ),
        provenance=provenance(found.sources),
        caveats=scope.known_faults("restated_counts"),
        method="Each year has the interval of a Poisson count of its size (Byar, exact below ten).",
    )


def _note(months: int) -> str:
    return "" if months == 12 else f"{in_words(months)} months only"
