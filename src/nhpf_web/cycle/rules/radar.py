"""The radar: how far practices spread before anybody independent has tested them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from nhpf_web.cycle.rules.phases import MONTHS_IN_YEAR, months_after

_NUMBER = re.compile(r"\bpr-(\d{1,8})\b")


def spread(since: Mapping[int, date], *, today: date) -> tuple[int, int]:
    """Return how many forces took a practice up over the last 12 months, and how many before."""
    year_ago = months_after(today, -MONTHS_IN_YEAR)
    recent = sum(day > year_ago for day in since.values())
    return recent, len(since) - recent


def numbers_in(text: str) -> frozenset[int]:
    """Return the numbers of the practices that a text names by their permanent id."""
    return frozenset(int(number) for number in _NUMBER.findall(text))
