"""Indicator definitions: reviewed files that say what is counted, against what, and why."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from nhpf.errors import DamagedData, InvalidInput

FOLDER = Path(__file__).parent / "definitions"
Measure = Literal["count", "rate", "share"]
MEASURES = ("count", "rate", "share")
REPAIR = "Correct the definition and have its checker read it again."


@dataclass(frozen=True, slots=True)
class Counted:
    """Which categories of the release's tables an indicator counts.

    Attributes
    ----------
    london : tuple of str
        Categories of recorded crime in the Metropolitan Police's files; they are added up.
    knife : str
        Subtype in the Metropolitan Police's knife crime file.
    force : str
        Subgroup of offences in the Home Office's table by force.
    victims, column, value : str
        Query of a table of homicide victims, the column it is divided by, and the value counted;
        every value where empty.
    """

    london: tuple[str, ...] = ()
    knife: str = ""
    force: str = ""
    victims: str = ""
    column: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One reviewed definition.

    Attributes
    ----------
    id : str
        Permanent id, the name of the file.
    title, unit, numerator, denominator : str
        What it is called, its unit, what is counted and against what.
    measure : str
        "count", "rate" or "share".
    why_it_matters, cannot_say : str
        Why it bears on homicide, and the limit that travels with it.
    areas_of_focus : tuple of str
        Permanent ids of the areas of focus that it informs.
    precursor : bool
        Whether it counts a harm that comes before or beside homicide, rather than homicide.
    police_generated : bool
        Whether it counts what the police look for; then it is never read alone.
    disparity : bool
        Whether it compares groups of people; then a disparity record stands beside it.
    counted : Counted
        Which categories of which tables it counts.
    owner, checker : str
        The desk that answers for it and the other desk that checked it.
    reviewed, review_due : date
    """

    id: str
    title: str
    measure: Measure
    unit: str
    numerator: str
    denominator: str
    why_it_matters: str
    cannot_say: str
    areas_of_focus: tuple[str, ...]
    precursor: bool
    police_generated: bool
    disparity: bool
    counted: Counted
    owner: str
    checker: str
    reviewed: date
    review_due: date

    def is_overdue(self, *, on: date) -> bool:
        """Whether the review date has passed."""
        return self.review_due < on


def parse(name: str, text: str) -> Indicator:
    """Read one definition and refuse it where a part is missing or cannot be true.

    Parameters
    ----------
    name : str
        The file's name without its ending, which must be the indicator's id.
    text : str
        The TOML text.

    Raises
    ------
    DamagedData
        With the file and the field that is wrong.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise DamagedData("The definition is not valid TOML.", where=name) from None
    _check_fields(name, raw)
    raw["areas_of_focus"] = tuple(raw["areas_of_focus"])
    raw["counted"] = _counted(name, raw["counted"])
    found = Indicator(**raw)
    for field, is_wrong, why in _faults(name, found):
        if is_wrong:
            raise DamagedData(why, where=f"indicator {name}, {field}", next_step=REPAIR)
    return found


def _check_fields(name: str, raw: dict[str, Any]) -> None:
    wanted = {field.name for field in fields(Indicator)}
    for field in sorted(wanted ^ set(raw)):
        fault = "is missing" if field in wanted else "is not part of a definition"
        raise DamagedData(f"A field {fault}.", where=f"indicator {name}, {field}", next_step=REPAIR)
    kinds: dict[str, type] = {"areas_of_focus": list, "counted": dict}
    kinds |= dict.fromkeys(("reviewed", "review_due"), date)
    kinds |= dict.fromkeys(("precursor", "police_generated", "disparity"), bool)
    for field in sorted(wanted):
        value, kind = raw[field], kinds.get(field, str)
        if not isinstance(value, kind) or value == "":
            raise DamagedData(
                "A field is empty or of the wrong kind.",
                where=f"indicator {name}, {field}",
                next_step=REPAIR,
            )


def _counted(name: str, raw: dict[str, Any]) -> Counted:
    known = {field.name for field in fields(Counted)}
    if not set(raw) <= known or not any(raw.get(key) for key in ("london", "knife", "victims")):
        raise DamagedData(
            "It does not say which categories of which tables it counts.",
            where=f"indicator {name}, counted",
            next_step=REPAIR,
        )
    return Counted(**(raw | {"london": tuple(raw.get("london", ()))}))


def _faults(name: str, found: Indicator) -> tuple[tuple[str, bool, str], ...]:
    return (
        ("id", found.id != name, "The id is not the name of the file."),
        ("measure", found.measure not in MEASURES, "The measure is not count, rate or share."),
        ("checker", found.checker == found.owner, "The checker must be another desk."),
        (
            "review_due",
            found.review_due <= found.reviewed,
            "The review is due before it was made.",
        ),
    )


@cache
def load_indicators() -> dict[str, Indicator]:
    """Return every definition by its id, in the order of the ids."""
    paths = sorted(FOLDER.glob("*.toml"))
    return {path.stem: parse(path.stem, path.read_text("utf-8")) for path in paths}


def indicator(id: str) -> Indicator:
    """Return one definition.

    Raises
    ------
    InvalidInput
        If no definition has this id.
    """
    known = load_indicators()
    if id not in known:
        raise InvalidInput(
            "There is no indicator of this id.",
            where=id,
            next_step=f"The indicators are {', '.join(known)}.",
        )
    return known[id]
