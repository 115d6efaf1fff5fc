"""On a full disk an import ends in words, the store is as it was, and the next one succeeds."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from nhpf.errors import NoRoom
from nhpf.records.importing import import_files

from .conftest import imported, stray, table

LEFT = (0, 4, 64, 512, 1024, 2048, 3072, 4096, 6144)  # kilobytes


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a hundred megabytes, where this process may make one."""
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=100m", "tmpfs", str(place)],
        capture_output=True,
        check=False,
    )
    if made.returncode:
        pytest.skip("Only root may make a small disk.")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def whole(root: Path) -> dict[str, tuple[int, int]]:
    return {
        path.relative_to(root).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in root.rglob("*")
        if path.is_file() and path.suffix != ".lock"
    }


def is_refused(path: Path, root: Path) -> bool:
    try:
        import_files("crime_events", [path], root=root)
    except NoRoom:
        return True
    return False


@pytest.mark.prove
def test_a_full_disk_leaves_the_store_as_it_was(
    small_disk: Path, first: Path, tmp_path: Path
) -> None:
    root, filler = small_disk / "data", small_disk / "filler"
    import_files("crime_events", [first], root=root)
    refused = 0
    for number, left in enumerate(LEFT):
        path = table(tmp_path / "next.csv", rows=100_000 + number, category="Burglary")
        room = max(1, shutil.disk_usage(small_disk).free - left * 1024)
        with filler.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, room)
        before, held = whole(root), imported(root)
        if is_refused(path, root):
            refused += 1
            assert whole(root) == before
            assert imported(root) == held
        filler.unlink()
        done = import_files("crime_events", [path], root=root)
        assert imported(root) == (done.release, 100_000 + number)
        assert stray(root) == []
    assert refused >= 4


@pytest.mark.prove
@pytest.mark.parametrize("largest", [1_000, 20_000, 300_000])
def test_files_over_the_largest_that_may_be_leave_the_store_as_it_was(
    root: Path, tmp_path: Path, largest: int
) -> None:
    path = table(tmp_path / "next.csv", rows=100_000, category="Burglary")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r"))
    before, held = whole(root), imported(root)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, limits[1]))
    try:
        with pytest.raises(NoRoom):
            import_files("crime_events", [path], root=root)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert whole(root) == before
    assert imported(root) == held
    import_files("crime_events", [path], root=root)
    assert imported(root)[1] == 100_000
    assert stray(root) == []
