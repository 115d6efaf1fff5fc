"""Assess a release: run every check on every table, once, and keep what was found."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nhpf.errors import InvalidInput
from nhpf.records.one_step import in_one_step
from nhpf.records.quality import columns, months, terms
from nhpf.records.quality.disagreeing import disagreements
from nhpf.records.quality.flags import FieldCompleteness, Flag
from nhpf.records.quality.subjects import Subject, engine, series, subjects

if TYPE_CHECKING:
    import duckdb

    from nhpf.records.release import Release

ORDER = {"unfit": 0, "caution": 1, "note": 2}
# Faults of cells that change what a figure says, whatever the reader asked.
OF_FIGURES = ("low month", "areas missing", "stub month", "all-zero category", "stacked rows")


@dataclass(frozen=True, slots=True)
class Quality:
    """What the checks found in a release.

    Attributes
    ----------
    release : str
    flags : tuple of Flag
        The worst first, then by table.
    fields : tuple of FieldCompleteness
        Each field of each table.
    last_months : dict of str to str
        The last month counted in each table that counts by month: 2026-02.
    """

    release: str
    flags: tuple[Flag, ...]
    fields: tuple[FieldCompleteness, ...]
    last_months: dict[str, str] = field(default_factory=dict)

    def of_table(self, name: str) -> tuple[Flag, ...]:
        """Return the flags of one table."""
        return tuple(flag for flag in self.flags if flag.table == name)

    def fields_of(self, name: str) -> tuple[FieldCompleteness, ...]:
        """Return the completeness of each field of one table."""
        return tuple(each for each in self.fields if each.table == name)


def assess(release: Release, *, today: dt.date) -> Quality:
    """Check every table of a release.

    Parameters
    ----------
    release : Release
    today : datetime.date
        The day that timeliness is judged on.

    Notes
    -----
    A release never changes, so what does not depend on the day is found once and kept beside the
    releases. The rules are `RULES`.
    """
    found = _found(release)
    flags = (*found.flags, *terms.late(release.manifest, found.last_months, today=today))
    return Quality(release.id, _sorted(flags), found.fields, found.last_months)


def concerning(
    release: Release, *tables: str, areas: Collection[str] = (), years: Collection[int] = ()
) -> tuple[Flag, ...]:
    """Return the flags that a figure made from some tables must mention.

    Parameters
    ----------
    *tables : str
    areas : collection of str
        The codes of the areas in the figure; all if empty.
    years : collection of int
        The calendar years that it covers; all if empty.
    """
    return tuple(
        flag
        for flag in _found(release).flags
        if flag.table in tables
        and flag.how_bad == "unfit"
        and flag.check in OF_FIGURES
        and not flag.file
        and (not areas or not flag.area or flag.area in areas)
        and (not years or not flag.period or int(flag.period[:4]) in years)
    )


def _sorted(flags: Collection[Flag]) -> tuple[Flag, ...]:
    return tuple(sorted(flags, key=lambda each: (ORDER[each.how_bad], each.table, each.check)))


def _found(release: Release) -> Quality:
    path = release.folder.parents[1] / "quality" / f"{release.id}-{_code()}.json"
    if path.is_file():
        return _read(json.loads(path.read_text("utf-8")))
    found = _checked(release)
    _keep(found, path)
    return found


@cache
def _code() -> str:
    """Return a name for this version of the rules, so that what older ones found is not taken."""
    state = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.*")):
        if path.suffix in (".py", ".sql", ".toml"):
            state.update(path.read_bytes())
    return state.hexdigest()[:8]


def _read(raw: dict[str, Any]) -> Quality:
    return Quality(
        raw["release"],
        tuple(Flag(**each) for each in raw["flags"]),
        tuple(FieldCompleteness(**each) for each in raw["fields"]),
        raw["last_months"],
    )


def _keep(found: Quality, path: Path) -> None:
    """Write what was found in one step; where that cannot be, it is found again next time."""
    with suppress(OSError, InvalidInput):
        path.parent.mkdir(exist_ok=True)
        with in_one_step(path, what="What the checks found") as part:
            part.write_text(json.dumps(asdict(found)), encoding="utf-8")


def _checked(release: Release) -> Quality:
    flags: list[Flag] = list(terms.accounts(release.manifest))
    fields: list[FieldCompleteness] = []
    last: dict[str, str] = {}
    with engine(release) as con:
        for subject in subjects(release):
            if subject.kind != "file":
                counted = columns.completeness(con, subject)
                fields += counted
                flags += columns.blank_fields(subject, counted)
                if month := _last_month(con, subject):
                    last[subject.concerns] = month
            flags += check(con, subject)
        flags += disagreements(con, set(release.manifest["tables"]))
    return Quality(release.id, _sorted(flags), tuple(fields), last)


def check(con: duckdb.DuckDBPyConnection, subject: Subject) -> Iterator[Flag]:
    """Run the checks of one table or shipped file, completeness aside."""
    found = [
        *columns.padded(con, subject),
        *columns.all_zero(con, subject),
        *columns.stacked(con, subject),
        *months.holes(con, subject),
    ]
    if subject.kind == "file":
        yield from (replace(each, file=subject.name) for each in found)
        return
    yield from found
    yield from columns.invalid_values(con, subject)
    yield from columns.repeated_keys(con, subject)


def _last_month(con: duckdb.DuckDBPyConnection, subject: Subject) -> str:
    if not subject.count:
        return ""
    found = con.execute(
        f"select strftime(max(period), '%Y-%m'), count(distinct month(period))"
        f" from ({series(subject)}) where count > 0"
    ).fetchall()
    month, months_of_year = found[0]
    return str(month) if month and months_of_year > 1 else ""
