"""What to say where a package is missing that only some documents need."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from nhpf.errors import InvalidInput


@contextmanager
def needing(extra: str) -> Iterator[None]:
    """Let imports fail with the name of the extra that brings them.

    Raises
    ------
    InvalidInput
        If a package of the extra is not installed.
    """
    try:
        yield
    except ImportError:
        raise InvalidInput(
            "What writes this form of document is not installed.",
            where=f"extra {extra}",
            next_step=f"Install it with: pip install 'nhpf[{extra}]'.",
        ) from None
