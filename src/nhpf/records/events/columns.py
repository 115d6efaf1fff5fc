"""What the events of a source can be counted by, and how many cannot be placed."""

from __future__ import annotations

from nhpf.errors import InvalidInput
from nhpf.records.engine import connect
from nhpf.records.events.engines import EventFiles, columns_of, open_events
from nhpf.records.events.expression import FIELDS, LEVELS

USUAL = ("lsoa", "month", "category")
POINT = {"longitude", "latitude"}


def usual_by(files: EventFiles) -> tuple[str, ...]:
    """Return what events are counted by where nobody says: place, month, category as they have.

    Raises
    ------
    InvalidInput
        If the source has none of the columns that events are counted by.
    """
    with connect() as con:
        open_events(con, files)
        columns = columns_of(con)
    found = [name for name in USUAL if name in columns] or [n for n in FIELDS if n in columns]
    if not found:
        raise InvalidInput(
            "These records have no place, month, category or force to be counted by.",
            where=", ".join(columns),
        )
    return tuple(found)


def without_area(files: EventFiles, by: tuple[str, ...]) -> int:
    """Return how many events have co-ordinates but no small area, where areas are counted by."""
    if not set(by) & set(LEVELS):
        return 0
    with connect() as con:
        open_events(con, files)
        if not {*POINT, "lsoa"} <= set(columns_of(con)):
            return 0
        has_point = " and ".join(f"{name} is not null" for name in sorted(POINT))
        sql = f"select count(*) from events where coalesce(lsoa, '') = '' and {has_point}"
        return int(con.execute(sql).fetchall()[0][0])
