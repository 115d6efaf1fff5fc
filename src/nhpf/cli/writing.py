"""Write a document so that a reader never meets half of it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from nhpf.errors import InvalidInput


def write_whole(path: Path, text: str) -> None:
    """Write text to a file in one step: the old file stays until the new one is complete.

    Raises
    ------
    InvalidInput
        If the folder does not exist or may not be written to.
    """
    try:
        number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError:
        raise InvalidInput(
            "The document cannot be written there.",
            where=str(path),
            next_step="Name a folder that exists and that you may write to.",
        ) from None
    part = Path(name)
    try:
        with os.fdopen(number, "w", encoding="utf-8") as file:
            file.write(text)
        # A temporary file is private to its maker; a document is not.
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
