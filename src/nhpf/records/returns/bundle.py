"""A return as one file: a line for each thing it says, then a mark for each line, then the seal.

Every line is canonical JSON. The marks are the SHA-256 of the lines before them, each under the
name of its part, and the seal is an Ed25519 signature of the line of marks. So a change is not only
seen: the mark that no longer fits names the part.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nhpf.disclosure import Disclosed
from nhpf.records.returns.counting import Counts
from nhpf.records.returns.keys import RETURN, public_of

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

FORM = 1
BETWEEN = " | "


@dataclass(frozen=True, slots=True)
class Bundle:
    """One force's return for one period.

    Attributes
    ----------
    about : dict
        ``force``, ``period``, ``sequence``, ``issued``, ``extract_date``, ``contract``,
        ``contract_version``, ``policy``, ``policy_version``, ``code_version``, ``marking``,
        ``handling``, ``series``, ``unit``, ``synthetic``, ``release_mark``, ``cases_mark``;
        ``rows_rejected`` where the import of the cases left rows out.
    counts : dict of str to dict
        Each table's victims by cell; the reason for a table that is withheld.
    sha256 : str
        Of the whole file.
    """

    about: dict[str, Any]
    counts: Counts
    sha256: str


def part_of(table: str, cell: tuple[str, ...]) -> str:
    """Return the name of a cell's part."""
    return BETWEEN.join((table, *cell))


def canonical(thing: Any) -> bytes:
    """Return the one way in which a line is written."""
    text = json.dumps(thing, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode() + b"\n"


def seal(about: dict[str, Any], counts: Counts, key: Ed25519PrivateKey) -> bytes:
    """Return the bytes of a return: the same for the same contents and key."""
    parts = {f"about.{name}": {"value": value} for name, value in sorted(about.items())}
    for table, cells in counts.items():
        parts |= _cells(table, cells)
    lines = {name: canonical({"part": name} | said) for name, said in parts.items()}
    marks = canonical({"marks": [[name, mark_of(line)] for name, line in lines.items()]})
    signature = key.sign(RETURN + marks).hex()
    sealed = canonical({"seal": {"public": public_of(key), "signature": signature}})
    return b"".join(lines.values()) + marks + sealed


def _cells(table: str, cells: dict[tuple[str, ...], int] | str) -> dict[str, dict[str, Any]]:
    if isinstance(cells, str):
        return {table: dict(Disclosed(None, cells).as_json())}
    return {part_of(table, cell): dict(Disclosed(n).as_json()) for cell, n in cells.items()}


def mark_of(line: bytes) -> str:
    """Return a line's mark."""
    return hashlib.sha256(line).hexdigest()
