"""A section for each partner of the Serious Violence Duty: what is most in that partner's reach."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nhpf.profile.missing import IMPORTED
from nhpf.profile.pointing import evidence_in_words
from nhpf.profile.root_causes import provenance
from nhpf.profile.wording import listed
from nhpf.reports.tree import Block, Cell, Column, Figure, Missing, Paragraph, Section, Table
from nhpf.reports.words import in_words

if TYPE_CHECKING:
    from nhpf.framework import Edition, Entry
    from nhpf.profile.scope import Scope

HELD_HERE = "Records of its own that {name} has given to this release: {tables}."
NOT_HELD_HERE = (
    "This release holds no records that {name} has given; what open tables say stands in the other "
    "modules."
)


@dataclass(frozen=True, slots=True)
class Partner:
    """One partner: its names in the framework, its part in the Duty, and the data that it keeps.

    ``tables`` are sources of the data set that the partner fills, with what each is called;
    ``see`` are the modules of the document that show them.
    """

    id: str
    name: str
    called: tuple[str, ...]
    duty: str
    tables: tuple[tuple[str, str], ...] = ()
    lacking: tuple[Missing, ...] = ()
    see: tuple[str, ...] = ()


def _asked(what: str, holder: str) -> Missing:
    return Missing(
        what,
        holder,
        "As counts by month and area, under a sharing agreement: nhpf records import "
        "area_month_counts FILE.",
    )


UNREAD = "(The Act was not read for this sentence; check it before you rely on it.)"
SPECIFIED = "A specified authority under the Serious Violence Duty."
PARTNERS = (
    Partner(
        "police",
        "the police",
        ("police", "Metropolitan Police", "importing forces"),
        SPECIFIED,
        (("homicide_cases", "homicide cases"), ("crime_events", "recorded crime events")),
        (),
        ("trend", "subtypes", "precursors", "near-misses"),
    ),
    Partner(
        "health",
        "health",
        (
            "health",
            "public health",
            "NHS trust",
            "integrated care board",
            "integrated care board or Welsh health board",
        ),
        "The integrated care board, or in Wales the local health board, is a specified authority.",
        (
            ("hospital_assaults", "hospital attendances after assault"),
            ("ambulance", "ambulance incidents"),
            ("hospital_admissions", "hospital admissions after assault"),
        ),
        (),
        ("hospital",),
    ),
    Partner(
        "local-authority",
        "the local authority",
        (
            "local authority",
            "social care",
            "housing",
            "housing providers",
            "licensing authority",
            "community safety partnership",
        ),
        SPECIFIED,
        (("domestic_homicide_reviews", "reviews after domestic deaths"),),
        (
            _asked(
                "Children in need and in care, housing and homelessness, licensed premises",
                "the local authority",
            ),
        ),
        ("population", "root-causes"),
    ),
    Partner(
        "education",
        "education",
        ("education", "schools", "universities"),
        "An educational authority, which the specified authorities may ask to take part.",
        (),
        (
            _asked(
                "Exclusions, suspensions and absence from school",
                "schools, colleges and the local authority; national tables of the Department for "
                "Education",
            ),
        ),
        ("life-course",),
    ),
    Partner(
        "probation-youth-justice",
        "probation and youth justice",
        ("probation", "youth justice", "prisons", "HM Prison and Probation Service"),
        "Probation services and youth offending teams are specified authorities; prisons may be "
        "asked to take part.",
        (),
        (
            _asked(
                "People supervised after serious violence, first-time entrants, serious further "
                "offences",
                "the Probation Service and the youth justice service",
            ),
        ),
        ("life-course", "subtypes"),
    ),
    Partner(
        "fire",
        "fire and rescue",
        ("fire and rescue",),
        SPECIFIED,
        (),
        (
            _asked(
                "Deliberate fires, and homes visited where threats of arson were made",
                "the fire and rescue service",
            ),
        ),
        ("population",),
    ),
    Partner(
        "vru",
        "the violence reduction unit",
        ("violence reduction unit", "police and crime commissioner"),
        "No authority of its own under the Duty: where there is a unit it brings the others "
        "together; the police and crime commissioner may convene.",
        (),
        (
            _asked(
                "Who was reached by the unit’s programmes, as counts by programme",
                "the violence reduction unit",
            ),
        ),
        ("activity", "gaps"),
    ),
)


def sections(scope: Scope, pointed: frozenset[str]) -> tuple[Section, ...]:
    """Return a section for each partner.

    Parameters
    ----------
    scope : Scope
    pointed : frozenset of str
        Areas of focus that the figures point to, by those that may be published.
    """
    return tuple(
        Section(
            f"partner-{each.id}",
            f"What is in reach of {each.name}",
            tuple(_blocks(scope, each, pointed)),
        )
        for each in PARTNERS
    )


def _blocks(scope: Scope, partner: Partner, pointed: frozenset[str]) -> Iterator[Block]:
    yield Paragraph(f"{partner.duty} {UNREAD}")
    rows = tuple(_rows(scope.edition, partner, pointed))
    here = [str(row[1]) for row in rows if row[2] == "yes"]
    yield Figure(
        id=f"reach-{partner.id}",
        title=f"In reach of {partner.name}: {_count(len(rows))} of the framework, "
        f"{in_words(len(here))} of them pointed to here",
        subtitle=f"Areas of focus in which the framework names {partner.name} as a partner, or a "
        f"toolkit that it takes part in; {scope.area.name}",
        reading=f"Pointed to by figures of this area: {listed(here) if here else 'none'}.",
        table=Table(
            "What the figures point to first, each in the strategy’s order",
            (
                Column("number", "No.", "number"),
                Column("focus", "Area of focus"),
                Column("pointed", "Pointed to here"),
                Column("factors", "Factors that it is about"),
                Column("levels", "Prevention"),
                Column("toolkits", "Toolkits that it takes part in"),
                Column("evidence", "Evidence of the first"),
            ),
            rows,
        ),
        provenance=(provenance(scope.edition),),
    )
    yield from _data(scope, partner)


def _count(areas: int) -> str:
    return f"{in_words(areas)} area{'' if areas == 1 else 's'} of focus"


def _rows(
    edition: Edition, partner: Partner, pointed: frozenset[str]
) -> Iterator[tuple[Cell, ...]]:
    found = [
        (area, toolkits)
        for area in edition.of_kind("area")
        if (toolkits := _toolkits(edition, area, partner)) or _takes_part(area, partner)
    ]
    ordered = sorted(found, key=lambda pair: pair[0].id not in pointed)
    for at, (area, toolkits) in enumerate(ordered, start=1):
        yield (
            at,
            area.title,
            "yes" if area.id in pointed else "not by these figures",
            listed([edition.entry(id).title for id in area.drivers] or ["none named"]),
            listed(list(area.prevention)),
            listed([each.title for each in toolkits]) if toolkits else "none names it",
            evidence_in_words(edition, area, toolkits[0]).removeprefix("Evidence: ")
            if toolkits
            else "none",
        )


def _toolkits(edition: Edition, area: Entry, partner: Partner) -> list[Entry]:
    return [each for each in edition.toolkits_of(area.id) if _takes_part(each, partner)]


def _takes_part(entry: Entry, partner: Partner) -> bool:
    return not {*entry.partners}.isdisjoint(partner.called)


def _data(scope: Scope, partner: Partner) -> Iterator[Block]:
    tables = scope.release.manifest["tables"]
    held = [name for source, name in partner.tables if source in tables]
    lead = HELD_HERE.format(name=partner.name, tables=listed(held)) if held else ""
    yield Paragraph(lead or NOT_HELD_HERE.format(name=partner.name))
    for source, name in partner.tables:
        if source not in tables:
            yield IMPORTED.get(source) or Missing(
                f"{name[0].upper()}{name[1:]}",
                partner.name,
                f"Put it in with: nhpf records import {source} FILE.",
            )
    yield from partner.lacking
