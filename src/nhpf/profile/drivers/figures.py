"""Figures of drivers: each says that it shows association, of places, and what it leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nhpf.profile.drivers.models import NEIGHBOURS, explained
from nhpf.profile.drivers.places import POLICE
from nhpf.profile.wording import big, listed, percent, small
from nhpf.reports.charts.specs import DotWhiskers, Point
from nhpf.reports.tree import Cell, Column, Figure, Interval, Table
from nhpf.reports.words import number, period

if TYPE_CHECKING:
    from nhpf.numerics import Estimate
    from nhpf.profile.drivers.models import Drivers
    from nhpf.profile.drivers.places import Covariate, Places
    from nhpf.profile.scope import Scope
    from nhpf.reports.tree import Provenance

RATIOS, TOGETHER, CORRELATIONS, INPUTS = (
    "drivers",
    "drivers-together",
    "drivers-correlations",
    "drivers-police-inputs",
)
NOT_CAUSE = (
    "Association, not cause: what is not in the model may bring both about, such as who comes to a "
    "place by day or by night."
)
ECOLOGICAL = (
    "Of places, not of people: most residents of any place harm nobody, and who is harmed there "
    "may live elsewhere. Nothing here may be said of a person or a group."
)
SAME_RECORDS = (
    "The crime domain of deprivation is left out: it is made of recorded crime, and would explain "
    "it by itself."
)
HEALTH = (
    "Health deprivation counts emergency admissions and early deaths, some of them after violence: "
    "part of its association goes in a circle."
)
UNIT = "times the rate, for one standard deviation more"
MODEL = (
    "BYM2 (Riebler and others 2016): counts of three years against those expected for the "
    "residents at the common rate; neighbours are the "
    f"{('', '', '', '', '', '', 'six')[NEIGHBOURS]} nearest points inside places, either way. "
)
PLAIN = "The plain regression is Poisson's with limits widened for over-dispersion."
SERIES = {
    "london_ward_offences": "Metropolitan Police open data",
    "crime_events": "recorded crime of the police, imported",
    "area_month_counts": "counts by area and month, imported",
}
STRONG = 0.7
"""From here on two covariates say much the same, by the usual rule of thumb."""


def caveats(scope: Scope, places: Places) -> tuple[str, ...]:
    """Return the sentences that stand under every figure of drivers."""
    faults = ("restated_counts",) if places.kind == "ward" else ()
    return (NOT_CAUSE, ECOLOGICAL, SAME_RECORDS, *scope.known_faults(*faults))


def provenance(scope: Scope, places: Places) -> tuple[Provenance, ...]:
    """Return where counts and covariates come from."""
    more = {
        "ward": ("ward", "small_area_covariate", "outline"),
        "small area": ("small_area", "small_area_covariate"),
        "local authority": ("small_area", "small_area_covariate", "outline"),
    }[places.kind]
    night = ("covariates",) if "night" in places.values else ()
    return scope.provenance(places.table, *more, *night, period=period(places.first, places.last))


def plural(places: Places) -> str:
    """Name the places as a sentence does: "wards"."""
    return "local authorities" if places.kind == "local authority" else f"{places.kind}s"


def where(scope: Scope, places: Places) -> str:
    """Name the places with the area: "wards of London"; deprivation is that of England alone."""
    area = "England" if places.kind == "local authority" else scope.place
    return f"{plural(places)} of {area}"


def ratios(scope: Scope, found: Drivers, beside: Drivers | None = None) -> Figure:
    """Show the ratio of each chosen covariate, and of the same in all London where given."""
    places, chosen = found.places, found.covariates
    held = {each.id: found.chosen.ratio(each.id) for each in chosen}
    others = [Column("london", "The same, all of London", "ratio")] if beside else []
    rows: list[tuple[Cell, ...]] = [
        (
            each.title,
            _unit(places, each),
            _interval(held[each.id]),
            _interval(found.chosen.plain_ratio(each.id)),
            *([_interval(beside.chosen.ratio(each.id))] if beside else []),
        )
        for each in chosen
    ]
    return Figure(
        id=RATIOS,
        title=_title(scope, places, held),
        subtitle=_subtitle(
            scope, places, "Ratio of rates of violence with injury, with 95% intervals"
        ),
        reading=f"{_said(chosen, held)} {_spread(found)}",
        chart=DotWhiskers(
            tuple(_point(each.title, held[each.id]) for each in chosen),
            unit=UNIT,
            reference=1.0,
            log=True,
        ),
        table=Table(
            f"What goes with violence with injury, {where(scope, places)}",
            (
                Column("covariate", "What is known"),
                Column("unit", "One standard deviation"),
                Column("ratio", "Ratio, neighbours considered", "ratio"),
                Column("plain", "Ratio, plain regression", "ratio"),
                *others,
            ),
            tuple(rows),
            note="Ratio of rates for one standard deviation more, the others held.",
        ),
        provenance=provenance(scope, places),
        caveats=caveats(scope, places),
        method=MODEL + PLAIN,
    )


def together(scope: Scope, found: Drivers) -> Figure | None:
    """Show each covariate alone and all together; None where places are too few for that."""
    if found.together is None:
        return None
    places = found.places
    rows: list[tuple[Cell, ...]] = [
        (each.title, _interval(found.alone[each.id]), _interval(effect), float(times))
        for each, effect, times in zip(
            places.held, found.together.effects, found.inflation, strict=True
        )
    ]
    gone = [
        small(each.title)
        for each, effect in zip(places.held, found.together.effects, strict=True)
        if _is_told(found.alone[each.id]) and not _is_told(effect)
    ]
    return Figure(
        id=TOGETHER,
        title=(
            f"Beside the others, {listed(gone)} can no longer be told to go with violence"
            if gone
            else "No covariate loses its association beside the others"
        ),
        subtitle=_subtitle(
            scope, places, "Ratio of rates, each covariate alone and together, with 95% intervals"
        ),
        reading="A covariate whose variance grows tenfold has limits some three times as wide as "
        "it would have alone. Which of those that move together matters, these counts cannot say.",
        table=Table(
            f"Each covariate alone and all together, {where(scope, places)}",
            (
                Column("covariate", "What is known"),
                Column("alone", "Alone", "ratio"),
                Column("together", "All together", "ratio"),
                Column("inflation", "Variance inflation", "ratio"),
            ),
            tuple(rows),
        ),
        provenance=provenance(scope, places),
        caveats=(*caveats(scope, places), HEALTH),
        method=PLAIN,
    )


def correlations(scope: Scope, found: Drivers) -> Figure:
    """Show how covariates move together."""
    places, held = found.places, found.places.held
    pairs = [
        (float(found.correlations[i, j]), held[i], held[j])
        for i in range(len(held))
        for j in range(i)
    ]
    most, one, other = max(pairs, key=lambda pair: abs(pair[0]))
    strong = [
        f"{small(b.short)} and {small(a.short)} ({number(r, 2)})"
        for r, a, b in pairs
        if abs(r) >= STRONG
    ]
    return Figure(
        id=CORRELATIONS,
        title=f"{other.title} and {small(one.title)} move together more than any others "
        f"({number(most, 2)})",
        subtitle=_subtitle(scope, places, "Correlation of covariates"),
        reading=(
            f"At {STRONG} and above: {listed(strong)}. Income deprivation stands for those that "
            "move with it in the model: what it is given is theirs as well."
            if strong
            else f"No two correlate at {STRONG} or above."
        ),
        table=Table(
            f"Correlations, {where(scope, places)}",
            (
                Column("covariate", "What is known"),
                *(Column(each.id, each.short, "ratio") for each in held[:-1]),
            ),
            tuple(
                (
                    each.title,
                    *(
                        round(float(found.correlations[i, j]), 2) if j < i else ""
                        for j in range(len(held) - 1)
                    ),
                )
                for i, each in enumerate(held)
                if i
            ),
        ),
        provenance=provenance(scope, places),
        caveats=(ECOLOGICAL,),
        method="Pearson's correlation over places; density on a logarithm.",
    )


def police_inputs(scope: Scope, found: Drivers) -> Figure | None:
    """Show every coefficient and the fit without and with police-generated offences."""
    if found.police is None:
        return None
    places, before, after = found.places, found.chosen, found.police
    most = max(found.covariates, key=lambda each: abs(np.log(_change(found, each.id))))
    added = [small(POLICE[id].title) for id in places.police]
    share = explained(found.without, after.leaning)
    return Figure(
        id=INPUTS,
        title=f"With police-generated offences the ratio of {small(most.title)} would be "
        f"{number(after.ratio(most.id).estimate, 2)}, not "
        f"{number(before.ratio(most.id).estimate, 2)}",
        subtitle=_subtitle(
            scope, places, "Ratio of rates without and with police inputs, with 95% intervals"
        ),
        reading=f"Added: {listed(added)}, per 1,000 residents (drugs: trafficking and possession). "
        "The share of the spread accounted for goes "
        f"from {_share(found.explained)} to {_share(share)}. They are left out by "
        "default: police find drugs and weapons where they search, and search where violence was, "
        "so such counts carry where police went as much as what goes on.",
        table=Table(
            f"Without and with police-generated offences, {where(scope, places)}",
            (
                Column("covariate", "What is known"),
                Column("without", "Without", "ratio"),
                Column("with", "With", "ratio"),
                Column("change", "With over without", "ratio"),
            ),
            (*_covariate_rows(found), *_added_rows(found), *_fit_rows(found)),
            note="Ratios for one standard deviation more; the last three rows say how well each "
            "model fits. An empty cell: it is not in that model. Scatter is that of the plain "
            "regression over chance's.",
        ),
        provenance=provenance(scope, places),
        caveats=(
            NOT_CAUSE,
            ECOLOGICAL,
            "Stop and search is held by force, not by place, so it is in neither model. How each "
            "weapon came to light is not in the counts: all possession is taken.",
        ),
        method=MODEL + PLAIN,
    )


def _covariate_rows(found: Drivers) -> list[tuple[Cell, ...]]:
    assert found.police is not None
    return [
        (
            each.title,
            _interval(found.chosen.ratio(each.id)),
            _interval(found.police.ratio(each.id)),
            _change(found, each.id),
        )
        for each in found.covariates
    ]


def _added_rows(found: Drivers) -> list[tuple[Cell, ...]]:
    assert found.police is not None
    return [
        (POLICE[id].title, "", _interval(found.police.ratio(id)), "") for id in found.places.police
    ]


def _fit_rows(found: Drivers) -> list[tuple[Cell, ...]]:
    assert found.police is not None
    before, after = found.chosen.leaning, found.police.leaning
    scatter = found.chosen.plain.dispersion, found.police.plain.dispersion
    return [
        _fit_row("Spread of log risks left", before.spread, after.spread),
        _fit_row("Shared with neighbours", before.mixing, after.mixing),
        ("Scatter, plain regression", *scatter, scatter[1] / scatter[0]),
    ]


def _fit_row(what: str, before: Estimate, after: Estimate) -> tuple[Cell, ...]:
    return (what, _interval(before), _interval(after), after.estimate / before.estimate)


def _change(found: Drivers, id: str) -> float:
    assert found.police is not None
    return found.police.ratio(id).estimate / found.chosen.ratio(id).estimate


def _is_told(effect: Estimate) -> bool:
    return effect.low > 1 or effect.high < 1


def _title(scope: Scope, places: Places, held: dict[str, Estimate]) -> str:
    names = {each.id: small(each.title) for each in places.chosen}
    up = [names[id] for id, each in held.items() if each.low > 1]
    down = [names[id] for id, each in held.items() if each.high < 1]
    if not up and not down:
        return (
            f"Nothing known of the {places.size} {where(scope, places)} can be told to "
            "go with their violence"
        )
    parts = [f"more {listed(up)}"] if up else []
    parts += [f"less {listed(down)}"] if down else []
    return f"{big(where(scope, places))} with {' and '.join(parts)} record more violence"


def _said(chosen: tuple[Covariate, ...], held: dict[str, Estimate]) -> str:
    return " ".join(
        f"{each.title}: {number(held[each.id].estimate, 2)} times the rate for one standard "
        f"deviation more (95% interval {number(held[each.id].low, 2)} to "
        f"{number(held[each.id].high, 2)})."
        for each in chosen
    )


def _spread(found: Drivers) -> str:
    before, after = found.without, found.chosen.leaning
    return (
        f"The spread of log risks is {_spread_of(before.spread)} without covariates and "
        f"{_spread_of(after.spread)} with them: they account for {_share(found.explained)} of it. "
        f"Neighbours have {percent(before.mixing.estimate)} of it in common without covariates, "
        f"{percent(after.mixing.estimate)} of what is left with them."
    )


def _spread_of(found: Estimate) -> str:
    return (
        f"{number(found.estimate, 2)} (95% interval {number(found.low, 2)} to "
        f"{number(found.high, 2)})"
    )


def _share(value: float) -> str:
    return percent(value) if value > 0.005 else "none"


def _subtitle(scope: Scope, places: Places, what: str) -> str:
    return (
        f"{what}, {places.size} {where(scope, places)}, "
        f"{period(places.first, places.last)}, series: {SERIES[places.table]}"
    )


def _unit(places: Places, covariate: Covariate) -> str:
    sd = float(places.values[covariate.id].std())
    if covariate.unit == "times":
        return f"{number(float(np.exp(sd)), 1)} times as many"
    if covariate.unit == "share":
        return f"{number(100 * sd, 1)} in 100 residents"
    return f"{number(sd, 1)} points of the score"


def _point(label: str, found: Estimate) -> Point:
    return Point(label, found.estimate, found.low, found.high, emphasis=_is_told(found))


def _interval(found: Estimate) -> Interval:
    return Interval(found.estimate, found.low, found.high, found.level, found.method)
