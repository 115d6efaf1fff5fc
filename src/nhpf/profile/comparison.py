"""An area against others of its kind: a funnel, never a rank, always in the order of names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from nhpf.indicators import FORCE_YEAR
from nhpf.methods import rates
from nhpf.profile.judging import place_confidence
from nhpf.profile.wording import count_interval, counted_in_words
from nhpf.reports.charts import specs
from nhpf.reports.tree import Column, Confidence, Figure, Provenance, Table
from nhpf.reports.words import number

if TYPE_CHECKING:
    from nhpf.profile.scope import Scope

CITY_OF_LONDON = "E23000034"
LEVELS = (0.95, 0.998)
DENOMINATOR = (
    "Residents of mid-2020 are the denominator: people who visit, work in or pass through an area "
    "are not in it."
)
ORDER = "Areas stand in the order of their names. A funnel is not a ranking."


@dataclass(frozen=True)
class Compared:
    """Areas of one kind with their counts, residents and places in the funnel.

    Attributes
    ----------
    codes, names : tuple of str
        In the order of the names.
    counts, residents : tuple of int
    years : float
        The years pooled.
    widened : bool
        Whether the limits allow for the spread between areas that chance does not explain: for
        counts so large that chance alone would put nearly every area outside.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    counts: tuple[int, ...]
    residents: tuple[int, ...]
    years: float
    widened: bool = False

    @property
    def average(self) -> float:
        """Events for each resident and year over all areas."""
        return sum(self.counts) / (sum(self.residents) * self.years)

    @cached_property
    def expected(self) -> list[float]:
        """What each area would have at the common rate."""
        return [self.average * people * self.years for people in self.residents]

    @cached_property
    def funnel(self) -> rates.Funnel:
        """The funnel with its limits."""
        return rates.funnel(self.counts, self.expected, levels=LEVELS, over_dispersion=self.widened)

    def position(self, code: str) -> str:
        """Return "in line", "higher" or "lower" for one area."""
        return self.funnel.position[self.codes.index(code)]

    def confidence(self, code: str) -> Confidence:
        """Return how sure the place of one area is."""
        return place_confidence(self.expected[self.codes.index(code)])

    def count(self, code: str) -> int:
        """Return the count of one area."""
        return self.counts[self.codes.index(code)]

    def expected_of(self, code: str) -> float:
        """Return what one area would have at the common rate."""
        return self.expected[self.codes.index(code)]

    def share_of_spread(self) -> str:
        """Say how many areas lie in line."""
        inside = self.funnel.position.count("in line")
        return f"{inside} of {len(self.codes)}"


def forces_compared(scope: Scope, *, category: str = "Homicide", widened: bool = False) -> Compared:
    """Return the 42 territorial forces whose residents are a fair denominator."""
    found = scope.release.query("force_offences", category=category)
    rows = zip(found["name"], found["code"], found["offences"], found["residents"], strict=True)
    return _compared([row for row in rows if row[1] != CITY_OF_LONDON], years=1, widened=widened)


def boroughs_compared(
    scope: Scope,
    *,
    categories: tuple[str, ...],
    first: date,
    last: date,
    years: float,
    widened: bool = False,
) -> Compared:
    """Return the 32 boroughs of the Metropolitan Police, pooled over some months."""
    found = [
        scope.release.query("boroughs_offences_in_period", category=each, first=first, last=last)
        for each in categories
    ]
    counts = np.sum([each["offences"] for each in found], axis=0)
    rows = [
        (name, code, count, scope.residents[code])
        for name, code, count in zip(found[0]["name"], found[0]["code"], counts, strict=True)
    ]
    return _compared(rows, years=years, widened=widened)


def _compared(rows: list[tuple[str, str, int, int]], *, years: float, widened: bool) -> Compared:
    ordered = sorted(rows)
    return Compared(
        names=tuple(row[0] for row in ordered),
        codes=tuple(row[1] for row in ordered),
        counts=tuple(int(row[2]) for row in ordered),
        residents=tuple(int(row[3]) for row in ordered),
        years=years,
        widened=widened,
    )


