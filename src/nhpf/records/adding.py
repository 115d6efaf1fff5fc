"""Add a table to the data set: a new release that holds it beside all that was held before."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import Any

import nhpf
from nhpf.records.checking import digest
from nhpf.records.making import make_release, recipe
from nhpf.records.staging import settled, sole_writer, staging
from nhpf.records.store import (
    Pointer,
    data_root,
    move_pointer,
    put_pointer,
    read_pointer,
    release_ids,
    releases_folder,
    written_pointer,
)

# What does not decide what a release holds, so that the same input gives the same release.
NOT_OF_CONTENT = ("release", "made")
OF_BYTES = ("files", "sha256", "encoded")


def add_table(
    name: str, files: Path, *, table: dict[str, Any], source: dict[str, Any],
    folder: Path, root: Path | None = None,
) -> str:  # fmt: skip
    """Make a release of the current one and a table, make it current, and return its id.

    Parameters
    ----------
    name : str
        The table; one of this name that was imported before is replaced.
    files : Path
        A folder that holds the table's Parquet files and nothing else; it is moved.
    table : dict
        What the manifest says of the table: grain, unit, columns, rows, and encoded where its
        values are codes.
    source : dict
        What it says of where the table comes from.
    folder : Path
        A staging folder on the same disk as the releases.

    Raises
    ------
    StoreBusy
        If another process is adding to the data set and does not end.
    """
    root = root or data_root()
    with sole_writer(root):
        base = releases_folder(root) / _current(root)
        building = folder / "release"
        shutil.copytree(base, building, copy_function=os.link)
        shutil.rmtree(building / name, ignore_errors=True)
        files.replace(building / name)
        manifest = _manifest(base, building / name, name, table, source)
        _write_manifest(building, manifest)
        # Written before the release takes its place: after that, nothing needs room on the disk.
        pointer = written_pointer(folder, Pointer(manifest["release"], recipe()))
        _place(building, releases_folder(root) / manifest["release"])
        put_pointer(root, pointer)
    return str(manifest["release"])


def renewed(root: Path) -> str:
    """Bring the data set up to this version's open data, make that current, and return its id."""
    with sole_writer(root):
        current = _current(root)
        move_pointer(root, Pointer(current, recipe()))
    return current


def _current(root: Path) -> str:
    """Return the release to build on: the current one, brought up to this version's open data."""
    pointer, present = read_pointer(root), recipe()
    if pointer and pointer.release in release_ids(root) and pointer.recipe == present:
        return pointer.release
    return _carried(root, pointer.release if pointer else None)


def _carried(root: Path, older: str | None) -> str:
    """Make this version's release of the open data with the imports of an older release in it."""
    made = make_release(root)
    held = releases_folder(root) / (older or made) / "manifest.json"
    imports = json.loads(held.read_text("utf-8")).get("imports", []) if held.is_file() else []
    if not imports:
        return made
    old, base = held.parent, releases_folder(root) / made
    before = json.loads(held.read_text("utf-8"))
    with staging(root) as folder:
        building = folder / "release"
        shutil.copytree(base, building, copy_function=os.link)
        manifest = json.loads((base / "manifest.json").read_text("utf-8"))
        for name in imports:
            shutil.copytree(old / name, building / name, copy_function=os.link)
            manifest["tables"][name] = before["tables"][name]
            manifest["sources"][name] = before["sources"][name]
        manifest["imports"] = imports
        _write_manifest(building, manifest)
        _place(building, releases_folder(root) / manifest["release"])
    return str(manifest["release"])


def _manifest(
    base: Path, files: Path, name: str, table: dict[str, Any], source: dict[str, Any]
) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads((base / "manifest.json").read_text("utf-8"))
    kept = ("series", "publisher", "licence", "regime", "marking", "extract_date", "vintage")
    hashes = {
        path.relative_to(files.parent).as_posix(): digest(path)
        for path in sorted(files.rglob("*.parquet"))
    }
    manifest["tables"][name] = {
        **table,
        **{key: source[key] for key in kept},
        "sources": [name],
        "sha256": _hash(hashes),
        "files": hashes,
        "traps": [],
    }
    manifest["sources"][name] = source
    manifest["imports"] = sorted({*manifest.get("imports", []), name})
    manifest["code_version"] = nhpf.__version__
    return manifest


def _write_manifest(building: Path, manifest: dict[str, Any]) -> None:
    """Name the release by what it was made from, and write what it holds.

    The bytes of an imported table are left out of the name: several threads may write the same
    rows in another order, and the same files, contract and code must give the same release.
    """
    content = {key: value for key, value in manifest.items() if key not in NOT_OF_CONTENT}
    content["tables"] = {
        name: {key: value for key, value in table.items() if key not in OF_BYTES}
        if name in manifest.get("imports", ())
        else table
        for name, table in manifest["tables"].items()
    }
    manifest["release"] = _hash(content)[:16]
    manifest["made"] = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    (building / "manifest.json").unlink()
    text = json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False)
    (building / "manifest.json").write_text(text + "\n", encoding="utf-8")


def _hash(content: Any) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _place(building: Path, place: Path) -> None:
    """Move a release to its place in one step, unless the same one is there already."""
    building.chmod(0o755)
    for path in building.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o444)
    settled(building)
    if place.is_dir():
        shutil.rmtree(building)
    else:
        building.rename(place)
