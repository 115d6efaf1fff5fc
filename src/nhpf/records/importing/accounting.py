"""What became of each row of an import: accepted, rejected with its place, or a repeat."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

MOST_LISTED = 1000
HOW_COUNTED = "Rows are counted under the header: row 1 is line 2 of the file."


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that was not taken: the file, the row (the first under the header is 1), why."""

    file: str
    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        """Return the place and the reason, without any value."""
        column = f", column {self.column}" if self.column else ""
        return f"{self.file}, row {self.row:,}{column}: {self.reason}"


@dataclass(frozen=True, slots=True)
class FileRead:
    """One file of an import, as it was given."""

    name: str
    sha256: str
    encoding: str
    layout: str
    rows: int


@dataclass(frozen=True, slots=True)
class Account:
    """What became of the rows: ``rows`` is always accepted + rejected + duplicates.

    Attributes
    ----------
    source : str
    files : tuple of FileRead
    rows, accepted, rejected, duplicates : int
    rejects : tuple of Reject
        The first of them, at most a thousand.
    cautions : tuple of str
        Sentences on what was taken but should be looked at.
    """

    source: str
    files: tuple[FileRead, ...]
    rows: int
    accepted: int
    rejected: int
    duplicates: int
    rejects: tuple[Reject, ...]
    cautions: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the form that the command line prints and the manifest holds."""
        return asdict(self) | {"files": [asdict(each) for each in self.files],
                               "rejects": [asdict(each) for each in self.rejects]}  # fmt: skip


def allowed(tolerance: float, rows: int) -> int:
    """Return how many rows may be rejected: a number, or a share where it is below one."""
    return int(tolerance * rows) if tolerance < 1 else int(tolerance)
