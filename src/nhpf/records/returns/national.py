"""Add the forces' returns up to the national tables of a period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import nhpf
from nhpf.disclosure import Audience, Disclosed
from nhpf.records.returns.bundle import Bundle
from nhpf.records.returns.period import Period, period_of
from nhpf.records.returns.policy import MARKING, Cell, tables
from nhpf.records.returns.protecting import protected


@dataclass(frozen=True, slots=True)
class National:
    """The national tables of one period.

    Attributes
    ----------
    period : Period
    audience : str
    closed : bool
        Whether no further return is taken; only then may the public tables be published.
    missing : dict of str to str
        The code and name of each force without a return. With any, every total is incomplete.
    returns : tuple of dict
        Force, sequence, extract date and hash of each return that is counted.
    victims : int
        Of the forces that are counted.
    not_split : dict of str to int
        For each year, the victims of forces with too few to be split: they are in the totals by
        year, and in no other table.
    tables : dict of str to dict
        Each table's cells as the audience may see them, with the label ``all`` for its totals.
    synthetic : bool
    """

    period: Period
    audience: Audience
    closed: bool
    missing: dict[str, str]
    returns: tuple[dict[str, Any], ...]
    victims: int
    not_split: dict[str, int]
    tables: dict[str, dict[Cell, Disclosed]]
    synthetic: bool

    @property
    def complete(self) -> bool:
        """Whether every force is counted."""
        return not self.missing

    @property
    def marking(self) -> str:
        """OFFICIAL where the tables may be published."""
        return "OFFICIAL" if self.closed and self.audience == "public" else MARKING

    @property
    def says(self) -> tuple[str, ...]:
        """What goes with every figure."""
        few = sum(self.not_split.values())
        names = ", ".join(self.missing.values())
        counted = len(self.returns)
        sentences = (
            (self.synthetic, "Synthetic: these victims are made up."),
            (
                not self.complete,
                f"Incomplete: {len(self.missing)} of {counted + len(self.missing)} forces are"
                f" missing ({names}), and no total holds their victims.",
            ),
            (not self.closed, "Not for publication: forces may still replace their returns."),
            (
                few > 0,
                f"{few} victims of forces with fewer than three are in the totals by year alone.",
            ),
        )
        return tuple(text for holds, text in sentences if holds)

    def as_json(self) -> dict[str, Any]:
        """Return the form that files and ``--json`` have; withheld is null and a flag."""
        dimensions = {name: each.dimensions for name, each in tables(self.period).items()}
        return {
            "period": str(self.period),
            "period_in_words": self.period.words,
            "audience": self.audience,
            "marking": self.marking,
            "status": "closed" if self.closed else "open",
            "complete": self.complete,
            "synthetic": self.synthetic,
            "says": list(self.says),
            "forces_counted": len(self.returns),
            "missing": [{"code": code, "name": name} for code, name in self.missing.items()],
            "victims": {"value": self.victims, "complete": self.complete},
            "not_split": self.not_split,
            "tables": {
                name: [
                    dict(zip(dimensions[name], cell, strict=True))
                    | shown.as_json()
                    | {"complete": self.complete}
                    for cell, shown in cells.items()
                ]
                for name, cells in self.tables.items()
            },
            "returns": list(self.returns),
            "code_version": nhpf.__version__,
        }


def add_up(
    bundles: Iterable[Bundle], *, missing: Mapping[str, str], closed: bool, audience: Audience
) -> National:
    """Return the national tables of the returns of one period.

    Parameters
    ----------
    bundles : iterable of Bundle
        One for each force that is counted; at least one.
    missing : mapping of str to str
        The forces without a return.
    closed : bool
    audience : str
        ``public`` or ``restricted``.
    """
    counted = list(bundles)
    period = period_of(counted[0].about["period"])
    sums = {name: Counter[Cell]() for name in tables(period)}
    not_split: Counter[str] = Counter()
    for bundle in counted:
        shown = {name: each for name, each in bundle.counts.items() if not isinstance(each, str)}
        for name, cells in shown.items():
            sums[name].update(cells)
        if "method" not in shown:
            not_split.update({cell[0]: n for cell, n in shown["victims_by_year"].items()})
    return National(
        period=period,
        audience=audience,
        closed=closed,
        missing=dict(missing),
        returns=tuple(_counted(bundle) for bundle in counted),
        victims=sum(sums["victims_by_year"].values()),
        not_split={year: n for year, n in sorted(not_split.items()) if n},
        tables=protected(period, sums, audience),
        synthetic=any(bundle.about["synthetic"] for bundle in counted),
    )


def _counted(bundle: Bundle) -> dict[str, Any]:
    kept = ("force", "sequence", "issued", "extract_date", "code_version")
    return {name: bundle.about[name] for name in kept} | {"sha256": bundle.sha256}
