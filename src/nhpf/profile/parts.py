"""What the profile of each kind of area hands over to be built into a report."""

from __future__ import annotations

from dataclasses import dataclass

from nhpf.reports.tree import Judgement, Section


@dataclass(frozen=True, slots=True)
class Parts:
    """What the profile of one area consists of, before the annex is added."""

    period: str
    headline: Judgement
    judgements: tuple[Judgement, ...]
    sections: tuple[Section, ...]
