"""A force: the one open year of its offences, beside the nation; and its severity score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nhpf.indicators import FORCE_YEAR, Indicator, load_indicators
from nhpf.methods import rates
from nhpf.profile import judging
from nhpf.profile.comparison import CITY_OF_LONDON, Compared, forces_compared
from nhpf.profile.wording import as_interval, big, listed, small
from nhpf.reports.charts.specs import DotWhiskers, Line, Point, Trend
from nhpf.reports.tree import Cell, Column, Figure, Interval, Judgement, Table
from nhpf.reports.words import number

if TYPE_CHECKING:
    from nhpf.methods.rates import Comparison, Rate
    from nhpf.profile.scope import Scope

HOMICIDE = "force-homicide"
OTHER_HARM = "force-other-harm"
SEVERITY = "force-severity"
VIOLENCE = "Violence against the person"
MORE, LESS = 1.25, 0.8
"""A ratio to other forces is clear where its whole interval lies beyond one of these."""
ONE_YEAR = (
    "The open table by force holds one year. Whether anything has changed since cannot be said "
    "from it."
)

NEWEST = (
    f"The {FORCE_YEAR} is the newest year that a table by force in this release holds: in 2026 it "
    "is seven years old. Newer years are published by the Home Office (police recorded crime, open "
    "data tables) and by the Office for National Statistics (crime by police force area)."
)


@dataclass(frozen=True)
class ForceYear:
    """A force's homicides in the one year held, with the limits of an exact interval."""

    name: str
    homicides: int
    exact: Rate
    residents: int

    @property
    def years_to_see(self) -> float | None:
        """Years of counts, before and again after, that would show a fall of a fifth."""
        return judging.years_to_see(self.homicides) if self.homicides else None

    @property
    def words(self) -> str:
        """The count with its exact interval."""
        low, high = number(self.exact.low, 1), number(self.exact.high, 1)
        return f"{self.homicides} (exact 95% interval {low} to {high})"

    @property
    def patience(self) -> str:
        """How long a fall of a fifth would take to be seen."""
        if self.years_to_see is None:
            return "With none in the year, no fall could be seen."
        years = number(max(1, round(self.years_to_see)))
        return (
            f"At that number a true fall of a fifth would take about {years} years of counts, "
            "before and again after, to be seen."
        )


def force_year(scope: Scope) -> ForceYear:
    """Read the force's homicides in the year ending March 2019."""
    counted = scope.measured("homicide-count").counts[0]
    homicides = int(counted.count.value or 0)
    return ForceYear(
        scope.area.name,
        homicides,
        rates.rate(homicides, 1, per=1, method="exact"),
        scope.residents[scope.area.code],
    )


def headline(scope: Scope, held: ForceYear, compared: Compared) -> Judgement:
    """Judge the force's place beside the nation: the most that its open figures can say."""
    if scope.area.code == CITY_OF_LONDON:
        return Judgement(
            "headline",
            f"Homicide recorded by the {held.name} in the {FORCE_YEAR}: {held.homicides}. With so "
            "few residents it cannot be compared.",
            "low",
            f"{held.words}. {NEWEST} {ONE_YEAR}",
            (HOMICIDE,),
        )
    where = compared.position(scope.area.code)
    place = "in line with" if where == "in line" else f"{where} than in"
    return Judgement(
        "headline",
        f"For its residents, homicide recorded by {held.name} in the {FORCE_YEAR} "
        f"({held.homicides}) was {place} England and Wales.",
        compared.confidence(scope.area.code),
        f"{held.words}; the funnel's 99.8% limits decide. {NEWEST} {ONE_YEAR}",
        ("force-funnel", HOMICIDE),
    )


def patience(held: ForceYear) -> Judgement:
    """Judge what homicide counts alone could ever show here."""
    return Judgement(
        "patience",
        f"Homicide is too rare in {held.name} to show by itself whether prevention works.",
        "high",
        f"{held.patience} {judging.chance_in_words(held.homicides)} Other harm with larger counts "
        "has to be watched beside it.",
        (HOMICIDE,),
    )


