"""What a reader typed: words, and phrases in quotation marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nhpf_web.search.rules.words import stems

_QUOTED = re.compile(r"[\"“”]([^\"“”]+)[\"“”]")


@dataclass(frozen=True, slots=True)
class Asked:
    """A query: the stems of all its words, and those that must stand together."""

    text: str
    stems: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...] = ()


def ask(text: str) -> Asked:
    """Read a query; a quotation mark without its partner is no more than a mark."""
    phrases = tuple(filter(None, (stems(quoted) for quoted in _QUOTED.findall(text))))
    return Asked(text, stems(text), phrases)
