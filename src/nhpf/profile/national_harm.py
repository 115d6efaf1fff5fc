"""England and Wales: other harm in the one year that the table by force holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhpf.indicators import FORCE_YEAR, load_indicators
from nhpf.profile.precursors import POLICE_NOTE, RECORDING
from nhpf.profile.wording import big
from nhpf.reports.tree import Cell, Column, Figure, Table
from nhpf.reports.words import number

if TYPE_CHECKING:
    from nhpf.profile.scope import Scope

OTHER_HARM = "national-other-harm"


def figure(scope: Scope) -> Figure:
    """Show recorded offences of each precursor, and how many there were for each homicide."""
    found = scope.release.query("national_offences")
    counts = dict(zip(found["category"].tolist(), found["offences"].tolist(), strict=True))
    homicides = counts["Homicide"]
    wanted = [each for each in load_indicators().values() if each.precursor and each.counted.force]
    rows: list[tuple[Cell, ...]] = []
    for each in sorted(wanted, key=lambda one: one.title):
        count = counts[each.counted.force]
        note = POLICE_NOTE if each.police_generated else ""
        rows.append((each.title, count, round(count / homicides), note))
    violence = counts["Violence with injury"]
    return Figure(
        id=OTHER_HARM,
        title=f"For each homicide the police recorded about {number(round(violence / homicides))} "
        "offences of violence with injury",
        subtitle="Recorded offences, England and Wales with British Transport Police, "
        f"{FORCE_YEAR}",
        reading=f"{number(violence)} offences of violence with injury and {homicides} homicides.",
        table=Table(
            f"Recorded offences, {big(FORCE_YEAR)}, in the order of names",
            (
                Column("indicator", "Harm"),
                Column("offences", "Offences", "count"),
                Column("for_each", "For each homicide", "count"),
                Column("note", "To be read with"),
            ),
            tuple(rows),
        ),
        provenance=scope.provenance("force_offence", period=FORCE_YEAR),
        caveats=(RECORDING, *scope.known_faults("force_without_area")),
        method="Counts as published.",
    )
