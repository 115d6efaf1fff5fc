"""Welsh local authorities are known by their Welsh names as by their English ones."""

from __future__ import annotations

from pathlib import Path

from nhpf.records.engine import connect
from nhpf.records.importing import try_files

COUNTS = "area_kind,area,period,category,count\n"
NAMES = {"Ynys Môn": "W06000001", "Caerdydd": "W06000015", "Isle of Anglesey": "W06000001"}


def test_welsh_names_are_known(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "wales.csv"
    rows = [f"local authority,{name},2024-0{at},Robbery,3\n" for at, name in enumerate(NAMES, 1)]
    path.write_text(COUNTS + "".join(rows), encoding="utf-8")
    with try_files("area_month_counts", [path], root=store) as (_, kept), connect() as con:
        held = con.execute(f"select area from {kept.reads} order by period").fetchall()
    assert [code for (code,) in held] == list(NAMES.values())
