"""A map of shrunken risks of violence by ward; wards stand in the order of names, never of risk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

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
MapRow = tuple[str, str, str, str, Disclosed, Interval | Disclosed]


def risk_map(scope: Scope, london: Places, risks: SmallAreas, borough: str = "") -> Figure:
    """Show each ward's risk against London's, drawn towards its neighbours, in five neutral shades.

    Parameters
    ----------
    scope : Scope
    london : Places
        All wards, which the risks are of.
    risks : SmallAreas
        Without covariates.
    borough : str
        Only the wards of one borough, or "" for all.
    """
    outlines = scope.release.query("outlines", kind="ward")
    inside = np.isin(
        outlines["code"], london.codes[london.groups == borough] if borough else london.codes
    )
    shapes = {name: values[inside] for name, values in outlines.items()}
    rows = _rows(scope, london, risks, shapes)
    held = [ratio for *_, ratio in rows if isinstance(ratio, Interval)]
    low, high = min(each.estimate for each in held), max(each.estimate for each in held)
    span = period(london.first, london.last)
    return Figure(
        id=RISKS,
        title=f"Violence with injury in {scope.place}'s wards runs from {number(low, 1)} to "
        f"{number(high, 1)} times London's rate, chance set aside",
        subtitle="Relative risk of violence with injury for residents, each ward drawn towards its "
        f"neighbours and the whole, {len(rows)} wards, {span}, series: Metropolitan Police open "
        "data; 95% intervals in the table",
        reading="Five classes hold a fifth of wards each. A ward with shops, stations and a "
        "night-time economy has many victims who live elsewhere: its risk for residents is "
        "overstated. The map ranks no ward.",
        chart=Map(
            tuple(
                MapArea(code, name, path, _value(ratio), cell(ratio, "ratio"))
                for code, name, _, path, _, ratio in rows
            ),
            view_box(shapes),
            unit="times London's rate",
            classes=classes_of([_value(ratio) for *_, ratio in rows]),
            neutral=True,
        ),
        table=Table(
            f"Relative risk of violence with injury by ward, {span}, in the order of names",
            (
                Column("ward", "Ward"),
                *(() if borough else (Column("borough", "Borough"),)),
                Column("offences", "Offences in three years", "count"),
                Column("risk", "Times London's rate", "ratio"),
            ),
            tuple(
                (name, *(() if borough else (within,)), count, ratio)
                for _, name, within, _, count, ratio in rows
            ),
        ),
        provenance=provenance(scope, london),
        caveats=(
            "Other harm, not homicide: no homicide is counted by ward in a profile.",
            NOT_CAUSE,
            ECOLOGICAL,
            *risks.caveats,
        ),
        method=f"{risks.method}, without covariates, over all 679 wards.",
    )


def _rows(
    scope: Scope, london: Places, risks: SmallAreas, shapes: dict[str, np.ndarray]
) -> list[MapRow]:
    """Return wards in the order of names, each with its outline, count and risk."""
    boroughs = scope.release.query("areas")
    called = dict(zip(boroughs["code"].tolist(), boroughs["name"].tolist(), strict=True))
    policy = policy_for("recorded_crime", audience=scope.audience)
    at = {code: i for i, code in enumerate(london.codes.tolist())}
    rows: list[MapRow] = []
    for code, path in zip(shapes["code"].tolist(), shapes["path"].tolist(), strict=True):
        i = at[code]
        count = disclose(int(london.violence[i]), policy=policy)
        risk = Interval(
            float(risks.relative_risk[i]),
            float(risks.low[i]),
            float(risks.high[i]),
            risks.level,
            risks.method,
        )
        # A risk beside a withheld count would give the count away.
        ratio = count if count.value is None else risk
        rows.append((code, str(london.names[i]), called[london.groups[i]], path, count, ratio))
    return sorted(rows, key=lambda row: (row[1], row[2]))


def _value(ratio: Interval | Disclosed) -> float | None:
    return ratio.estimate if isinstance(ratio, Interval) else None
