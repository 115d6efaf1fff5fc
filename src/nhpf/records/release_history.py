"""The releases that are held, what each brought, and what it lacks that others hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from nhpf.errors import UnknownRelease
from nhpf.records.release import Release, open_release
from nhpf.records.revisions import changed_tables
from nhpf.records.store import data_root, read_pointer, release_ids


@dataclass(frozen=True, slots=True)
class Change:
    """A table that a release brought, against the earlier release that is most like it.

    Attributes
    ----------
    table : str
    kind : str
        ``added``, ``changed`` or ``removed``.
    rows : int or None
        None where it was removed.
    files : tuple of str
        The names of the files that were imported; empty for open data that NHPF ships.
    """

    table: str
    kind: str
    rows: int | None
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeldRelease:
    """One release among those that are held.

    Attributes
    ----------
    release : str
    made : str
        When, as ISO 8601, UTC.
    changes : tuple of Change
        Empty for the first release, which is of the open data.
    imported : tuple of str
        The tables in it that were imported.
    lacks : tuple of str
        Tables that were imported into other releases and are not in this one.
    differs : tuple of str
        Tables of which the newest release holds another import.
    current, chosen : bool
        Whether it is the current one, and whether because a person chose it.
    """

    release: str
    made: str
    changes: tuple[Change, ...]
    imported: tuple[str, ...]
    lacks: tuple[str, ...]
    differs: tuple[str, ...]
    current: bool
    chosen: bool


def release_history(*, root: Path | None = None) -> tuple[HeldRelease, ...]:
    """Return the releases that are held, oldest first."""
    root = root or data_root()
    held = [open_release(each, root=root) for each in release_ids(root)]
    pointer = read_pointer(root)
    ever = sorted({name for each in held for name in _imports(each)})
    return tuple(
        HeldRelease(
            release=each.id,
            made=_made(each),
            changes=_changes(each, held[:place]),
            imported=_imports(each),
            lacks=tuple(name for name in ever if name not in _imports(each)),
            differs=tuple(
                name
                for name in _imports(each)
                if name in _imports(held[-1]) and _hash(each, name) != _hash(held[-1], name)
            ),
            current=bool(pointer and pointer.release == each.id),
            chosen=bool(pointer and pointer.release == each.id and pointer.chosen),
        )
        for place, each in enumerate(held)
    )


def release_as_at(day: date, *, root: Path | None = None) -> Release:
    """Return the release that was the newest at the end of a day, UTC.

    Raises
    ------
    UnknownRelease
        If every release that is held was made later.
    """
    root = root or data_root()
    held = [open_release(each, root=root) for each in release_ids(root)]
    made = sorted((_made(each)[:10], place) for place, each in enumerate(held))
    known = [place for at, place in made if at <= day.isoformat()]
    if not known:
        oldest = f"The oldest that is held was made on {made[0][0]}." if made else "None is held."
        raise UnknownRelease(
            "No release of the data was held on that day.",
            where=day.isoformat(),
            next_step=oldest,
        )
    return held[known[-1]]


def _imports(release: Release) -> tuple[str, ...]:
    return tuple(release.manifest.get("imports", ()))


def _hash(release: Release, table: str) -> str:
    return str(release.manifest["tables"][table]["sha256"])


def _made(release: Release) -> str:
    """Return when a release was made; one of open data alone says so by its file."""
    if said := release.manifest.get("made"):
        return str(said)
    time = (release.folder / "manifest.json").stat().st_mtime
    return datetime.fromtimestamp(time, UTC).isoformat(timespec="seconds")


def _changes(release: Release, earlier: list[Release]) -> tuple[Change, ...]:
    # The release that one was built on is not written down; it is the one that differs least.
    against = [changed_tables(each, release) for each in reversed(earlier)]
    fewest = min(against, key=len, default=())
    return tuple(
        Change(each.table, each.kind, each.rows_after, _files(release, each.table))
        for each in fewest
    )


def _files(release: Release, table: str) -> tuple[str, ...]:
    source: dict[str, Any] = release.manifest["sources"].get(table, {})
    return tuple(str(each["name"]) for each in source.get("account", {}).get("files", ()))
