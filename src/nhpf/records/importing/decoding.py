"""Make sure that a text is one encoding throughout, and hand it on as plain UTF-8."""

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from nhpf.errors import DamagedData
from nhpf.records.staging import unused

CHUNK = 1 << 20
LONGEST_LINE = CHUNK
MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
# Several bytes for one character, as UTF-8 has them and words in Windows-1252 do not.
JOINED = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
NEXT_STEP = "Save the file again as UTF-8, all of it, and import that."


@dataclass(frozen=True, slots=True)
class Text:
    """A text as it can be read: plain UTF-8 with the line ends of one kind.

    Attributes
    ----------
    path : Path
        The file itself where it is plain already, else a copy.
    encoding : str
        The encoding of the file that was given.
    sha256 : str
        Of the file that was given.
    """

    path: Path
    encoding: str
    sha256: str


@dataclass(slots=True)
class _Seen:
    """What a look at all bytes found."""

    digest: str = ""
    utf8: bool = True
    joined: bool = False
    broken_at: int = -1
    returns: int = 0
    pairs: int = 0
    feeds: int = 0
    unended: int = 0

    @property
    def one_line_end(self) -> bool:
        """Whether lines end in one way, with a line feed in it."""
        return self.returns == self.pairs and self.pairs in (0, self.feeds)


def decoded(path: Path, name: str, staging: Path) -> Text:
    """Return a text as plain UTF-8, read once, in bounded memory.

    Taken are UTF-8 with or without a byte order mark, UTF-16 with one, and Windows-1252.

    Parameters
    ----------
    path : Path
    name : str
        What to call the file.
    staging : Path
        A folder for the copy, where one is needed.

    Raises
    ------
    DamagedData
        If the bytes are of no one encoding, with their place; or a line has no end.
    """
    with path.open("rb") as file:
        start = file.read(4)
    mark = next((mark for mark in MARKS if start.startswith(mark)), b"")
    encoding = MARKS.get(mark, "")
    if encoding == "utf-32":
        raise DamagedData("The file is UTF-32.", where=name, next_step=NEXT_STEP)
    if encoding.startswith("utf-16"):
        return _from_utf16(path, name, staging, encoding, len(mark))
    seen = _look(path, name)
    if encoding == "utf-8" and not seen.utf8:
        raise _unreadable("The file is not the UTF-8 it says it is.", path, name, seen.broken_at)
    if not seen.utf8 and seen.joined:
        raise _unreadable("The file mixes UTF-8 with another encoding.", path, name, seen.broken_at)
    encoding = encoding or ("utf-8" if seen.utf8 else "windows-1252")
    if encoding == "utf-8" and not mark and seen.one_line_end:
        return Text(path, encoding, seen.digest)
    copy = _copy(path, name, staging, encoding, len(mark))
    return Text(copy, encoding, seen.digest)


def _look(path: Path, name: str) -> _Seen:
    """Read all bytes once: encoding, line ends, hash; stop at a NUL or at a line without end."""
    seen, digest, at, last = _Seen(), hashlib.sha256(), 0, b""
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            _refuse_nul(chunk, path, name, at)
            _count_line_ends(seen, chunk, last, name, at)
            seen.joined |= not chunk.isascii() and bool(JOINED.search(chunk))
            if seen.utf8:
                _try_utf8(seen, decoder, chunk, at)
            at, last = at + len(chunk), chunk[-1:]
    if seen.utf8:
        _try_utf8(seen, decoder, b"", at)
    seen.digest = digest.hexdigest()
    return seen


def _try_utf8(seen: _Seen, decoder: codecs.IncrementalDecoder, chunk: bytes, at: int) -> None:
    pending = decoder.getstate()[0]
    if chunk.isascii() and not pending and chunk:
        return
    try:
        decoder.decode(chunk, final=not chunk)
    except UnicodeDecodeError as fault:
        seen.utf8, seen.broken_at = False, at - len(pending) + fault.start


