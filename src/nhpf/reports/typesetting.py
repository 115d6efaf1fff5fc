"""The typesetter behind PDFs and pictures: its own fonts, no clock, nothing from the machine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nhpf.reports.extra import needing

# Typst keeps what it laid out until so many documents came after it, hundreds of megabytes where
# profiles follow each other.
_REMEMBERED = 10


def typeset(files: Mapping[str, bytes], **wanted: Any) -> Any:
    """Return what typst makes of files in memory, of which ``main.typ`` is the document.

    System fonts are left out, so that the same files give the same bytes on every machine.

    Parameters
    ----------
    files : mapping of str to bytes
    **wanted
        As typst's compiler takes it: ``format``, ``ppi``, ``pdf_standards``, ``timestamp``.

    Returns
    -------
    bytes or list of bytes
        A list where pictures of several pages are asked for.

    Raises
    ------
    InvalidInput
        If the extra ``documents`` is not installed.
    """
    with needing("documents"):
        import typst
    # Its stubs know of one file alone.
    given: Any = dict(files)
    compiler = typst.Compiler(given, ignore_system_fonts=True)
    made = compiler.compile(**wanted)
    for _ in range(_REMEMBERED + 1):
        compiler.compile(input=b"-", format="svg")
    return made
