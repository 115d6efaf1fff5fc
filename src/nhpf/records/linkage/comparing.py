"""How two events are compared: the levels of agreement of each aspect, in words and in SQL.

A level is the first whose condition holds; the last of an aspect is everything else. What is not
known on one side says nothing. ``_l`` is the hospital's event, ``_r`` the police's.
"""

from __future__ import annotations

from dataclasses import dataclass

GAP = "greatest(minute_from_l - minute_to_r, minute_from_r - minute_to_l, 0)"
SPAN = "greatest(minute_to_l - minute_from_l, minute_to_r - minute_from_r)"
WIDE = 180
"""A police time that spans more than three hours agrees too easily to be told apart by gaps."""

BLOCKING = "l.area = r.area and l.day_from <= r.day_to + 1 and r.day_from <= l.day_to + 1"
"""Pairs that are compared at all: one force area, and days that touch or lie one apart."""

COLUMNS = (
    "minute_from", "minute_to", "lsoa", "msoa", "ltla", "method", "setting", "age", "sex",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """A level of agreement; ``among_matches`` is only where estimation starts from."""

    words: str
    sql: str
    among_matches: float


@dataclass(frozen=True, slots=True)
class Aspect:
    """One aspect of two events, its levels from the nearest to the farthest."""

    name: str
    unknown: str
    levels: tuple[Level, ...]

    def case(self) -> str:
        """Return the SQL of the level's number: -1 where not known."""
        whens = " ".join(f"when {level.sql} then {n}" for n, level in enumerate(self.levels[:-1]))
        return f"case when {self.unknown} then -1 {whens} else {len(self.levels) - 1} end"


def _unknown(column: str) -> str:
    return f"{column}_l is null or {column}_r is null"


def _equal(name: str, among_matches: float = 0.9) -> Aspect:
    same = Level("the same", f"{name}_l = {name}_r", among_matches)
    return Aspect(name, _unknown(name), (same, Level("another", "", 1 - among_matches)))


ASPECTS = (
    Aspect("time", _unknown("minute_from"), (
        Level("within half an hour", f"{SPAN} <= {WIDE} and {GAP} <= 30", 0.6),
        Level("within an hour and a half", f"{SPAN} <= {WIDE} and {GAP} <= 90", 0.2),
        Level("within a wide span of the police's", f"{SPAN} > {WIDE} and {GAP} <= 30", 0.15),
        Level("within six hours", f"{GAP} <= 360", 0.03),
        Level("farther apart", "", 0.02),
    )),
    Aspect("place", _unknown("ltla"), (
        Level("the same small area", "lsoa_l = lsoa_r", 0.85),
        Level("the same middle area", "msoa_l = msoa_r", 0.05),
        Level("the same local authority", "ltla_l = ltla_r", 0.05),
        Level("another local authority", "", 0.05),
    )),
    _equal("method"),
    _equal("setting"),
    Aspect("age", _unknown("age"), (
        Level("the same band", "age_l = age_r", 0.9),
        Level("the next band", "abs(age_l - age_r) = 1", 0.07),
        Level("another band", "", 0.03),
    )),
    _equal("sex", 0.97),
)  # fmt: skip
