"""Maps: homicide by borough only, pooled and in neutral tones; other harm by ward of a borough."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from nhpf.disclosure import disclose, disclose_rate, policy_for
from nhpf.indicators import METROPOLITAN
from nhpf.profile.wording import count_interval
from nhpf.reports.charts import quantile_boundaries
from nhpf.reports.charts.specs import Map, MapArea
from nhpf.reports.tree import Column, Figure, Table
from nhpf.reports.words import cell, number, period

if TYPE_CHECKING:
    import numpy as np

    from nhpf.profile.comparison import Compared
    from nhpf.profile.scope import Scope

BOROUGHS = "borough-map"
WARDS = "ward-map"
MARGIN = 0.02


def view_box(found: dict[str, np.ndarray]) -> tuple[float, float, float, float]:
    """Return the part of the plane that outlines fill, with a margin."""
    left, top = float(found["left_x"].min()), float(found["top_y"].min())
    width = float(found["right_x"].max()) - left
    height = float(found["bottom_y"].max()) - top
    edge = MARGIN * max(width, height)
    return (left - edge, top - edge, width + 2 * edge, height + 2 * edge)


def classes_of(values: Sequence[float | None]) -> tuple[float, ...]:
    """Return the boundaries of five classes; none where all values are one."""
    known = [value for value in values if value is not None]
    return quantile_boundaries(known) if len(set(known)) > 1 else ()


def boroughs(scope: Scope, compared: Compared, *, first: date, last: date) -> Figure:
    """Show homicides by borough, five years pooled, in greys: more is neither rank nor blame."""
    found = scope.release.query("outlines_within", force=METROPOLITAN)
    counts = dict(zip(compared.codes, compared.counts, strict=True))
    areas = tuple(
        MapArea(code, name, path, float(counts[code]), f"{counts[code]} homicides", link=code)
        for code, name, path in zip(found["code"], found["name"], found["path"], strict=True)
        if code in counts
    )
    span = period(first, last)
    return Figure(
        id=BOROUGHS,
        title=f"Every borough of London recorded between {min(counts.values())} and "
        f"{max(counts.values())} homicides in five years",
        subtitle=f"Homicides by borough, pooled, {span}, series: Metropolitan Police open data; "
        "totals, not rates",
        reading="The map shows where totals of five years fall in five classes; boroughs with "
        "more residents have more. The funnel says which can be told from chance.",
        chart=Map(
            areas,
            view_box(found),
            unit="homicides in five years",
            classes=classes_of(list(map(float, counts.values()))),
            neutral=True,
        ),
        table=Table(
            f"Homicides by borough, {span}, in the order of names",
            (Column("borough", "Borough"), Column("homicides", "Homicides", "count")),
            tuple(
                (name, count_interval(count))
                for name, count in zip(compared.names, compared.counts, strict=True)
            ),
        ),
        provenance=scope.provenance("london_borough_offences", "outline", period=span),
        caveats=scope.known_faults("homicides_without_ward", "city_of_london"),
        method="Pooled totals with Byar's interval; no homicide is mapped below the borough.",
    )


def wards(scope: Scope, *, first: date, last: date) -> Figure:
    """Show violence with injury by ward of a borough, per thousand residents."""
    outlines = scope.release.query("wards_of_borough", borough=scope.area.code)
    counted = scope.release.query(
        "wards_offences_in_period", category="VIOLENCE WITH INJURY", first=first, last=last
    )
    counts = dict(zip(counted["code"].tolist(), counted["offences"].tolist(), strict=True))
    policy = policy_for("recorded_crime", audience=scope.audience)
    rows = []
    for code, name, people, path in zip(
        outlines["code"], outlines["name"], outlines["residents"], outlines["path"], strict=True
    ):
        count = disclose(counts[code], policy=policy)
        rate = disclose_rate(1000 * counts[code] / int(people), count=count)
        rows.append((code, name, int(people), path, count, rate))
    span = period(first, last)
    rates = [rate.value for *_, rate in rows if rate.value is not None]
    return Figure(
        id=WARDS,
        title=f"Violence with injury is recorded in every ward of {scope.area.name}, at "
        f"{number(min(rates), 0)} to {number(max(rates), 0)} per thousand residents in the year",
        subtitle=f"Recorded offences of violence with injury per 1,000 residents, {span}, wards of "
        f"{scope.area.name}, series: Metropolitan Police open data",
        reading="Wards with shops, stations and a night-time economy have many victims who live "
        "elsewhere, so a rate by residents overstates them.",
        chart=Map(
            tuple(
                MapArea(code, name, path, rate.value, cell(rate, "rate"))
                for code, name, _, path, _, rate in rows
            ),
            view_box(outlines),
            unit="offences per 1,000 residents",
            classes=classes_of(rates),
        ),
        table=Table(
            f"Violence with injury by ward, {span}, in the order of names",
            (
                Column("ward", "Ward"),
                Column("residents", "Residents, 2021", "count"),
                Column("offences", "Offences", "count"),
                Column("rate", "Per 1,000 residents", "rate"),
            ),
            tuple((name, people, count, rate) for _, name, people, _, count, rate in rows),
        ),
        provenance=scope.provenance("london_ward_offences", "ward", "outline", period=span),
        caveats=(
            "Other harm, not homicide: no homicide is counted by ward in a profile.",
            *scope.known_faults("restated_counts"),
        ),
    )
