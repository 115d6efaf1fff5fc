"""Read the two partners' records into events that can be compared, and nothing else of them.

Only time, place, method, age band and sex are read. No reference number is: an event is known by
its row in this run alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

import nhpf
from nhpf.errors import DamagedData, InvalidInput
from nhpf.records.contract import Contract, Field, contract
from nhpf.records.engine import connect, named, quoted
from nhpf.records.linkage.sources import Source

if TYPE_CHECKING:
    import duckdb

LOOKUP = Path(nhpf.__file__).parent / "open_data/lookup_lsoa21_ward24_ltla24_csp24_pfa24.csv.gz"
SQL = Path(__file__).parent
SUREST_DAYS = 7
"""A time known to no better than this many days cannot be linked by time."""

MOST_CATEGORIES = 40

SIDES = {"police": "crime_events", "hospital": "hospital_assaults"}
READ = {
    "police": ("force", "time_from", "time_to", "lsoa",
               "geocoding_confidence", "place_type", "method", "victim_age_band", "victim_sex"),
    "hospital": ("site_code", "assault_time", "assault_method", "assault_location_type", "lsoa",
                 "geocoding_confidence", "age_band", "sex"),
}  # fmt: skip
CASTS = {"time": "timestamp", "share": "double", "number": "double"}


@dataclass(frozen=True, slots=True)
class Read:
    """One partner's records as read.

    Attributes
    ----------
    side : str
        police or hospital.
    rows : int
    comparable : int
        Rows with a time known to a week or better, within a known force area.
    origin : str
        Where they come from.
    """

    side: str
    rows: int
    comparable: int
    origin: str


def read_events(
    con: duckdb.DuckDBPyConnection, side: str, source: Source, *, categories: Sequence[str] = ()
) -> Read:
    """Read records in NHPF's own layout into the table ``police_event`` or ``hospital_event``.

    Parameters
    ----------
    con : DuckDBPyConnection
    side : str
        police (contract ``crime_events``) or hospital (``hospital_assaults``).
    source : Source
    categories : sequence of str
        The police's categories to read; all where there are none.

    Raises
    ------
    InvalidInput
        If no row is of these categories.
    DamagedData
        With the file, the first wrong row and its column, where it breaks its contract.
    """
    terms = contract(SIDES[side])
    _take(con, side, source, terms, categories)
    for name in READ[side]:
        _check(con, side, source.name, terms.field(name))
    con.execute((SQL / f"{side}_events.sql").read_text("utf-8"))
    rows, comparable = con.execute(
        f"select (select count(*) from {side}_row), (select count(*) from {side}_event)"
    ).fetchall()[0]
    if categories and not rows:
        raise InvalidInput(
            "No row is of these categories.",
            where=source.name,
            next_step=_categories(con, source),
        )
    return Read(side, rows, comparable, source.origin)


def _take(
    con: duckdb.DuckDBPyConnection,
    side: str,
    source: Source,
    terms: Contract,
    categories: Sequence[str],
) -> None:
    """Take the columns that are read into a table: those that the file lacks are blank in it."""
    found = _columns(con, source)
    fields = {each.name: each for each in terms.fields}
    if extra := sorted(set(found) - set(fields)):
        # The name is the file's own and may be anything: it is counted, not repeated.
        raise DamagedData(
            f"The file has {len(extra)} columns that its contract does not know.",
            where=source.name,
            next_step=f"Import it through the contract {terms.source}, which leaves them out.",
        )
    lacking = [name for name, each in fields.items() if not each.optional and name not in found]
    if lacking:
        raise DamagedData(f"The file lacks the column {lacking[0]}.", where=source.name)
    columns = ", ".join(
        f"{_trimmed(name)} as {name}" if name in found else f"null as {name}" for name in READ[side]
    )
    wanted = ", ".join(quoted(each) for each in categories)
    con.execute(
        f"create table {side}_row as"
        f" select row_number() over () as row_number, {columns} from {source.reads} as given"
        + (f" where trim(category) in ({wanted})" if categories and side == "police" else "")
    )


def _categories(con: duckdb.DuckDBPyConnection, source: Source) -> str:
    """Say which categories there are; a column that holds more is no list of categories."""
    found = con.execute(
        f"select distinct trim(category) from {source.reads} as given"
        f" where trim(category) <> '' order by 1 limit {MOST_CATEGORIES + 1}"
    ).fetchall()
    if len(found) > MOST_CATEGORIES:
        return f"The column category holds more than {MOST_CATEGORIES} different values."
    return f"Its categories are {', '.join(row[0] for row in found)}."


def _trimmed(name: str) -> str:
    return f"nullif(trim({named(name)}::varchar), '')"


def _columns(con: duckdb.DuckDBPyConnection, source: Source) -> list[str]:
    import duckdb

    try:
        rows = con.execute(f"describe select * from {source.reads}").fetchall()
    except duckdb.Error:
        raise DamagedData("The file cannot be read as a table.", where=source.name) from None
    return [row[0] for row in rows]


def _check(con: duckdb.DuckDBPyConnection, side: str, name: str, field: Field) -> None:
    wrong = "false" if field.optional else f"{field.name} is null"
    if field.choices:
        allowed = ", ".join(quoted(each) for each in field.choices)
        wrong += f" or {field.name} not in ({allowed})"
    if field.kind in CASTS:
        cast = CASTS[field.kind]
        wrong += f" or ({field.name} is not null and try_cast({field.name} as {cast}) is null)"
    first = con.execute(f"select min(row_number) from {side}_row where {wrong}").fetchall()[0][0]
    if first is not None:
        raise DamagedData(
            "A row holds what its contract does not allow.",
            where=f"{name}, row {first}, column {field.name}",
            next_step="Import the file through its contract first; that names every wrong row.",
        )


def prepare(con: duckdb.DuckDBPyConnection) -> None:
    """Make ready for reading: one thread, so that rows and sums come in the same order each time.

    And a look-up from small area to its middle area, local authority and force area. The middle
    area (MSOA) is the small area's name without its last letter.
    """
    con.execute("set threads = 1")
    con.execute(
        "create table place as select lsoa21_code as lsoa,"
        " left(lsoa21_name, length(lsoa21_name) - 1) as msoa, ltla24_code as ltla,"
        f" pfa24_code as force from read_csv({quoted(LOOKUP)}, header=true, all_varchar=true)"
    )


@cache
def small_areas(force: str) -> np.ndarray:
    """Return the small areas of a force area in the order of their names.

    Returns
    -------
    ndarray of str

    Raises
    ------
    InvalidInput
        If there is no such force area.
    """
    with connect() as con:
        prepare(con)
        found = con.execute(
            "select lsoa from place where force = $force order by ltla, msoa, lsoa",
            {"force": force},
        ).fetchall()
    if not found:
        raise InvalidInput("There is no force area with this code.", where=force)
    return np.array([code for (code,) in found], dtype=object)
