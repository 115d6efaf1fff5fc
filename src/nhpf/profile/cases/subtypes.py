"""The Home Office's seven sub-types: how many, and beside what their share elsewhere would give."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from nhpf.disclosure import Dimension, Disclosed
from nhpf.errors import CannotTell
from nhpf.methods import rates
from nhpf.methods.over_representation import OverRepresentation, over_representation
from nhpf.profile.cases.held import SUBTYPE, TABLE, Cases, Counted, let_out
from nhpf.profile.wording import as_interval, listed, small
from nhpf.records.subtypes import CANNOT_BE_DERIVED, SUBTYPES
from nhpf.reports.charts.specs import Bars, DotWhiskers, Point
from nhpf.reports.tree import Cell, Column, Figure, Interval, Judgement, Table
from nhpf.reports.words import number

if TYPE_CHECKING:
    from nhpf.disclosure import Position
    from nhpf.profile.scope import Scope

FIGURE = "subtypes"
WITHIN = "within-subtypes"
MODEL = "gamma and Poisson, drawn in"
FALSE_FINDS = 0.05
KINDS = {"alcohol": "Alcohol", "drugs": "Drugs", "sharp": "Sharp instrument"}
RULE = (
    "A sub-type is called over-represented where its share of the homicides here is larger than "
    "its share in all other areas together (Fisher’s exact test, false discovery rate 5% over all "
    "areas and sub-types) and the ratio, drawn in towards the common one, has a lower limit above "
    "one. It is a reason to look, not a finding about anybody."
)
NO_OTHERS = (
    "The release holds no other areas’ cases, so nothing can be said of what is usual. National "
    "counts by sub-type come with the returns of all forces (nhpf returns national)."
)


@dataclass(frozen=True, slots=True)
class Beside:
    """One sub-type here beside all other areas."""

    name: str
    count: int
    expected: float
    ratio: Interval
    p_adjusted: float
    is_over_represented: bool


def named(subtype: str) -> str:
    """Return a sub-type's name without its number, as a sentence begins."""
    number_, _, words = subtype.partition(" ")
    return f"{words[0].upper()}{words[1:]}" if number_.isdigit() else subtype.capitalize()


def beside_others(cases: Cases) -> tuple[Beside, ...]:
    """Compare each sub-type's share here with its share in all other areas.

    Raises
    ------
    CannotTell
        If fewer than ten areas have cases, or a sub-type has none anywhere.
    """
    names = [name for name in cases.here(SUBTYPE) if name != CANNOT_BE_DERIVED]
    found = _compared(cases.counted, tuple(names))
    at = cases.places.index(cases.place)
    return tuple(
        Beside(
            name,
            int(cases.by_place(SUBTYPE, name)[cases.place]),
            float(found.expected[at, kind]),
            Interval(
                float(found.estimate[at, kind]),
                float(found.low[at, kind]),
                float(found.high[at, kind]),
                method=MODEL,
            ),
            float(found.p_adjusted[at, kind]),
            bool(found.found[at, kind]),
        )
        for kind, name in enumerate(names)
        if name in SUBTYPES
    )


@lru_cache(maxsize=4)
def _compared(counted: Counted, names: tuple[str, ...]) -> OverRepresentation:
    places = sorted(counted.yearly)
    held = [counted.counts.get((SUBTYPE, name), {}) for name in names]
    table = np.array([[counts.get(place, 0) for counts in held] for place in places])
    return over_representation(table, false_finds=FALSE_FINDS)


def figure(scope: Scope, cases: Cases) -> Figure:
    """Show the seven sub-types, beside other areas where the release has them."""
    try:
        beside = beside_others(cases) if cases.place else ()
    except CannotTell:
        beside = ()
    return _beside_figure(scope, cases, beside) if beside else _counts_figure(scope, cases)


