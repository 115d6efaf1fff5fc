"""An import killed at any moment leaves the last release, and nothing that the next one keeps."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nhpf.records.importing import import_files

from .conftest import imported, stray, table

MOMENTS = 50
COMMAND = "import sys; from nhpf.cli import main; sys.exit(main(sys.argv[1:]))"


def start(root: Path, path: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, "records", "import", "crime_events", str(path)],
        env=os.environ | {"NHPF_DATA": str(root)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.mark.prove
def test_an_import_killed_at_any_moment_leaves_a_whole_store(
    root: Path, first: Path, tmp_path: Path
) -> None:
    rng = random.Random(3)
    began = time.monotonic()
    assert start(root, table(tmp_path / "0.csv", rows=60_000, category="0")).wait() == 0
    whole = time.monotonic() - began
    before, ended = imported(root), {"killed": 0, "moved": 0}
    for number in range(1, MOMENTS + 1):
        path = table(tmp_path / "next.csv", rows=60_000 + number, category=str(number))
        running = start(root, path)
        time.sleep(rng.uniform(0.1, 1.1) * whole)
        running.send_signal(signal.SIGKILL)
        ended["killed"] += running.wait() == -signal.SIGKILL
        release, rows = imported(root)
        assert rows in (before[1], 60_000 + number)
        assert (release == before[0]) == (rows == before[1])
        ended["moved"] += release != before[0]
        done = import_files("crime_events", [path], root=root)
        before = imported(root)
        assert before == (done.release, 60_000 + number)
        assert stray(root) == []
    print(ended)  # noqa: T201
    assert ended["killed"] > MOMENTS // 2
