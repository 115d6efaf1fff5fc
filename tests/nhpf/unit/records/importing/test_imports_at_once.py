"""Two imports at once: one waits for the other, and none is lost."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from nhpf.errors import StoreBusy
from nhpf.records import Release, open_release
from nhpf.records.importing import import_files
from nhpf.records.staging import sole_writer

from .making import GOOD, PLAIN

COUNTS = "area_kind,area,period,category,count\nforce,E23000028,2024-05,Robbery,12\n"
COMMAND = "import sys; from nhpf.cli import main; sys.exit(main(sys.argv[1:]))"


@pytest.fixture
def root(tmp_path: Path, data_root: Path, release: Release) -> Path:
    place = tmp_path / "data"
    shutil.copytree(data_root, place)
    return place


def at_once(root: Path, *jobs: tuple[str, Path]) -> list[int]:
    """Import each file in a process of its own, all started together; return their exit codes."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", COMMAND, "records", "import", source, str(path)],
            env=os.environ | {"NHPF_DATA": str(root)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for source, path in jobs
    ]
    return [each.wait(timeout=120) for each in running]


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_two_sources_at_once_are_both_kept(root: Path, tmp_path: Path) -> None:
    events = written(tmp_path / "events.csv", GOOD)
    counts = written(tmp_path / "counts.csv", COUNTS)
    assert at_once(root, ("crime_events", events), ("area_month_counts", counts)) == [0, 0]
    tables = open_release(root=root).manifest["tables"]
    assert tables["crime_events"]["rows"] == 3
    assert tables["area_month_counts"]["rows"] == 1


def test_one_source_twice_at_once_ends_as_one_of_them(root: Path, tmp_path: Path) -> None:
    three, two = written(tmp_path / "three.csv", GOOD), written(tmp_path / "two.csv", PLAIN)
    assert at_once(root, ("crime_events", three), ("crime_events", two)) == [0, 0]
    held = open_release(root=root)
    held.verify()
    source = held.manifest["sources"]["crime_events"]
    assert (source["file"], held.manifest["tables"]["crime_events"]["rows"]) in (
        ("three.csv", 3),
        ("two.csv", 2),
    )
    assert not list((root / "staging").iterdir())


def test_a_writer_that_does_not_end_is_told_of(root: Path, tmp_path: Path) -> None:
    with (
        sole_writer(root),
        pytest.raises(StoreBusy) as raised,
        sole_writer(root, wait=0.1),
    ):
        pass
    assert raised.value.next_step
    import_files("crime_events", [written(tmp_path / "a.csv", PLAIN)], root=root)
