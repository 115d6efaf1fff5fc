"""Reads the files of an edition.

Reading is strict about shape (a file that cannot be read stops here, by name) and leaves what the
words say to ``checking``, so that all faults of a draft can be shown at once.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from nhpf.errors import EditionFault
from nhpf.framework.assessments import Aims, Assessment, Impact, Mitigation
from nhpf.framework.edition import Edition
from nhpf.framework.entries import (
    EmmiePart,
    Entry,
    Evidence,
    Fact,
    Outcome,
    Rating,
    Rename,
    Source,
)

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

CURRENT_EDITION = "2026"
EDITIONS = Path(__file__).parent / "editions"

# One file an entry where entries are long, one file for all where they are short.
FOLDERS = {
    "themes": "theme",
    "areas": "area",
    "toolkits": "toolkit",
    "interventions": "intervention",
    "strategies": "strategy",
    "enablers": "enabler",
}
LISTS = {
    "objectives.toml": "objective",
    "phases.toml": "phase",
    "prevention_levels.toml": "prevention_level",
    "drivers.toml": "driver",
}

# What a field must hold, by the way its type is written in the dataclass.
SHAPES: Mapping[str, type] = {"str": str, "int": int, "date": date, "tuple[str, ...]": tuple}

Table = dict[str, Any]
Record = TypeVar("Record", bound="DataclassInstance")
Identified = TypeVar("Identified", Source, Entry, Assessment, Rename)


def load_edition(name: str = CURRENT_EDITION) -> Edition:
    """Return an edition that is shipped with the library; read once in a process.

    Parameters
    ----------
    name : str, default "2026"
        The edition's name, which is its folder.

    Raises
    ------
    EditionFault
        When there is no such edition, or one of its files cannot be read.
    """
    if name not in edition_names():
        raise EditionFault(
            f"There is no edition {name} of the framework.",
            next_step=f"The editions held are: {', '.join(edition_names())}.",
        )
    return _shipped(name)


@cache
def _shipped(name: str) -> Edition:
    # Asked for by name or as the current one, it is the same object.
    return read_edition(EDITIONS / name)


def edition_names() -> tuple[str, ...]:
    """Return the names of the editions that are shipped with the library, oldest first."""
    return tuple(sorted(folder.name for folder in EDITIONS.iterdir() if folder.is_dir()))


def read_edition(folder: Path) -> Edition:
    """Return the edition whose files are in this folder.

    Raises
    ------
    EditionFault
        When a file is missing, is no TOML, or lacks or misspells a field.
    """
    duplicates: list[str] = []
    return _built(
        Edition,
        _table(folder / "edition.toml"),
        where="edition.toml",
        sources=_by_id(_sources(folder), duplicates),
        entries=_by_id(_entries(folder), duplicates),
        assessments=_by_id(_assessments(folder), duplicates),
        renames=_by_id(_renames(folder), duplicates),
        duplicates=tuple(duplicates),
    )


def read_entry(text: str, *, kind: str, where: str) -> Entry:
    """Return the entry of this kind that the text of one file holds.

    Raises
    ------
    EditionFault
        When the text is no TOML, or lacks or misspells a field.
    """
    return _entry(_parsed(text, where=where), kind=kind, where=where)


def read_source(text: str, *, where: str) -> Source:
    """Return the source that a text holds; raises as ``read_entry`` does."""
    return _built(Source, _parsed(text, where=where), where=where)


def read_assessment(text: str, *, where: str) -> Assessment:
    """Return the assessment that a text holds; raises as ``read_entry`` does."""
    return _assessment(_parsed(text, where=where), where=where)


def _by_id(items: Iterator[Identified], duplicates: list[str]) -> Mapping[str, Identified]:
    """Key by id; the first claim is held and later ones are noted for the check to refuse."""
    held: dict[str, Identified] = {}
    for item in items:
        if item.id in held:
            duplicates.append(item.id)
        held.setdefault(item.id, item)
    return held


def _sources(folder: Path) -> Iterator[Source]:
    for table in _table(folder / "sources.toml").get("sources", []):
        yield _built(Source, table, where="sources.toml")


def _entries(folder: Path) -> Iterator[Entry]:
    for name, kind in FOLDERS.items():
        for path in sorted((folder / name).glob("*.toml")):
            yield _entry(_table(path), kind=kind, where=f"{name}/{path.name}")
    for name, kind in LISTS.items():
        for table in _table(folder / name).get("entries", []):
            yield _entry(table, kind=kind, where=name)


def _assessments(folder: Path) -> Iterator[Assessment]:
    for path in sorted((folder / "assessments").glob("*.toml")):
        yield _assessment(_table(path), where=f"assessments/{path.name}")


def _assessment(table: Table, *, where: str) -> Assessment:
    return _built(
        Assessment,
        table,
        where=where,
        impacts=_rows(Impact, table.pop("impacts", []), where=where),
        further=_rows(Impact, table.pop("further", []), where=where),
        aims=_built(Aims, table.pop("aims", {}), where=where),
        mitigations=_rows(Mitigation, table.pop("mitigations", []), where=where),
    )


def _renames(folder: Path) -> Iterator[Rename]:
    path = folder / "renames.toml"
    # The first edition had nothing to rename.
    for table in _table(path).get("renames", []) if path.exists() else ():
        yield _built(Rename, table, where="renames.toml")


def _entry(table: Table, *, kind: str, where: str) -> Entry:
    evidence = table.pop("evidence", None)
    text = table.pop("text", {})
    return _built(
        Entry,
        table,
        where=where,
        kind=kind,
        text={part: str(words).strip() for part, words in text.items()},
        facts=_rows(Fact, table.pop("facts", []), where=where),
        evidence=None if evidence is None else _evidence(evidence, where=where),
    )


def _evidence(table: Table, *, where: str) -> Evidence:
    outcomes = _rows(Outcome, table.pop("outcomes", []), where=where)
    ratings = _rows(Rating, table.pop("ratings", []), where=where)
    emmie = _rows(EmmiePart, table.pop("emmie", []), where=where)
    return _built(Evidence, table, where=where, outcomes=outcomes, ratings=ratings, emmie=emmie)


def _rows(record: type[Record], tables: list[Table], *, where: str) -> tuple[Record, ...]:
    return tuple(_built(record, table, where=where) for table in tables)


def _table(path: Path) -> Table:
    where = f"{path.parent.name}/{path.name}"
    try:
        return _parsed(path.read_text(encoding="utf-8"), where=where)
    except FileNotFoundError:
        fault = "This file of the edition is missing."
    except UnicodeDecodeError:
        fault = "This file of the edition is not UTF-8 text."
    raise EditionFault(fault, where=where)


def _parsed(text: str, *, where: str) -> Table:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        fault = f"This file of the edition is not valid TOML: {error}."
    raise EditionFault(fault, where=where)


def _built(record: type[Record], table: Table, *, where: str, **made: Any) -> Record:
    """Make a record of a table, or say which field is missing, unknown or of the wrong shape."""
    values = made | {name: _plain(value) for name, value in table.items()}
    known = _fields(record)
    for name in sorted(values.keys() - known.keys()):
        raise EditionFault(f"{record.__name__} has no field '{name}'.", where=where)
    for name, field in known.items():
        if name not in values and field.default is MISSING:
            raise EditionFault(f"{record.__name__} lacks the field '{name}'.", where=where)
        shape = SHAPES.get(str(field.type))
        if name in values and shape and not isinstance(values[name], shape):
            raise EditionFault(f"The field '{name}' must be a {field.type}.", where=where)
    if "where" in known:
        values["where"] = where
    return record(**values)


@cache
def _fields(record: type[DataclassInstance]) -> Mapping[str, Field[Any]]:
    return {field.name: field for field in fields(record)}


def _plain(value: object) -> object:
    """Take the line breaks off the ends of long text, and make lists unchangeable."""
    if isinstance(value, str):
        return value.strip()
    return tuple(value) if isinstance(value, list) else value
