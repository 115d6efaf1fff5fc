"""Documents that were made, kept so that an unchanged one is not made again.

They stand in the data folder under the hash of all that decides their bytes. The folder is its
owner's alone: restricted documents are among them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

import nhpf
from nhpf.errors import InvalidInput
from nhpf.records.one_step import in_one_step
from nhpf.records.store import data_root

MOST_KEPT = 1000
_ENDINGS = {".py", ".html", ".css", ".typ", ".sql", ".toml"}
# Data and words have ids and hashes of their own.
_NOT_CODE = {"open_data", "editions"}


def kept(
    decides: Mapping[str, object], make: Callable[[], bytes], *, root: Path | None = None
) -> bytes:
    """Return a document that was made before, or make it and keep it.

    Parameters
    ----------
    decides : mapping of str to object
        All that decides the document's bytes beside the software, as JSON can hold it.
    make : callable
        Makes the document where it is not held.
    root : Path, optional
        The data folder.
    """
    folder = (root or data_root()) / "documents"
    told = json.dumps({**decides, "code": code_digest()}, sort_keys=True)
    path = folder / hashlib.sha256(told.encode()).hexdigest()
    with suppress(OSError):
        return path.read_bytes()
    made = make()
    # A full disk or a folder that may only be read is no reason to refuse the document.
    with suppress(OSError, InvalidInput):
        _keep(path, made)
    return made


def _keep(path: Path, made: bytes) -> None:
    folder = path.parent
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    with in_one_step(path, what="The document") as part:
        part.write_bytes(made)
    path.chmod(0o600)
    by_age = sorted(folder.iterdir(), key=lambda each: each.stat().st_mtime)
    for old in by_age[:-MOST_KEPT]:
        old.unlink(missing_ok=True)


@cache
def code_digest() -> str:
    """Return the hash of the library's own files: a change of any may change a document."""
    base = Path(nhpf.__file__).parent
    state = hashlib.sha256()
    for path in sorted(base.rglob("*")):
        inside = path.relative_to(base)
        if path.suffix in _ENDINGS and not _NOT_CODE.intersection(inside.parts):
            state.update(inside.as_posix().encode() + b"\0" + path.read_bytes())
    return state.hexdigest()
