"""London's tables of homicide victims, which passed disclosure control: shares by period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nhpf.disclosure import Disclosed
from nhpf.methods import rates
from nhpf.profile.wording import share_in_words

if TYPE_CHECKING:
    from nhpf.methods.rates import Proportion
    from nhpf.profile.scope import Scope

KNIFE = "Knife or Sharp Implement"
SHOOTING = "Shooting"
METHODS = {KNIFE: "Knife or other sharp instrument", SHOOTING: "Shooting"}
SERIES = "Metropolitan Police homicide dashboard"


@dataclass(frozen=True)
class VictimTable:
    """Victims by period and by one or more categories.

    ``counts`` holds, for each (period, category, ...), the count as it may be shown.
    """

    query: str
    counts: dict[tuple[str, ...], Disclosed]

    @property
    def periods(self) -> tuple[str, ...]:
        """The periods in order of time."""
        return tuple(dict.fromkeys(key[0] for key in self.counts))

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories of the first division, in the order of the table."""
        return tuple(dict.fromkeys(key[1] for key in self.counts))

    def whole(self, period: str) -> int | None:
        """Return all victims of a period; None where a part is withheld."""
        parts = [shown.value for key, shown in self.counts.items() if key[0] == period]
        return None if None in parts else int(sum(part for part in parts if part is not None))

    def part(self, period: str, category: str) -> int | None:
        """Return the victims of one category in a period; None where withheld."""
        parts = [shown.value for key, shown in self.counts.items() if key[:2] == (period, category)]
        return None if None in parts else int(sum(part for part in parts if part is not None))

    def share(self, period: str, category: str) -> Proportion | None:
        """Return a category's share of a period with Wilson limits; None where it is withheld."""
        part, whole = self.part(period, category), self.whole(period)
        if part is None or not whole:
            return None
        return rates.proportion(part, whole)

    def latest_share(self, category: str) -> tuple[str, Proportion]:
        """Return the latest period whose share may be shown, and the share.

        Raises
        ------
        KeyError
            If none may be shown.
        """
        for period in reversed(self.periods):
            found = self.share(period, category)
            if found is not None:
                return period, found
        raise KeyError(category)

    def share_words(self, category: str) -> str:
        """Say the latest share: "237 of 351 (68%, 95% interval 62% to 72%) in 2021 to 2023"."""
        period, found = self.latest_share(category)
        said = share_in_words(int(found.count), int(found.total), found.low, found.high)
        return f"{said} in {period}"


def victim_table(scope: Scope, query: str, *columns: str, period: str = "period") -> VictimTable:
    """Read one of London's tables of victims.

    Parameters
    ----------
    scope : Scope
    query : str
        The name of the query and of the table behind it.
    *columns : str
        The columns of categories, in the order of the keys wanted.
    period : str
        The column of the period; "" where the whole time is pooled.
    """
    found = scope.release.query(query)
    size = len(found["victims"])
    periods = [str(each) for each in found[period]] if period else ["all years"] * size
    keys = zip(periods, *(found[column].tolist() for column in columns), strict=True)
    shown = (
        Disclosed(None, withheld) if withheld or np.isnan(victims) else Disclosed(int(victims))
        for victims, withheld in zip(found["victims"], found["withheld"], strict=True)
    )
    return VictimTable(query, dict(zip(keys, shown, strict=True)))
