"""EMMIE's five parts of an intervention, and its outcomes in the words of other libraries."""

from __future__ import annotations

from dataclasses import dataclass

from nhpf.errors import CannotTell
from nhpf.evidence.crosswalk import OURS, Crosswalk, crosswalk_of
from nhpf.evidence.emmie import REMEMBERED, SCORED_BY, emmie_of
from nhpf.framework import Edition, Entry, Outcome, Source


@dataclass(frozen=True, slots=True)
class EmmieRow:
    """One part: its question, what is known, how good that is and what it rests on."""

    name: str
    question: str
    known: str
    quality: str
    scored_by: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class ReadAcross:
    """One outcome in other libraries' words, or why it is not put into them."""

    outcome: Outcome
    words: Crosswalk | None
    why_not: str


@dataclass(frozen=True, slots=True)
class EmmieShown:
    """All that a page shows of EMMIE and of the crosswalk."""

    rows: tuple[EmmieRow, ...]
    across: tuple[ReadAcross, ...]
    note: str = REMEMBERED
    ours: str = OURS

    @property
    def told(self) -> tuple[ReadAcross, ...]:
        """The outcomes that are put into other words."""
        return tuple(row for row in self.across if row.words)

    @property
    def untold(self) -> tuple[ReadAcross, ...]:
        """The outcomes that are not, each with its reason."""
        return tuple(row for row in self.across if not row.words)


def emmie_shown(entry: Entry, edition: Edition) -> EmmieShown | None:
    """Return EMMIE and the crosswalk of an intervention; None for other entries."""
    if entry.evidence is None:
        return None
    cited = {part.part: part.sources for part in entry.evidence.emmie}
    rows = tuple(
        EmmieRow(
            name,
            question,
            part.known,
            part.quality_in_words,
            SCORED_BY[part.quality],
            tuple(edition.sources[id] for id in cited.get(name, ()) if id in edition.sources),
        )
        for name, question, part in emmie_of(entry.evidence, edition.sources).parts()
    )
    return EmmieShown(rows, tuple(_across(row) for row in entry.evidence.outcomes))


def _across(outcome: Outcome) -> ReadAcross:
    try:
        return ReadAcross(outcome, crosswalk_of(outcome), "")
    except CannotTell as reason:
        return ReadAcross(outcome, None, reason.what)
