"""The figures that a reader can choose: beside others, beside the period before, and shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nhpf.disclosure import disclose, policy_for
from nhpf.errors import CannotTell, InvalidInput
from nhpf.indicators import Indicator, Measurement, change, dispersion
from nhpf.methods import rates
from nhpf.profile.comparison import DENOMINATOR, Compared, Comparing, funnel_figure
from nhpf.profile.judging import change_because, change_sentence
from nhpf.profile.wording import as_interval, count_interval, small, years_before, years_to
from nhpf.reports.charts.specs import DotWhiskers, Point
from nhpf.reports.tree import Column, Figure, Interval, Table
from nhpf.reports.words import in_words, number, period

if TYPE_CHECKING:
    from nhpf.profile.scope import Scope

ORDER = "Areas stand in the order of their names; none is ranked."
POLICE = "It counts what the police look for, so it is never read alone."


@dataclass(frozen=True, slots=True)
class Held:
    """Counts of all areas of a kind in one period, and where they are from."""

    compared: Compared
    period: str
    table: str


def is_homicide(chosen: Indicator) -> bool:
    """Whether an indicator counts homicide itself."""
    return "HOMICIDE" in chosen.counted.london


def whole_of(scope: Scope) -> str:
    """Name the whole that an area lies in."""
    return "London" if scope.area.kind == "local_authority" else "England and Wales"


def for_residents(chosen: Indicator) -> tuple[float, str]:
    """Return for how many residents a rate is, and its words."""
    if is_homicide(chosen):
        return 1e6, "per million residents a year"
    return 1e5, "per 100,000 residents a year"


def funnel(scope: Scope, chosen: Indicator, held: Held) -> Figure:
    """Show all areas of a kind in a funnel."""
    _check_may_show(scope, chosen, held.compared.counts)
    per, words = for_residents(chosen)
    kind = "boroughs" if scope.area.kind == "local_authority" else "forces"
    code = scope.area.code if scope.area.code in held.compared.codes else ""
    return funnel_figure(
        held.compared,
        Comparing(
            f"explored-{chosen.id}-all", small(chosen.title), kind, whole_of(scope), held.period,
            scope.provenance(held.table, "population", period=held.period),
            _cautions(scope, chosen), per, words,
        ),
        code=code,
    )  # fmt: skip


def _check_may_show(scope: Scope, chosen: Indicator, counts: Sequence[int]) -> None:
    kind = "homicide_total" if is_homicide(chosen) else "recorded_crime"
    policy = policy_for(kind, audience=scope.audience)
    if any(disclose(each, policy=policy).is_withheld for each in counts):
        raise CannotTell(
            "Some counts are too few to be shown.", next_step="Pool more years, or choose another."
        )


def _cautions(scope: Scope, chosen: Indicator) -> tuple[str, ...]:
    return (
        chosen.cannot_say,
        *((POLICE,) if chosen.police_generated else ()),
        *(scope.known_faults("restated_counts") if scope.is_london else ()),
    )


def beside(
    scope: Scope, chosen: Indicator, held: Held, *, peers: tuple[str, ...] = (), note: str = ""
) -> Figure:
    """Show the area's rate beside that of the whole, or of the areas most like it."""
    compared = held.compared
    codes = [each for each in compared.codes if each == scope.area.code or each in peers]
    rows = [_counted(compared, code) for code in codes]
    _check_may_show(scope, chosen, [row[1] for row in rows])
    rows.append((whole_of(scope), sum(compared.counts), sum(compared.residents)))
    per, words = for_residents(chosen)
    made = [
        as_interval(rates.rate(count, people * compared.years, per=per))
        for _, count, people in rows
    ]
    own = made[codes.index(scope.area.code)]
    return Figure(
        id=f"explored-{chosen.id}-{'similar' if peers else 'whole'}",
        title=f"{chosen.title}: {number(own.estimate, 1)} {words} in {scope.place}, "
        f"{number(made[-1].estimate, 1)} in {whole_of(scope)}",
        subtitle=f"{chosen.title} {words}, {held.period}; 95% intervals",
        reading="; ".join(
            f"{row[0]} {number(rate.estimate, 1)} ({number(rate.low, 1)} to {number(rate.high, 1)})"
            for row, rate in zip(rows, made, strict=True)
        )
        + ".",
        chart=DotWhiskers(
            tuple(
                Point(row[0], rate.estimate, rate.low, rate.high, emphasis=rate is own)
                for row, rate in zip(rows, made, strict=True)
            ),
            unit=words,
        ),
        table=Table(
            f"{chosen.title}, {held.period}",
            (
                Column("area", "Area"),
                Column("count", chosen.title, "count"),
                Column("residents", "Residents, mid-2020", "count"),
                Column("rate", words.capitalize(), "rate"),
            ),
            tuple((*row, rate) for row, rate in zip(rows, made, strict=True)),
        ),
        provenance=scope.provenance(held.table, "population", period=held.period),
        caveats=(ORDER, *((note,) if note else ()), DENOMINATOR, *_cautions(scope, chosen)),
        method="Byar’s limits, exact below ten; the whole holds the area itself.",
    )


