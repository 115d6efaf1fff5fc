"""What an edition holds: entries, their facts and evidence, and the sources they rest on.

The fields are those of the files under ``editions/<name>/``. A link between two entries is
declared once, on one side; the edition answers it from both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

#: Kind of entry, the prefix of its permanent ids, and the text parts that it may not lack.
FIVE_PARTS = ("what", "when", "how", "who", "risks")
KINDS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "theme": ("theme-", FIVE_PARTS),
    "area": ("ar-", FIVE_PARTS),
    "toolkit": ("tk-", FIVE_PARTS),
    "intervention": ("iv-", FIVE_PARTS),
    "objective": ("ob-", ("what",)),
    "phase": ("ph-", ("what",)),
    "strategy": ("st-", FIVE_PARTS),
    "enabler": ("en-", FIVE_PARTS),
    "driver": ("dr-", ("what",)),
    "prevention_level": ("pl-", ("what",)),
}
PREVENTION_LEVELS = ("primary", "secondary", "tertiary")
STRENGTHS = ("none", "limited", "moderate", "strong")
DIRECTIONS = ("favourable", "unfavourable", "no clear effect", "mixed")
BEARINGS: Mapping[str, str] = {
    "helps": "that it helps",
    "harms": "of harm",
    "neither": "of no clear effect",
    "both": "of help for some outcomes and of harm for others",
    "mixed": "with mixed findings",
    "unknown": "in words only",
}
#: The five parts of EMMIE, and the highest score that one may have.
EMMIE_PARTS = ("effect", "mechanism", "moderators", "implementation", "economics")
BEST_QUALITY = 4
_ONE_WAY = {"favourable": "helps", "unfavourable": "harms", "no clear effect": "neither"}


@dataclass(frozen=True, slots=True)
class Source:
    """A publication that facts rest on; ``note`` says when only a copy of it was read."""

    id: str
    title: str
    publisher: str
    year: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rename:
    """A permanent id that now leads to another: nothing that named it breaks."""

    id: str
    now: str
    since: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a source says; ``seen`` is whether it was read there."""

    text: str
    source: str = ""
    metric: str = ""
    seen: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """What studies found for one outcome of an intervention.

    ``estimate``, ``low`` and ``high`` are on the scale that ``measure`` names (odds ratio,
    incidence rate ratio, relative change in per cent) and are None where the source gives words
    alone. ``strength`` is how far this one finding can be relied on, in the words of ``STRENGTHS``.
    ``no_crosswalk`` says why the finding is not put into the words of other libraries of evidence;
    it is empty where it is.
    """

    outcome: str
    finding: str
    direction: str
    source: str = ""
    measure: str = ""
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    studies: int | None = None
    uk_studies: int | None = None
    strength: str = ""
    no_crosswalk: str = ""


@dataclass(frozen=True, slots=True)
class Rating:
    """What another library of evidence says, in its own scale."""

    scheme: str
    rating: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class EmmiePart:
    """What is known of one part of EMMIE, and how good that is, from 0 to 4.

    A quality of 0 says that the sources read hold nothing about it; it has no words then.
    """

    part: str
    known: str = ""
    quality: int = 0
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of an intervention's effects, harms and cost.

    Harms and cost without a source are our own reading and hold no figure.
    """

    strength: str
    outcomes: tuple[Outcome, ...] = ()
    harms: str = ""
    cost: str = ""
    caveat: str = ""
    ratings: tuple[Rating, ...] = ()
    harms_sources: tuple[str, ...] = ()
    cost_sources: tuple[str, ...] = ()
    emmie: tuple[EmmiePart, ...] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of the sources that it rests on, as often as each is cited."""
        return (
            *(row.source for row in self.outcomes),
            *(row.source for row in self.ratings),
            *self.harms_sources,
            *self.cost_sources,
            *(id for part in self.emmie for id in part.sources),
        )

    @property
    def bearing(self) -> str:
        """Which way the surest findings point together: a key of ``BEARINGS``.

        Only findings as strong as the evidence as a whole are asked; all of them where none is.
        """
        surest = [row for row in self.outcomes if row.strength == self.strength]
        found = {row.direction for row in surest or self.outcomes}
        if {"favourable", "unfavourable"} <= found:
            return "both"
        if len(found) > 1:
            return "mixed"
        return _ONE_WAY.get(found.pop(), "mixed") if found else "unknown"

    @property
    def in_words(self) -> str:
        """How strong the evidence is and which way it points: strong evidence may be of harm."""
        if self.strength == "none":
            return "no evidence of effect yet"
        return f"{self.strength} evidence {BEARINGS[self.bearing]}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the framework, with its words, links, facts and who answers for it."""

    id: str
    kind: str
    title: str
    slug: str
    summary: str
    order: int
    text: Mapping[str, str]
    owner: str
    checker: str
    review_due: date
    themes: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    toolkits: tuple[str, ...] = ()
    interventions: tuple[str, ...] = ()
    drivers: tuple[str, ...] = ()
    prevention: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    legislation: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    editorial: str = ""
    evidence: Evidence | None = None
    where: str = field(default="", compare=False)

    @property
    def links(self) -> tuple[str, ...]:
        """Ids of the entries that this one declares a link to."""
        return (*self.themes, *self.areas, *self.toolkits, *self.interventions, *self.drivers)

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of the sources that its facts and evidence rest on, each once."""
        cited = [fact.source for fact in self.facts]
        if self.evidence:
            cited += self.evidence.sources
        return tuple(dict.fromkeys(source for source in cited if source))

    def to_dict(self) -> dict[str, Any]:
        """Return the entry as plain values for JSON; dates in ISO form."""
        fields = asdict(self)
        del fields["where"]
        return fields | {"text": dict(self.text), "review_due": self.review_due.isoformat()}
