"""Drivers and root causes in the framework's words, each with the source it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhpf.profile.wording import listed
from nhpf.reports.tree import Column, Figure, Paragraph, Provenance, Section, Table
from nhpf.reports.words import in_words

if TYPE_CHECKING:
    from nhpf.framework import Edition, Entry
    from nhpf.profile.scope import Scope

SECTION = FIGURE = "root-causes"
LEAD = (
    "What the strategy names as drivers, in the framework’s words and with its sources. That a "
    "driver stands here says nothing of how much of this area’s homicide goes back to it."
)


def section(scope: Scope) -> Section:
    """Return the framework's drivers, each with what a source says and what answers it."""
    edition = scope.edition
    drivers = edition.of_kind("driver")
    figure = Figure(
        id=FIGURE,
        title=f"The framework names {in_words(len(drivers))} drivers",
        subtitle="Drivers and root causes, with the areas of focus that answer them",
        reading="Each fact was read in its source.",
        table=Table(
            "Drivers and root causes, in the strategy’s order",
            (
                Column("driver", "Driver"),
                Column("what", "What it is"),
                Column("known", "What a source says"),
                Column("cited", "Source"),
                Column("areas", "Areas of focus"),
            ),
            tuple(_row(edition, each) for each in drivers),
        ),
        provenance=(provenance(edition),),
    )
    return Section(SECTION, "Drivers in the framework", (Paragraph(LEAD), figure))


def provenance(edition: Edition) -> Provenance:
    """Return where words of an edition come from."""
    return Provenance(
        series="National Homicide Prevention Framework",
        period=f"edition {edition.name}",
        source=edition.title,
        licence="that of the software",
        extract_date=edition.published.isoformat(),
        vintage=edition.name,
    )


def _row(edition: Edition, driver: Entry) -> tuple[str, ...]:
    facts = [fact for fact in driver.facts if fact.seen]
    sources = dict.fromkeys(fact.source for fact in facts if fact.source)
    areas = [each.title for each in edition.related(driver.id, "area")]
    return (
        driver.title,
        driver.summary,
        " ".join(fact.text for fact in facts) or "nothing was read in a source yet",
        "; ".join(_source(edition, id) for id in sources) or "none",
        listed(areas) if areas else "none",
    )


def _source(edition: Edition, id: str) -> str:
    held = edition.sources[id]
    return f"{held.publisher}, {held.title} ({held.year})"
