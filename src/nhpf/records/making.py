"""Make a release: check the shipped files, build each table, write Parquet and the manifest."""

from __future__ import annotations

import hashlib
import json
from graphlib import TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nhpf
from nhpf.records.checking import check_shipped, digest
from nhpf.records.engine import connect, named, quoted, reader
from nhpf.records.open_source import OpenSource, shipped
from nhpf.records.outlines import add_outlines
from nhpf.records.staging import staging
from nhpf.records.statement import FOLDER, Statement, statements
from nhpf.records.store import releases_folder

if TYPE_CHECKING:
    import duckdb


def recipe() -> str:
    """Return the hash of all that decides what a release holds: inputs, contracts, SQL and code."""
    state = hashlib.sha256(nhpf.__version__.encode())
    parts = [*FOLDER.glob("open_sources/*.toml"), *FOLDER.glob("tables/*.sql")]
    parts += [*FOLDER.glob("traps/*.sql"), *FOLDER.glob("*.py")]
    for path in sorted(parts):
        state.update(path.relative_to(FOLDER).as_posix().encode() + b"\0" + path.read_bytes())
    return state.hexdigest()


def release_id() -> str:
    """Return the id of the release that this version makes of the shipped files."""
    return recipe()[:16]


def make_release(root: Path) -> str:
    """Make the release of the shipped files, unless it is there, and return its id.

    The release is built beside its place and moved there in one step, so a reader sees all of it
    or nothing, and of two makers at the same time one wins and both hold the same release.

    Raises
    ------
    DamagedData
        If a shipped file breaks its contract.
    """
    folder = releases_folder(root)
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / release_id()
    if place.is_dir():
        return place.name
    with staging(root) as kept:
        building = kept / "release"
        building.mkdir()
        _build(building)
        _move(building, place)
    return place.name


def _move(building: Path, place: Path) -> None:
    for path in building.iterdir():
        path.chmod(0o444)
    building.chmod(0o755)
    try:
        building.rename(place)
    except OSError:
        if not place.is_dir():
            raise


def _build(folder: Path) -> None:
    with connect() as con:
        # One thread writes the same bytes each time, with a third of the memory, and no slower.
        con.execute("set threads = 1")
        rows = {name: _view(con, terms) for name, terms in shipped().items()}
        add_outlines(con)
        tables = {}
        for statement in _in_order(statements("tables")):
            tables[statement.name] = _table(con, statement, folder)
        traps = [_trap(con, statement) for statement in statements("traps").values()]
    sources = {name: _source(terms, rows[name]) for name, terms in shipped().items()}
    for name, table in tables.items():
        table |= _terms(table["sources"])
        table["traps"] = [trap["id"] for trap in traps if name in trap["tables"]]
    manifest = {
        "release": release_id(),
        "recipe": recipe(),
        "code_version": nhpf.__version__,
        "sources": sources,
        "tables": tables,
        "traps": traps,
    }
    text = json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False)
    (folder / "manifest.json").write_text(text + "\n", encoding="utf-8")


def _view(con: duckdb.DuckDBPyConnection, terms: OpenSource) -> int:
    rows = check_shipped(con, terms)
    con.execute(f"create view {named(terms.source)} as select * from {reader(terms.path)}")
    return rows


def _in_order(found: dict[str, Statement]) -> list[Statement]:
    """Sort tables so that each comes after the tables it is made from."""
    needs = {name: set(each.listed("from")) & set(found) for name, each in found.items()}
    return [found[name] for name in TopologicalSorter(needs).static_order()]


def _table(con: duckdb.DuckDBPyConnection, statement: Statement, folder: Path) -> dict[str, Any]:
    """Write a table, and read it back from its file: what comes after sees what users will see."""
    path, name = folder / f"{statement.name}.parquet", named(statement.name)
    con.execute(f"copy ({statement.sql}) to {quoted(path)} (format parquet, compression zstd)")
    con.execute(f"create view {name} as select * from {reader(path)}")
    counted = con.execute(f"select count(*) from {name}").fetchall()
    columns = con.execute(f"describe {name}").fetchall()
    return {
        "grain": statement.grain,
        "unit": statement.notes["unit"],
        "columns": {column: kind for column, kind, *_ in columns},
        "sources": list(_sources_of(statement)),
        "rows": counted[0][0],
        "sha256": digest(path),
    }


def _sources_of(statement: Statement) -> tuple[str, ...]:
    """Return the shipped sources of a table, those of the tables it is made from included."""
    tables = statements("tables")
    found: dict[str, None] = {}
    for name in statement.listed("from"):
        deeper = _sources_of(tables[name]) if name in tables else (name,)
        found.update(dict.fromkeys(deeper))
    return tuple(found)


def _terms(sources: list[str]) -> dict[str, str]:
    """Say of a table what its sources say of themselves, each different answer once."""
    kept = ("series", "publisher", "licence", "regime", "marking", "extract_date", "vintage")
    found = {}
    for key in kept:
        answers = dict.fromkeys(getattr(shipped()[name], key) for name in sources)
        found[key] = "; ".join(answers)
    return found


def _source(terms: OpenSource, rows: int) -> dict[str, Any]:
    kept = (
        "title series publisher licence attribution address copied_from extract_date vintage"
        " regime marking file sha256"
    )
    return {"rows": rows} | {name: getattr(terms, name) for name in kept.split()}


def _trap(con: duckdb.DuckDBPyConnection, statement: Statement) -> dict[str, Any]:
    """Count the rows that a known fault of the data concerns, and say what was done about it."""
    counts = con.execute(statement.sql)
    names = [column[0] for column in counts.description]
    found = dict(zip(names, counts.fetchall()[0], strict=True))
    says = statement.notes["says"].format(**{name: f"{n:,}" for name, n in found.items()})
    return {
        "id": statement.name,
        "tables": list(statement.listed("tables")),
        "counts": found,
        "says": says,
    }
