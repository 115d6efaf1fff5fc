"""Risk and protective factors by stage of life, from the framework's drivers and interventions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhpf.profile.root_causes import provenance
from nhpf.reports.tree import Cell, Column, Figure, Inset, Paragraph, Section, Table

if TYPE_CHECKING:
    from nhpf.framework import Edition, Entry
    from nhpf.profile.scope import Scope

SECTION = FIGURE = "life-course"
OURS = (
    "Drivers, facts and interventions are those of the framework with its sources. At which stage "
    "of life a driver stands is this project’s reading, for partners to change."
)
NOT_A_SCORE = (
    "A factor is found more often among those who were harmed or did harm. Most people with it "
    "never do: no factor or number of factors says what anybody will do."
)
STAGES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Early years and childhood", ("dr-childhood", "dr-poverty", "dr-housing")),
    ("School age", ("dr-education", "dr-exploitation")),
    ("Adolescence and young adults", ("dr-knives", "dr-group-conflict", "dr-drugs", "dr-firearms")),
    ("Adults", ("dr-serious-violence", "dr-alcohol", "dr-domestic-abuse", "dr-mental-health")),
)


def section(scope: Scope) -> Section:
    """Return the factors by stage of life, each with what is known to protect."""
    edition = scope.edition
    rows = tuple(
        _row(edition, stage, edition.entry(id)) for stage, drivers in STAGES for id in drivers
    )
    figure = Figure(
        id=FIGURE,
        title="What raises the risk at each stage of life, and what has been tried against it",
        subtitle=f"Drivers and interventions of the framework, edition {edition.name}",
        reading="Interventions stand with the strength and the direction of their evidence: strong "
        "evidence may be of harm.",
        table=Table(
            "Factors by stage of life",
            (
                Column("stage", "Stage of life"),
                Column("factor", "Factor"),
                Column("known", "What a source says"),
                Column("cited", "Source"),
                Column("tried", "What has been tried, and its evidence"),
            ),
            rows,
        ),
        provenance=(provenance(edition),),
    )
    return Section(
        SECTION,
        "Risk and protective factors by stage of life",
        (Inset(NOT_A_SCORE), figure, Paragraph(OURS)),
    )


def _row(edition: Edition, stage: str, driver: Entry) -> tuple[Cell, ...]:
    fact = next((each for each in driver.facts if each.seen), None)
    held = edition.sources.get(fact.source) if fact else None
    tried = [
        f"{each.title} ({each.evidence.in_words if each.evidence else 'no evidence of effect yet'})"
        for each in edition.related(driver.id, "intervention")
    ]
    return (
        stage,
        driver.title,
        fact.text if fact else "nothing was read in a source yet",
        f"{held.publisher} ({held.year})" if held else "none",
        "; ".join(tried) or "no intervention of this edition",
    )
