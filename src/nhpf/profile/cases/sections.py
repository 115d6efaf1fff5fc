"""The sections that homicide cases fill, in the order of a problem profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhpf.profile.cases import shares, subtypes, years
from nhpf.reports.tree import Judgement, Paragraph, Section

if TYPE_CHECKING:
    from nhpf.profile.cases.held import Cases
    from nhpf.profile.scope import Scope

SMALL = (
    "Counts of a few people stand here because the reader is a named recipient. Do not copy them "
    "into anything that is passed on: the public profile leaves them out."
)
NO_RISKS = (
    "These are shares of those who were killed, not risks of those who live: no line here says "
    "how likely anybody is to be killed or to kill."
)


def sections(scope: Scope, cases: Cases) -> tuple[Section, ...]:
    """Return the sections on volume, sub-types and circumstances."""
    small = (Paragraph(SMALL),) if scope.audience == "restricted" else ()
    return (
        Section(
            "cases-trend",
            "From the cases themselves: has anything changed?",
            (*small, years.figure(scope, cases)),
        ),
        Section(
            "subtypes",
            "The seven sub-types",
            (
                Paragraph(subtypes.RULE),
                subtypes.figure(scope, cases),
                subtypes.within(scope, cases),
            ),
        ),
        Section(
            "circumstances",
            "How, where and by whom",
            (Paragraph(NO_RISKS), *shares.figures(scope, cases)),
        ),
    )


def judgements(scope: Scope, cases: Cases) -> tuple[Judgement, ...]:
    """Return what the cases allow to be judged."""
    found = (years.judgement(scope, cases), subtypes.judgement(scope, cases))
    return tuple(each for each in found if each is not None)
