"""What may be shown: a figure that compares groups of people waits for its signed assessment."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from nhpf.errors import RefusedByDisclosure
from nhpf.reports.tree import (
    Block,
    Figure,
    Judgement,
    NotPublished,
    Pointer,
    Report,
    Withheld,
)

LEFT_OUT = (
    "Judgements that rest on figures whose equality impact assessment is not signed are left out."
)
COMPARISON = "A comparison of groups of people"
WHOLE = "the whole figure"
UNSIGNED = "its equality impact assessment ({}) is not signed"


def figures(report: Report) -> Iterator[Figure]:
    """Yield the figures of a report in reading order."""
    for section in report.sections:
        for block in section.blocks:
            if isinstance(block, Figure):
                yield block


def figure(report: Report, figure_id: str) -> Figure | None:
    """Return the figure with this id, or None."""
    return next((one for one in figures(report) if one.id == figure_id), None)


def signatures_in(signed: Mapping[str, str] | Collection[str]) -> Mapping[str, str]:
    """Return by whom each assessment is signed, where that is told and not only that it is."""
    return signed if isinstance(signed, Mapping) else {}


def published_part(report: Report, signed: Collection[str]) -> Report:
    """Return the report without what may not be published yet.

    Parameters
    ----------
    report : Report
        As the profile built it.
    signed : collection of str
        The ids of equality impact assessments that someone other than their author has signed.

    Returns
    -------
    Report
        Each figure that compares groups of people without a signed assessment is replaced by a
        block that tells no finding, and is named among what is withheld; judgements and pointers
        that rest on such a figure are gone.

    Raises
    ------
    RefusedByDisclosure
        If the headline rests on such a figure.
    """
    hidden = {
        one.id
        for one in figures(report)
        if one.disparity is not None and one.disparity.assessment not in signed
    }
    if not hidden:
        return report
    if hidden.intersection(report.headline.figures):
        raise RefusedByDisclosure(
            "The headline rests on a figure that compares groups of people and is not published.",
            where=report.title,
            next_step="Have its equality impact assessment signed.",
        )
    sections = tuple(
        replace(section, blocks=tuple(_published(section.blocks, hidden)))
        for section in report.sections
    )
    judgements = tuple(one for one in report.judgements if not hidden.intersection(one.figures))
    withheld = report.withheld if judgements == report.judgements else (*report.withheld, LEFT_OUT)
    return replace(
        report,
        sections=sections,
        judgements=judgements,
        withheld=withheld,
        withholdings=_withholdings(report, hidden),
    )


def _withholdings(report: Report, hidden: set[str]) -> tuple[Withheld, ...]:
    """Return what is withheld with the hidden figures whole, and no part of them by name."""
    waiting = (
        Withheld(one.id, COMPARISON, WHOLE, UNSIGNED.format(one.disparity.assessment), "both")
        for one in figures(report)
        if one.id in hidden and one.disparity is not None
    )
    kept = (one for one in report.withholdings if one.figure not in hidden)
    return (*kept, *waiting)


def _published(blocks: tuple[Block, ...], hidden: set[str]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Figure) and block.id in hidden and block.disparity is not None:
            yield NotPublished(block.id, block.disparity.assessment)
        elif isinstance(block, Pointer):
            yield from _published_pointer(block, hidden)
        elif not (isinstance(block, Judgement) and hidden.intersection(block.figures)):
            yield block


def _published_pointer(pointer: Pointer, hidden: set[str]) -> Iterator[Pointer]:
    if not hidden.intersection(pointer.figures):
        toolkits = (kept for one in pointer.toolkits for kept in _published_pointer(one, hidden))
        yield replace(pointer, toolkits=tuple(toolkits))
