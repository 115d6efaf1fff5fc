"""What hostile and odd files are made with: no file of the corpus is kept in the repository."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import os
import stat
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nhpf.errors import NhpfError, PersonalData, RowsRejected

HEADER = "event_id,force,month,offence_code,category,lsoa,easting,northing,place_description"
ROWS = (
    "E001,E23000028,2024-05,8N,Violence with injury,E01017034,456000,101000,Outside a shop",
    "E002,E23000028,2024-05,34B,Robbery,E01017034,456100.5,101200,",
    "E003,E23000001,2024-06,,Homicide,,,,In a park",
)
GOOD = "\n".join((HEADER, *ROWS)) + "\n"
SHORT = "event_id,force,month,category\n"
SHORT_ROWS = "E001,E23000028,2024-05,Robbery\nE002,E23000028,2024-06,Homicide\n"


@dataclass(frozen=True)
class Refused:
    """A file, the error it ends in, words of the message, and what the message may not hold."""

    name: str
    content: bytes | Callable[[Path], Path]
    error: type[NhpfError]
    says: tuple[str, ...]
    hides: tuple[str, ...] = ()
    file: str = "hostile.csv"
    source: str = "crime_events"


@dataclass(frozen=True)
class Accepted:
    """A file that must be taken, and its rows: event_id and category."""

    name: str
    content: bytes | Callable[[Path], Path]
    rows: tuple[tuple[str, str], ...] = (("E001", "Robbery"), ("E002", "Homicide"))
    duplicates: int = 0
    file: str = "odd.csv"
    choices: dict[str, str] = field(default_factory=dict)


def written(each: Refused | Accepted, folder: Path) -> Path:
    """Write the file of a case and return its path."""
    if callable(each.content):
        return each.content(folder)
    path = folder / each.file
    path.write_bytes(each.content)
    return path


def changed(row: int, column: str, value: str) -> bytes:
    """Return the good file with one cell changed."""
    at = HEADER.split(",").index(column)
    lines = [HEADER.split(","), *(each.split(",") for each in ROWS)]
    lines[row][at] = value
    return ("\n".join(",".join(each) for each in lines) + "\n").encode()


def wrong(
    name: str, column: str, value: str, why: str, *, row: int = 2, shown: bool = False
) -> Refused:
    """A row that is rejected for one value; the message names its place and never the value."""
    places = (f"hostile.csv, row {row}, column {column}", why, "nothing was imported")
    hides = () if shown else (value,)
    return Refused(name, changed(row, column, value), RowsRejected, places, hides)


def personal(name: str, column: str, value: str, what: str, hides: str) -> Refused:
    """A value that points to a person stops all, with its column and without the value."""
    says = ("hostile.csv", f"column {column}", what, "Nothing was kept")
    return Refused(name, changed(2, column, value), PersonalData, says, (hides,))


def header(name: str, column: str, what: str) -> Refused:
    """A column named for what only a person has."""
    text = HEADER + f",{column}\n" + "".join(f"{each},\n" for each in ROWS)
    return Refused(name, text.encode(), PersonalData, (f"column {column}", what))


# --- files that code makes -------------------------------------------------------------------


def sparse_line(folder: Path) -> Path:
    """Two gigabytes without a line end: a hole in the file, so that it takes no room."""
    path = folder / "endless.csv"
    with path.open("wb") as file:
        file.write(SHORT.encode())
        file.truncate(2 << 30)
    return path


def long_line(folder: Path) -> Path:
    """A line of three megabytes of letters in an otherwise good file."""
    path = folder / "long.csv"
    path.write_bytes(SHORT.encode() + b"E1," + b"x" * 3_000_000 + b"\n" + SHORT_ROWS.encode())
    return path


def sparse_utf16_line(folder: Path) -> Path:
    path = folder / "endless.csv"
    with path.open("wb") as file:
        file.write(b"\xff\xfe" + SHORT.encode("utf-16-le"))
        file.truncate(2 << 30)
    return path


def long_utf16_line(folder: Path) -> Path:
    path = folder / "long.csv"
    path.write_bytes(b"\xff\xfe" + (SHORT + "x" * 6_000_000).encode("utf-16-le"))
    return path


def zipped(name: str, members: dict[str, bytes], *, spoil: Any = None) -> Callable[[Path], Path]:
    """A zip of some members; ``spoil`` may change what is said of each."""

    def make(folder: Path) -> Path:
        path = folder / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for inside, content in members.items():
                info = zipfile.ZipInfo(inside)
                info.compress_type = zipfile.ZIP_DEFLATED
                if spoil:
                    spoil(info)
                archive.writestr(info, content)
        return path

    return make


def as_link(info: zipfile.ZipInfo) -> None:
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16


def locked_zip(folder: Path) -> Path:
    """A zip that says of its member that it needs a password."""
    path = zipped("locked.zip", {"a.csv": GOOD.encode()})(folder)
    content = bytearray(path.read_bytes())
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(sign) + at] |= 1
    path.write_bytes(content)
    return path


def zip_bomb(folder: Path) -> Path:
    path = folder / "bomb.zip"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
        archive.open("a.csv", "w", force_zip64=True) as member,
    ):
        for _ in range(300):
            member.write(bytes(1 << 20))
    return path


def many_members(folder: Path) -> Path:
    path = folder / "many.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(10_001):
            archive.writestr(f"{number}.csv", b"")
    return path


def gzip_bomb(folder: Path) -> Path:
    path = folder / "bomb.csv.gz"
    with gzip.open(path, "wb", compresslevel=9) as packed:
        packed.write(SHORT.encode())
        for _ in range(300):
            packed.write(b"\n" * (1 << 20))
    return path


def cut(make: Callable[[Path], Path], share: float = 0.6) -> Callable[[Path], Path]:
    """The same file, cut short."""

    def shorter(folder: Path) -> Path:
        path = make(folder)
        content = path.read_bytes()
        path.write_bytes(content[: int(share * len(content))])
        return path

    return shorter


def gzipped(folder: Path) -> Path:
    path = folder / "good.csv.gz"
    rows = "".join(f"E{n},E23000028,2024-05,Robbery\n" for n in range(5000))
    path.write_bytes(gzip.compress((SHORT + rows).encode()))
    return path


def parquet(sql: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        import duckdb

        path = folder / "table.parquet"
        duckdb.sql(f"copy ({sql}) to '{path}' (format parquet)")
        return path

    return make


GOOD_PARQUET = (
    "select 'E00' || n as event_id, 'E23000028' as force, '2024-05' as month,"
    " case n when 1 then 'Robbery' else 'Homicide' end as category from range(1, 3) as r(n)"
)


def sheets(
    *tables: list[list[Any]], change: Callable[[Any], None] | None = None
) -> Callable[[Path], Path]:
    """A spreadsheet with a sheet for each table."""

    def make(folder: Path) -> Path:
        from openpyxl import Workbook

        path, book = folder / "book.xlsx", Workbook()
        for number, table in enumerate(tables):
            sheet = book.active if not number else book.create_sheet(f"Sheet {number + 1}")
            for row in table:
                sheet.append(row)
        if change:
            change(book.active)
        book.save(path)
        return path

    return make


SHEET: list[list[Any]] = [
    ["event_id", "force", "month", "category"],
    ["E001", "E23000028", "2024-05", "Robbery"],
    ["E002", "E23000028", "2024-06", "Homicide"],
]


def rewritten(part: str, change: Callable[[str], str]) -> Callable[[Path], Path]:
    """A spreadsheet with one of its parts changed by hand."""

    def make(folder: Path) -> Path:
        path = sheets(SHEET)(folder)
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        parts[part] = change(parts[part].decode()).encode()
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        return path

    return make


def with_entities(text: str) -> str:
    start, rest = text.split("?>", 1) if "?>" in text else ("<?xml version='1.0'", text)
    bomb = '<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    return f"{start}?>{bomb}{rest.replace('Robbery', '&b;')}"


def folder_of(files: dict[str, bytes]) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        for name, content in files.items():
            path = folder / "sent" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        (folder / "sent").mkdir(exist_ok=True)
        return folder / "sent"

    return make


def named_in_bytes(folder: Path) -> Path:
    """A file whose name is no text in any encoding that the system uses."""
    path = os.fsencode(folder) + b"/caf\xe9.csv"
    with open(path, "wb") as file:  # noqa: PTH123
        file.write((SHORT + SHORT_ROWS).encode())
    return Path(os.fsdecode(path))


def dated() -> Callable[[Path], Path]:
    table = [list(row) for row in SHEET]
    table[1][2], table[2][2] = dt.datetime(2024, 5, 1), dt.date(2024, 6, 30)  # noqa: DTZ001
    return sheets(table)


def formula(sheet: Any) -> None:
    sheet["D2"] = '=HYPERLINK("http://example.org","x")'


def fault(sheet: Any) -> None:
    sheet["D2"] = "#N/A"


def merged(sheet: Any) -> None:
    sheet.merge_cells("B2:B3")


TITLED = [["A title above the table"], *SHEET]
SMALL = SHORT.encode()
SQLITE = b"SQLite format 3\0" + bytes(100)
OLD_SHEET = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
SAME_COLUMN = "force,force,month,category\nE23000028,E23000028,2024-05,Robbery\n"
MIXED = f"{SHORT}E1,E23000028,2024-05,Café\n".encode() + "E2,E23000028,2024-05,Café\n".encode(
    "windows-1252"
)

PLAIN = SHORT + SHORT_ROWS


def packed_again(path: Path) -> Path:
    path.write_bytes(gzip.compress(path.read_bytes()))
    return path


def gzip_of_plain(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_bytes(gzip.compress(PLAIN.encode()))
    return path


def bytes_of_zip(text: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("a.csv", text)
    return held.getvalue()
