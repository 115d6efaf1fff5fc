"""Write a document so that a reader never meets half of it."""

from __future__ import annotations

from pathlib import Path


def write_whole(path: Path, content: str | bytes) -> None:
    """Write text or bytes to a file in one step: the old file stays until the new one is complete.

    Raises
    ------
    InvalidInput
        If the folder does not exist or may not be written to.
    """
    from nhpf.records.one_step import in_one_step

    with in_one_step(path, what="The document") as part:
        part.write_bytes(content.encode() if isinstance(content, str) else content)
