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

from nhpf.errors import NoRoom, StoreBusy

WAIT_SECONDS = 600


@contextmanager
def staging(root: Path) -> Iterator[Path]:
    """Give an empty folder that is gone afterwards, whatever happens.

    The process holds a lock on it. A folder whose lock is free was left by a process that was
    killed, and is cleared by the next one.

    Raises
    ------
    NoRoom
        If the disk is full.
    """
    place = root / "staging"
    with _room():
        place.mkdir(parents=True, exist_ok=True)
        _clear(place)
        folder = Path(tempfile.mkdtemp(dir=place))
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            with _room():
                yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _clear(place: Path) -> None:
    for left in place.iterdir():
        try:
            with (left / ".lock").open() as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(left, ignore_errors=True)
        except FileNotFoundError:
            # Killed between the making of the folder and of its lock, or just being made: a folder
            # of the last minute is left alone.
            if _age(left) > 60:
                shutil.rmtree(left, ignore_errors=True)
        except BlockingIOError:
            continue


def _age(path: Path) -> float:
    import time

    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


@contextmanager
def _room() -> Iterator[None]:
    """Turn the many ways in which a full disk shows into one error."""
    try:
        yield
    except OSError as fault:
        if fault.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise _no_room() from None
    except Exception as fault:
        # The query engine has an error of its own, with the system's words in it.
        if type(fault).__module__.split(".")[0] not in ("duckdb", "_duckdb") or not any(
            sign in str(fault) for sign in ("No space left", "max_temp_directory_size")
        ):
            raise
        raise _no_room() from None


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
    """
    import time

    (root / "releases").mkdir(parents=True, exist_ok=True)
    with (root / "writing.lock").open("w") as lock:
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


def settled(folder: Path) -> None:
    """Make sure that what was written in a folder is on the disk before it is pointed to."""
    for path in (*folder.rglob("*"), folder):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