@dataclass(frozen=True, slots=True)
class Comparing:
    """The words of a funnel's figure: its id, what is counted, where, when and against what."""

    id: str
    what: str
    kind: str
    against: str
    period: str
    provenance: tuple[Provenance, ...]
    caveats: tuple[str, ...] = ()
    per: float = 1e6
    per_words: str = "per million residents a year"


def funnel_figure(compared: Compared, words: Comparing, *, code: str = "") -> Figure:
    """Show areas in a funnel, with one of them picked out where ``code`` is given."""
    return Figure(
        id=words.id,
        title=_title(compared, words, code),
        subtitle=f"{words.what.capitalize()} {words.per_words} against the number expected at the "
        f"rate of {words.against}, {words.period}; limits of 95% and 99.8%",
        reading=_reading(compared, words, code),
        chart=_chart(compared, words, code),
        table=_table(compared, words),
        provenance=words.provenance,
        caveats=(ORDER, DENOMINATOR, *words.caveats, *compared.funnel.caveats),
        method=f"Funnel, {compared.funnel.method} (Spiegelhalter 2005); dispersion between areas "
        f"{compared.funnel.dispersion:.1f} where chance alone gives about 1.",
    )


def _title(compared: Compared, words: Comparing, code: str) -> str:
    if not code:
        return f"{compared.share_of_spread()} {words.kind} are in line with {words.against}"
    name = compared.names[compared.codes.index(code)]
    where = compared.position(code)
    place = "in line with" if where == "in line" else f"{where} than"
    return f"{name} is {place} {words.against} for {words.what}"


def _reading(compared: Compared, words: Comparing, code: str) -> str:
    if not code:
        return f"{compared.share_of_spread()} {words.kind} lie inside the 99.8% limits of chance."
    at = compared.codes.index(code)
    return (
        f"{compared.names[at]}: {counted_in_words(compared.counts[at])}, where "
        f"{number(round(compared.expected[at], 1))} were expected at the rate of {words.against}: "
        f"{compared.position(code)} by the 99.8% limits of chance."
    )


def _chart(compared: Compared, words: Comparing, code: str) -> specs.Funnel:
    scale = compared.average * words.per
    sizes = np.geomspace(max(min(compared.expected) * 0.8, 0.1), max(compared.expected) * 1.05, 40)
    low, high = compared.funnel.limits_at(sizes)
    limits = tuple(
        (
            f"{100 * level:g}%",
            tuple(
                (float(size), float(one) * scale, float(other) * scale)
                for size, one, other in zip(sizes, low[at], high[at], strict=True)
            ),
        )
        for at, level in enumerate(compared.funnel.levels)
    )
    points = tuple(
        specs.FunnelPoint(name, size, float(ratio) * scale, emphasis=each == code)
        for name, each, size, ratio in zip(
            compared.names, compared.codes, compared.expected, compared.funnel.ratio, strict=True
        )
    )
    return specs.Funnel(
        points, scale, limits, size_unit=f"{words.what} expected", rate_unit=words.per_words
    )


def _table(compared: Compared, words: Comparing) -> Table:
    rows = zip(
        compared.names,
        compared.residents,
        compared.counts,
        compared.expected,
        compared.funnel.position,
        strict=True,
    )
    return Table(
        f"{words.what.capitalize()}, {words.period}, in the order of names",
        (
            Column("area", "Area"),
            Column("residents", "Residents, mid-2020", "count"),
            Column("count", words.what.capitalize(), "count"),
            Column("expected", "Expected", "number"),
            Column("place", f"Against {words.against}"),
        ),
        tuple(
            (name, people, count_interval(count), round(expected, 1), place)
            for name, people, count, expected, place in rows
        ),
    )


def forces_words(scope: Scope) -> Comparing:
    """Return the words of the funnel of forces."""
    return Comparing(
        id="force-funnel",
        what="homicides",
        kind="forces",
        against="England and Wales",
        period=FORCE_YEAR,
        provenance=scope.provenance("force_offence", "population", period=FORCE_YEAR),
        caveats=(
            "The City of London Police is left out: its few residents say nothing of the people "
            "there by day.",
            *scope.known_faults("force_without_area"),
        ),
    )
