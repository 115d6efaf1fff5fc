"""How an area is written in an address."""

from __future__ import annotations

import re

_CODE = re.compile(r"^([EWK]\d{8})(?:-|$)")
_POSTCODE = re.compile(r"^[A-Z]{1,2}\d[A-Z\d]?\s*(\d[A-Z]{2})?$", re.IGNORECASE)
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


def is_postcode(text: str) -> bool:
    """Whether a reader typed a postcode of the United Kingdom, or its first half."""
    return bool(_POSTCODE.match(text.strip()))


def table_address(release: str, table: str) -> str:
    """Return the address of the page that leads from a table to its files and rows."""
    return f"/data/releases/{release}/{table}/"


def is_open(marking: str) -> bool:
    """Whether everybody may know of a table with this marking."""
    return "SENSITIVE" not in marking