def _beside_figure(scope: Scope, cases: Cases, beside: tuple[Beside, ...]) -> Figure:
    over = [small(named(each.name)) for each in beside if each.is_over_represented]
    title = (
        f"In {scope.place} {listed(over)} {'is' if len(over) == 1 else 'are'} over-represented "
        "among homicides"
        if over
        else f"No sub-type stands out in {scope.place} from what other areas’ share would give"
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            named(each.name),
            each.count,
            round(each.expected, 1),
            each.ratio,
            round(each.p_adjusted, 3),
            "over-represented" if each.is_over_represented else "not told from chance",
        )
        for each in beside
    )
    columns = (
        Column("subtype", "Sub-type"),
        Column("victims", "Victims", "count"),
        Column("expected", "Expected from other areas’ share", "number"),
        Column("ratio", "Ratio, drawn in", "ratio"),
        Column("p", "Adjusted p-value", "number"),
        Column("reading", "Reading"),
    )
    return Figure(
        id=FIGURE,
        title=title,
        subtitle=f"Victims by Home Office sub-type beside what other areas’ share would give, "
        f"{scope.place}, {cases.period}, series: force homicide records",
        reading="; ".join(
            f"{named(each.name)}: {each.count}, expected {number(each.expected, 1)}"
            for each in beside
        )
        + ".",
        chart=DotWhiskers(
            tuple(
                Point(
                    named(each.name),
                    each.ratio.estimate,
                    each.ratio.low,
                    each.ratio.high,
                    emphasis=each.is_over_represented,
                )
                for each in beside
            ),
            unit="times the expected number, drawn in",
            reference=1.0,
            log=True,
        ),
        table=Table(f"Victims by sub-type, {scope.place}, {cases.period}", columns, rows),
        provenance=scope.provenance(TABLE, period=cases.period),
        caveats=(*_derived(cases), RULE),
        method="Over-representation: Fisher’s exact test, Benjamini and Hochberg; gamma and "
        "Poisson model of Clayton and Kaldor.",
    )


def _counts_figure(scope: Scope, cases: Cases) -> Figure:
    shown = {name: n for name, n in cases.shown(SUBTYPE).items() if name != CANNOT_BE_DERIVED}
    counts = {name: int(n.value) for name, n in shown.items() if n.value is not None}
    whole = sum(counts.values())
    shares = {name: rates.proportion(n, whole) for name, n in counts.items()}
    title, reading = f"Sub-types in {scope.place}", "Every count is withheld."
    if counts:
        most = max(counts, key=lambda name: counts[name])
        title = f"The most frequent sub-type in {scope.place} is {small(named(most))}"
        reading = f"{named(most)}: {number(counts[most])} of {number(whole)} victims."
    return Figure(
        id=FIGURE,
        title=title,
        subtitle=f"Victims by Home Office sub-type, {scope.place}, {cases.period}, series: force "
        "homicide records; Wilson 95% intervals",
        reading=reading,
        chart=Bars(
            tuple(
                Point(named(name), 100 * each.estimate, 100 * each.low, 100 * each.high)
                for name, each in shares.items()
            ),
            unit="% of victims",
        ),
        table=Table(
            f"Victims by sub-type, {scope.place}, {cases.period}",
            (
                Column("subtype", "Sub-type"),
                Column("victims", "Victims", "count"),
                Column("share", "Share", "share"),
            ),
            tuple(
                (named(name), n, as_interval(shares[name]) if name in shares else None)
                for name, n in shown.items()
            ),
        ),
        provenance=scope.provenance(TABLE, period=cases.period),
        caveats=(*_derived(cases), *((NO_OTHERS,) if cases.place else ())),
        method="Shares have Wilson intervals.",
    )


def _derived(cases: Cases) -> tuple[str, ...]:
    unknown = cases.shown(SUBTYPE).get(CANNOT_BE_DERIVED)
    if unknown is None or not unknown.value:
        return ()
    return (
        f"Of {number(cases.victims)} victims {number(unknown.value)} lack age, sex, relationship "
        "or place, so that no sub-type can be derived; they are left out.",
    )


def _sharpest(sharp: dict[str, Disclosed]) -> tuple[str, str]:
    """Return the title and the reading by what may be shown of sharp instruments."""
    if not sharp:
        return "Alcohol, drugs and sharp instruments within sub-types", "Every count is withheld."
    most = max(sharp, key=lambda name: sharp[name].value or 0)
    return (
        f"Sharp instruments kill most often in the sub-type {small(named(most))}",
        f"{named(most)}: {number(sharp[most].value or 0)} killed with a sharp instrument.",
    )


