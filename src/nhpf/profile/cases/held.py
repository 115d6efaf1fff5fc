"""The homicide cases that a release holds, counted by place, year and what is known of them.

Only counts leave this file, and only for those who may see them: below the nation the restricted
audience alone, whose document is refused without a named distribution.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from nhpf.disclosure import Audience, Dimension, Disclosed, policy_for, protect_table
from nhpf.disclosure.protected import REASON
from nhpf.records.subtypes import CANNOT_BE_DERIVED, SUBTYPES
from nhpf.reports.words import in_words

if TYPE_CHECKING:
    from nhpf.disclosure import Position
    from nhpf.profile.scope import Scope
    from nhpf.records import Release

TABLE = "homicide_cases"
SUBTYPE = "subtype"
NOT_KNOWN = "not known"
POLICY = {"public": "homicide_return", "restricted": "homicide_attribute"}
"""In public the strictest rule, rounded: the same cases come again in later releases."""
MOST_YEARS = 10
ALL_FORCES = 40
"""With so many forces' cases the release is taken for the nation's."""

Level = Literal["force", "local_authority"]


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """Victims of all places of one level.

    Attributes
    ----------
    years : tuple of int
        The latest whole years, at most ten.
    counts : mapping of (breakdown, category) to mapping of place to int
        Victims in those years together.
    yearly : mapping of place to mapping of int to int
        Victims by year.
    """

    years: tuple[int, ...]
    counts: Mapping[tuple[str, str], Mapping[str, int]]
    yearly: Mapping[str, Mapping[int, int]]


@dataclass(frozen=True, slots=True)
class Cases:
    """The victims of one place beside those of all others, over whole calendar years.

    Attributes
    ----------
    place : str
        The area's code; "" for England and Wales.
    level : {"force", "local_authority"}
        What the places beside it are.
    counted : Counted
    audience : {"public", "restricted"}
    """

    place: str
    level: Level
    counted: Counted
    audience: Audience

    @property
    def years(self) -> tuple[int, ...]:
        """The years counted."""
        return self.counted.years

    @property
    def yearly(self) -> Mapping[str, Mapping[int, int]]:
        """Victims by place and year."""
        return self.counted.yearly

    @property
    def period(self) -> str:
        """The years in words: "2015 to 2024 (ten years)"."""
        first, last = self.years[0], self.years[-1]
        if first == last:
            return str(last)
        return f"{first} to {last} ({in_words(len(self.years))} years)"

    @property
    def places(self) -> tuple[str, ...]:
        """Every place with a case, in the order of their codes."""
        return tuple(sorted(self.yearly))

    def here(self, breakdown: str) -> dict[str, int]:
        """Return the area's victims by category, in the order of the categories' names."""
        return {name: self._count(breakdown, name, here=True) for name in self._names(breakdown)}

    def shown(self, breakdown: str, also: Iterable[str] = ()) -> dict[str, Disclosed]:
        """Return the area's victims by category, as the audience may see them.

        ``also`` names categories that a figure shows though nobody may be in them: where zeros are
        withheld, a zero beside withheld counts would tell that these are none.
        """
        counts = self.here(breakdown)
        counts |= {name: 0 for name in also if name not in counts}
        out = let_out(
            {(name,): n for name, n in counts.items()},
            (Dimension.flat(breakdown, counts),),
            audience=self.audience,
            is_total_shown=True,
        )
        return {name: out[(name,)] for name in counts}

    @property
    def nobody(self) -> Disclosed:
        """A count of no victim, as the audience may see it."""
        is_withheld = policy_for(POLICY[self.audience], audience=self.audience).withholds(0)
        return Disclosed(None, REASON) if is_withheld else Disclosed(0)

    def elsewhere(self, breakdown: str) -> dict[str, int]:
        """Return the victims of all other places by category."""
        return {name: self._count(breakdown, name, here=False) for name in self._names(breakdown)}

    def by_place(self, breakdown: str, category: str) -> dict[str, int]:
        """Return each place's victims of one category."""
        held = self.counted.counts.get((breakdown, category), {})
        return {place: held.get(place, 0) for place in self.places}

    @property
    def victims(self) -> int:
        """All victims of the area in these years."""
        return sum(self.here(SUBTYPE).values())

    def _names(self, breakdown: str) -> list[str]:
        if breakdown == SUBTYPE:
            known = {name for each, name in self.counted.counts if each == SUBTYPE}
            rest = sorted(known - {*SUBTYPES, CANNOT_BE_DERIVED})
            return [*SUBTYPES, *rest, *({CANNOT_BE_DERIVED} & known)]
        return sorted(name for each, name in self.counted.counts if each == breakdown)

    def _count(self, breakdown: str, name: str, *, here: bool) -> int:
        held = self.counted.counts.get((breakdown, name), {})
        if not self.place:
            return sum(held.values()) if here else 0
        inside = held.get(self.place, 0)
        return inside if here else sum(held.values()) - inside


