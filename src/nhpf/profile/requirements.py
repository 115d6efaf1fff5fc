"""Intelligence requirements: what is not known, why it is asked, and who could answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from nhpf.profile.reference import review_date
from nhpf.profile.response import OURS
from nhpf.reports.tree import Column, Figure, Missing, Paragraph, Section, Table
from nhpf.reports.words import in_words

if TYPE_CHECKING:
    from nhpf.profile.scope import Scope
    from nhpf.reports.tree import Judgement

SECTION, FIGURE = "requirements", "intelligence-requirements"
LEAD = (
    "Each line is a question that this document could not answer, and who could. Answers come as "
    "counts or as words about places and services; nobody is asked about a person."
)
NOT_TOLD = "the judgement on it has low confidence"
NOT_HELD = "the data are not held"
ANALYSTS = "the force’s analysts, from their own records and those of partners"


def section(scope: Scope, held: Iterable[Section], judgements: Iterable[Judgement]) -> Section:
    """Return the requirements that follow from missing data and from judgements of low confidence.

    A judgement that rests on a comparison of groups of people asks nothing here: it may not be
    published yet.
    """
    held = tuple(held)
    asked = dict.fromkeys((*_missing(held), *_low(held, judgements)))
    due = review_date(scope).isoformat()
    figure = Figure(
        id=FIGURE,
        title=f"{in_words(len(asked)).capitalize()} questions that could not be answered",
        subtitle=f"{scope.area.name}; from missing data and judgements of low confidence",
        reading="Answers are due with the review of this document.",
        table=Table(
            "Intelligence requirements",
            (
                Column("number", "No.", "number"),
                Column("question", "What is not known"),
                Column("why", "Why it is asked"),
                Column("who", "Who could answer"),
                Column("due", "By"),
            ),
            tuple((at, *each, due) for at, each in enumerate(asked, start=1)),
        ),
        provenance=(OURS,),
    )
    return Section(SECTION, "Intelligence requirements", (Paragraph(LEAD), figure))


def _missing(held: tuple[Section, ...]) -> Iterator[tuple[str, str, str]]:
    for each in held:
        for block in each.blocks:
            if isinstance(block, Missing):
                yield block.what, NOT_HELD, block.holder


def _low(
    held: tuple[Section, ...], judgements: Iterable[Judgement]
) -> Iterator[tuple[str, str, str]]:
    compare = {
        block.id
        for each in held
        for block in each.blocks
        if isinstance(block, Figure) and block.disparity
    }
    for judged in judgements:
        if judged.confidence == "low" and not compare.intersection(judged.figures):
            yield f"Is it so? {judged.sentence}", NOT_TOLD, ANALYSTS
