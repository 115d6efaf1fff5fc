"""Write a file of the user's in one step, so that a reader never meets half of it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nhpf.errors import InvalidInput


@contextmanager
def in_one_step(path: Path, *, what: str) -> Iterator[Path]:
    """Give a path to write to; the old file stays until the new one is complete.

    Parameters
    ----------
    path : Path
    what : str
        What is written, as a sentence begins with it: "The document".

    Raises
    ------
    InvalidInput
        If the folder does not exist or may not be written to.
    """
    try:
        number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError:
        raise InvalidInput(
            f"{what} cannot be written there.",
            where=str(path),
            next_step="Name a folder that exists and that you may write to.",
        ) from None
    os.close(number)
    part = Path(name)
    try:
        yield part
        # A temporary file is private to its maker; what it becomes is not.
        part.chmod(0o666 & ~_mask())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _mask() -> int:
    """Return the process's file mode mask, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
