"""The typesetter behind PDFs and pictures: its own fonts, no clock, nothing from the machine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nhpf.reports.extra import needing


def compiler(files: Mapping[str, bytes]) -> Any:
    """Return typst's compiler over files in memory, of which ``main.typ`` is the document.

    System fonts are left out, so that the same files give the same bytes on every machine.

    Raises
    ------
    InvalidInput
        If the extra ``documents`` is not installed.
    """
    with needing("documents"):
        import typst

        # Its stubs know of one file alone.
        given: Any = dict(files)
        return typst.Compiler(given, ignore_system_fonts=True)
