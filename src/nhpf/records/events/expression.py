"""The record-level stage: events → place × month × category → count, as one expression."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from nhpf.errors import InvalidInput
from nhpf.records.engine import connect, reader
from nhpf.records.open_source import open_source

if TYPE_CHECKING:
    import pyarrow

LEVELS = {
    "lsoa": "lsoa21_code",
    "ward": "ward24_code",
    "local_authority": "ltla24_code",
    "force_area": "pfa24_code",
}
"""Levels of place, and the column of the look-up that holds their codes, 2021 and 2024."""

FIELDS = ("force", "month", "category")


def checked_by(by: Sequence[str]) -> tuple[str, ...]:
    """Return the names to count by, at most one of them a level of place.

    Raises
    ------
    InvalidInput
        If a name is not known or stands twice, or two are levels of place.
    """
    known = (*LEVELS, *FIELDS)
    unknown = [name for name in by if name not in known]
    if unknown or not by or len(set(by)) < len(by):
        raise InvalidInput(
            "Events cannot be counted by these.",
            where=", ".join(by) or "nothing given",
            next_step=f"Name each once, of {', '.join(known)}.",
        )
    if sum(name in LEVELS for name in by) > 1:
        raise InvalidInput(
            "Events are counted by one level of place at a time.",
            where=", ".join(by),
            next_step=f"Choose one of {', '.join(LEVELS)}.",
        )
    return tuple(by)


@cache
def look_up() -> pyarrow.Table:
    """Return each LSOA with its ward, local authority and force area, one row per LSOA."""

    path = open_source("lookup_small_areas").path
    # An area in several community safety partnerships has several rows: keep one.
    sql = f"select distinct {', '.join(LEVELS.values())} from {reader(path)} order by 1"
    with connect() as con:
        found: pyarrow.Table = con.sql(sql).to_arrow_table()
    return found


def cells(events: Any, places: Any, by: Sequence[str]) -> Any:
    """Count events by place, month and category.

    The same expression runs on every engine of Ibis. A place that is blank, or that the look-up
    does not know, is null: no event is lost.

    Parameters
    ----------
    events : ibis.Table
        One row per event: text ``lsoa``, ``category`` and ``force`` as far as they are counted by;
        ``month`` is a date, or text that begins YYYY-MM.
    places : ibis.Table
        The table of ``look_up``, on the same engine.
    by : sequence of str
        One level of place at most, and ``force``, ``month``, ``category``.

    Returns
    -------
    ibis.Table
        One row per cell that holds an event: the names of ``by``, months as the first day, and
        ``events``, their number. In no order.
    """
    names = checked_by(by)
    level = next((name for name in names if name in LEVELS), None)
    if level not in (None, "lsoa"):
        codes = places.select(lsoa_=places.lsoa21_code, **{level: places[LEVELS[level]]})
        events = events.drop(*({level} & set(events.columns)))
        events = events.left_join(codes, events.lsoa == codes.lsoa_)
    keys = {name: _key(events[name]) for name in names}
    return events.group_by(**keys).aggregate(events=events.count())


def _key(column: Any) -> Any:
    """Return a column as it is counted by: months as their first day, empty text as a blank."""
    if column.type().is_date():
        return column
    if column.get_name() == "month":
        return (column.substr(0, 7) + "-01").cast("date")
    return column.nullif("")


def cells_sql(columns: dict[str, str], by: Sequence[str], *, dialect: str) -> str:
    """Return the expression in the words of one engine, over ``events`` and ``places``.

    Parameters
    ----------
    columns : dict of str to str
        The columns of ``events`` and their types, ``date`` or another.
    by : sequence of str
    dialect : str
        ``duckdb`` or ``pyspark``.
    """
    import ibis

    used = {"lsoa" if name in LEVELS else name for name in checked_by(by)}
    missing = sorted(used - set(columns))
    if missing:
        usable = [name for name in FIELDS if name in columns]
        usable += LEVELS if "lsoa" in columns else ()
        raise InvalidInput(
            "The events have no such column.",
            where=", ".join(missing),
            next_step=f"These events can be counted by {', '.join(usable) or 'none of them'};"
            f" they have the columns {', '.join(columns)}.",
        )
    types = {name: "date" if columns[name].lower() == "date" else "string" for name in used}
    events = ibis.table(types, name="events")
    places = ibis.table(dict.fromkeys(LEVELS.values(), "string"), name="places")
    return str(ibis.to_sql(cells(events, places, by), dialect=dialect))
