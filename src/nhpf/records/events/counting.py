"""Count the events of a release, the fastest way that gives the counts of the expression."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, get_args

from nhpf.errors import InvalidInput
from nhpf.records.events.encoded_counts import can_count, count_encoded
from nhpf.records.events.engines import EventFiles, on_duckdb, on_spark
from nhpf.records.events.expression import checked_by
from nhpf.records.release import Release

if TYPE_CHECKING:
    import pyarrow

Engine = Literal["duckdb", "spark"]


def event_files(release: Release, source: str) -> EventFiles:
    """Return where a release keeps the events of one source.

    Raises
    ------
    InvalidInput
        If it holds none.
    """
    table = release.manifest["tables"].get(source)
    if table is None:
        raise InvalidInput(
            "The release holds no records of this source.",
            where=f"{source}, release {release.id}",
            next_step=f"Import some: nhpf records import {source} FILE",
        )
    if "encoded" in table:
        return EventFiles(release.folder / source, table["encoded"])
    (file,) = release.files(source)
    return EventFiles(release.folder / file)


def count(files: EventFiles, by: Sequence[str], *, engine: Engine = "duckdb") -> pyarrow.Table:
    """Count events by place, month and category.

    Parameters
    ----------
    files : EventFiles
    by : sequence of str
        One level of place at most (``lsoa``, ``ward``, ``local_authority``, ``force_area``, of
        where it happened), and ``force`` (that recorded it), ``month``, ``category``.
    engine : str
        ``duckdb`` on this machine, where encoded events are counted without decoding; ``spark``.

    Returns
    -------
    pyarrow.Table
        One row per cell that holds an event, in no order: the names of ``by`` and ``events``.

    Raises
    ------
    InvalidInput
        If the events cannot be counted so, or there is no such engine.
    """
    names = checked_by(by)
    if engine not in get_args(Engine):
        raise InvalidInput("An engine is duckdb or spark.", where=str(engine))
    if engine == "spark":
        return on_spark(files, names)
    if files.encoded and can_count(files.encoded, names):
        return count_encoded(files.path, files.encoded, names)
    return on_duckdb(files, names)


def handling(release: Release, source: str) -> dict[str, str]:
    """Return what a file of counts has to say of itself."""
    table = release.manifest["tables"][source]
    kept = ("series", "publisher", "licence", "regime", "marking", "extract_date", "vintage")
    return {
        "release": release.id,
        "source": source,
        **{name: str(table[name]) for name in kept if name in table},
        "synthetic": "true" if release.is_synthetic(source) else "false",
        "audience": "restricted",
        "disclosure": "Small counts are not suppressed: not for publication.",
    }
