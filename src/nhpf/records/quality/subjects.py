"""What the checks look at: the tables of a release and shipped files, read in one form."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nhpf.records.contract import contracts
from nhpf.records.engine import connect, named, reader
from nhpf.records.open_source import open_source, shipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import duckdb

    from nhpf.records.release import Release

FILE = Path(__file__).parent / "subjects.toml"


@dataclass(frozen=True, slots=True)
class Subject:
    """One table or file, and how its columns are to be read.

    Attributes
    ----------
    name : str
    kind : str
        ``table`` of the release, shipped ``file``, or imported through a ``contract``.
    concerns : str
        The table of the release that its flags concern.
    rows : str
        What follows ``from`` in SQL: its rows as they stand.
    reads : str
        The SQL of the rows that are counted, where it is another; ``{file}`` is the file.
    period, place, area, layer, category, count : str
        SQL expressions; without ``count`` nothing is counted over time. A blank ``area`` is the
        force that the place lies in, or the place itself.
    apart : tuple of str
        Fields of a contract that make up its layers.
    key : tuple of str
        The fields that name a row.
    may_be_blank : tuple of str
    done : str
        What is done about faults of a file before its table is made.
    """

    name: str
    kind: str = "table"
    concerns: str = ""
    rows: str = ""
    reads: str = ""
    period: str = ""
    place: str = ""
    area: str = ""
    layer: str = "''"
    category: str = "''"
    count: str = ""
    apart: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    may_be_blank: tuple[str, ...] = ()
    done: str = ""


@cache
def _described() -> dict[tuple[str, str], Subject]:
    raw = tomllib.loads(FILE.read_text("utf-8"))["subject"]
    return {(each["kind"], each["name"]): Subject(**_tupled(each)) for each in raw}


def _tupled(raw: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in raw.items()}


def subjects(release: Release) -> tuple[Subject, ...]:
    """Return what can be checked of a release: each of its tables, and the files it was made from.

    A shipped file of another hash than the release's is left out.
    """
    tables = release.manifest["tables"]
    imports = release.manifest.get("imports", [])
    held = (
        _imported(name, tables[name]["columns"])
        if name in imports and name in contracts()
        else _table(name)
        for name in tables
    )
    return (*(replace(each, rows=named(each.name)) for each in held), *_files(release))


def _table(name: str) -> Subject:
    return replace(_described().get(("table", name), Subject(name)), concerns=name)


def _imported(name: str, columns: Mapping[str, str]) -> Subject:
    """Describe imported rows; a contract says itself which fields may be blank."""
    agreed = contracts()[name]
    found = replace(_described().get(("contract", name), Subject(name, "contract")), concerns=name)
    if found.apart:
        # Rows that an earlier version of the contract took lack its newer fields.
        layers = ", ".join(named(each) for each in found.apart if each in columns)
        found = replace(found, layer=f"concat_ws(', ', {layers})")
    optional = tuple(each.name for each in agreed.fields if each.optional)
    key = tuple(each for each in agreed.key if each in columns)
    return replace(found, key=key, may_be_blank=optional)


def _files(release: Release) -> Iterator[Subject]:
    for (kind, name), found in _described().items():
        held = release.manifest["sources"].get(name)
        if kind != "file" or held is None or found.concerns not in release.manifest["tables"]:
            continue
        terms = shipped()[name]
        if held["sha256"] == terms.sha256:
            yield replace(found, rows=reader(terms.path))


def engine(release: Release | None = None) -> duckdb.DuckDBPyConnection:
    """Open a connection that knows a release's tables, and the force that small areas lie in."""
    con = connect()
    for table in release.manifest["tables"] if release else ():
        con.execute(f"create view {named(table)} as select * from {release.reads(table)}")  # type: ignore[union-attr]
    small, old = (
        f"(select * from {reader(open_source(name).path)})"
        for name in ("lookup_small_areas", "lookup_2011_to_2021")
    )
    wards = f"(select * from {reader(open_source('ward_outlines').path)})"
    con.execute(
        "create temp table force_of as select place, any_value(force) as force from ("
        f" select lsoa21_code as place, pfa24_code as force from {small}"
        f" union all select ward24_code, pfa24_code from {small}"
        f" union all select lsoa11_code, pfa24_code from {old} join {small} using (lsoa21_code)"
        # The shipped ward outlines are those of the Metropolitan Police area.
        f" union all select ward22_code, 'E23000001' from {wards}"
        ") group by place"
    )
    return con


def series(subject: Subject) -> str:
    """Return the SQL of what a subject counts: layer, area, place, period, category, count."""
    rows = f"(select * from {subject.rows})"
    if subject.reads:
        rows = f"({subject.reads.format(file=rows)})"
    return (
        "select layer, coalesce(own, force_of.force, place) as area, place, period, category,"
        f" count from (select {subject.layer} as layer, {subject.area or 'null'} as own,"
        f" {subject.place} as place, {subject.period} as period, {subject.category} as category,"
        f" {subject.count} as count from {rows}) left join force_of using (place)"
    )
