"""Every rating by outcome: of living syntheses, and as the framework's edition says it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nhpf.evidence import OutcomeRating
from nhpf.framework import Entry, Outcome
from nhpf_web.what_works.models import LiveSynthesis
from nhpf_web.what_works.queries.entries import address, edition, tags
from nhpf_web.what_works.queries.evidence import effect_of
from nhpf_web.what_works.queries.syntheses import effect_words, rating_of, syntheses, syntheses_of
from nhpf_web.what_works.rules import STRENGTH_WORDS
from nhpf_web.what_works.rules.studies import (
    CATEGORY_WORDS,
    DIRECTION_CATEGORIES,
    SynthesisStanding,
)

LIVE, EDITION = "live", "edition"
KIND_WORDS = {LIVE: "Living synthesis, pooled here", EDITION: "The edition, as its source says"}
NOT_KNOWN = "Not known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """One outcome of one intervention with its rating, and where that comes from.

    Attributes
    ----------
    intervention : Entry
    outcome : str
    kind : {"live", "edition"}
    standing : str
        Whether a living synthesis is transcribed or synthetic; of the edition, its name.
    category, why : str
    effect, elsewhere, certainty : str
        In words: the effect with its interval, what to expect in a new place, how sure.
    studies, uk_studies : str
    harms, cost : str
    source, address : str
        What it rests on, and the page that says more.
    """

    intervention: Entry
    outcome: str
    kind: str
    standing: str
    category: str
    why: str
    effect: str
    elsewhere: str
    certainty: str
    studies: str
    uk_studies: str
    harms: str
    cost: str
    source: str
    address: str

    @property
    def category_words(self) -> str:
        """The category as readers see it."""
        return CATEGORY_WORDS[self.category]

    @property
    def kind_words(self) -> str:
        """Where the rating comes from."""
        return KIND_WORDS[self.kind]

    @property
    def is_synthetic(self) -> bool:
        """Whether its figures were made up for the demonstration."""
        return self.standing == SynthesisStanding.SYNTHETIC

    @property
    def tags(self) -> Mapping[str, frozenset[str]]:
        """What the filters know of it."""
        return {
            "category": frozenset({self.category}),
            "area": tags(self.intervention.id).get("area", frozenset()),
            "intervention": frozenset({self.intervention.id}),
            "kind": frozenset({self.kind}),
        }


def ratings() -> tuple[Rated, ...]:
    """Return every rating in the edition's order of interventions, living ones first."""
    held: dict[str, list[LiveSynthesis]] = {}
    for live in syntheses():
        held.setdefault(live.intervention, []).append(live)
    return tuple(
        rated
        for one in edition().of_kind("intervention")
        for rated in (
            *(_of_synthesis(one, live) for live in held.get(one.id, ())),
            *_of_edition(one),
        )
    )


def how_many() -> int:
    """Return the number of ratings, without pooling anything."""
    of_edition = [one.evidence for one in edition().of_kind("intervention")]
    return syntheses().count() + sum(len(one.outcomes) for one in of_edition if one)


def living_ratings_of(entry: Entry) -> tuple[Rated, ...]:
    """Return the ratings of an intervention's living syntheses; none for other entries."""
    return tuple(_of_synthesis(entry, live) for live in syntheses_of(entry.id))


def _of_synthesis(intervention: Entry, live: LiveSynthesis) -> Rated:
    found = rating_of(live)
    return Rated(
        intervention=intervention,
        outcome=live.outcome,
        kind=LIVE,
        standing=live.standing,
        category=found.category,
        why=found.why,
        effect=_effect(found),
        elsewhere=found.pooled.in_a_new_place() if found.pooled else "",
        certainty=f"{found.certainty.level.capitalize()} certainty" if found.certainty else "",
        studies=str(found.studies),
        uk_studies=str(found.uk_studies),
        harms=live.harms or NOT_KNOWN,
        cost=live.cost or NOT_KNOWN,
        source=live.source.rstrip("."),
        address=f"/what-works/evidence/{live.permanent_id}/",
    )


def _effect(found: OutcomeRating) -> str:
    if found.effect is None:
        return "No effect can be given"
    return f"{found.measure.name.capitalize()} {effect_words(found.effect)}"


def _of_edition(intervention: Entry) -> Iterator[Rated]:
    evidence = intervention.evidence
    for outcome in evidence.outcomes if evidence else ():
        yield Rated(
            intervention=intervention,
            outcome=outcome.outcome,
            kind=EDITION,
            standing=f"edition {edition().name}",
            category=DIRECTION_CATEGORIES[outcome.direction],
            why=f"{outcome.finding} ({outcome.direction})",
            effect=effect_of(outcome),
            elsewhere="",
            certainty=STRENGTH_WORDS.get(outcome.strength, ""),
            studies=_number(outcome.studies),
            uk_studies=_number(outcome.uk_studies),
            harms=(evidence.harms if evidence else "") or NOT_KNOWN,
            cost=(evidence.cost if evidence else "") or NOT_KNOWN,
            source=_source(outcome),
            address=f"{address(intervention.id)}#evidence",
        )


def _number(count: int | None) -> str:
    return "Not stated" if count is None else str(count)


def _source(outcome: Outcome) -> str:
    held = edition().sources[outcome.source]
    return f"{held.title}{f' ({held.year})' if held.year else ''}"
