"""A folder of its own for each write; what a killed process left behind is cleared."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from nhpf.errors import InvalidInput, NoRoom, StoreBusy

WAIT_SECONDS = 600
# Full, over the user's share of it, or over the largest file that may be.
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
SIGNS = ("No space left", "File too large", "quota exceeded", "max_temp_directory_size")


def unused(folder: Path, kind: str, ending: str = "") -> Path:
    """Return a path in a staging folder that nothing has yet, by a name of our own."""
    return folder / f"{kind}-{len(list(folder.iterdir()))}{ending}"


@contextmanager
def staging(root: Path) -> Iterator[Path]:
    """Give an empty folder that is gone afterwards, whatever happens.

    The process holds a lock on it. A folder whose lock is free was left by a process that was
    killed, and is cleared by the next one.

    Raises
    ------
    NoRoom
        If the disk is full.
    InvalidInput
        If the folder cannot be made or written to.
    """
    with room(), _writable(root):
        folder, lock = _made(root / "staging")
    try:
        with room():
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        lock.close()


def _made(place: Path) -> tuple[Path, IO[str]]:
    """Clear what was left, and make a folder with its lock, while no other process does either."""
    place.mkdir(parents=True, exist_ok=True)
    with place.with_name("staging.lock").open("w") as alone:
        fcntl.flock(alone, fcntl.LOCK_EX)
        for left in place.iterdir():
            _clear(left)
        folder = Path(tempfile.mkdtemp(dir=place))
        lock = (folder / ".lock").open("w")
        fcntl.flock(lock, fcntl.LOCK_EX)
    return folder, lock


def _clear(left: Path) -> None:
    """Delete what a process left, unless the process is still at it and holds its lock."""
    if not left.is_dir():
        left.unlink()
        return
    try:
        with (left / ".lock").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        pass
    except BlockingIOError:
        return
    shutil.rmtree(left, ignore_errors=True)


@contextmanager
def room() -> Iterator[None]:
    """Turn the many ways in which a full disk shows into one error."""
    try:
        yield
    except OSError as fault:
        if fault.errno not in FULL:
            raise
        raise _no_room() from None
    except Exception as fault:
        # The query engine has an error of its own, with the system's words in it.
        if type(fault).__module__.split(".")[0] not in ("duckdb", "_duckdb") or not any(
            sign in str(fault) for sign in SIGNS
        ):
            raise
        raise _no_room() from None


@contextmanager
def _writable(root: Path) -> Iterator[None]:
    """Say in the user's words that the data folder is none, or not the user's to write to."""
    try:
        yield
    except OSError as fault:
        if fault.errno in FULL:
            raise
        raise InvalidInput(
            "The data folder cannot be made or written to.",
            where=str(root),
            next_step="Set NHPF_DATA to a folder that you may write to.",
        ) from None


def _no_room() -> NoRoom:
    return NoRoom(
        "The disk is full, so nothing was written.",
        next_step="Make room, or set NHPF_DATA to a folder on a larger disk, and try again.",
    )


@contextmanager
def sole_writer(root: Path, *, wait: float = WAIT_SECONDS) -> Iterator[None]:
    """Let one process at a time add a release; others wait.

    Raises
    ------
    StoreBusy
        If another process is still at it when the time is over.
    InvalidInput
        If the folder cannot be made or written to.
    """
    import time

    with room(), _writable(root):
        (root / "releases").mkdir(parents=True, exist_ok=True)
        lock = (root / "writing.lock").open("w")
    with lock:
        until = time.monotonic() + wait
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    raise StoreBusy(
                        "Another import is being added to the data set.",
                        next_step="Try again when it has ended.",
                    ) from None
                time.sleep(0.05)
        yield


def settled(folder: Path, *, deep: bool = True) -> None:
    """Make sure that what was written in a folder is on the disk before it is pointed to."""
    for path in (*(folder.rglob("*") if deep else ()), folder):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
