"""The full Metropolitan profile, HTML and JSON, beside a script that draws as many charts.

Each run is a process of its own, from start to exit, so that imports count; ours and the peer take
turns, so that what else the machine does falls on both.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measuring import finish, report
from nhpf.records import open_release

PEER = Path(__file__).parent / "peers" / "profile_with_matplotlib.py"
RUNS = 5
MOST_MEGABYTES = 600
OURS = """
import sys
from pathlib import Path
from nhpf.framework import load_edition
from nhpf.profile import build
from nhpf.records import find_area, open_release
from nhpf.reports import to_html, to_json
release, edition = open_release(), load_edition()
profile = build(find_area("E23000001", release), release=release, edition=edition)
signed = {id_ for id_ in edition.assessments}
folder = Path(sys.argv[1])
(folder / "profile.html").write_text(to_html(profile, signed=signed), encoding="utf-8")
(folder / "profile.json").write_text(to_json(profile, signed=signed), encoding="utf-8")
"""


def run(arguments: list[str]) -> tuple[float, float]:
    """Return the seconds that a Python process took and the megabytes it held at its peak."""
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, *arguments])
    _, status, used = os.wait4(process.pid, 0)
    taken = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{arguments[0]} failed.")
    return taken, used.ru_maxrss / 1024


def charts_in(file: Path) -> int:
    """Return how many figures of a profile have a chart."""
    sections = json.loads(file.read_text(encoding="utf-8"))["report"]["sections"]
    return sum(bool(block.get("chart")) for section in sections for block in section["blocks"])


def main() -> None:
    release = open_release()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours = ["-c", OURS, name]
        run(ours)
        count = charts_in(folder / "profile.json")
        size = (folder / "profile.html").stat().st_size / 1000
        print(f"{count} charts; the document has {size:,.0f} kB")
        peer = [str(PEER), str(release.folder), str(count), name]
        turns = [(run(ours), run(peer)) for _ in range(RUNS)]
    memory = max(megabytes for (_, megabytes), _ in turns)
    print(f"peak memory {memory:.0f} MB, at most {MOST_MEGABYTES}")
    met = report(
        f"Metropolitan profile, {count} charts",
        ours=statistics.median(taken for (taken, _), _ in turns),
        peer=statistics.median(taken for _, (taken, _) in turns),
        peer_name="pandas and matplotlib",
        goal=2,
    )
    finish(met, memory <= MOST_MEGABYTES)


if __name__ == "__main__":
    main()
