"""Pinch points: crossings of relationship, place and circumstance, and what could be addressed.

Brennan (2022), Homicide: a short problem-solving guide for policing, College of Policing: a pinch
point is a common circumstance, present in or before most incidents of a kind, that practice can
reasonably address.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from nhpf.disclosure import Dimension, Disclosed
from nhpf.methods import rates
from nhpf.profile.cases.held import NOT_KNOWN, TABLE, Cases, let_out
from nhpf.profile.missing import CASES
from nhpf.profile.wording import as_interval, big, share_in_words
from nhpf.reports.charts.specs import DotWhiskers, Point
from nhpf.reports.tree import Block, Column, Figure, Inset, Paragraph, Section, Table
from nhpf.reports.words import number

if TYPE_CHECKING:
    from nhpf.disclosure import Position
    from nhpf.profile.scope import Scope

SECTION = FIGURE = "pinch-points"
TITLE = "Pinch points: where it could be interrupted"
MOST, FEWEST = 6, 3
GUIDE = (
    "A pinch point is a circumstance that is common to deaths of one kind and that practice can "
    "reasonably address (College of Policing, Homicide: a short problem-solving guide, 2022). "
    "Here relationship, kind of place and one circumstance are crossed, and the crossings that "
    "hold most deaths are listed."
)
OURS = (
    "What could be addressed is this project’s reading of what such deaths have in common, for "
    "people who know the cases to check. It is about services, places and moments, never persons."
)
NOT_HERE = (
    "Not shown in public below the nation: a crossing of relationship, place and circumstance is "
    "so small that it would point to people."
)
RELATIONSHIPS = {
    "partner or former partner": "Partner or former partner",
    "parent killed by child": "Parent killed by child",
    "child killed by parent": "Child killed by parent",
    "other family": "Other family",
    "friend or acquaintance": "Friend or acquaintance",
    "stranger": "Stranger",
}
BEFORE = {
    "partner or former partner": "calls about domestic abuse, separation, breach of an order, "
    "strangulation that did not kill",
    "parent killed by child": "a carer’s strain, mental health crisis, violence to a parent",
    "child killed by parent": "contacts with health visitors, schools and children’s services",
    "other family": "repeated calls to one household, disputes over care or money",
    "friend or acquaintance": "disputes that go on, earlier assaults among people who meet",
    "stranger": "places and hours of violence with injury, weapons carried there",
}
PLACES = {
    "residential": "in a home",
    "public space": "in a public space",
    "other": "in another place",
}
CIRCUMSTANCES = {
    ("alcohol", "yes"): ("alcohol recorded", "where and when alcohol is sold and drunk"),
    ("drugs", "yes"): ("drugs recorded", "treatment and the local market in drugs"),
    ("method", "sharp instrument"): ("sharp instrument", "how blades come to be at hand"),
    ("method", "blunt instrument"): ("blunt instrument", "objects at hand in the place"),
    ("method", "shooting"): ("shooting", "how firearms are held and supplied"),
    ("method", "hitting or kicking"): ("hitting or kicking", "early help when a fight begins"),
    ("method", "strangulation or asphyxiation"): (
        "strangulation or asphyxiation",
        "earlier strangulation, asked about and recorded",
    ),
}


@dataclass(frozen=True, slots=True)
class Crossing:
    """One crossing of relationship, kind of place and circumstance, with its victims."""

    relationship: str
    place: str
    circumstance: tuple[str, str]
    victims: int

    @property
    def name(self) -> str:
        """The crossing in words."""
        what, _ = CIRCUMSTANCES[self.circumstance]
        return f"{RELATIONSHIPS[self.relationship]}, {PLACES[self.place]}, {what}"

    @property
    def addressable(self) -> str:
        """What came before that could be addressed."""
        _, what = CIRCUMSTANCES[self.circumstance]
        return f"{big(BEFORE[self.relationship])}; {what}"


def section(scope: Scope, cases: Cases | None) -> Section:
    """Return the pinch points, or why they cannot be shown and what is missing."""
    return Section(SECTION, TITLE, (Paragraph(GUIDE), *_blocks(scope, cases)))


def _blocks(scope: Scope, cases: Cases | None) -> Iterator[Block]:
    if cases is None:
        if scope.audience == "public" and scope.area.kind != "nation":
            yield Inset(NOT_HERE)
        else:
            yield CASES
        return
    found = crossings(scope, cases)
    if not found:
        yield Paragraph(
            f"No crossing holds {FEWEST} or more of the {number(cases.victims)} victims in "
            f"{scope.place}, {cases.period}, that may be shown: there is no common point to name."
        )
        return
    yield _figure(scope, cases, found)
    yield Paragraph(OURS)


def crossings(scope: Scope, cases: Cases) -> tuple[Crossing, ...]:
    """Return the crossings that hold most deaths, largest first, as the audience may see them."""
    found = [
        Crossing(relationship, place, (circumstance, answer), int(count.value))
        for circumstance, counts in _counts(scope, cases).items()
        for (relationship, place, answer), count in _shown(cases, circumstance, counts).items()
        if (circumstance, answer) in CIRCUMSTANCES
        and relationship in RELATIONSHIPS
        and place in PLACES
        and count.value is not None
        and count.value >= FEWEST
    ]
    return tuple(sorted(found, key=lambda each: (-each.victims, each.name))[:MOST])


def _counts(scope: Scope, cases: Cases) -> dict[str, dict[Position, int]]:
    rows = scope.release.query(
        "homicide_cases_pinch_points",
        level=cases.level,
        first=cases.years[0],
        last=cases.years[-1],
    )
    names = ("place", "circumstance", "relationship", "place_type", "answer", "victims")
    sums: dict[str, dict[Position, int]] = {}
    for at, circumstance, *position, n in zip(
        *(rows[each].tolist() for each in names), strict=True
    ):
        if cases.place in ("", at):
            held = sums.setdefault(circumstance, {})
            held[tuple(position)] = held.get(tuple(position), 0) + n
    return sums


def _shown(
    cases: Cases, circumstance: str, counts: Mapping[Position, int]
) -> Mapping[Position, Disclosed]:
    """Return one table of crossings as its audience may see it, all categories of it together."""
    categories = (
        (*RELATIONSHIPS, "no suspect", NOT_KNOWN),
        (*PLACES, NOT_KNOWN),
        tuple(sorted({position[2] for position in counts})),
    )
    names = ("relationship", "place_type", circumstance)
    dimensions = tuple(map(Dimension.flat, names, categories))
    whole = dict.fromkeys(product(*categories), 0) | dict(counts)
    out = let_out(whole, dimensions, audience=cases.audience)
    return {position: out[position] for position in counts}


def _figure(scope: Scope, cases: Cases, found: tuple[Crossing, ...]) -> Figure:
    shares = [rates.proportion(each.victims, cases.victims) for each in found]
    first, share = found[0], shares[0]
    said = share_in_words(first.victims, cases.victims, share.low, share.high)
    return Figure(
        id=FIGURE,
        title=f"Most deaths of one kind: {first.name[0].lower()}{first.name[1:]}",
        subtitle=f"Crossings of relationship, kind of place and circumstance that hold most "
        f"victims, {scope.place}, {cases.period}, series: force homicide records; Wilson 95% "
        "intervals",
        reading=f"{first.name}: {said}.",
        chart=DotWhiskers(
            tuple(
                Point(each.name, 100 * part.estimate, 100 * part.low, 100 * part.high)
                for each, part in zip(found, shares, strict=True)
            ),
            unit="% of all victims",
        ),
        table=Table(
            f"Crossings that hold most victims, {scope.place}, {cases.period}",
            (
                Column("crossing", "Principal suspect, place and circumstance"),
                Column("victims", "Victims", "count"),
                Column("share", "Share of all victims", "share"),
                Column("before", "What could be addressed before"),
            ),
            tuple(
                (each.name, each.victims, as_interval(part), each.addressable)
                for each, part in zip(found, shares, strict=True)
            ),
        ),
        provenance=scope.provenance(TABLE, period=cases.period),
        caveats=(
            "One victim may count in several crossings.",
            "The largest of many crossings are shown: some are large by chance.",
        ),
        method="Shares of all victims have Wilson intervals.",
    )
