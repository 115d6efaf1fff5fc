"""Accept returns into the national release: all of the files given, or none."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nhpf.disclosure import Audience
from nhpf.errors import BrokenSeal, ContradictsRelease, UnknownRelease
from nhpf.records.returns.bundle import Bundle
from nhpf.records.returns.ledger import Ledger, add, close
from nhpf.records.returns.national import National, add_up
from nhpf.records.returns.verifying import bytes_of, verify
from nhpf.records.returns.writing import file_names, write
from nhpf.records.staging import settled, sole_writer, staging
from nhpf.records.store import Pointer, data_root, move_pointer, read_pointer, releases_folder

LEDGER = "ledger.json"


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of one file.

    Attributes
    ----------
    file, force, period : str
    sequence : int
    outcome : str
        ``added``, ``replaces return 1``, or ``already held``.
    """

    file: str
    force: str
    period: str
    sequence: int
    outcome: str


def accept(
    paths: Sequence[Path],
    *,
    register: Mapping[str, str],
    forces: Mapping[str, str],
    root: Path | None = None,
) -> tuple[Accepted, ...]:
    """Add returns to the national release, and make the release that counts them current.

    It is built beside its place and pointed to in one step: a reader, and a process that is killed,
    leave the release of before or that of after.

    Parameters
    ----------
    paths : sequence of Path
    register : mapping of str to str
        The force of each public key.
    forces : mapping of str to str
        The code and name of each force that makes returns.
    root : Path, optional
        The data root.

    Raises
    ------
    BrokenSeal
        If a file was changed, or its key is not the registered key of the force it names.
    DamagedData
        If a return keeps to another contract or policy, or does not add up.
    ContradictsRelease
        If a later return is held, the period is closed or overlaps another, or synthetic and real
        returns would be added up with each other.
    InvalidInput
        If a file cannot be read.
    """
    files = [bytes_of(path) for path in paths]
    read = [
        _from_a_force(path.name, data, register, forces)
        for path, data in zip(paths, files, strict=True)
    ]
    folder = _folder(root)
    with sole_writer(folder), staging(folder) as place:
        before = _ledger(folder)
        wanted = {bundle.about["period"] for bundle in read} & set(before.periods)
        held = {period: _is_synthetic(folder, before, period) for period in wanted}
        _refuse_mixed(held, {path.name: each for path, each in zip(paths, read, strict=True)})
        ledger = Ledger(dict(forces), before.returns, before.closed)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        found = []
        for path, bundle in zip(paths, read, strict=True):
            ledger, outcome = add(ledger, bundle, accepted=now)
            about = bundle.about
            found.append(
                Accepted(path.name, about["force"], about["period"], about["sequence"], outcome)
            )
        added = {bundle.sha256: data for bundle, data in zip(read, files, strict=True)}
        _release(folder, place, ledger, added)
    return tuple(found)


def close_period(period: str, *, without: Sequence[str] = (), root: Path | None = None) -> National:
    """Close a period: no return of it is accepted from then on, and its tables may be published.

    Parameters
    ----------
    period : str
        Such as ``2024-04--2025-03``.
    without : sequence of str
        The codes of the forces that are missing; each must be named.
    root : Path, optional

    Raises
    ------
    InvalidInput
        If no open period of this name holds returns, or a missing force is not named.
    """
    folder = _folder(root)
    with sole_writer(folder), staging(folder) as place:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        ledger = close(_ledger(folder), period, closed=now, without=tuple(without))
        _release(folder, place, ledger, {})
    return national(period, audience="public", root=root)


def ledger_of(*, root: Path | None = None) -> Ledger:
    """Return which returns are held."""
    return _ledger(_folder(root))


def national(period: str, *, audience: Audience, root: Path | None = None) -> National:
    """Return the national tables of one period as an audience may see them.

    Raises
    ------
    UnknownRelease
        If no return of the period is held.
    BrokenSeal
        If a return that is held was changed.
    """
    place = _place_of(period, _folder(root))
    return _national(_ledger(_folder(root)), period, audience, place)


def _place_of(period: str, folder: Path) -> Path:
    ledger = _ledger(folder)
    if period not in ledger.periods:
        raise UnknownRelease(
            "No return of this period is held.",
            where=period,
            next_step=f"Returns are held of {', '.join(ledger.periods) or 'no period yet'}.",
        )
    return releases_folder(folder) / ledger.id


