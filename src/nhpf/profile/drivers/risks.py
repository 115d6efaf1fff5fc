"""A map of shrunken risks of violence in the wards of a borough, in the order of names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhpf.disclosure import Disclosed, disclose, policy_for
from nhpf.profile.drivers.figures import ECOLOGICAL, NOT_CAUSE, provenance
from nhpf.profile.maps import classes_of, view_box
from nhpf.reports.charts.specs import Map, MapArea
from nhpf.reports.tree import Column, Figure, Interval, Table
from nhpf.reports.words import cell, number, period

if TYPE_CHECKING:
    from nhpf.methods.small_areas import SmallAreas
    from nhpf.profile.drivers.places import Places
    from nhpf.profile.scope import Scope

RISKS = "drivers-map"
Risk = Interval | Disclosed


def risk_map(scope: Scope, london: Places, risks: SmallAreas) -> Figure:
    """Show the risk in each ward of a borough against London's, in five neutral shades.

    Parameters
    ----------
    scope : Scope
        Of a borough.
    london : Places
        All wards, which the risks are of.
    risks : SmallAreas
        Without covariates: each ward drawn towards its neighbours and the whole.
    """
    outlines = scope.release.query("wards_of_borough", borough=scope.area.code)
    named = list(zip(outlines["code"].tolist(), outlines["name"].tolist(), strict=True))
    shown = [_shown(scope, london, risks, code) for code, _ in named]
    values = [_value(risk) for _, risk in shown]
    known = [value for value in values if value is not None]
    span = period(london.first, london.last)
    return Figure(
        id=RISKS,
        title=f"Violence with injury in the wards of {scope.place} runs from "
        f"{number(min(known), 1)} to {number(max(known), 1)} times London's rate",
        subtitle="Relative risk of violence with injury for residents, each ward drawn towards its "
        f"neighbours and the whole, {len(named)} wards of {scope.place}, {span}, series: "
        "Metropolitan Police open data; 95% intervals",
        reading="The classes hold a fifth of the wards each. A ward with shops, stations and a "
        "night-time economy has many victims who live elsewhere: its risk for residents is "
        "overstated. The map ranks no ward.",
        chart=Map(
            tuple(
                MapArea(code, name, path, value, cell(risk, "ratio"))
                for (code, name), path, value, (_, risk) in zip(
                    named, outlines["path"].tolist(), values, shown, strict=True
                )
            ),
            view_box(outlines),
            unit="times London's rate",
            classes=classes_of(values),
            neutral=True,
        ),
        table=Table(
            f"Relative risk of violence with injury by ward, {span}, in the order of names",
            (
                Column("ward", "Ward"),
                Column("offences", "Offences in three years", "count"),
                Column("risk", "Times London's rate", "ratio"),
            ),
            tuple((name, *both) for (_, name), both in zip(named, shown, strict=True)),
        ),
        provenance=provenance(scope, london),
        caveats=(
            "Other harm, not homicide: no homicide is counted by ward in a profile.",
            NOT_CAUSE,
            ECOLOGICAL,
            *risks.caveats,
        ),
        method=f"{risks.method}, without covariates, over all {london.size} wards of London.",
    )


def _shown(scope: Scope, london: Places, risks: SmallAreas, code: str) -> tuple[Disclosed, Risk]:
    """Return a ward's count and risk; a risk beside a withheld count would give the count away."""
    at = london.codes.tolist().index(code)
    policy = policy_for("recorded_crime", audience=scope.audience)
    count = disclose(int(london.violence[at]), policy=policy)
    if count.value is None:
        return count, count
    low, high = float(risks.low[at]), float(risks.high[at])
    return count, Interval(float(risks.relative_risk[at]), low, high, risks.level, risks.method)


def _value(risk: Risk) -> float | None:
    return risk.estimate if isinstance(risk, Interval) else None
