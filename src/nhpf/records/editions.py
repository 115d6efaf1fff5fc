"""Editions that were frozen in an installation: they stand in the data folder, beside releases."""

from __future__ import annotations

import hashlib
from datetime import date
from functools import cache
from pathlib import Path

from nhpf.errors import EditionFault
from nhpf.framework import Edition, edition_names, load_edition, read_edition
from nhpf.framework.reading import EDITIONS
from nhpf.records.store import data_root


def edition_folder(name: str) -> Path:
    """Return the folder in which a frozen edition of this name stands, or would."""
    return data_root() / "editions" / name


def held_edition(name: str) -> Edition:
    """Return an edition by name: one that is shipped, or one frozen in the data folder.

    Raises
    ------
    EditionFault
        When there is none of this name, or one of its files cannot be read.
    """
    folder = edition_folder(name)
    if name not in edition_names() and (folder / "edition.toml").is_file():
        return _read_once(folder)
    return load_edition(name)


def edition_as_at(day: date) -> Edition:
    """Return the edition that was the newest on a day, shipped or frozen in the data folder.

    Raises
    ------
    EditionFault
        If every edition that is held was published later.
    """
    frozen = (path.parent.name for path in edition_folder("").glob("*/edition.toml"))
    held = [held_edition(name) for name in dict.fromkeys((*edition_names(), *frozen))]
    known = [each for each in held if each.published <= day]
    if not known:
        first = min(each.published for each in held)
        raise EditionFault(
            "No edition of the framework was published by that day.",
            where=day.isoformat(),
            next_step=f"The first that is held was published on {first.isoformat()}.",
        )
    return max(known, key=lambda each: each.published)


def edition_digest(name: str) -> str:
    """Return the hash of all files of an edition, which changes with any word of it."""
    shipped = name in edition_names()
    folder = EDITIONS / name if shipped else edition_folder(name)
    state = hashlib.sha256()
    for path in sorted(folder.rglob("*.toml")):
        state.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return state.hexdigest()


@cache
def _read_once(folder: Path) -> Edition:
    # Frozen editions never change, so one reading serves the process.
    return read_edition(folder)
