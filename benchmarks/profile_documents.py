"""One full restricted profile in five forms, all 76 on two cores, and a second build of one.

Each work is a process of its own. What is timed begins when the release is open and ends when the
last document is written; imports of the numerical packages count, since a build needs them and a
document that is held does not. The peer takes the same tables and makes two of the five forms.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from measuring import Measured, finish, measured, report
from nhpf.framework import load_edition
from nhpf.profile.documents import Documents
from nhpf.records import areas, find_area, open_release
from nhpf.reports.documents import FORMS
from nhpf.reports.tree import Distribution

PEER = Path(__file__).parent / "peers" / "report_with_python_docx.py"
METROPOLITAN = "E23000001"
GIVEN = Distribution("Head of Crime, Metropolitan Police", "to agree the plan")
RUNS = 3
CORES, MOST_TIMES, MOST_OF_FIRST, MOST_MEGABYTES = 2, 40, 0.1, 800


def places() -> list[str]:
    """Return the codes of the nation, the forces and the London boroughs but the City's."""
    release = open_release()
    boroughs = [a for a in areas(release, "local_authority") if a.parent == METROPOLITAN]
    found = [*areas(release, "nation"), *areas(release, "force"), *boroughs]
    return [area.code for area in found]


def documents(code: str, root: Path) -> Documents:
    release, edition = open_release(), load_edition()
    return Documents(
        find_area(code, release),
        release=release,
        edition=edition,
        audience="restricted",
        signed=dict.fromkeys(edition.assessments, "signed for this benchmark"),
        distribution=GIVEN,
        root=root,
    )


def one(folder: str, code: str = METROPOLITAN) -> dict[str, float]:
    """Write the five documents of a place; what was made before is held in the folder."""
    root = Path(folder)
    wanted = documents(code, root)
    start = time.perf_counter()
    sizes = {}
    for form in FORMS:
        content = wanted.content(form)
        (root / f"{code}.{form}").write_bytes(content)
        sizes[form] = len(content)
    return {"seconds": time.perf_counter() - start, **sizes}


def everything(folder: str) -> dict[str, float]:
    """Write the documents of every place on two cores."""
    codes = places()
    start = time.perf_counter()
    with ProcessPoolExecutor(CORES) as pool:
        list(pool.map(one, [folder] * len(codes), codes))
    taken = time.perf_counter() - start
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {"seconds": taken, "places": len(codes), "megabytes": largest}


def peer(profile: Path, folder: Path) -> float:
    """Return the seconds that the peer took, from start to exit."""
    start = time.perf_counter()
    subprocess.run([sys.executable, str(PEER), str(profile), str(folder)], check=True)
    return time.perf_counter() - start


def turn(number: int, folder: Path) -> tuple[Measured, Measured, float]:
    """Return a first build, a second one, and the peer's."""
    root = folder / str(number)
    root.mkdir()
    first = measured(__file__, "one", root)
    second = measured(__file__, "one", root)
    return first, second, peer(root / f"{METROPOLITAN}.json", root)


def main() -> None:
    open_release()
    print(f"load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        turns = [turn(number, folder) for number in range(RUNS)]
        whole = folder / "all"
        whole.mkdir()
        every = measured(__file__, "everything", whole)
    first = statistics.median(each.seconds for each, _, _ in turns)
    second = statistics.median(each.seconds for _, each, _ in turns)
    sizes = {form: f"{int(size) / 1000:,.0f} kB" for form, size in turns[0][0].found.items()}
    print(f"sizes: {sizes}")
    met = report(
        "restricted profile of London in five forms",
        ours=first,
        peer=statistics.median(each for _, _, each in turns),
        peer_name="pandas, matplotlib and python-docx, two forms",
        goal=1,
    )
    times = every.seconds / first
    print(
        f"all {every.found['places']} profiles on {CORES} cores: {every.seconds:.1f} s, "
        f"{times:.1f} times one, at most {MOST_TIMES}"
    )
    share = second / first
    print(f"second build {second:.3f} s, {share:.3f} of the first, at most {MOST_OF_FIRST}")
    memory = max(each.megabytes for pair in turns for each in pair[:2])
    memory = max(memory, every.megabytes, every.found["megabytes"])
    print(f"peak memory of a process {memory:.0f} MB, at most {MOST_MEGABYTES}")
    finish(met, times <= MOST_TIMES, share <= MOST_OF_FIRST, memory < MOST_MEGABYTES)


WORKS = {"one": one, "everything": everything}

if __name__ == "__main__":
    if sys.argv[1:2] == ["--work"]:
        print(json.dumps(WORKS[sys.argv[2]](*sys.argv[3:])))
    else:
        main()
