"""Data and method: the rules of judgement, the indicators, the sources, the release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhpf.indicators import load_indicators
from nhpf.profile import judging, pointing
from nhpf.reports.tree import Block, Column, Figure, Paragraph, Provenance, Section, Table

if TYPE_CHECKING:
    from nhpf.indicators import Indicator
    from nhpf.profile.scope import Scope

DEFINITIONS = "indicator-definitions"
RELEASE = "tables-of-the-release"


def section(scope: Scope, sections: tuple[Section, ...]) -> Section:
    """Return the annex for the sections before it.

    Parameters
    ----------
    scope : Scope
    sections : tuple of Section
        The document so far: the sources of its figures are listed.
    """
    blocks: list[Block] = [Paragraph("Rules of judgement."), *map(Paragraph, judging.RULES)]
    blocks += [
        Paragraph("Rules by which figures point to areas of focus."),
        *map(Paragraph, pointing.RULES),
    ]
    sources = _sources(sections)
    blocks += [_definitions(sources), _release(scope, sources)]
    return Section("annex", "Data and method", tuple(blocks))


def _sources(sections: tuple[Section, ...]) -> tuple[Provenance, ...]:
    found = {
        (each.source, each.sha256): each
        for one in sections
        for block in one.blocks
        if isinstance(block, Figure)
        for each in block.provenance
    }
    return tuple(found[key] for key in sorted(found))


def _definitions(sources: tuple[Provenance, ...]) -> Figure:
    return Figure(
        id=DEFINITIONS,
        title="Indicators as reviewed",
        subtitle="What is counted, against what, why it matters, and who answers for it",
        reading="Each definition was checked by another desk than its owner's.",
        table=Table(
            "Indicator definitions",
            (
                Column("title", "Indicator"),
                Column("numerator", "Counted"),
                Column("denominator", "Against"),
                Column("why", "Why it matters"),
                Column("cannot", "What it cannot say"),
                Column("owner", "Owner and checker"),
                Column("due", "Review due"),
            ),
            tuple(_definition(each) for each in load_indicators().values()),
        ),
        provenance=sources[:1],
    )


def _definition(each: Indicator) -> tuple[str, ...]:
    return (
        each.title,
        each.numerator,
        each.denominator,
        each.why_it_matters,
        each.cannot_say,
        f"{each.owner}; {each.checker}",
        each.review_due.isoformat(),
    )


def _release(scope: Scope, sources: tuple[Provenance, ...]) -> Figure:
    return Figure(
        id=RELEASE,
        title=f"Every figure comes from release {scope.release.id}",
        subtitle="Sources of the figures above, with extract date, vintage and licence",
        reading=f"{len(sources)} sources; each file is known by its hash.",
        table=Table(
            "Sources",
            (
                Column("source", "Source"),
                Column("series", "Series"),
                Column("extract", "Extract date"),
                Column("vintage", "Vintage"),
                Column("licence", "Licence"),
                Column("hash", "SHA-256 begins"),
            ),
            tuple(
                (
                    each.source,
                    each.series,
                    each.extract_date,
                    each.vintage,
                    each.licence,
                    ", ".join(one[:12] for one in each.sha256),
                )
                for each in sources
            ),
        ),
        provenance=sources,
    )
