"""Keeping people out of practices: no name, number or address of a person in any answer."""

from __future__ import annotations

import re

from nhpf.records.importing.screening import given_names, personal_value, place_words
from nhpf_web.what_works.rules.fields import Field, Kind

ADDRESS = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
NAMES = ("a name", "a name after a title")
# A given name beside one of these names a desk: "hope.project", "grace.team".
DESK_WORDS = {
    "desk", "team", "unit", "project", "mailbox", "inbox", "office", "enquiries", "prevention",
    "partnership", "partnerships", "programme", "safety", "crime", "violence", "reduction",
}  # fmt: skip
ROLES = {"pc", "dc", "ds", "di", "dci", "ps", "sgt", "mr", "mrs", "ms", "miss", "dr", "cllr"}


def points_to_person(field: Field, value: str) -> str:
    """Return what an answer holds of a person, such as "a telephone number", or ""."""
    if field.kind == Kind.MAILBOX:
        return "" if is_role_mailbox(value) else "a person’s own address"
    what = personal_value(value)
    return "" if field.has_authors and what in NAMES else what


def is_role_mailbox(address: str) -> bool:
    """Whether an e-mail address looks like one that a team reads."""
    if not ADDRESS.fullmatch(address):
        return False
    words = [
        word for word in re.split(r"[._+\-0-9]+", address.partition("@")[0].casefold()) if word
    ]
    if any(word in DESK_WORDS or word in place_words() for word in words):
        return not (set(words) & ROLES)
    has_name = any(word in given_names() or word in ROLES for word in words)
    has_initial = len(words) > 1 and any(len(word) == 1 for word in words)
    return not (has_name or has_initial)