def _refuse_nul(chunk: bytes, path: Path, name: str, at: int) -> None:
    place = chunk.find(b"\0")
    if place < 0:
        return
    # Western text in UTF-16 has a NUL at every other byte, and none between them.
    even, odd = chunk[:2000:2].count(b"\0"), chunk[1:2000:2].count(b"\0")
    halves = max(even, odd) > 10 * min(even, odd) and max(even, odd) > len(chunk[:2000]) // 3
    what = "The file is UTF-16 without its byte order mark." if halves else (
        "The file holds a NUL byte, as no text does."
    )  # fmt: skip
    raise _unreadable(what, path, name, at + place)


def _count_line_ends(seen: _Seen, chunk: bytes, last: bytes, name: str, at: int) -> None:
    feeds, returns = chunk.count(b"\n"), chunk.count(b"\r")
    found = [chunk.find(end) for end, number in ((b"\n", feeds), (b"\r", returns)) if number]
    if seen.unended + min(found, default=len(chunk)) > LONGEST_LINE:
        raise _too_long(name, at - seen.unended)
    ends = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
    seen.unended = len(chunk) - ends - 1 if found else seen.unended + len(chunk)
    seen.feeds += feeds
    seen.returns += returns
    if returns or last == b"\r":
        seen.pairs += chunk.count(b"\r\n") + (last == b"\r" and chunk[:1] == b"\n")


def _too_long(name: str, at: int) -> DamagedData:
    return DamagedData(
        f"A line has more than {LONGEST_LINE:,} characters.",
        where=f"{name}, byte {at:,}",
        next_step="Save the table again with one record a line.",
    )


def _unreadable(what: str, path: Path, name: str, at: int) -> DamagedData:
    return DamagedData(
        what, where=f"{name}, line {_line(path, at):,}, byte {at:,}", next_step=NEXT_STEP
    )


def _line(path: Path, at: int) -> int:
    """Return the line of a byte, counted from 1, the header included."""
    lines = 1
    with path.open("rb") as file:
        while at > 0 and (chunk := file.read(min(CHUNK, at))):
            lines, at = lines + chunk.count(b"\n"), at - len(chunk)
    return lines


def _from_utf16(path: Path, name: str, staging: Path, encoding: str, mark: int) -> Text:
    copy = _copy(path, name, staging, encoding, mark)
    _look(copy, name)
    with path.open("rb") as file:
        return Text(copy, "utf-16", hashlib.file_digest(file, "sha256").hexdigest())


def _copy(path: Path, name: str, staging: Path, encoding: str, mark: int) -> Path:
    """Write a copy in UTF-8 with line feeds alone; say where a byte belongs to no character."""
    codec = "cp1252" if encoding == "windows-1252" else encoding
    decoder = codecs.getincrementaldecoder(codec)("strict")
    target = unused(staging, "plain")
    at, held = mark, False
    with path.open("rb") as file, target.open("wb") as plain:
        file.seek(mark)
        while True:
            chunk = file.read(4 * CHUNK)
            pending = len(decoder.getstate()[0])
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as fault:
                what = f"A byte belongs to no character of {encoding}."
                raise _unreadable(what, path, name, at - pending + fault.start) from None
            _refuse_no_text(text, name, at)
            held = _write(plain, text, held)
            if not chunk:
                return target
            at += len(chunk)


def _refuse_no_text(text: str, name: str, at: int) -> None:
    """Stop at once where a file is no text, before all of it is copied."""
    if "\0" in text[:1000]:
        raise DamagedData(
            "The file holds a NUL, as no text does.",
            where=f"{name}, byte {at:,}",
            next_step=NEXT_STEP,
        )
    if len(text) > LONGEST_LINE and "\n" not in text and "\r" not in text:
        raise _too_long(name, at)


def _write(plain: IO[bytes], text: str, held: bool) -> bool:
    """Write with line feeds for every line end; a return at the end waits for what follows it."""
    text = "\r" * held + text
    waits = text.endswith("\r") and len(text) > held
    text = text[: len(text) - waits].replace("\r\n", "\n").replace("\r", "\n")
    plain.write(text.encode("utf-8"))
    return waits
