"""Import files into the data set: each row accepted, rejected with its place, or a repeat."""

from nhpf.records.importing.accounting import Account, FileRead, Reject
from nhpf.records.importing.bringing import Imported, Terms, import_files, try_files
from nhpf.records.importing.keeping import Kept
from nhpf.records.importing.reading import Choices

__all__ = [
    "Account",
    "Choices",
    "FileRead",
    "Imported",
    "Kept",
    "Reject",
    "Terms",
    "import_files",
    "try_files",
]
