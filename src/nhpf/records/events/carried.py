"""Carry counts of events in small areas of 2011 to those of 2021."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nhpf.errors import InvalidInput
from nhpf.records.carrying import carry_to_2021
from nhpf.records.engine import connect
from nhpf.records.events.expression import look_up
from nhpf.records.release import Release

if TYPE_CHECKING:
    import pyarrow

OF_2011 = """lsoa not in (select lsoa21_code from places)
    and lsoa in (select unnest(codes) from old)"""


def carried(counts: pyarrow.Table, release: Release) -> tuple[pyarrow.Table, tuple[str, ...]]:
    """Return counts with areas that ended in 2021 carried to those of 2021, and what to say of it.

    Areas that both years have, codes that neither knows, and blanks stay as they are; no event is
    lost. The parts of a divided area are estimates, see `nhpf.records.carrying.carry_to_2021`.

    Parameters
    ----------
    counts : pyarrow.Table
        Of ``count`` by ``lsoa`` and others.
    release : Release
        Whose look-up gives the shares.

    Raises
    ------
    InvalidInput
        If the counts are not by ``lsoa``.
    """
    if "lsoa" not in counts.column_names:
        raise InvalidInput(
            "Only counts by small area are carried to 2021.", next_step="Count --by lsoa."
        )
    with connect() as con:
        con.register("counts", counts)
        con.register("places", look_up())
        codes = release.query("lsoa_2011_to_2021")["lsoa_2011"].astype(str)
        con.execute("create table old as select $1::varchar[] as codes", [list(set(codes))])
        ended = con.sql(f"select * from counts where {OF_2011}").fetchall()
        if not ended:
            return counts, ()
        rows, says = _carried(counts.column_names, ended, release)
        con.execute("create table new as select * from counts limit 0")
        con.executemany(f"insert into new values ({', '.join('?' * len(rows[0]))})", rows)
        names = ", ".join(name for name in counts.column_names if name != "events")
        found: pyarrow.Table = con.sql(
            f"select {names}, sum(events)::bigint as events from (select * from new union all"
            f" select * from counts where not coalesce({OF_2011}, false)) group by all"
        ).to_arrow_table()
    return found, says


def _carried(
    names: list[str], ended: list[tuple[Any, ...]], release: Release
) -> tuple[list[tuple[Any, ...]], tuple[str, ...]]:
    """Carry the rows of areas that ended: a column of counts for each month, category and force."""
    place, last = names.index("lsoa"), names.index("events")
    keys = [tuple("" if at in (place, last) else v for at, v in enumerate(row)) for row in ended]
    areas = {area: at for at, area in enumerate(dict.fromkeys(row[place] for row in ended))}
    columns = {key: at for at, key in enumerate(dict.fromkeys(keys))}
    table = np.zeros((len(areas), len(columns)), np.int64)
    for row, key in zip(ended, keys, strict=True):
        table[areas[row[place]], columns[key]] = row[last]
    done = carry_to_2021(list(areas), table, release)
    listed = list(columns)
    rows = []
    for at, column in zip(*np.nonzero(done.counts), strict=True):
        new = list(listed[column])
        new[place], new[last] = str(done.areas[at]), int(done.counts[at, column])
        rows.append(tuple(new))
    return rows, done.caveats