def homicide_figure(scope: Scope, held: ForceYear) -> Figure:
    """Show the one number there is, with its exact interval."""
    rate = rates.rate(held.homicides, held.residents, per=1e6, method="exact")
    return Figure(
        id=HOMICIDE,
        title=f"{held.name} recorded {held.homicides} "
        f"{'homicide' if held.homicides == 1 else 'homicides'} in the {FORCE_YEAR}",
        subtitle="Homicides recorded by the police, series: police recorded crime, financial "
        "year; exact 95% intervals",
        reading=f"{held.words}. {held.patience}",
        table=Table(
            f"Homicides, {FORCE_YEAR}",
            (
                Column("period", "Period", "period"),
                Column("homicides", "Homicides", "count"),
                Column("residents", "Residents, mid-2020", "count"),
                Column("rate", "Per million residents", "rate"),
            ),
            ((big(FORCE_YEAR), as_interval(held.exact), held.residents, as_interval(rate)),),
        ),
        provenance=scope.provenance("force_offence", "population", period=FORCE_YEAR),
        caveats=(ONE_YEAR, *scope.known_faults("force_without_area")),
        method="Exact Poisson interval (Garwood 1936).",
    )


@dataclass(frozen=True)
class OtherHarm:
    """One kind of other harm in the force, beside the nation."""

    indicator: Indicator
    compared: Compared
    code: str
    ratio: Comparison

    @property
    def position(self) -> str:
        """In line, higher or lower."""
        return self.compared.position(self.code)


def other_harm(scope: Scope) -> tuple[OtherHarm, ...]:
    """Compare the force's precursors with all other forces; none for the City of London."""
    if scope.area.code == CITY_OF_LONDON:
        return ()
    wanted = [each for each in load_indicators().values() if each.precursor and each.counted.force]
    found = []
    for each in sorted(wanted, key=lambda one: one.title):
        compared = forces_compared(scope, category=each.counted.force, widened=True)
        at = compared.codes.index(scope.area.code)
        rest = sum(compared.counts) - compared.counts[at]
        people = sum(compared.residents) - compared.residents[at]
        ratio = rates.compare(rest, people, compared.counts[at], compared.residents[at])
        found.append(OtherHarm(each, compared, scope.area.code, ratio))
    return tuple(found)


def other_harm_title(name: str, found: tuple[OtherHarm, ...]) -> str:
    """Say which kinds of harm were recorded clearly more or less often than in other forces.

    What the police generate by looking for it stands in the table and judges no force.
    """
    harm = [each for each in found if not each.indicator.police_generated]
    parts = []
    for word, chosen in (
        ("more", [each for each in harm if each.ratio.low >= MORE]),
        ("less", [each for each in harm if each.ratio.high <= LESS]),
    ):
        if chosen:
            parts.append(f"{word} {listed([small(each.indicator.title) for each in chosen])}")
    said = " and ".join(parts) if parts else "about as much other harm of each kind"
    joined = "than" if parts else "as"
    return f"Per resident {name} recorded {said} {joined} other forces"