def cases_of(scope: Scope) -> Cases | None:
    """Return the cases that a profile may use; None where there are none for its reader.

    The public sees cases of England and Wales together and of no area within it.
    """
    release, area = scope.release, scope.area
    if TABLE not in release.manifest["tables"]:
        return None
    is_nation = area.kind == "nation"
    if scope.audience == "public" and not is_nation:
        return None
    level: Level = "force" if is_nation or area.kind == "force" else "local_authority"
    counted = _counted(release, level)
    if counted is None or (is_nation and len(counted.yearly) < ALL_FORCES):
        return None
    if not is_nation and area.code not in counted.yearly:
        return None
    return Cases("" if is_nation else area.code, level, counted, scope.audience)


def let_out(
    counts: Mapping[Position, int],
    dimensions: tuple[Dimension, ...],
    *,
    audience: Audience,
    is_total_shown: bool = False,
) -> Mapping[Position, Disclosed]:
    """Return a table of cases as its audience may see it.

    Parameters
    ----------
    counts : mapping of position to int
    dimensions : tuple of Dimension
    audience : {"public", "restricted"}
    is_total_shown : bool
        Whether the total of everything is shown elsewhere as it is.
    """
    policy = policy_for(POLICY[audience], audience=audience)
    official = [("all",) * len(dimensions)] if is_total_shown else []
    return protect_table(counts, dimensions=dimensions, policy=policy, official=official).cells


@lru_cache(maxsize=4)
def _counted(release: Release, level: Level) -> Counted | None:
    """Count the cases of every place, once for all the places that are looked at."""
    months = release.query("homicide_cases_by_month", level=level)
    years = _whole_years(months["month"].astype("datetime64[M]").astype(str).tolist())
    if not years:
        return None
    counts: dict[tuple[str, str], dict[str, int]] = {}
    yearly: dict[str, dict[int, int]] = {}
    rows = release.query("homicide_cases", level=level)
    names = ("place", "year", "breakdown", "category", "victims")
    for at, year, breakdown, category, victims in zip(
        *(rows[name].tolist() for name in names), strict=True
    ):
        if year in years:
            held = counts.setdefault((breakdown, category), {})
            held[at] = held.get(at, 0) + victims
            if breakdown == SUBTYPE:
                totals = yearly.setdefault(at, {})
                totals[year] = totals.get(year, 0) + victims
    return Counted(tuple(sorted(years)), counts, yearly)


def _whole_years(months: list[str]) -> frozenset[int]:
    """Return the latest years that the cases cover from end to end.

    A small force may have no case in January or December: a year is whole where some place has
    one in or before its first quarter, and one in or after its last.
    """
    if not months:
        return frozenset()
    first, last = min(months), max(months)
    spanned = range(int(first[:4]), int(last[:4]) + 1)
    whole = [year for year in spanned if first <= f"{year}-03" and last >= f"{year}-10"]
    return frozenset(whole[-MOST_YEARS:])
