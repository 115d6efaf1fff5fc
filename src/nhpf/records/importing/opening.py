"""Find the plain files behind the paths given: folders, zips and gzip are opened safely."""

from __future__ import annotations

import errno
import gzip
import lzma
import os
import shutil
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from operator import itemgetter
from pathlib import Path, PurePosixPath
from typing import IO, Literal

from nhpf.errors import DamagedData, InvalidInput
from nhpf.records.staging import unused

Kind = Literal["text", "parquet", "spreadsheet"]

CHUNK = 1 << 22
# A table of repeated words shrinks to a hundredth; a bomb shrinks to a thousandth and less.
MOST_TIMES_LARGER = 250
FREE_OF_QUESTION = 1 << 28
# A spreadsheet's words are all held in memory while it is read.
LARGEST_SPREADSHEET = 1 << 30
MOST_MEMBERS = 10_000
# Beside tables in a folder these are words about them.
DOCUMENTS = (".md", ".txt", ".pdf", ".docx", ".html")
# In the name of a file, or as a file of its own beside others, it says that rows are invented.
SYNTHETIC, MARKER = "SYNTHETIC", "SYNTHETIC.txt"
LEFT_FREE = 1 << 25

ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
REFUSED_FORMS = {
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old spreadsheet or document",
    b"SQLi": "a database",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff\xe0": "a picture",
    b"PARE": "a Parquet file that is encrypted",
    b"7z\xbc\xaf": "an archive of another kind",
    b"Rar!": "an archive of another kind",
    b"\x28\xb5\x2f\xfd": "compressed with another method",
    b"BZh9": "compressed with another method",
    b"\xfd7zX": "compressed with another method",
}
# All that the readers of archives raise on bytes that are no archive.
DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, struct.error, RuntimeError,
          ValueError, OverflowError, KeyError, IndexError)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Opened:
    """A plain file that can be read: the name to call it by, where it is, and its kind.

    ``synthetic``: whether its name, or a marker beside it, says that its rows are invented.
    """

    name: str
    path: Path
    kind: Kind
    synthetic: bool = False


def opened(
    paths: list[Path], staging: Path, *, left_out: Callable[[str], object] = lambda _: None
) -> Iterator[Opened]:
    """Yield every plain file behind some paths, in the order of their names.

    Parameters
    ----------
    paths : list of Path
        Files, folders and zipped folders; files may be compressed with gzip.
    staging : Path
        A folder for what has to be unpacked.
    left_out : callable
        Called with the name of each document that lies beside tables in a folder.

    Raises
    ------
    InvalidInput
        If there is no path, or one is not there.
    DamagedData
        If a file cannot be unpacked safely, or is no table.
    """
    if not paths:
        raise InvalidInput("No file was named.", next_step="Name one, or a folder of them.")
    for path in paths:
        if path.is_dir():
            yield from _folder(path, staging, left_out)
        elif path.is_file():
            marked = (path.parent / MARKER).is_file()
            for each in _file(path, _shown(path.name), staging, left_out):
                yield _marked(each, marked=marked)
        else:
            raise InvalidInput("There is no such file.", where=_shown(path.name))


def _folder(folder: Path, staging: Path, left_out: Callable[[str], object]) -> Iterator[Opened]:
    found = sorted(p for p in folder.rglob("*") if p.is_file() and not _hidden(p, folder))
    names = {each: _shown(each.relative_to(folder.parent).as_posix()) for each in found}
    tables = [each for each in found if not _document(names[each], left_out)]
    if not tables:
        raise _no_tables("folder", _shown(folder.name), documents=bool(found))
    for path in tables:
        around = [each for each in path.parents if each.is_relative_to(folder)]
        marked = any((each / MARKER).is_file() for each in around)
        for each in _file(path, names[path], staging, left_out):
            yield _marked(each, marked=marked)


def _marked(each: Opened, *, marked: bool) -> Opened:
    return replace(each, synthetic=each.synthetic or marked or SYNTHETIC in each.name)


def _document(name: str, left_out: Callable[[str], object]) -> bool:
    """Whether a file that lies in a folder is no table by its ending; say that it is left out."""
    document = name.casefold().endswith(DOCUMENTS)
    if document:
        left_out(name)
    return document


def _no_tables(what: str, name: str, *, documents: bool) -> DamagedData:
    return DamagedData(
        f"The {what} holds no {'table' if documents else 'file'}.",
        where=name,
        next_step=f"Name a table itself: {', '.join(DOCUMENTS)} are left out." * documents,
    )


def _shown(name: str) -> str:
    """Return a name that can be printed and written, whatever bytes the file system holds."""
    return "".join(each if each.isprintable() else "?" for each in name)


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in path.relative_to(folder).parts)


def _file(
    path: Path, name: str, staging: Path, left_out: Callable[[str], object]
) -> Iterator[Opened]:
    start = _start(path, name)
    if start[:2] == b"\x1f\x8b":
        yield _plain(_unpacked_gzip(path, name, staging), name.removesuffix(".gz"))
    elif start in ZIP and not _is_spreadsheet(path, name):
        yield from _unpacked_zip(path, name, staging, left_out)
    else:
        # Under a name of our own: the engine reads patterns, partitions and endings into names.
        link = unused(staging, "unpacked")
        link.symlink_to(path.resolve())
        yield _plain(link, name)


