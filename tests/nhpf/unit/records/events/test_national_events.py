"""The national table, from twenty million events: both engines and the codes give the same."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from nhpf.records.encoding import encode
from nhpf.records.engine import connect, quoted
from nhpf.records.events import synthesise

pytestmark = pytest.mark.prove

ROWS = 20_000_000
BY = "lsoa,month,category"
COUNT = """
import json, sys
from pathlib import Path
from nhpf.records.events import EventFiles, count, write_counts
engine, path, encoded, by, out = sys.argv[1:]
files = EventFiles(Path(path), json.loads(encoded))
write_counts(count(files, by.split(","), engine=engine), Path(out), {})
"""


def counted(out: Path, engine: str, path: Path, encoded: str = "null", by: str = BY) -> str:
    """Count in a process of its own, so that the memory of one engine is not kept from another."""
    # Spark takes its memory when Java starts.
    room = {**os.environ, "PYSPARK_SUBMIT_ARGS": "--driver-memory 6g pyspark-shell"}
    words = [sys.executable, "-c", COUNT, engine, str(path), encoded, by, str(out)]
    subprocess.run(words, check=True, env=room)
    return f"read_parquet({quoted(out)})"


def test_the_national_table_is_the_same_on_every_way(tmp_path: Path) -> None:
    if not shutil.which("java"):
        pytest.skip("Spark needs Java 17, which is not on this machine.")
    sent = synthesise(tmp_path / "sent", rows=ROWS, rng=1).path
    month = "(month || '-01')::date as month"
    with connect() as con:
        con.execute("set memory_limit = '2GB'")
        rows = f"select * replace ({month}) from read_parquet({quoted(sent)})"
        fields = ["lsoa", "month", "category", "force"]
        compact = encode(con, rows, fields=fields, folder=tmp_path / "compact")
    description = json.dumps(compact.description)
    spark = counted(tmp_path / "spark.parquet", "spark", sent)
    duckdb = counted(tmp_path / "duckdb.parquet", "duckdb", sent)
    ours = counted(tmp_path / "ours.parquet", "duckdb", compact.folder, description)
    same = " and ".join(f"a.{name} is not distinct from b.{name}" for name in BY.split(","))
    with connect() as con:
        total = f"select sum(events)::bigint, count(*), count(distinct lsoa) from {spark}"
        ((events, cells, areas),) = con.execute(total).fetchall()
        for other in (duckdb, ours):
            apart = con.execute(
                f"select count(*) from {spark} a full join {other} b on {same}"
                " where a.events is distinct from b.events"
            ).fetchall()
            assert apart == [(0,)]
    assert events == ROWS
    assert areas == 35_672
    assert cells > ROWS / 3
