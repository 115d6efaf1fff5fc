"""A store with an import in it, for proofs that try to break the next one."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhpf.records import open_release
from nhpf.records.importing import import_files
from nhpf.records.store import read_pointer, release_ids

LOCKS = {"staging.lock", "writing.lock"}


def table(path: Path, *, rows: int, category: str) -> Path:
    """Write a file of crime events."""
    with path.open("w", encoding="utf-8") as file:
        file.write("event_id,force,month,category,lsoa,easting,northing\n")
        file.writelines(
            f"E{n},E23000028,2024-{n % 12 + 1:02d},{category},E01017034,{n % 700000},101000\n"
            for n in range(rows)
        )
    return path


def imported(root: Path) -> tuple[str, int]:
    """Check that the store is whole, and return the current release and its rows of events."""
    release = open_release(root=root)
    release.verify()
    return release.id, release.manifest["tables"]["crime_events"]["rows"]


def stray(root: Path) -> list[str]:
    """Return what a store holds that no release is."""
    known = {root / "staging", root / "releases", root / "releases" / "current"}
    known |= {root / "releases" / each for each in release_ids(root)}
    known |= {root / each for each in LOCKS}
    found = [*root.iterdir(), *(root / "staging").iterdir(), *(root / "releases").iterdir()]
    return [path.relative_to(root).as_posix() for path in found if path not in known]


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """A small file of events."""
    return table(tmp_path / "first.csv", rows=10, category="Robbery")


@pytest.fixture
def root(tmp_path: Path, first: Path) -> Path:
    """A store that holds the first file."""
    place = tmp_path / "data"
    import_files("crime_events", [first], root=place)
    assert read_pointer(place)
    return place