def _start(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(4)
    except PermissionError:
        raise DamagedData(
            "You may not read the file.", where=name, next_step="Ask its owner for leave to."
        ) from None


@contextmanager
def _whole(what: str, name: str) -> Iterator[None]:
    """Say that an archive is damaged, whatever its reader says."""
    try:
        yield
    except DAMAGE:
        raise _damaged(what, name) from None
    except OSError as fault:
        # Without a number, or with that of a wrong place in the file, it is not the disk's fault.
        if fault.errno not in (None, errno.EINVAL):
            raise
        raise _damaged(what, name) from None


def _damaged(what: str, name: str) -> DamagedData:
    return DamagedData(
        f"The {what} is cut short or damaged.",
        where=name,
        next_step="Fetch it again from its publisher.",
    )


def _is_spreadsheet(path: Path, name: str) -> bool:
    with _whole("zipped file", name), zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        if "mimetype" in names:
            raise _no_table("an OpenDocument file", name)
        return "[Content_Types].xml" in names


def _no_table(what: str, name: str) -> DamagedData:
    return DamagedData(
        f"The file is {what}, not a table.",
        where=name,
        next_step="Save it as CSV, XLSX or Parquet.",
    )


def _plain(path: Path, name: str) -> Opened:
    """Tell what a file is by its first bytes, since a name's ending can say anything."""
    start = _start(path, name)
    if not start:
        raise DamagedData("The file is empty.", where=name)
    if start in REFUSED_FORMS:
        raise _no_table(REFUSED_FORMS[start], name)
    if start[:1] == b"{":
        raise _no_table("JSON (boundaries are taken as GeoParquet)", name)
    if start == b"PAR1":
        return Opened(name, path, "parquet")
    if start in ZIP and _is_spreadsheet(path, name):
        _refuse_bomb(path, name)
        return Opened(name, path, "spreadsheet")
    if start in ZIP or start[:2] == b"\x1f\x8b":
        raise DamagedData(
            "The file is packed within another.",
            where=name,
            next_step="Unpack the inner one first.",
        )
    return Opened(name, path, "text")


def _refuse_bomb(path: Path, name: str) -> None:
    with _whole("spreadsheet", name), zipfile.ZipFile(path) as archive:
        size = sum(each.file_size for each in archive.infolist())
    if size > min(_largest(path), LARGEST_SPREADSHEET):
        raise _too_large(name)


def _largest(path: Path) -> int:
    return max(FREE_OF_QUESTION, MOST_TIMES_LARGER * path.stat().st_size)


def _too_large(name: str) -> DamagedData:
    return DamagedData(
        "The file unpacks to more than a table of its size would.",
        where=name,
        next_step="Unpack it yourself, look at it, and import the table that you find.",
    )


def _unpacked_gzip(path: Path, name: str, staging: Path) -> Path:
    target = unused(staging, "unpacked")
    with (
        _whole("compressed file", name),
        gzip.open(path) as packed,
        target.open("wb") as plain,
    ):
        _copy(packed, plain, _largest(path), name)
    return target


def _unpacked_zip(
    path: Path, name: str, staging: Path, left_out: Callable[[str], object]
) -> Iterator[Opened]:
    with _whole("zipped folder", name), zipfile.ZipFile(path) as archive:
        members = [each for each in archive.infolist() if not each.is_dir()]
        if len(members) > MOST_MEMBERS:
            raise DamagedData("The zipped folder holds too many files.", where=name)
        for each in members:
            _refuse_member(each, name)
        if sum(each.file_size for each in members) > _largest(path):
            raise _too_large(name)
        shown = [each for each in members if not _hidden(Path(each.filename), Path())]
        marked = any(PurePosixPath(each.filename).name == MARKER for each in shown)
        named = sorted(
            ((_shown(f"{name}/{each.filename}"), each) for each in shown), key=itemgetter(0)
        )
        tables = [pair for pair in named if not _document(pair[0], left_out)]
        if not tables:
            raise _no_tables("zipped folder", name, documents=bool(shown))
        for inside, each in tables:
            found = _member(archive, each, inside, staging, _largest(path))
            yield _marked(found, marked=marked)


def _refuse_member(member: zipfile.ZipInfo, name: str) -> None:
    """Refuse a member that would be written elsewhere, points elsewhere, or cannot be read."""
    inside = PurePosixPath(member.filename.replace("\\", "/"))
    unsafe = inside.is_absolute() or ".." in inside.parts or ":" in member.filename
    link = stat.S_ISLNK(member.external_attr >> 16)
    if unsafe or link:
        raise DamagedData(
            "The zipped folder holds a file whose path leads out of it.",
            where=name,
            next_step="Ask its sender for a plain zipped folder.",
        )
    if member.flag_bits & 1:
        raise DamagedData(
            "The zipped folder is locked with a password.",
            where=name,
            next_step="Unzip it with its password, and import the folder.",
        )


def _member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, staging: Path, most: int
) -> Opened:
    target = unused(staging, "unpacked")
    with archive.open(member) as packed, target.open("wb") as plain:
        _copy(packed, plain, most, name)
    return _plain(target, name)


def _copy(packed: IO[bytes] | gzip.GzipFile, plain: IO[bytes], most: int, name: str) -> None:
    """Copy what is unpacked, and stop when it grows past its limit or would fill the disk."""
    written = 0
    while chunk := packed.read(CHUNK):
        written += len(chunk)
        if written > most:
            raise _too_large(name)
        if written % (CHUNK * 64) < CHUNK and shutil.disk_usage(plain.name).free < LEFT_FREE:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        plain.write(chunk)
