"""Verify a return: that nothing in it was changed since it was sealed, or else what was."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nhpf.errors import BrokenSeal, InvalidInput
from nhpf.records.returns.bundle import Bundle, canonical, mark_of
from nhpf.records.returns.keys import signed
from nhpf.records.returns.reading import read

MOST_BYTES = 1 << 20
MOST_NAMED = 5
PUBLIC, SIGNATURE = re.compile("[0-9a-f]{64}"), re.compile("[0-9a-f]{128}")


@dataclass(frozen=True, slots=True)
class Verified:
    """A return in which nothing was changed.

    Attributes
    ----------
    bundle : Bundle
    public : str
        The key that sealed it; whose key that is, only a register can tell.
    """

    bundle: Bundle
    public: str


@dataclass(frozen=True, slots=True)
class _Sealed:
    """A return taken apart: its lines, their marks, and who sealed the marks."""

    lines: list[bytes]
    marks_line: bytes
    marks: list[list[str]]
    public: str
    signature: str


def verify(data: bytes, *, name: str = "return") -> Verified:
    """Return what a return says and the key that sealed it.

    Parameters
    ----------
    data : bytes
        The whole file.
    name : str
        What to call the file.

    Raises
    ------
    BrokenSeal
        If anything was changed; names the parts. Also if it is not a return at all.
    DamagedData
        If nothing was changed, and yet it keeps to another contract, or its tables are not those
        of the national policy or do not add up.
    """
    sealed = _taken_apart(data, name)
    changed = _changed(sealed)
    if changed:
        raise _broken(changed, name)
    return Verified(read(sealed.lines, hashlib.sha256(data).hexdigest(), name), sealed.public)


def read_return(path: Path) -> Verified:
    """Return what a file says and the key that sealed it; see `verify`.

    Raises
    ------
    InvalidInput
        If the file cannot be read.
    BrokenSeal, DamagedData
        As `verify` does.
    """
    return verify(bytes_of(path), name=path.name)


def bytes_of(path: Path) -> bytes:
    """Return a file's bytes.

    Raises
    ------
    InvalidInput
        If the file cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError:
        raise InvalidInput("The return cannot be read.", where=str(path)) from None


def _broken(parts: list[str], name: str) -> BrokenSeal:
    more = f" and {len(parts) - MOST_NAMED} more" if len(parts) > MOST_NAMED else ""
    return BrokenSeal(
        f"The return was changed after it was sealed: {'; '.join(parts[:MOST_NAMED])}{more}.",
        where=name,
        next_step="Ask the force to send the return again.",
    )


def _taken_apart(data: bytes, name: str) -> _Sealed:
    if len(data) > MOST_BYTES:
        raise BrokenSeal("The file is too large to be a return.", where=name)
    if b'{"part":' not in data and b'{"seal":' not in data:
        raise BrokenSeal(
            "The file is not a return: it has neither the parts nor the seal of one.",
            where=name,
            next_step="Name a file that 'nhpf returns make' wrote.",
        )
    if not data.endswith(b"\n"):
        raise _broken(["the end of the file"], name)
    lines = [line + b"\n" for line in data[:-1].split(b"\n")]
    seal = _said(lines[-1], "seal")
    if not _is_seal(seal):
        raise _broken(["the seal"], name)
    marks: Any = _said(lines[-2], "marks") if len(lines) > 1 else None
    if not _are_marks(marks):
        # Where the line before lost its end, the marks follow on it.
        before = lines[-2].partition(b'{"marks":')[0] if len(lines) > 1 else b""
        raise _broken([_name(before[:-1]) or "the marks of the parts"], name)
    return _Sealed(lines[:-2], lines[-2], marks, seal["public"], seal["signature"])


def _said(line: bytes, key: str) -> Any:
    """Return what a line says under its only key, or None where it is not written as it must be."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    as_it_must_be = isinstance(found, dict) and set(found) == {key} and canonical(found) == line
    return found[key] if as_it_must_be else None


def _is_seal(seal: Any) -> bool:
    return (
        isinstance(seal, dict)
        and set(seal) == {"public", "signature"}
        and all(isinstance(each, str) for each in seal.values())
        and bool(PUBLIC.fullmatch(seal["public"]) and SIGNATURE.fullmatch(seal["signature"]))
    )


def _are_marks(marks: Any) -> bool:
    return isinstance(marks, list) and all(
        isinstance(pair, list) and len(pair) == 2 and all(isinstance(each, str) for each in pair)
        for pair in marks
    )


def _changed(sealed: _Sealed) -> list[str]:
    """Return the names of what was changed: parts where the marks are genuine, else the marks."""
    found = [mark_of(line) for line in sealed.lines]
    misfits = [part for part, mark in sealed.marks if mark not in set(found)]
    if signed(sealed.public, sealed.signature, sealed.marks_line):
        if misfits or found == [mark for _, mark in sealed.marks]:
            return misfits
        return ["lines were added, or moved"]
    names = [_name(line) for line in sealed.lines]
    misnamed = [part for part, _ in sealed.marks if part not in names]
    marks = [f"the mark of {part}" for part in dict.fromkeys([*misfits, *misnamed])]
    return marks or ["the seal does not fit the marks of the parts"]


def _name(line: bytes) -> str:
    try:
        return str(json.loads(line)["part"])
    except (ValueError, RecursionError, TypeError, KeyError):
        return ""
