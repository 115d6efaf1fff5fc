"""What changed: figures that were published again, tables between releases, breaks in series."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhpf.records.release import Release

BREAKS = Path(__file__).parent / "breaks.toml"


@dataclass(frozen=True, slots=True)
class Revision:
    """A published figure that a later publication gives differently.

    ``before`` and ``after`` are the values in the earlier and the later vintage.
    """

    series: str
    period: str
    breakdown: str
    category: str
    unit: str
    before: float
    before_vintage: str
    after: float
    after_vintage: str

    @property
    def change(self) -> float:
        """The later value less the earlier."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class TableChange:
    """A table that differs between two releases; ``kind`` is added, removed or changed."""

    table: str
    kind: str
    rows_before: int | None
    rows_after: int | None


@dataclass(frozen=True, slots=True)
class PeriodChange:
    """The count of one area and period that differs between two releases of a table.

    ``kind`` is added, removed or changed; a count that is not there is None, never zero.
    """

    table: str
    layer: str
    area: str
    period: str
    before: int | None
    after: int | None

    @property
    def kind(self) -> str:
        """Return what became of it."""
        if self.before is None:
            return "added"
        return "removed" if self.after is None else "changed"


@dataclass(frozen=True, slots=True)
class Break:
    """From when counts of a series do not mean what they meant before.

    ``since`` is a month, blank where two series stand side by side.
    """

    id: str
    title: str
    since: str
    tables: tuple[str, ...]
    area: str
    what: str
    do: str


def published_revisions(release: Release) -> tuple[Revision, ...]:
    """Return each published national figure that a later vintage gives differently, newest last."""
    found = release.query("published_figures")
    fields = ("area_code", "series", "period", "breakdown", "category", "unit")
    rows = [dict(zip(found, values, strict=True)) for values in zip(*found.values(), strict=True)]
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(tuple(str(row[name]) for name in fields), []).append(row)
    revisions = []
    for (_, series, period, breakdown, category, unit), held in groups.items():
        held.sort(key=lambda row: row["published"])
        for before, after in pairwise(held):
            if before["value"] != after["value"]:
                values = (float(before["value"]), str(before["vintage"]))
                later = (float(after["value"]), str(after["vintage"]))
                revisions.append(
                    Revision(series, period, breakdown, category, unit, *values, *later)
                )
    return tuple(revisions)


def changed_tables(before: Release, after: Release) -> tuple[TableChange, ...]:
    """Return the tables that two releases do not share, in the order of their names."""
    old, new = before.manifest["tables"], after.manifest["tables"]
    changes = []
    for name in sorted({*old, *new}):
        if name in old and name in new and old[name]["sha256"] == new[name]["sha256"]:
            continue
        kind = "added" if name not in old else "removed" if name not in new else "changed"
        rows = [held[name]["rows"] if name in held else None for held in (old, new)]
        changes.append(TableChange(name, kind, *rows))
    return tuple(changes)


def changed_counts(before: Release, after: Release, table: str) -> tuple[PeriodChange, ...]:
    """Return the counts by area and period that differ between two releases of one table.

    Areas are forces, local authorities or the nation: small areas are added up to their force.
    Empty for a table that counts nothing over time.
    """
    old, new = _counts(before, table), _counts(after, table)
    return tuple(
        PeriodChange(table, *key, old.get(key), new.get(key))
        for key in sorted({*old, *new})
        if old.get(key) != new.get(key)
    )


def _counts(release: Release, table: str) -> dict[tuple[str, str, str], int]:
    from nhpf.records.quality.subjects import engine, series, subjects

    for subject in subjects(release):
        if subject.name == table and subject.kind != "file" and subject.count:
            with engine(release) as con:
                found = con.execute(
                    "select layer, coalesce(area, ''), strftime(period, '%Y-%m'),"
                    " sum(count)::bigint"
                    f" from ({series(subject)}) where period is not null group by all"
                ).fetchall()
            return {(layer, area, period): count for layer, area, period, count in found}
    return {}


@cache
def breaks() -> tuple[Break, ...]:
    """Return the known breaks in series."""
    return tuple(_breaks())


def _breaks() -> Iterator[Break]:
    for raw in tomllib.loads(BREAKS.read_text("utf-8"))["break"]:
        yield Break(**{**raw, "tables": tuple(raw["tables"])})


def breaks_of(table: str) -> tuple[Break, ...]:
    """Return the breaks of the series in one table."""
    return tuple(each for each in breaks() if table in each.tables)