def _counted(compared: Compared, code: str) -> tuple[str, int, int]:
    at = compared.codes.index(code)
    return compared.names[at], compared.counts[at], compared.residents[at]


def beside_before(scope: Scope, measured: Measurement, years: int) -> Figure:
    """Show a period beside the one of the same length before it."""
    series, months = measured.monthly, 12 * years
    chosen = measured.indicator
    if series is None or not series.holds(2 * months):
        raise InvalidInput(
            f"{chosen.title} in {scope.place} is not held for twice {in_words(years)} "
            f"{'year' if years == 1 else 'years'}.",
            next_step="Choose a shorter period, or other areas to compare with.",
        )
    later, _, last = series.latest(months)
    earlier, first, end = series.latest(months, before=months)
    _check_may_show(scope, chosen, (later, earlier))
    spread = dispersion(series.year_table())
    found = change(earlier, years, later, years, dispersion=spread)
    names = (period(first, end), period(series.month(-months), last))
    made = [_yearly(count, years) for count in (earlier, later)]
    title = change_sentence(
        f"The count of {small(chosen.title)} in {scope.place}", found,
        earlier=years_before(months), later=years_to(months, last),
    )  # fmt: skip
    return Figure(
        id=f"explored-{chosen.id}-before",
        title=title,
        subtitle=f"{chosen.title} a year, {names[0]} and {names[1]}; 95% intervals",
        reading=change_because(found),
        chart=DotWhiskers(
            tuple(
                Point(name, each.estimate, each.low, each.high, emphasis=each is made[1])
                for name, each in zip(names, made, strict=True)
            ),
            unit=f"{small(chosen.title)} a year",
        ),
        table=Table(
            f"{chosen.title} in {scope.place}",
            (
                Column("period", "Period", "period"),
                Column("count", chosen.title, "count"),
                Column("yearly", "A year", "number"),
            ),
            tuple(
                (name, count_interval(count), each)
                for name, count, each in zip(names, (earlier, later), made, strict=True)
            ),
        ),
        provenance=scope.provenance(*measured.sources[0].tables, period=f"{period(first, last)}"),
        caveats=_cautions(scope, chosen),
        method=found.method,
    )


def _yearly(count: int, years: int) -> Interval:
    whole = count_interval(count)
    return replace(
        whole, estimate=whole.estimate / years, low=whole.low / years, high=whole.high / years
    )


def shares(scope: Scope, measured: Measurement) -> Figure:
    """Show a share of victims by all its periods: it has its own, and London alone holds it."""
    chosen = measured.indicator
    shown = [each for each in measured.shares if each.share is not None]
    last = shown[-1]
    return Figure(
        id=f"explored-{chosen.id}",
        title=f"{chosen.title} in {scope.place}: {number(100 * (last.share or 0))}% of victims in "
        f"{last.period}",
        subtitle=f"Share of homicide victims, {shown[0].period} to {last.period}; Wilson 95% "
        "intervals",
        reading=f"{last.count.value} of {last.whole} victims in {last.period}.",
        chart=DotWhiskers(
            tuple(
                Point(
                    each.period, _percent(each.share), _percent(each.low), _percent(each.high),
                    note=each.count.withheld,
                )
                for each in measured.shares
            ),
            unit="% of victims",
        ),
        table=Table(
            chosen.title,
            (
                Column("period", "Period", "period"),
                Column("victims", "Victims", "count"),
                Column("share", "Share", "share"),
            ),
            tuple(
                (
                    each.period,
                    each.count,
                    Interval(each.share, each.low or 0, each.high or 0, method="Wilson")
                    if each.share is not None
                    else None,
                )
                for each in measured.shares
            ),
        ),
        provenance=scope.provenance(*measured.sources[0].tables, period=measured.sources[0].period),
        caveats=(
            "It is held for London alone and in its own periods, whatever is chosen above.",
            *_cautions(scope, chosen),
        ),
    )  # fmt: skip


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share
