"""Writes an edition as files, in one way only: what was read and written again is the same bytes.

A field that holds its default is left out, so that a field added to a later version changes no
file of an older edition. Comments of files that a person wrote are not kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nhpf.errors import EditionFault
from nhpf.framework.edition import Edition
from nhpf.framework.reading import FOLDERS, LISTS

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

# Fields that the place of a file says already, or that no file holds.
UNWRITTEN = frozenset({"where", "kind"})
PARTS_OF_EDITION = frozenset({"entries", "sources", "assessments", "renames", "duplicates"})
LONG = 60
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\b": "\\b", "\t": "\\t", "\f": "\\f", "\r": "\\r"}


def write_edition(edition: Edition, folder: Path) -> tuple[Path, ...]:
    """Write an edition into a folder that is empty or not there yet.

    Returns
    -------
    tuple of Path
        The files written, in the order of their names.

    Raises
    ------
    EditionFault
        When the folder holds something, or an id is claimed twice: one of the two would be lost.
    """
    if folder.exists() and any(folder.iterdir()):
        raise EditionFault(
            "The folder is not empty; an edition is never written over anything.",
            where=folder.name,
            next_step="Name a folder that does not exist yet.",
        )
    files = edition_files(edition)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return tuple(folder / name for name in files)


def edition_files(edition: Edition) -> Mapping[str, str]:
    """Return the text of each file of an edition by its name within the edition's folder.

    Raises
    ------
    EditionFault
        When an id is claimed twice.
    """
    if edition.duplicates:
        raise EditionFault(
            f"The id {edition.duplicates[0]} is used more than once.",
            where=f"edition {edition.name}",
            next_step="Run: nhpf edition check",
        )
    return dict(sorted(_files(edition)))


def record_text(record: DataclassInstance) -> str:
    """Return an entry, a source or an assessment as the text of one file."""
    return "\n".join(_table(record)) + "\n"


def _files(edition: Edition) -> Iterator[tuple[str, str]]:
    yield "edition.toml", "\n".join(_scalars(edition, without=PARTS_OF_EDITION)) + "\n"
    yield "sources.toml", _listed("sources", edition.sources.values())
    if edition.renames:
        yield "renames.toml", _listed("renames", edition.renames.values())
    for folder, kind in FOLDERS.items():
        for entry in edition.of_kind(kind):
            yield f"{folder}/{entry.id}.toml", record_text(entry)
    for name, kind in LISTS.items():
        yield name, _listed("entries", edition.of_kind(kind))
    for held in edition.assessments.values():
        yield f"assessments/{held.id}.toml", record_text(held)


def _listed(name: str, records: Any) -> str:
    blocks = ["\n".join([f"[[{name}]]", *_table(record, within=f"{name}.")]) for record in records]
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _table(record: DataclassInstance, within: str = "") -> Iterator[str]:
    """Yield the lines of a record: its own values first, then the tables inside it."""
    yield from _scalars(record)
    for name, value in _values(record):
        path = f"{within}{name}"
        if isinstance(value, Mapping):
            yield from (
                "",
                f"[{path}]",
                *(f"{_key(part)} = {_toml(v)}" for part, v in value.items()),
            )
        elif is_dataclass(value) and not isinstance(value, type):
            yield from ("", f"[{path}]", *_table(value, within=f"{path}."))
        elif _is_rows(value):
            for row in value:
                yield from ("", f"[[{path}]]", *_table(row, within=f"{path}."))


def _scalars(record: DataclassInstance, without: frozenset[str] = frozenset()) -> Iterator[str]:
    for name, value in _values(record):
        nested = isinstance(value, Mapping) or is_dataclass(value) or _is_rows(value)
        if name not in without and not nested:
            yield f"{name} = {_toml(value)}"


def _values(record: DataclassInstance) -> Iterator[tuple[str, Any]]:
    for field in fields(record):
        value = getattr(record, field.name)
        if field.name not in UNWRITTEN and not _is_default(field, value):
            yield field.name, value


def _is_default(field: Field[Any], value: object) -> bool:
    return field.default is not MISSING and value == field.default and value is not False


def _is_rows(value: object) -> bool:
    return isinstance(value, tuple) and bool(value) and is_dataclass(value[0])


def _toml(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case int() | float():
            return repr(value)
        case date():
            return value.isoformat()
        case str():
            return _long(value) if len(value) > LONG or "\n" in value else _short(value)
        case tuple():
            return f"[{', '.join(_short(str(one)) for one in value)}]"
    raise TypeError(f"No field of an edition holds a {type(value).__name__}.")


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _short(name)


def _short(text: str) -> str:
    return f'"{_escaped(text)}"'.replace("\n", "\\n")


def _long(text: str) -> str:
    # A line end after the opening marks belongs to them; one before the closing marks would stay.
    return f'"""\n{_escaped(text)}"""'


def _escaped(text: str) -> str:
    escaped = "".join(_ESCAPES.get(sign, sign) for sign in text)
    return re.sub(
        r"[\x00-\x08\x0b-\x1f\x7f]", lambda found: f"\\u{ord(found.group()):04x}", escaped
    )
