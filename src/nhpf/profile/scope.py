"""What a profile is made for, and from what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from nhpf.indicators import METROPOLITAN, Measurement, compute, indicator
from nhpf.profile.commission import Commission
from nhpf.reports.tree import Provenance

if TYPE_CHECKING:
    from nhpf.disclosure import Audience
    from nhpf.framework import Edition
    from nhpf.records import Area, Release, TableSource


@dataclass(frozen=True)
class Scope:
    """The area, the release, the edition, the audience and the commission of one document."""

    area: Area
    release: Release
    edition: Edition
    audience: Audience
    commission: Commission = field(default_factory=Commission)

    @property
    def is_london(self) -> bool:
        """Whether it is the Metropolitan Police or one of its boroughs."""
        return METROPOLITAN in (self.area.code, self.area.parent)

    @property
    def place(self) -> str:
        """The area's name as a sentence calls it: the Metropolitan Police's area is London."""
        return "London" if self.area.code == METROPOLITAN else self.area.name

    @cached_property
    def residents(self) -> dict[str, int]:
        """Residents in mid-2020 by code of area."""
        found = self.release.query("residents")
        return dict(zip(found["code"].tolist(), found["residents"].tolist(), strict=True))

    def of_code(self, code: str) -> Scope:
        """Return the same scope for another area, such as the one that this one lies in."""
        from nhpf.records import areas

        parent = next(each for each in areas(self.release) if each.code == code)
        return replace(self, area=parent)

    def measured(self, id: str) -> Measurement:
        """Compute an indicator for the area of this profile.

        Raises
        ------
        CannotTell
            If no open table holds it for this area.
        """
        if id not in self._measured:
            self._measured[id] = compute(
                indicator(id), self.area, release=self.release, audience=self.audience
            )
        return self._measured[id]

    @cached_property
    def _measured(self) -> dict[str, Measurement]:
        """Hold what was computed: several sections read the same indicator."""
        return {}

    def provenance(self, *tables: str, period: str) -> tuple[Provenance, ...]:
        """Return where figures of some tables come from, as the report tree says it."""
        return provenance(self.release.provenance(*tables, period=period))

    def known_faults(self, *ids: str) -> tuple[str, ...]:
        """Return the sentences of some known faults of the data, such as ``stub_month``."""
        says = {trap["id"]: trap["says"] for trap in self.release.manifest["traps"]}
        return tuple(says[id] for id in ids)


def provenance(sources: Iterable[TableSource]) -> tuple[Provenance, ...]:
    """Turn the records' sources into the report's provenance; the fields are the same."""
    return tuple(Provenance(**asdict(source)) for source in sources)
