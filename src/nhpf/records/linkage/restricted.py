"""The restricted folder: what a run of linkage leaves behind, and when it is deleted.

Each run has one folder whose name holds the day by which it goes, so that it can be deleted even
if nothing inside can be read. Whoever uses linkage deletes what is due first.
"""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

from nhpf.errors import InvalidInput
from nhpf.records.store import data_root

RUN = re.compile(r"(\d{4}-\d{2}-\d{2})-([0-9a-f]{16})")


def restricted_folder(root: Path | None = None) -> Path:
    """Return the folder of runs under the data root; only its owner may look into it."""
    folder = (root or data_root()) / "restricted" / "linkage"
    folder.mkdir(parents=True, exist_ok=True)
    for each in (folder.parent, folder):
        each.chmod(0o700)
    return folder


def purge(*, on: date, root: Path | None = None) -> tuple[str, ...]:
    """Delete the runs that are past their day, and return their ids.

    Parameters
    ----------
    on : date
        Today. A run is kept through the day in its name.
    root : Path, optional
        The data root.
    """
    gone = []
    for folder, expires, run in _runs(restricted_folder(root)):
        if expires < on:
            shutil.rmtree(folder)
            gone.append(run)
    return tuple(gone)


def new_run(run: str, *, expires: date, root: Path | None = None) -> Path:
    """Make the folder of a run."""
    folder = restricted_folder(root) / f"{expires.isoformat()}-{run}"
    folder.mkdir(mode=0o700)
    return folder


def find_run(run: str, *, root: Path | None = None) -> Path:
    """Return the folder of a run.

    Raises
    ------
    InvalidInput
        If there is none, or none any more.
    """
    for folder, _, each in _runs(restricted_folder(root)):
        if each == run:
            return folder
    raise InvalidInput(
        "The run that this sheet belongs to is not held, or has been deleted on its day.",
        next_step="Link the files again.",
    )


def _runs(folder: Path) -> list[tuple[Path, date, str]]:
    return [
        (path, date.fromisoformat(held[1]), held[2])
        for path in sorted(folder.iterdir())
        if (held := RUN.fullmatch(path.name))
    ]