def published(period: str, *, root: Path | None = None) -> dict[str, Any]:
    """Return a period's public tables as they stand in the national release, word for word.

    Raises
    ------
    UnknownRelease
        If no return of the period is held.
    """
    place = _place_of(period, _folder(root))
    found: dict[str, Any] = json.loads((place / file_names(period)[0]).read_text("utf-8"))
    return found


def _folder(root: Path | None) -> Path:
    return (root or data_root()) / "returns"


def _ledger(folder: Path) -> Ledger:
    pointer = read_pointer(folder)
    if pointer is None:
        return Ledger()
    text = (releases_folder(folder) / pointer.release / LEDGER).read_text("utf-8")
    return Ledger.from_json(text)


def _from_a_force(
    name: str, data: bytes, register: Mapping[str, str], forces: Mapping[str, str]
) -> Bundle:
    """Return what a file says, if the force that it names sealed it."""
    verified = verify(data, name=name)
    said, owner = verified.bundle.about["force"], register.get(verified.public)
    if owner is None:
        raise BrokenSeal(
            "The return is sealed with a key that is not in the register.",
            where=name,
            next_step="Ask the force for the public key it uses, and do not take it from the file.",
        )
    if owner != said or said not in forces:
        raise BrokenSeal(
            f"The return says that it is from {said}, but its key is registered for {owner}.",
            where=name,
            next_step="Ask both forces; nothing was accepted.",
        )
    return verified.bundle


def _is_synthetic(folder: Path, ledger: Ledger, period: str) -> bool:
    place = releases_folder(folder) / ledger.id
    return any(
        _held(place, each.sha256).about["synthetic"] for each in ledger.counted(period).values()
    )


def _refuse_mixed(held: dict[str, bool], read: Mapping[str, Bundle]) -> None:
    """Refuse made-up victims in one total with real ones; ``held`` says which each period has."""
    words = {True: "synthetic", False: "real"}
    for name, bundle in read.items():
        period, synthetic = bundle.about["period"], bundle.about["synthetic"]
        if held.setdefault(period, synthetic) != synthetic:
            raise ContradictsRelease(
                f"The return is {words[synthetic]}, and the returns of its period are"
                f" {words[not synthetic]}: they are not added up with each other.",
                where=f"{name}, {period}",
                next_step="Keep synthetic returns apart: set NHPF_DATA to a folder of their own.",
            )


def _release(folder: Path, place: Path, ledger: Ledger, added: Mapping[str, bytes]) -> None:
    """Build the national release of a ledger and make it current."""
    releases = releases_folder(folder)
    if not (releases / ledger.id).is_dir():
        building = place / "release"
        building.mkdir()
        before = _ledger(folder)
        older = releases / before.id
        for each in ledger.returns:
            name = f"{each.sha256}.jsonl"
            if each in before.returns:
                os.link(older / name, building / name)
            else:
                (building / name).write_bytes(added[each.sha256])
        for period in ledger.periods:
            same = _state(ledger, period) == _state(before, period)
            _tables(ledger, period, building, older if same else None)
        (building / LEDGER).write_text(ledger.as_json(), "utf-8")
        for path in building.iterdir():
            path.chmod(0o444)
        settled(building)
        building.rename(releases / ledger.id)
    move_pointer(folder, Pointer(ledger.id, recipe=""))


def _state(ledger: Ledger, period: str) -> tuple[object, ...]:
    """Return all that decides what a period's tables are."""
    return ledger.counted(period), ledger.missing(period), ledger.closed.get(period)


def _tables(ledger: Ledger, period: str, building: Path, older: Path | None) -> None:
    """Write a period's public tables; those without news stay the files that they are.

    Published tables made again by a later version could differ, and be held against the first.
    """
    if older is None:
        write(_national(ledger, period, "public", building), building)
        return
    for name in file_names(period):
        os.link(older / name, building / name)


def _national(ledger: Ledger, period: str, audience: Audience, place: Path) -> National:
    bundles = [_held(place, each.sha256) for each in ledger.counted(period).values()]
    return add_up(
        bundles,
        missing=ledger.missing(period),
        closed=period in ledger.closed,
        audience=audience,
    )


def _held(place: Path, sha256: str) -> Bundle:
    bundle = verify(bytes_of(place / f"{sha256}.jsonl"), name=sha256).bundle
    if bundle.sha256 != sha256:
        raise BrokenSeal(
            "A return that is held is not the one that was accepted.",
            where=f"{place.name}, {sha256}",
        )
    return bundle
