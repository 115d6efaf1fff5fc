"""Editions that were frozen in an installation: they stand in the data folder, beside releases."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from nhpf.framework import Edition, edition_names, load_edition, read_edition
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


@cache
def _read_once(folder: Path) -> Edition:
    # Frozen editions never change, so one reading serves the process.
    return read_edition(folder)
