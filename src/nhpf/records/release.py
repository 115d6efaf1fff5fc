"""One frozen version of the data set: questions to it, and where its figures come from."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nhpf.errors import DamagedData, InvalidInput, UnknownRelease
from nhpf.records.checking import digest
from nhpf.records.encoding import view_sql
from nhpf.records.engine import connect, named, reader
from nhpf.records.statement import statements
from nhpf.records.store import (
    Pointer,
    data_root,
    move_pointer,
    read_pointer,
    release_ids,
    releases_folder,
)
from nhpf.records.subtypes import subtype_sql

if TYPE_CHECKING:
    import duckdb
    import numpy as np

CURRENT = "current"
SHORTEST = 4
"""The letters that the beginning of an id needs at least to stand for it."""


@dataclass(frozen=True, slots=True)
class TableSource:
    """Where figures come from; the fields are those of a report's provenance."""

    series: str
    period: str
    source: str
    licence: str
    extract_date: str
    vintage: str
    tables: tuple[str, ...]
    sha256: tuple[str, ...]
    rows: int | None
    address: str
    release: str


class Release:
    """An open release. It never changes; several threads may ask it at once.

    Attributes
    ----------
    id : str
    folder : Path
    manifest : dict
        ``tables``, ``sources``, ``traps``, ``code_version``, ``recipe``.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.id = folder.name
        text = (folder / "manifest.json").read_text("utf-8")
        self.manifest: dict[str, Any] = json.loads(text)

    @cached_property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        con = connect()
        for table in self.manifest["tables"]:
            con.execute(f"create view {named(table)} as select * from {self.reads(table)}")
        con.execute(
            "create macro homicide_subtype(victim_age_band, victim_sex, domestic, place_type) as "
            + subtype_sql()
        )
        return con

    def reads(self, table: str) -> str:
        """Return the SQL that reads a table, its codes turned into their values."""
        held = self._table(table)
        if encoded := held.get("encoded"):
            return f"({view_sql(encoded, self.folder / table)})"
        (file,) = self.files(table)
        return reader(self.folder / file)

    def files(self, table: str) -> dict[str, str]:
        """Return the files that hold a table, each with its hash."""
        held = self._table(table)
        return dict(held.get("files", {f"{table}.parquet": held["sha256"]}))

    def query(self, name: str, /, **parameters: Any) -> dict[str, np.ndarray]:
        """Run one of the SQL files of ``records/sql``.

        Parameters
        ----------
        name : str
            The file's name without its ending; its first line states what one row is.
        **parameters
            Values of the ``$name`` parameters of the file.

        Returns
        -------
        dict of str to numpy.ndarray
            One array a column, all of one length. A blank is NaN among numbers, None among words;
            days and months are ``datetime64[D]``.

        Raises
        ------
        InvalidInput
            If there is no such query, or the parameters are not the ones it takes.
        """
        import duckdb

        known = statements("sql")
        if name not in known:
            raise InvalidInput(
                "There is no query of this name.",
                where=name,
                next_step=f"The queries are {', '.join(known)}.",
            )
        try:
            # A cursor of its own for each question: the connection is shared between threads.
            found = self._connection.cursor().execute(known[name].sql, parameters).fetchnumpy()
        except (duckdb.InvalidInputException, duckdb.BinderException):
            raise InvalidInput(
                "The query takes other parameters.",
                where=name,
                next_step=f"It reads: {known[name].grain}.",
            ) from None
        return {column: _plain(values) for column, values in found.items()}

    def provenance(self, *tables: str, period: str) -> tuple[TableSource, ...]:
        """Return where the rows of some tables come from, one entry for each source.

        Parameters
        ----------
        *tables : str
        period : str
            The period of the figures shown, in words.
        """
        sources: dict[str, list[str]] = {}
        for table in tables:
            for source in self._table(table)["sources"]:
                sources.setdefault(source, []).append(table)
        return tuple(self._source(source, tuple(used), period) for source, used in sources.items())

    def _source(self, source: str, tables: tuple[str, ...], period: str) -> TableSource:
        terms = self.manifest["sources"][source]
        return TableSource(
            series=terms["series"],
            period=period,
            source=f"{terms['title']}. {terms['attribution']}",
            licence=terms["licence"],
            extract_date=terms["extract_date"],
            vintage=terms["vintage"],
            tables=tables,
            sha256=(terms["sha256"],),
            rows=terms["rows"],
            address=terms["address"],
            release=self.id,
        )

    def caveats(self, *tables: str) -> tuple[str, ...]:
        """Return a sentence for each known fault of these tables, with the counts concerned."""
        wanted = {name for name in tables if self._table(name)}
        return tuple(
            trap["says"] for trap in self.manifest["traps"] if wanted & set(trap["tables"])
        )

    def trap(self, name: str) -> dict[str, int]:
        """Return the counts of one known fault, such as ``stub_month``."""
        found = {trap["id"]: trap["counts"] for trap in self.manifest["traps"]}
        if name not in found:
            raise InvalidInput("No fault of the data has this name.", where=name)
        return dict(found[name])

    def is_synthetic(self, table: str) -> bool:
        """Whether the rows of an imported table were marked as invented."""
        return self.manifest["sources"].get(table, {}).get("synthetic") is True

    def _table(self, name: str) -> dict[str, Any]:
        if name not in self.manifest["tables"]:
            raise InvalidInput("The release has no table of this name.", where=name)
        found: dict[str, Any] = self.manifest["tables"][name]
        return found

    def verify(self) -> None:
        """Compare each table with its hash in the manifest.

        Raises
        ------
        DamagedData
            Naming the first table whose file has changed since the release was made.
        """
        for name in self.manifest["tables"]:
            for file, sha256 in self.files(name).items():
                path = self.folder / file
                if path.is_file() and digest(path) == sha256:
                    continue
                raise DamagedData(
                    "A table of the release is not as it was made.",
                    where=f"{self.id}, {file}",
                    next_step="Delete the release's folder; it is made again on the next use.",
                )


def _plain(values: np.ndarray) -> np.ndarray:
    """Turn the engine's masked array into one with NaN, NaT or None for blanks."""
    import numpy as np

    if values.dtype.kind == "M":
        days: np.ndarray = np.ma.filled(values, np.datetime64("NaT")).astype("datetime64[D]")
        return days
    if not isinstance(values, np.ma.MaskedArray):
        return values
    blank, kind = (None, object) if values.dtype.kind == "O" else (np.nan, float)
    filled: np.ndarray = np.ma.filled(values.astype(kind), blank)
    return filled


