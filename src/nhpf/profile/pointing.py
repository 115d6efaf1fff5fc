"""What the figures point to: areas of focus by stated rules, and for each its toolkits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nhpf.profile import precursors, who_how_when
from nhpf.profile.force_year import MORE, OTHER_HARM, OtherHarm
from nhpf.profile.national_shares import AREAS, SHARES, Share
from nhpf.profile.victims import KNIFE, SHOOTING, VictimTable, victim_table
from nhpf.profile.wording import big, change_in_words, listed, small
from nhpf.reports.tree import Block, Paragraph, Pointer, Section
from nhpf.reports.words import number

if TYPE_CHECKING:
    from nhpf.framework import Edition, Entry
    from nhpf.profile.precursors import Precursor
    from nhpf.profile.scope import Scope

ONE_IN = 20
LEVELS = {"primary": 0, "secondary": 1, "tertiary": 2}
SHARE_RULE = (
    "An area of focus is pointed to where the people it is about are at least one in twenty of "
    "homicide victims, by the lower limit of the 95% interval."
)
RISE_RULE = (
    "It is pointed to where a kind of other harm that it is about has risen over a year by more "
    "than chance. What the police generate by looking for it (weapons, drugs) never points by "
    "itself."
)
BESIDE_RULE = (
    "For a force, it is pointed to where such harm was recorded at least a quarter more often per "
    "resident than in all other forces, by the lower limit of the interval."
)
RULES = (SHARE_RULE, RISE_RULE, BESIDE_RULE)
CHOICE = (
    "The rules say where to look first. What to do is a local choice, made with partners, with the "
    "evidence and an equality impact assessment in hand. Toolkits whose first lever is prevention "
    "for everybody stand before those of enforcement."
)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an area of focus is pointed to, and the figure that led there."""

    area: str
    why: str
    figure: str


def of_london(scope: Scope) -> tuple[Reason, ...]:
    """Return the reasons from London's own victims."""
    methods = victim_table(scope, "homicide_victims_by_method_period", "method")
    domestic = victim_table(scope, "homicide_victims_by_domestic_sex_period", "domestic", "sex")
    ages = victim_table(scope, "homicide_victims_by_age_sex_period", "age_group", "sex")
    asked: tuple[tuple[str, VictimTable, str, str, str], ...] = (
        (
            "ar-knife",
            methods,
            KNIFE,
            "killed with a knife or sharp instrument",
            who_how_when.METHOD,
        ),
        ("ar-gun", methods, SHOOTING, "shot", who_how_when.METHOD),
        ("ar-youth", ages, "13 to 24", "aged 13 to 24", who_how_when.AGE_SEX),
        ("ar-child-protection", ages, "0 to 12", "aged 12 or under", who_how_when.AGE_SEX),
        (
            "ar-safeguarding",
            domestic,
            who_how_when.DOMESTIC_FLAG,
            "recorded as domestic abuse",
            who_how_when.DOMESTIC,
        ),
    )
    return tuple(
        Reason(
            area, f"Of London's homicide victims {table.share_words(name)} were {words}.", figure
        )
        for area, table, name, words, figure in asked
        if table.latest_share(name)[1].low >= 1 / ONE_IN
    )


def of_nation(shares: dict[str, Share]) -> tuple[Reason, ...]:
    """Return the reasons from the nation's shares."""
    return tuple(
        Reason(area, f"Across England and Wales: {small(shares[name].sentence)}.", SHARES)
        for area, name in AREAS.items()
        if shares[name].found.low >= 1 / ONE_IN
    )


def of_rises(found: Iterable[Precursor]) -> tuple[Reason, ...]:
    """Return the reasons from other harm that has risen."""
    return tuple(
        Reason(
            area,
            f"{each.indicator.title} rose over the year: {change_in_words(each.change)}.",
            precursors.CHANGES,
        )
        for each in found
        if each.has_risen and each.change and not each.indicator.police_generated
        for area in each.indicator.areas_of_focus
    )


def of_force(found: Iterable[OtherHarm]) -> tuple[Reason, ...]:
    """Return the reasons from other harm beside all other forces."""
    return tuple(
        Reason(
            area,
            f"{each.indicator.title} was recorded {number(each.ratio.estimate, 2)} times as often "
            "per resident as in all other forces.",
            OTHER_HARM,
        )
        for each in found
        if each.ratio.low >= MORE and not each.indicator.police_generated
        for area in each.indicator.areas_of_focus
    )


def pointers(edition: Edition, reasons: Iterable[Reason]) -> tuple[Pointer, ...]:
    """Return areas of focus in the strategy's order, each with its reasons and its toolkits."""
    by_area: dict[str, list[Reason]] = {}
    for reason in reasons:
        by_area.setdefault(reason.area, []).append(reason)
    return tuple(
        Pointer(
            entry=area.id,
            title=area.title,
            why=" ".join(dict.fromkeys(reason.why for reason in by_area[area.id])),
            figures=tuple(dict.fromkeys(reason.figure for reason in by_area[area.id])),
            toolkits=tuple(_toolkit(edition, area, each) for each in _toolkits(edition, area)),
        )
        for area in edition.of_kind("area")
        if area.id in by_area
    )


def _toolkits(edition: Edition, area: Entry) -> list[Entry]:
    """Return an area's toolkits, those that begin with prevention for everybody first."""
    return sorted(
        edition.toolkits_of(area.id),
        key=lambda each: (min(LEVELS[level] for level in each.prevention), each.order),
    )


def _toolkit(edition: Edition, area: Entry, toolkit: Entry) -> Pointer:
    partners = [each for each in toolkit.partners if each != "police"]
    who = f"With {listed(partners)}. " if partners else ""
    return Pointer(
        entry=toolkit.id,
        title=toolkit.title,
        why=f"{who}{big(listed(list(toolkit.prevention)))} prevention. "
        f"{evidence_in_words(edition, area, toolkit)}",
    )


def evidence_in_words(edition: Edition, area: Entry, toolkit: Entry) -> str:
    """Say what is known of a toolkit's interventions, those for this area of focus first."""
    within = edition.interventions_of(toolkit.id)
    for_area = {each.id for each in edition.related(area.id, "intervention")}
    chosen = [each for each in within if each.id in for_area] or list(within)
    if not chosen:
        return "Evidence: no intervention of this edition has tested it."
    return f"Evidence: {', '.join(_strength(each) for each in chosen)}."


def _strength(intervention: Entry) -> str:
    held = intervention.evidence
    return f"{intervention.title} ({held.in_words if held else 'no evidence of effect yet'})"


def section(scope: Scope, reasons: tuple[Reason, ...]) -> Section:
    """Return the section with the pointers and what the figures cannot point to."""
    found = pointers(scope.edition, reasons)
    named = {each.entry for each in found}
    others = [each.title for each in scope.edition.of_kind("area") if each.id not in named]
    blocks: list[Block] = [Paragraph(" ".join(RULES)), *found, Paragraph(CHOICE)]
    if others:
        blocks.append(
            Paragraph(
                f"The figures held here do not point to {small(listed(others))}. That is no "
                "finding that they do not matter: most of them are not measured by open figures. "
                "The section on missing data says who holds what is needed."
            )
        )
    return Section("areas-of-focus", "What these figures point to", tuple(blocks))
