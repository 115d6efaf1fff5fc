"""How an area is written in an address."""

from __future__ import annotations

import re

_CODE = re.compile(r"^([EWK]\d{8})(?:-|$)")
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")


def slug(name: str) -> str:
    """Return a name as an address writes it."""
    return _NOT_PLAIN.sub("-", name.lower().replace("'", "").replace("&", "and")).strip("-")


def place(code: str, name: str) -> str:
    """Return the part of an address that names an area: its code, then its name for readers."""
    return f"{code}-{slug(name)}"


def code_in(place: str) -> str | None:
    """Return the code at the start of such a part, or None where there is none."""
    found = _CODE.match(place)
    return found[1] if found else None