def releases(*, root: Path | None = None) -> tuple[str, ...]:
    """Return the ids of the releases that are held, oldest first."""
    return release_ids(root or data_root())


def use(release_id: str, *, root: Path | None = None) -> str:
    """Make a release current until another is chosen or imported, and return its id.

    The next import builds on it: what only other releases hold is not in the release that comes of
    it (see ``release_history``).

    Parameters
    ----------
    release_id : str
        As `open_release` takes it.

    Raises
    ------
    UnknownRelease
        If no release with this id is held.
    """
    root = root or data_root()
    release = open_release(release_id, root=root)
    move_pointer(root, Pointer(release.id, release.manifest["recipe"], chosen=True))
    return release.id


def open_release(release_id: str | None = None, *, root: Path | None = None) -> Release:
    """Open a release: the one named, or the current one.

    On first use, and after the library or its data changed, the release of the shipped files is
    made and becomes current, unless a person chose another.

    Parameters
    ----------
    release_id : str, optional
        An id; its beginning, four letters or more, where no other begins so; or ``current``.

    Raises
    ------
    UnknownRelease
        If no release with this id is held, or several ids begin so.
    DamagedData
        If a shipped file is damaged.
    """
    root = root or data_root()
    if release_id is not None and release_id != CURRENT:
        return _held(release_id, root)
    from nhpf.records.adding import renewed
    from nhpf.records.making import recipe

    pointer = read_pointer(root)
    if pointer and pointer.chosen:
        return _held(pointer.release, root)
    if pointer and pointer.recipe == recipe() and pointer.release in release_ids(root):
        return _held(pointer.release, root)
    return _held(renewed(root), root)


def _held(release_id: str, root: Path) -> Release:
    held = release_ids(root)
    found = [each for each in held if each == release_id]
    if len(release_id) >= SHORTEST:
        found = found or [each for each in held if each.startswith(release_id)]
    if len(found) == 1:
        return Release(releases_folder(root) / found[0])
    if found:
        raise UnknownRelease(
            "Several releases have an id that begins so.",
            where=release_id,
            next_step=f"Name one of {', '.join(found)}.",
        )
    raise UnknownRelease(
        "No release of the data has this id.",
        where=release_id,
        next_step=f"The releases held are {', '.join(held) or 'none yet'}.",
    )
