"""Contracts: what each kind of record means, which values it may hold, and how its files look."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from nhpf.errors import InvalidInput

FOLDER = Path(__file__).parent / "contracts"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a contract; its kind says which values a row may hold.

    ``kind`` is one of: text (a short label), free_text, place_name (a published name of a place),
    count (a whole number of zero or more), number, share (0 to 1), code (matches ``pattern``),
    choice (one of ``choices``), flag (yes, no or not known), month, year, date, time, place (a code
    of ``known_in``), area (a code or name of the kind that the field ``by`` says), outline (a
    boundary). Text and free text are screened for personal data.

    Attributes
    ----------
    name, kind, meaning : str
    optional : bool
        Whether it may be blank.
    pattern : str
        The whole of a code.
    like : tuple of str
        Codes of that form, for a reader.
    choices : tuple of str
        The code list of a choice.
    known_in : tuple of str
        The look-ups that must know a place: lsoa11, lsoa21, ward22, ward24, ltla24, pfa24, ...
    by : str
        For an area, the field that says which kind of area it is.
    suppression : str
        For a figure, the flag that says that its publisher withheld it: a mark such as ``*`` is a
        blank and sets the flag, and a figure that may not be blank may be where the flag is set.
    exempt : tuple of str
        Names of bodies that the screening would take for people.
    lowest, highest : float or None
        The bounds of a number.
    past : bool
        Whether a month, date or time may not lie in the future.
    earliest : int
        The first year in which a month, date, time or year may lie.
    not_before : str
        For the end of a span, the field of its beginning, which stands above it.
    """

    name: str
    kind: str
    meaning: str
    optional: bool = False
    pattern: str = ""
    like: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    known_in: tuple[str, ...] = ()
    by: str = ""
    suppression: str = ""
    exempt: tuple[str, ...] = ()
    lowest: float | None = None
    highest: float | None = None
    past: bool = True
    earliest: int = 1900
    not_before: str = ""


@dataclass(frozen=True, slots=True)
class Spread:
    """Columns side by side that are one field: a month a column, an age a column.

    ``headers`` matches their names; each name becomes the value of ``into``, its cell ``value``.
    """

    headers: str
    into: str
    value: str


@dataclass(frozen=True, slots=True)
class Layout:
    """One form that files of a contract come in.

    Attributes
    ----------
    name, title : str
    columns : dict of str to str
        Each header and the field that it fills; an empty one is read, screened and left out.
    absent : tuple of str
        Headers of ``columns`` that a file may lack.
    constants : dict of str to str
        Fields that have one value in every row.
    values : dict of str to dict
        For each field, the words of the file and the words of the contract.
    dates : dict of str to str
        For each field, the form of its date or time, as ``strptime`` takes it.
    blanks : tuple of str
        Words that stand for a blank.
    spread : Spread or None
    places : tuple of str
        Headers of columns that are left out and hold names of places.
    computed : dict of str to str
        For each field that needs more than one column, the SQL of its text, headers in braces.
    terms : dict of str to str
        Series, publisher, licence and others, where they differ from the contract's.
    """

    name: str
    title: str
    columns: dict[str, str]
    absent: tuple[str, ...] = ()
    constants: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    dates: dict[str, str] = field(default_factory=dict)
    blanks: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    spread: Spread | None = None
    computed: dict[str, str] = field(default_factory=dict)
    terms: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refused:
    """Files that are known and never taken: all of ``headers`` are there; why not."""

    headers: tuple[str, ...]
    reason: str
    next_step: str


@dataclass(frozen=True, slots=True)
class Contract:
    """One kind of record.

    Attributes
    ----------
    source : str
        Its id, the SOURCE of the command line.
    version : int
        Goes up when a field changes in a way that files or returns must follow.
    grain, unit, meaning : str
        What one row is, what is counted, and what it stands for.
    regime : str
        law enforcement (Part 3), UK GDPR, or not personal.
    person_category : str
        Whom rows are about: none, victims, suspects, patients.
    retention : str
        The retention class, with the review it asks for.
    duplicates : str
        ``kept``: equal rows are different events; ``set aside``: a row equal to an earlier one is a
        repeat, where its ``key`` is not blank; ``refused``: a second row of the same ``key`` that
        is not equal is rejected besides.
    key : tuple of str
        Fields that name a row; without them the whole row does.
    encoded : tuple of str
        For events in their millions: the fields that a release holds as codes, the place first.
    disclosure : str
        The kind of data set that ``nhpf.disclosure`` knows its policies by.
    refused : tuple of Refused
        Files that somebody may think belong here, and do not.
    """

    source: str
    version: int
    title: str
    grain: str
    unit: str
    meaning: str
    series: str
    publisher: str
    licence: str
    regime: str
    person_category: str
    retention: str
    marking: str
    disclosure: str
    fields: tuple[Field, ...]
    layouts: tuple[Layout, ...]
    duplicates: str = "set aside"
    key: tuple[str, ...] = ()
    encoded: tuple[str, ...] = ()
    example: tuple[dict[str, str], ...] = ()
    refused: tuple[Refused, ...] = ()

    def field(self, name: str) -> Field:
        """Return one field.

        Raises
        ------
        InvalidInput
            If the contract has no field of this name.
        """
        for each in self.fields:
            if each.name == name:
                return each
        raise InvalidInput("The contract has no field of this name.", where=f"{self.source}.{name}")


REGIMES = ("law enforcement (Part 3)", "UK GDPR", "not personal")
TUPLES = ("like", "choices", "known_in", "exempt", "absent", "blanks", "places", "headers")


@cache
def contracts() -> dict[str, Contract]:
    """Return every contract by its id."""
    return {path.stem: _contract(path) for path in sorted(FOLDER.glob("*.toml"))}


def contract(source: str) -> Contract:
    """Return the contract of one source.

    Raises
    ------
    InvalidInput
        If there is no such source.
    """
    known = contracts()
    if source not in known:
        raise InvalidInput(
            "There is no source of this name.",
            where=source,
            next_step=f"The sources are {', '.join(known)}.",
        )
    return known[source]


def _contract(path: Path) -> Contract:
    raw = tomllib.loads(path.read_text("utf-8"))
    fields = tuple(Field(**_tupled(each)) for each in raw.pop("field"))
    own = Layout(
        "nhpf",
        "NHPF's own layout",
        {each.name: each.name for each in fields},
        absent=tuple(each.name for each in fields if each.optional),
    )
    layouts = (own, *(_layout(each) for each in raw.pop("layout", ())))
    raw["refused"] = tuple(Refused(**_tupled(each)) for each in raw.get("refused", ()))
    raw["key"] = tuple(raw.get("key", ()))
    raw["encoded"] = tuple(raw.get("encoded", ()))
    raw["example"] = tuple(raw.get("example", ()))
    return Contract(source=path.stem, fields=fields, layouts=layouts, **raw)


def _layout(raw: dict[str, Any]) -> Layout:
    spread = raw.pop("spread", None)
    return Layout(spread=Spread(**spread) if spread else None, **_tupled(raw))


def _tupled(raw: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if key in TUPLES else value for key, value in raw.items()}
