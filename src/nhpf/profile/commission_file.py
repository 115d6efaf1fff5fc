"""Read a commission from a TOML file, and refuse with the field what is wrong in it."""

from __future__ import annotations

import tomllib
from dataclasses import MISSING, fields
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from nhpf.errors import InvalidInput
from nhpf.profile.commission import Activity, Commission, Owner

TABLES: dict[str, type[Activity] | type[Owner]] = {"activity": Activity, "owners": Owner}
LISTS = ("questions", "partners", "areas")
EXAMPLE = "docs/how-to/make-a-profile.md shows a whole file."


def read_commission(path: Path) -> Commission:
    """Read what is given with a document.

    Parameters
    ----------
    path : Path
        A TOML file with the fields of `Commission`; ``[[activity]]`` and ``[[owners]]`` are tables.
        ``activity = []`` says that nothing is done.

    Raises
    ------
    InvalidInput
        If the file cannot be read, a field is not known or has another type than it must.
    PersonalData
        If a text holds a reference to a person.
    """
    try:
        held = tomllib.loads(path.read_text("utf-8"))
    except OSError:
        raise InvalidInput("The commission cannot be read.", where=str(path)) from None
    except ValueError:
        # A message of the parser may quote the line, and with it a name.
        raise InvalidInput(
            "The commission is no TOML file.", where=str(path), next_step=EXAMPLE
        ) from None
    return Commission(**_checked(Commission, held, where=str(path)))


def _checked(kind: type, held: dict[str, Any], *, where: str) -> dict[str, Any]:
    """Return the fields of one table, each of its type."""
    known = [each.name for each in fields(kind)]
    for name in held:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            raise InvalidInput(
                f"The commission has no field {name[:40]!r}.",
                where=where,
                next_step=f"Did you mean {near[0]}?" if near else f"Known: {', '.join(known)}.",
            )
    return {name: _value(name, value, where=f"{where}, {name}") for name, value in held.items()}


def _value(name: str, value: Any, *, where: str) -> object:
    if name in TABLES:
        return _rows(TABLES[name], value, where=where)
    if name in LISTS:
        if isinstance(value, list) and all(isinstance(each, str) for each in value):
            return tuple(" ".join(each.split()) for each in value)
        raise InvalidInput("A list of texts is needed here.", where=where, next_step=EXAMPLE)
    if name == "review":
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        raise InvalidInput("A date is needed here.", where=where, next_step="Write 2027-03-31.")
    if not isinstance(value, str):
        raise InvalidInput("A text is needed here.", where=where, next_step="Put it in quotes.")
    return " ".join(value.split())


def _rows(kind: type[Activity] | type[Owner], value: Any, *, where: str) -> tuple[object, ...]:
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise InvalidInput("A list of tables is needed here.", where=where, next_step=EXAMPLE)
    made = []
    for at, each in enumerate(value, start=1):
        given = _checked(kind, each, where=f"{where} {at}")
        needed = [field.name for field in fields(kind) if field.default is MISSING]
        if lacking := [name for name in needed if name not in given]:
            raise InvalidInput(
                f"Something is missing: {', '.join(lacking)}.",
                where=f"{where} {at}",
                next_step=EXAMPLE,
            )
        made.append(kind(**given))
    return tuple(made)
