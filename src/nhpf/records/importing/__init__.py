"""Import files into the data set: each row accepted, rejected with its place, or a repeat."""

from nhpf.records.importing.accounting import Account, FileRead, Reject
from nhpf.records.importing.bringing import Imported, import_files, try_files
from nhpf.records.importing.keeping import Kept
from nhpf.records.importing.reading import Choices
from nhpf.records.importing.replacing import Replaced
from nhpf.records.importing.terms import Terms

__all__ = [
    "Account",
    "Choices",
    "FileRead",
    "Imported",
    "Kept",
    "Reject",
    "Replaced",
    "Terms",
    "import_files",
    "try_files",
]