def within(scope: Scope, cases: Cases) -> Figure:
    """Show in each sub-type how often alcohol, drugs and sharp instruments are recorded."""
    sums = _within(scope, cases)
    out = {kind: _let_out(cases, sums, kind) for kind in KINDS}
    sharp = {name: n for name, (n, _) in out["sharp"].items() if n.value is not None}
    title, reading = _sharpest(sharp)
    columns = tuple(
        column
        for kind, words in KINDS.items()
        for column in (
            Column(kind, f"{words} recorded", "count"),
            Column(f"{kind}-share", f"Share where it is known: {words.lower()}", "share"),
        )
    )
    return Figure(
        id=WITHIN,
        title=title,
        subtitle=f"Alcohol, drugs and sharp instruments within sub-types, {scope.place}, "
        f"{cases.period}, series: force homicide records; Wilson 95% intervals",
        reading=reading,
        table=Table(
            f"Alcohol, drugs and sharp instruments by sub-type, {scope.place}, {cases.period}",
            (Column("subtype", "Sub-type"), *columns),
            tuple(
                (named(name), *(cell for kind in KINDS for cell in _part(*out[kind][name])))
                for name in SUBTYPES
            ),
        ),
        provenance=scope.provenance(TABLE, period=cases.period),
        caveats=(
            "Alcohol and drugs are recorded where somebody asked: blanks are not known, not no.",
            "One victim may count under all three.",
        ),
        method="Shares, of victims where it is known, have Wilson intervals.",
    )


def _within(scope: Scope, cases: Cases) -> dict[str, dict[str, int]]:
    """Return for each sub-type the victims, those with each kind, and those where it is known."""
    rows = scope.release.query(
        "homicide_cases_within_subtypes",
        level=cases.level,
        first=cases.years[0],
        last=cases.years[-1],
    )
    counted = [*KINDS, *(f"{kind}_known" for kind in KINDS)]
    sums = {name: dict.fromkeys(counted, 0) for name in SUBTYPES}
    names = ("place", "subtype", *counted)
    for place, subtype, *numbers in zip(*(rows[name].tolist() for name in names), strict=True):
        if subtype in sums and cases.place in ("", place):
            for name, n in zip(counted, numbers, strict=True):
                sums[subtype][name] += n
    return sums


def _let_out(
    cases: Cases, sums: dict[str, dict[str, int]], kind: str
) -> dict[str, tuple[Disclosed, Disclosed]]:
    """Return for each sub-type the victims with a kind and those where it is known, as shown."""
    counts: dict[Position, int] = {
        (name, answer): n
        for name, held in sums.items()
        for answer, n in (("yes", held[kind]), ("no", held[f"{kind}_known"] - held[kind]))
    }
    dimensions = (Dimension.flat(SUBTYPE, SUBTYPES), Dimension.flat(kind, ("yes", "no")))
    out = let_out(counts, dimensions, audience=cases.audience)
    return {name: (out[name, "yes"], out[name, "all"]) for name in SUBTYPES}


def _part(count: Disclosed, known: Disclosed) -> tuple[Cell, Cell]:
    if count.value is None or not known.value:
        return count, None
    # Rounded, a part can come out larger than its whole.
    return count, as_interval(rates.proportion(min(count.value, known.value), known.value))


def judgement(scope: Scope, cases: Cases) -> Judgement | None:
    """Judge whether a sub-type is over-represented; None without other areas to compare with."""
    if not cases.place:
        return None
    try:
        beside = beside_others(cases)
    except CannotTell:
        return None
    over = [each for each in beside if each.is_over_represented]
    if not over:
        return Judgement(
            "subtypes",
            f"No homicide sub-type is over-represented in {scope.place} by more than chance.",
            "low" if cases.victims < 100 else "moderate",
            f"{cases.victims} victims in {cases.period}: with so few a sub-type twice as frequent "
            "as elsewhere could still be missed.",
            (FIGURE,),
        )
    words = listed([small(named(each.name)) for each in over])
    return Judgement(
        "subtypes",
        f"{words[0].upper()}{words[1:]} {'is' if len(over) == 1 else 'are'} over-represented "
        f"among homicides in {scope.place}.",
        "moderate",
        " ".join(
            f"{named(each.name)}: {each.count}, about {number(each.expected)} expected; drawn in, "
            f"{number(each.ratio.estimate, 1)} times as many (95% interval "
            f"{number(each.ratio.low, 1)} to {number(each.ratio.high, 1)})."
            for each in over
        ),
        (FIGURE,),
    )
