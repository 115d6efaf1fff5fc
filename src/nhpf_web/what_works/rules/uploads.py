"""Which files may be attached: five types, known by their content and never by their name."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Mapping

from nhpf.errors import InvalidInput, PersonalData
from nhpf.records.importing.screening import personal_header, personal_value

LARGEST = 10 * 1024 * 1024
LARGEST_UNPACKED = 100 * 1024 * 1024
MOST = 5
# The word that begins a stream stands once before the word that ends it, or is spelt in a text.
MOST_STARTS = 8
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "png": "image/png",
}
OFFICE = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
# What makes an office file or a PDF act by itself, or reach for something outside.
ACTIVE_PARTS = re.compile(r"vbaproject|activex|embeddings/|externallinks/|\.bin$|macrosheets", re.I)
ACTIVE_PDF = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFile|OpenAction|AA|RichMedia|XFA)\b")


def check_upload(name: str, content: bytes) -> str:
    """Return the type of a file that may be kept.

    Raises
    ------
    InvalidInput
        Where it is empty, too large, of another type than its name says, or may act by itself.
    PersonalData
        Where a CSV file or a sheet has a column or a value that points to a person.
    """
    ending = name.rpartition(".")[2].casefold()
    if ending not in TYPES:
        raise InvalidInput("The file is none of PDF, DOCX, XLSX, CSV and PNG.")
    if not content or len(content) > LARGEST:
        raise InvalidInput(f"A file has at least one byte and at most {LARGEST // 1024**2} MB.")
    if not _SNIFFERS[ending](content):
        raise InvalidInput(
            f"The content is not that of a {ending.upper()} file, or it can act by itself.",
            next_step="Save it again without macros, scripts, links to other files or attachments.",
        )
    if ending == "csv":
        _check_people(content.decode("utf-8-sig"))
    return ending


def _is_pdf(content: bytes) -> bool:
    return content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:] and not _acts(content)


def _acts(content: bytes) -> bool:
    """Whether a PDF holds a script, open or in a compressed stream, or cannot be looked at."""
    if b"/Encrypt" in content or _is_active(content):
        return True
    room = LARGEST_UNPACKED
    for piece in content.split(b"endstream"):
        starts = [found.end() for found in re.finditer(rb"stream\r?\n", piece)]
        if len(starts) > MOST_STARTS:
            return True
        for start in starts:
            text = _unpacked(piece[start:], room)
            room -= len(text)
            if room <= 0 or _is_active(text):
                return True
    return False


def _is_active(text: bytes) -> bool:
    # A name may be written with the numbers of its letters: /J#53 is /JS.
    plain = re.sub(rb"#([0-9A-Fa-f]{2})", lambda one: bytes([int(one.group(1), 16)]), text)
    return bool(ACTIVE_PDF.search(plain))


def _unpacked(packed: bytes, room: int) -> bytes:
    """Return what a stream holds, up to a size; nothing where it is not compressed."""
    try:
        return zlib.decompressobj().decompress(packed, room)
    except zlib.error:
        return b""


def _is_office(content: bytes, main: str) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
                return False
            names = {part.filename for part in parts}
            return {main, "[Content_Types].xml"} <= names and not any(
                ACTIVE_PARTS.search(name) or _is_unsafe(name) or _reaches_out(packed, name)
                for name in names
            )
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError):
        return False


def _reaches_out(packed: zipfile.ZipFile, name: str) -> bool:
    """Whether a list of relations leads outside the file, other than by a link in its text."""
    if not name.endswith(".rels"):
        return False
    relations = re.findall(rb"<Relationship\b[^>]*>", packed.read(name))
    return any(b"External" in one and b"/hyperlink" not in one for one in relations)


def _is_unsafe(name: str) -> bool:
    return name.startswith("/") or ".." in name.split("/")


def _is_csv(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text), strict=True))
    except (UnicodeDecodeError, csv.Error):
        return False
    is_text = not any(unicodedata.category(one) == "Cc" and one not in "\r\n\t" for one in text)
    return is_text and bool(rows) and len(rows[0]) > 1


def _check_people(text: str) -> None:
    rows = list(csv.reader(io.StringIO(text)))
    whats = [personal_header(header) for header in rows[0]]
    whats += [personal_value(value) for row in rows[1:] for value in row]
    if what := next(filter(None, whats), ""):
        raise PersonalData(
            f"The file seems to hold {what}.", next_step="Take everything about persons out."
        )


_SNIFFERS: Mapping[str, Callable[[bytes], bool]] = {
    "pdf": _is_pdf,
    "docx": lambda content: _is_office(content, OFFICE["docx"]),
    "xlsx": lambda content: _is_office(content, OFFICE["xlsx"]),
    "csv": _is_csv,
    "png": lambda content: content.startswith(b"\x89PNG\r\n\x1a\n") and b"IEND" in content[-16:],
}


def plain_name(name: str) -> str:
    """Return a file's name with letters, digits, hyphens and its ending, at most 80 characters."""
    stem, _, ending = name.replace("\\", "/").rpartition("/")[2].rpartition(".")
    kept = re.sub(r"[^A-Za-z0-9]+", "-", stem).strip("-") or "file"
    return f"{kept[:70]}.{ending.casefold()}"
