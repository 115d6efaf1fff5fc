"""An import of CSV with every check on, beside DuckDB's own copy of the same file to Parquet.

Made-up events are written as a force would send them. The import reads and checks them, looks for
repeats, encodes them for counting and adds a release; DuckDB guesses the types and writes Parquet.
Each measurement is a process of its own: its time leaves out starting up and the release of open
data that an import builds on, its memory is the peak of the process. Every row must be accepted.
Files lie in a temporary folder (``TMPDIR``) and are deleted.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from measuring import Measured, finish, measured, report

ROWS = 100_000_000
BYTES_A_ROW = 160  # the CSV, its cells in Parquet, both results and what is put aside
RUNS = 3
GOAL = 0.5  # DuckDB's time is at least half of ours
MOST_GROWTH = 1.5  # of memory, from a tenth of the rows to all of them
ENCODING = "Writing the table"


def made_up(folder: str, rows: str) -> dict:
    from nhpf.records.events import synthesise

    synthesise(Path(folder), rows=int(rows), rng=1, form="csv")
    return {"seconds": 0}


def copied(source: str, folder: str) -> dict:
    """Copy in DuckDB as it comes."""
    import duckdb

    start = time.perf_counter()
    con = duckdb.connect()
    con.execute("set enable_progress_bar = false")
    target = Path(folder) / "copied.parquet"
    sql = f"copy (from read_csv('{source}')) to '{target}' (format parquet)"
    ((rows,),) = con.execute(sql).fetchall()
    taken = time.perf_counter() - start
    target.unlink()
    return {"seconds": taken, "rows": rows}


def imported(source: str, folder: str) -> dict:
    """Import into a store that holds the open data already."""
    from nhpf.records import open_release
    from nhpf.records.importing import Terms, import_files

    with tempfile.TemporaryDirectory(dir=folder) as root:
        open_release(root=Path(root))
        start = time.perf_counter()
        steps: list[tuple[str, float]] = []
        done = import_files(
            "crime_events",
            [Path(source)],
            terms=Terms(synthetic=True),
            root=Path(root),
            progress=lambda what: steps.append((what, time.perf_counter() - start)),
        )
        taken = time.perf_counter() - start
    ends = [at for _, at in steps[1:]] + [taken]
    each = {what: end - at for (what, at), end in zip(steps, ends, strict=True)}
    account = done.account
    return {"seconds": taken, "rows": account.rows, "accepted": account.accepted, "steps": each}


WORK = {each.__name__: each for each in (made_up, copied, imported)}


def middle(runs: list[Measured]) -> Measured:
    """Return the run of median time, with the largest memory of all."""
    seconds = statistics.median(each.seconds for each in runs)
    found = min(runs, key=lambda each: abs(each.seconds - seconds)).found
    return Measured(seconds, max(each.megabytes for each in runs), found)


def compared(rows: int, folder: Path, runs: int) -> tuple[list[bool], float]:
    """Import one file and copy it, in turns; return goals met and the memory of the import."""
    place = folder / str(rows)
    measured(__file__, "made_up", place, str(rows))
    source = place / "crime_events_SYNTHETIC.csv"
    print(f"{rows:,} made-up events, {source.stat().st_size / 1e6:,.0f} MB of CSV")
    rounds = [
        (measured(__file__, "copied", source, place), measured(__file__, "imported", source, place))
        for _ in range(runs)
    ]
    peer, own = (middle(list(each)) for each in zip(*rounds, strict=True))
    print(f"  DuckDB's copy: {peer.seconds:.1f} s, {peer.megabytes:,.0f} MB")
    print(f"  import: {own.seconds:.1f} s, {own.megabytes:,.0f} MB; of this")
    for what, seconds in own.found["steps"].items():
        print(f"    {what.lower()}: {seconds:.1f} s")
    print(f"  {own.found['accepted']:,} of {own.found['rows']:,} rows accepted")
    checked = own.seconds - own.found["steps"][ENCODING]
    whole = report("  import without the one-off encoding", ours=checked, peer=peer.seconds,
           peer_name="DuckDB's copy", goal=GOAL)  # fmt: skip
    print(f"  import with its encoding: {own.seconds / peer.seconds:.2f} times DuckDB's copy")
    shutil.rmtree(place)
    return [own.found["accepted"] == peer.found["rows"] == rows, whole], own.megabytes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--work", nargs="+", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.work:
        print(json.dumps(WORK[given.work[0]](*given.work[1:])))
        return
    free = shutil.disk_usage(tempfile.gettempdir()).free
    if free < given.rows * BYTES_A_ROW:
        sys.exit(f"{given.rows * BYTES_A_ROW / 1e9:.0f} GB of free disk are needed.")
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    with tempfile.TemporaryDirectory() as folder:
        few, before = compared(given.rows // 10, Path(folder), given.runs)
        all_, after = compared(given.rows, Path(folder), given.runs)
    flat = after <= MOST_GROWTH * before
    print(f"memory from a tenth of the rows to all: {before:,.0f} to {after:,.0f} MB, "
          f"{'flat' if flat else 'NOT FLAT'}")  # fmt: skip
    print(f"load after: {os.getloadavg()[0]:.1f}")
    # A tenth of the rows is there for its memory: starting up weighs on its time.
    finish(few[0], *all_, flat)


if __name__ == "__main__":
    main()
