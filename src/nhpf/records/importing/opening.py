"""Find the plain files behind the paths given: folders, zips and gzip are opened safely."""

from __future__ import annotations

import gzip
import shutil
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Literal

from nhpf.errors import DamagedData

Kind = Literal["text", "parquet", "spreadsheet"]

CHUNK = 1 << 22
# A table of repeated words shrinks to a hundredth; a bomb shrinks to a thousandth and less.
MOST_TIMES_LARGER = 250
FREE_OF_QUESTION = 1 << 28
MOST_MEMBERS = 10_000
LEFT_FREE = 1 << 28

REFUSED_FORMS = {
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old spreadsheet or document",
    b"SQLi": "a database",
    b"\x89PNG": "a picture",
    b"7z\xbc\xaf": "an archive of another kind",
    b"Rar!": "an archive of another kind",
    b"\x28\xb5\x2f\xfd": "compressed with another method",
    b"BZh9": "compressed with another method",
    b"\xfd7zX": "compressed with another method",
}


@dataclass(frozen=True, slots=True)
class Opened:
    """A plain file that can be read: the name to call it by, where it is, and its kind."""

    name: str
    path: Path
    kind: Kind


def opened(paths: list[Path], staging: Path) -> Iterator[Opened]:
    """Yield every plain file behind some paths, in the order of their names.

    Parameters
    ----------
    paths : list of Path
        Files, folders and zipped folders; files may be compressed with gzip.
    staging : Path
        An empty folder for what has to be unpacked.

    Raises
    ------
    DamagedData
        If a path is not there, cannot be unpacked safely, or is no table.
    """
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.is_file() and not _hidden(p, path))
            if not inside:
                raise DamagedData("The folder holds no file.", where=path.name)
            for each in inside:
                yield from _file(each, each.relative_to(path.parent).as_posix(), staging)
        elif path.is_file():
            yield from _file(path, path.name, staging)
        else:
            raise DamagedData("There is no such file.", where=path.name)


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in path.relative_to(folder).parts)


def _file(path: Path, name: str, staging: Path) -> Iterator[Opened]:
    with path.open("rb") as file:
        start = file.read(4)
    if start[:2] == b"\x1f\x8b":
        yield _plain(_unpacked_gzip(path, name, staging), name.removesuffix(".gz"))
    elif start[:4] == b"PK\x03\x04" and not _is_spreadsheet(path):
        yield from _unpacked_zip(path, name, staging)
    else:
        yield _plain(path, name)


def _is_spreadsheet(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return "[Content_Types].xml" in archive.namelist()
    except zipfile.BadZipFile:
        return False


def _plain(path: Path, name: str) -> Opened:
    """Tell what a file is by its first bytes, since a name's ending can say anything."""
    with path.open("rb") as file:
        start = file.read(4)
    if not start:
        raise DamagedData("The file is empty.", where=name)
    if start in REFUSED_FORMS:
        raise DamagedData(
            f"The file is {REFUSED_FORMS[start]}, not a table.",
            where=name,
            next_step="Save it as CSV, XLSX or Parquet.",
        )
    if start == b"PAR1":
        return Opened(name, path, "parquet")
    if start == b"PK\x03\x04":
        if not _is_spreadsheet(path):
            raise DamagedData(
                "The file is a zipped folder within another, or is damaged.",
                where=name,
                next_step="Unzip the inner one first.",
            )
        _refuse_bomb(path, name)
        return Opened(name, path, "spreadsheet")
    return Opened(name, path, "text")


def _refuse_bomb(path: Path, name: str) -> None:
    with zipfile.ZipFile(path) as archive:
        size = sum(each.file_size for each in archive.infolist())
    if size > _largest(path):
        raise _too_large(name)


def _largest(path: Path) -> int:
    return max(FREE_OF_QUESTION, MOST_TIMES_LARGER * path.stat().st_size)


def _too_large(name: str) -> DamagedData:
    return DamagedData(
        f"The file unpacks to more than {MOST_TIMES_LARGER} times its size, as no table does.",
        where=name,
        next_step="Unpack it yourself, look at it, and import the table that you find.",
    )


def _unpacked_gzip(path: Path, name: str, staging: Path) -> Path:
    target = staging / f"unpacked-{len(list(staging.iterdir()))}"
    try:
        with gzip.open(path) as packed, target.open("wb") as plain:
            _copy(packed, plain, _largest(path), name)
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise DamagedData(
            "The compressed file is cut short or damaged.",
            where=name,
            next_step="Fetch it again from its publisher.",
        ) from None
    return target


def _unpacked_zip(path: Path, name: str, staging: Path) -> Iterator[Opened]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [each for each in archive.infolist() if not each.is_dir()]
            for each in members:
                _refuse_member(each, name)
            if len(members) > MOST_MEMBERS:
                raise DamagedData("The zipped folder holds too many files.", where=name)
            if sum(each.file_size for each in members) > _largest(path):
                raise _too_large(name)
            for each in sorted(members, key=lambda member: member.filename):
                if not _hidden(Path(each.filename), Path()):
                    yield _member(archive, each, name, staging, _largest(path))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
        raise DamagedData(
            "The zipped folder is damaged.",
            where=name,
            next_step="Fetch it again from its publisher.",
        ) from None


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
    # A name of our own: nothing that the archive says decides where a byte is written.
    target = staging / f"unpacked-{len(list(staging.iterdir()))}"
    inside = f"{name}/{member.filename}"
    with archive.open(member) as packed, target.open("wb") as plain:
        _copy(packed, plain, most, inside)
    return _plain(target, inside)


def _copy(packed: IO[bytes] | gzip.GzipFile, plain: IO[bytes], most: int, name: str) -> None:
    """Copy what is unpacked, and stop when it grows past its limit or would fill the disk."""
    written = 0
    while chunk := packed.read(CHUNK):
        written += len(chunk)
        if written > most:
            raise _too_large(name)
        if written % (CHUNK * 64) < CHUNK and shutil.disk_usage(plain.name).free < LEFT_FREE:
            raise OSError(28, "No space left on device")
        plain.write(chunk)
