"""A store to import into, and a look at everything that the store holds."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from nhpf.records import Release, open_release
from nhpf.records.engine import connect
from nhpf.records.importing import import_files

from .making import GOOD

LOCKS = ("staging.lock", "writing.lock")


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory, data_root: Path, release: Release) -> Path:
    """A store that holds one import, which no refused file may touch."""
    root = tmp_path_factory.mktemp("store") / "data"
    shutil.copytree(data_root, root)
    good = tmp_path_factory.mktemp("good") / "good.csv"
    good.write_text(GOOD, encoding="utf-8")
    import_files("crime_events", [good], root=root)
    return root


def contents(root: Path) -> dict[str, Any]:
    """Return all that a store holds: each path with its size, time and place on the disk."""
    return {
        path.relative_to(root).as_posix(): (path.is_dir() or _what(path))
        for path in sorted(root.rglob("*"))
        if path.name not in LOCKS
    }


def _what(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns, found.st_ino


def held(root: Path, table: str, columns: str) -> list[tuple[Any, ...]]:
    """Return some columns of a table of the current release, in the order of the first."""
    release = open_release(root=root)
    with connect() as con:
        return con.execute(f"select {columns} from {release.reads(table)} order by all").fetchall()
