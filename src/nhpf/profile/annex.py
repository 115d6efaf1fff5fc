"""Data and method: the rules of judgement, the indicators, the sources, the release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhpf.indicators import load_indicators
from nhpf.profile import judging, pointing, yardstick
from nhpf.reports.tree import Block, Column, Figure, Paragraph, Provenance, Section, Table

if TYPE_CHECKING:
    from nhpf.indicators import Indicator

DEFINITIONS = "indicator-definitions"
OURS = Provenance(
    series="NHPF indicator definitions",
    period="as reviewed",
    source="Indicator definitions of the National Homicide Prevention Framework's software",
    licence="that of the software",
    extract_date="with this version",
    vintage="with this version",
)


def section() -> Section:
    """Return the annex; the renderers add where each figure comes from."""
    blocks: list[Block] = [Paragraph("Rules of judgement:"), *map(Paragraph, judging.RULES)]
    blocks += [Paragraph(yardstick.NOT_CONFIDENCE), yardstick.figure()]
    blocks += [
        Paragraph("Rules by which figures point to areas of focus:"),
        *map(Paragraph, pointing.RULES),
    ]
    blocks.append(_definitions())
    return Section("annex", "Data and method", tuple(blocks))


def _definitions() -> Figure:
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
        provenance=(OURS,),
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
