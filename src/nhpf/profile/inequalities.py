"""Inequalities: who is killed for how many who live, each figure waiting for its assessment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from nhpf.disclosure import Disclosed
from nhpf.methods import rates
from nhpf.profile.cases.held import TABLE, Cases
from nhpf.profile.commission import TO_BE_NAMED
from nhpf.profile.wording import as_interval, listed, share_in_words
from nhpf.reports.charts.specs import DotWhiskers, Point
from nhpf.reports.tree import (
    Block,
    Cell,
    Column,
    Disparity,
    Figure,
    Missing,
    Paragraph,
    Section,
    Table,
)
from nhpf.reports.words import in_words, number

if TYPE_CHECKING:
    from nhpf.methods.rates import Rate
    from nhpf.profile.scope import Scope

SECTION, TITLE = "inequalities", "Inequalities: who is harmed more often"
ABOUT = "profile-cases"
FEWEST_YEARS = 3
LEAD = (
    "A difference between groups says that there is something to explain or reform, not why it is "
    "there and nothing about anybody in the group. Each figure here pools at least three years and "
    "is published only once its equality impact assessment is signed by somebody other than its "
    "author."
)
LACKING = Missing(
    "Victims by sex, age and ethnic group over at least three years, beside residents",
    "the force (its homicide cases) and the Office for National Statistics (residents)",
    "Import the cases with nhpf records import homicide_cases; residents by age and ethnic group "
    "are held. A local public figure would point to people and is never made.",
)
DEPRIVATION = Missing(
    "Victims by deprivation of where they lived",
    "the force: cases with the small area of residence, under a sharing agreement",
    "The cases held say in which local authority a death was recorded, which is too wide.",
)
AGES = ((0, 15), (16, 24), (25, 34), (35, 44), (45, 54), (55, 64), (65, 200))
ETHNIC_GROUPS = ("Asian", "Black", "Mixed", "Other", "White")
SEXES = {"female": "Female", "male": "Male"}


def section(scope: Scope, cases: Cases | None, others: tuple[Figure, ...]) -> Section:
    """Return the figures that compare groups: those of other sections and those of cases."""
    own = tuple(_of_cases(scope, cases)) if cases else ()
    blocks: list[Block] = [Paragraph(LEAD), *others, *own]
    blocks.append(DEPRIVATION if own or others else LACKING)
    return Section(SECTION, TITLE, tuple(blocks))


def _of_cases(scope: Scope, cases: Cases) -> Iterator[Figure]:
    if len(cases.years) < FEWEST_YEARS:
        return
    yield _by_sex(scope, cases)
    ages = scope.release.query("population_by_age", area=scope.area.code)
    by_year = dict(zip(ages["age"].tolist(), ages["residents"].tolist(), strict=True))
    groups = {
        age_group(low, high): sum(n for age, n in by_year.items() if low <= age <= high)
        for low, high in AGES
    }
    yield _rates(scope, cases, "age", _by_age(cases), groups, "population", "mid-2020")
    census = scope.release.query("census_ethnicity", area=scope.area.code)
    found = zip(census["ethnic_group"].tolist(), census["residents"].tolist(), strict=True)
    people = {group: int(n) for group, n in found if group in ETHNIC_GROUPS}
    groups_asked = [group.lower() for group in ETHNIC_GROUPS]
    found_here = cases.shown("victim_ethnicity", groups_asked)
    shown = {name.capitalize(): n for name, n in found_here.items()}
    yield _rates(scope, cases, "ethnic group", shown, people, "census_ethnicity", "Census 2021")


def age_group(low: int, high: int) -> str:
    """Name a group of ages by its ends."""
    return f"{low} and over" if high > 120 else f"{low} to {high}"


def _by_age(cases: Cases) -> dict[str, Disclosed]:
    """Return victims by the bands used here; a band of the source that fits in none is left out."""
    sums: dict[str, Disclosed] = {}
    for band, count in cases.shown("victim_age_band").items():
        name = _fits(band)
        if name:
            held = sums.get(name, Disclosed(0))
            gone = next((each for each in (held, count) if each.value is None), None)
            sums[name] = gone or Disclosed((held.value or 0) + (count.value or 0))
    return sums


def _fits(band: str) -> str:
    ends = [int(each) for each in re.findall(r"\d+", band)]
    if not ends:
        return ""
    low, high = (0, 0) if band.startswith("under") else (ends[0], ends[-1])
    high = 200 if "over" in band else high
    return next((age_group(*each) for each in AGES if each[0] <= low and high <= each[1]), "")


def _by_sex(scope: Scope, cases: Cases) -> Figure:
    """Show victims by sex; residents by sex are not held, so these are shares and no rates."""
    shown = cases.shown("victim_sex", SEXES)
    counts = {
        name: int(value) for each, name in SEXES.items() if (value := shown[each].value) is not None
    }
    whole = max(1, sum(counts.values()))
    shares = {name: rates.proportion(n, whole) for name, n in counts.items()}
    return Figure(
        id="victims-by-sex",
        title=f"Victims by sex, {scope.place}",
        subtitle=f"Homicide victims by sex, {scope.place}, {cases.period} pooled, series: force "
        "homicide records; Wilson 95% intervals",
        reading="; ".join(
            f"{name}: {share_in_words(counts[name], whole, each.low, each.high)}"
            for name, each in shares.items()
        )
        + ".",
        table=Table(
            f"Homicide victims by sex, {cases.period}",
            (
                Column("sex", "Sex"),
                Column("victims", "Victims", "count"),
                Column("share", "Share of victims", "share"),
            ),
            tuple((name, counts[name], as_interval(each)) for name, each in shares.items()),
        ),
        provenance=scope.provenance(TABLE, period=cases.period),
        caveats=("Residents by sex are not in the release, so no rate is worked out.",),
        method="Shares, of victims whose sex is known, have Wilson intervals.",
        disparity=_disparity(scope, cases, "All victims whose sex is known."),
    )


def _rates(
    scope: Scope,
    cases: Cases,
    what: str,
    victims: Mapping[str, Disclosed],
    people: Mapping[str, int],
    table: str,
    when: str,
) -> Figure:
    """Show victims and residents of each group, and the rate with its limits."""
    found: dict[str, Rate] = {
        group: rates.rate(count.value, n * len(cases.years), per=1e6)
        for group, n in people.items()
        if n and (count := victims.get(group, cases.nobody)).value is not None
    }
    rows: list[tuple[Cell, ...]] = [
        (
            group,
            _count(victims.get(group, cases.nobody)),
            n,
            as_interval(found[group]) if group in found else None,
        )
        for group, n in people.items()
    ]
    return Figure(
        id=f"rates-by-{what.replace(' ', '-')}",
        title=f"Homicide by {what}: {_apart(found)}",
        subtitle=f"Homicide victims per million residents a year by {what}, {scope.place}, "
        f"{cases.period} pooled, series: force homicide records; 95% intervals",
        reading="; ".join(
            f"{group}: {number(each.estimate, 1)} (95% interval {number(each.low, 1)} to "
            f"{number(each.high, 1)})"
            for group, each in found.items()
        )
        + " per million residents a year.",
        chart=DotWhiskers(
            tuple(
                Point(group, each.estimate, each.low, each.high) for group, each in found.items()
            ),
            unit="per million residents a year",
        ),
        table=Table(
            f"Homicide victims and residents by {what}, {cases.period}",
            (
                Column("group", what.capitalize()),
                Column("victims", "Victims", "count"),
                Column("residents", f"Residents, {when}", "count"),
                Column("rate", "Per million a year", "rate"),
            ),
            tuple(rows),
        ),
        provenance=scope.provenance(TABLE, table, period=cases.period),
        caveats=(f"Victims whose {what} is not known, or fits no group, are left out.",),
        method="Byar’s limits, exact below ten, over the years times the residents.",
        disparity=_disparity(scope, cases, f"Residents of {scope.place} by {what}, {when}."),
    )


def _count(shown: Disclosed) -> Cell:
    return shown if shown.value is None else int(shown.value)


def _apart(found: Mapping[str, Rate]) -> str:
    """Say which groups' rates lie wholly above the rate of all the groups together."""
    events = sum(each.count for each in found.values())
    whole = sum(each.population for each in found.values())
    if not events:
        return "no victim whose group is known"
    common = 1e6 * events / whole
    above = [group for group, each in found.items() if each.low > common]
    return f"above the common rate for {listed(above)}" if above else "no group can be told apart"


def _disparity(scope: Scope, cases: Cases, denominator: str) -> Disparity:
    held = scope.edition.assessment_of(ABOUT)
    return Disparity(
        denominator=denominator,
        pooling=f"{in_words(len(cases.years)).capitalize()} calendar years.",
        benchmark_caveat="Residents are not those at risk: victims may live elsewhere, and age, "
        "place and deprivation differ between groups. The layout says whether ethnic group is what "
        "an officer saw.",
        explain_or_reform="Not yet explained. The force and its partners are asked to explain a "
        "difference or to say what they will reform.",
        owner=scope.commission.owner or TO_BE_NAMED,
        assessment=held.id if held else f"eia-{ABOUT}",
    )