def other_harm_figure(scope: Scope, found: tuple[OtherHarm, ...]) -> Figure:
    """Show each kind of harm as a ratio to all other forces."""
    return Figure(
        id=OTHER_HARM,
        title=other_harm_title(scope.area.name, found),
        subtitle=f"Recorded offences per resident in {scope.area.name} over that of all other "
        f"forces, {FORCE_YEAR}; in the order of names",
        reading="; ".join(
            f"{each.indicator.title} {number(each.ratio.estimate, 2)} times" for each in found
        )
        + ". A kind is named in the title where its whole interval lies above 1.25 or below 0.8.",
        chart=DotWhiskers(
            tuple(
                Point(
                    each.indicator.title,
                    each.ratio.estimate,
                    each.ratio.low,
                    each.ratio.high,
                    emphasis=each.ratio.low >= MORE or each.ratio.high <= LESS,
                )
                for each in found
            ),
            unit="ratio to all other forces",
            reference=1,
            log=True,
        ),
        table=Table(
            f"Recorded offences, {FORCE_YEAR}",
            (
                Column("indicator", "Harm"),
                Column("offences", "Offences", "count"),
                Column("ratio", "Ratio to all other forces", "ratio"),
                Column("place", "Within the spread of forces?"),
                Column("note", "To be read with"),
            ),
            tuple(_row(each) for each in found),
        ),
        provenance=scope.provenance("force_offence", "population", period=FORCE_YEAR),
        caveats=(
            ONE_YEAR,
            "Recorded offences follow reporting, recording practice and police activity as well "
            "as harm; forces differ in all three.",
            *scope.known_faults("force_without_area"),
        ),
        method="The interval of the ratio is that of chance alone. Forces differ far more than "
        "that; the spread of forces is a funnel whose 99.8% limits allow for it.",
    )


def _row(each: OtherHarm) -> tuple[Cell, ...]:
    made = each.ratio
    note = "counts what the police look for" if each.indicator.police_generated else ""
    return (
        each.indicator.title,
        each.compared.count(each.code),
        Interval(made.estimate, made.low, made.high, made.level, made.method),
        "yes" if each.position == "in line" else f"no: {each.position}",
        note,
    )


def severity_figure(scope: Scope) -> Figure | None:
    """Show the severity of recorded violence since 2003; None where no score is published."""
    own, nation = _scores(scope, scope.area.code), _scores(scope, "K04000001")
    years = sorted(year for year, group in own if group == VIOLENCE)
    if not years:
        return None
    first, last = years[0], years[-1]
    local = [own[first, VIOLENCE], own[last, VIOLENCE]]
    wide = [nation[first, VIOLENCE], nation[last, VIOLENCE]]
    lines = [Line(scope.place, tuple(Point(str(at), own[at, VIOLENCE]) for at in years))]
    columns = [Column("area", scope.area.name, "number")]
    if scope.area.kind == "force":
        wider = tuple(Point(str(at), nation[at, VIOLENCE]) for at in years)
        lines.append(Line("England and Wales", wider, emphasis=False))
        columns.append(Column("nation", "England and Wales", "number"))
    return Figure(
        id=SEVERITY,
        title=f"Severity of recorded violence in {scope.place} went from {number(local[0], 1)} to "
        f"{number(local[1], 1)} between {first} and {last}"
        + (
            f", in England and Wales from {number(wide[0], 1)} to {number(wide[1], 1)}"
            if scope.area.kind == "force"
            else ""
        ),
        subtitle="Crime Severity Score of violence against the person per resident, years ending "
        f"March {first} to {last}",
        reading=f"In the year ending March {last}: {number(local[1], 1)}.",
        chart=Trend(tuple(lines), unit="score"),
        table=Table(
            "Crime Severity Score, violence against the person",
            (Column("year", "Year ending March", "period"), *columns),
            tuple(
                (str(at), *(round(held[at, VIOLENCE], 2) for held in (own, nation)[: len(columns)]))
                for at in years
            ),
        ),
        provenance=scope.provenance(
            "crime_severity", period=f"years ending March {first} to {last}"
        ),
        caveats=(
            "The score weighs offences by the sentences they bring. Recording practice changed "
            "over these years, so a rise in the score need not be more harm.",
            "The score is published without an interval.",
            *scope.known_faults("severity_labels"),
        ),
    )


def _scores(scope: Scope, code: str) -> dict[tuple[int, str], float]:
    found = scope.release.query("crime_severity", area=code)
    rows = zip(
        found["year_ending_march"].tolist(),
        found["offence_group"].tolist(),
        found["score"].tolist(),
        strict=True,
    )
    return {(year, group): score for year, group, score in rows}
