"""Events to counts at national size: ours from a release, beside DuckDB over what a force sends.

Made-up events are written as Parquet with columns of text, month by month, and encoded as an import
encodes them. Each measurement is a process of its own: its time is that of the query, with loading
the engine, and its memory the peak of the process; medians of three, in turns. Ours ends with the
table in memory; DuckDB need only add its cells up, which is a little faster. Both are compared cell
by cell. Files lie in a temporary folder (``TMPDIR``) and are deleted.
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
BYTES_A_ROW = 60  # the source, the encoded form and what the engine puts aside while encoding
MOST_MEGABYTES = 1_500
QUESTIONS = {"LSOA x month x category": (["lsoa", "month", "category"], 4),
             "LSOA x month": (["lsoa", "month"], 2)}  # fmt: skip
RUNS = 3
READ = "select * replace ((month || '-01')::date as month) from read_parquet('{}')"


def duckdb_counts(rows: str, by: str) -> dict[str, int]:
    """Count in DuckDB as it comes; the cells are only added up, which spares it the table."""
    import duckdb

    con = duckdb.connect()
    con.execute("set enable_progress_bar = false")
    counts = f"select {by}, count(*) as events from {rows} group by all"
    ((cells, events),) = con.execute(f"select count(*), sum(events) from ({counts})").fetchall()
    return {"cells": cells, "events": int(events)}


def ours(folder: str, by: str) -> dict[str, int]:
    """Count in the encoded release, into a table in memory."""
    import pyarrow.compute as pc

    counts = counted(Path(folder), by)
    return {"cells": counts.num_rows, "events": pc.sum(counts["events"]).as_py()}


def counted(folder: Path, by: str):
    from nhpf.records.events import EventFiles, count

    return count(EventFiles(folder, description(folder)), by.split(", "))


def description(folder: Path) -> dict:
    return json.loads(folder.with_suffix(".json").read_text("utf-8"))


def encode_source(source: str, folder: str) -> dict[str, int]:
    """Encode the source as the last step of an import does."""
    from nhpf.records.contract import contract
    from nhpf.records.encoding import encode
    from nhpf.records.engine import connect

    with connect() as con:
        con.execute("set memory_limit = '1GB'")
        con.execute("set preserve_insertion_order = false")
        fields = contract("crime_events").encoded
        done = encode(con, READ.format(source), fields=fields, folder=Path(folder))
    Path(folder).with_suffix(".json").write_text(json.dumps(done.description), "utf-8")
    return {"rows": done.rows}


def made_up(folder: str, rows: str) -> dict[str, int]:
    from nhpf.records.events import synthesise

    return {"rows": synthesise(Path(folder), rows=int(rows), rng=1).rows}


def different(source: str, folder: str, by: str) -> dict[str, int]:
    """Return how many cells of the two tables differ; both hold each cell once."""
    import duckdb

    con = duckdb.connect()
    con.execute("set enable_progress_bar = false")
    con.register("counts", counted(Path(folder), by))
    theirs = f"select {by}, count(*) as n from ({READ.format(source)}) group by all"
    same = " and ".join(f"a.{name} is not distinct from b.{name}" for name in by.split(", "))
    ((cells,),) = con.execute(
        f"select count(*) from ({theirs}) a full join counts b on {same}"
        " where a.n is distinct from b.events"
    ).fetchall()
    return {"cells": cells}


WORK = {each.__name__: each for each in (duckdb_counts, ours, encode_source, made_up, different)}


def middle(runs: list[Measured]) -> Measured:
    """Return the median time and the largest memory of several runs, which found the same."""
    assert all(each.found == runs[0].found for each in runs)
    seconds = statistics.median(each.seconds for each in runs)
    return Measured(seconds, max(each.megabytes for each in runs), runs[0].found)


def turns(name: str, source: Path, encoded: Path, by: list[str]) -> tuple[float, float, list[bool]]:
    """Measure one question three ways, in turns; return DuckDB's time, ours, and goals met."""
    columns = ", ".join(by)
    ways = {
        "bare DuckDB, source Parquet": ("duckdb_counts", f"read_parquet('{source}')", columns),
        "DuckDB, our encoded release": (
            "duckdb_counts", f"read_parquet('{encoded}/rows/*.parquet')", columns,
        ),
        "ours, our encoded release": ("ours", encoded, columns),
    }  # fmt: skip
    rounds = [[measured(__file__, *words) for words in ways.values()] for _ in range(RUNS)]
    peer, inside, own = (middle(list(runs)) for runs in zip(*rounds, strict=True))
    assert peer.found == inside.found == own.found, (peer.found, inside.found, own.found)
    apart = measured(__file__, "different", source, encoded, columns).found["cells"]
    print(f"{name}: {own.found['cells']:,} cells; {apart} of them differ from DuckDB's")
    for way, each in zip(ways, (peer, inside, own), strict=True):
        print(f"  {way}: {each.seconds:.2f} s, {each.megabytes:,.0f} MB")
    return peer.seconds, own.seconds, [apart == 0, own.megabytes <= MOST_MEGABYTES]


def run(rows: int, folder: Path) -> list[bool]:
    """Make events, encode them and count them; a tenth of them first, to see memory stay flat."""
    met = []
    for size in (rows // 10, rows):
        place = folder / str(size)
        source, encoded = place / "crime_events_SYNTHETIC.parquet", place / "encoded"
        made = measured(__file__, "made_up", place, str(size))
        print(f"{size:,} made-up events: {made.seconds:.0f} s, {made.megabytes:,.0f} MB;"
              f" {source.stat().st_size / 1e6:,.0f} MB of Parquet")  # fmt: skip
        once = measured(__file__, "encode_source", source, encoded)
        held = sum(path.stat().st_size for path in encoded.rglob("*.parquet")) / 1e6
        print(f"encoding, once: {once.seconds:.1f} s, {once.megabytes:,.0f} MB; {held:,.0f} MB")
        for name, (by, goal) in QUESTIONS.items():
            peer, own, goals = turns(name, source, encoded, by)
            met += goals
            if size >= ROWS:  # below, starting up is most of either time
                met.append(
                    report(f"  {name}", ours=own, peer=peer, peer_name="bare DuckDB", goal=goal)
                )
        shutil.rmtree(place)
    return met


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--work", nargs="+", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.work:
        start = time.perf_counter()
        found = WORK[given.work[0]](*given.work[1:])
        print(json.dumps({"seconds": time.perf_counter() - start, **found}))
        return
    free = shutil.disk_usage(tempfile.gettempdir()).free
    if free < given.rows * BYTES_A_ROW:
        sys.exit(f"{given.rows * BYTES_A_ROW / 1e9:.0f} GB of free disk are needed.")
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    with tempfile.TemporaryDirectory() as folder:
        met = run(given.rows, Path(folder))
    print(f"load after: {os.getloadavg()[0]:.1f}")
    finish(*met)


if __name__ == "__main__":
    main()
