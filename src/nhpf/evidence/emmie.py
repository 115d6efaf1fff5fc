"""EMMIE's five parts for an intervention: what is known of each, and how good that is.

Effect, Mechanism, Moderators, Implementation, Economics (College of Policing). Each has words for
what the evidence says and a score from 0 to 4 for how good it is. The names of the scores and of
the effects are those that we remember of the scheme, and are marked so where they are shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nhpf.errors import InvalidInput
from nhpf.evidence.plots import forest
from nhpf.evidence.pooled import PooledOutcome
from nhpf.evidence.synthesis import Good
from nhpf.framework import Evidence, Source

PARTS: Mapping[str, str] = {
    "effect": "Did it work?",
    "mechanism": "How does it work?",
    "moderators": "Where and for whom does it work?",
    "implementation": "What does it take to do it?",
    "economics": "What does it cost, and is it worth that?",
}
#: By what our editors score a part; the scheme's own code book was not read.
SCORED_BY = (
    "nothing in the sources read",
    "one study, or what a source says in passing",
    "several studies, or a review read in words or in part",
    "a review with figures on this very part",
    "several such reviews that agree",
)
QUALITIES = ("no information", "limited", "moderate", "strong", "very strong")
REMEMBERED = "The names of the scores are remembered from the scheme, not read in it."


@dataclass(frozen=True, slots=True)
class Part:
    """One part of EMMIE.

    Attributes
    ----------
    known : str
        What the evidence says; empty with a quality of 0.
    quality : int
        0 no information, 1 limited, 2 moderate, 3 strong, 4 very strong.
    source : str
        What the words rest on.
    """

    known: str = ""
    quality: int = 0
    source: str = ""

    def __post_init__(self) -> None:
        """Refuse a score outside 0 to 4, words without a score or source, and the reverse."""
        if self.quality not in range(len(QUALITIES)):
            raise InvalidInput("The quality of a part of EMMIE is a whole number from 0 to 4.")
        if bool(self.quality) != bool(self.known.strip()):
            raise InvalidInput("A part of EMMIE has both words and a quality above 0, or neither.")
        if self.quality and not self.source.strip():
            raise InvalidInput("A part of EMMIE that says something needs its source.")

    @property
    def quality_in_words(self) -> str:
        """The name of the score."""
        return QUALITIES[self.quality]


@dataclass(frozen=True, slots=True, kw_only=True)
class Emmie:
    """The five parts; one that nobody has looked at says so by its quality of 0."""

    effect: Part = Part()
    mechanism: Part = Part()
    moderators: Part = Part()
    implementation: Part = Part()
    economics: Part = Part()
    note: str = REMEMBERED

    def parts(self) -> tuple[tuple[str, str, Part], ...]:
        """Return each part with its name and question, in the scheme's order."""
        return tuple((name, question, getattr(self, name)) for name, question in PARTS.items())

    @property
    def unknown(self) -> tuple[str, ...]:
        """The parts of which nothing is known: what research could fill."""
        return tuple(name for name, _, part in self.parts() if part.quality == 0)


def emmie_of(evidence: Evidence, sources: Mapping[str, Source]) -> Emmie:
    """Return the five parts that an entry of the framework holds; a part it lacks is unknown.

    Raises
    ------
    InvalidInput
        When a part has words without a quality or a source, or the reverse.
    """
    held = {part.part: part for part in evidence.emmie}

    def part(name: str) -> Part:
        if name not in held:
            return Part()
        cited = held[name].sources
        titles = "; ".join(sources[id].title if id in sources else id for id in cited)
        return Part(held[name].known, held[name].quality, titles)

    return Emmie(
        effect=part("effect"),
        mechanism=part("mechanism"),
        moderators=part("moderators"),
        implementation=part("implementation"),
        economics=part("economics"),
    )


def effect_in_words(pooled: PooledOutcome, *, good: Good) -> str:
    """Return the effect in EMMIE's words, for an outcome of which less, or more, is better.

    Overall: the pooled effect can be told from chance. Some: it cannot, but single studies can,
    all in one direction. Mixed: single studies can in both. Where more is better, the words are
    improvement and worsening.
    """
    better, worse = ("reduction", "increase") if good == "lower" else ("improvement", "worsening")
    no_effect = pooled.measure.no_effect
    if pooled.told_from_chance:
        is_better = (pooled.surest.estimate < no_effect) == (good == "lower")
        return f"overall {better if is_better else worse}"
    effects = [point.effect for point in forest(pooled) if point.effect is not None]
    below = any(each.high < no_effect for each in effects)
    above = any(each.low > no_effect for each in effects)
    if below and above:
        return "mixed findings"
    if not below and not above:
        return "no statistically significant change"
    return f"some {better if below == (good == 'lower') else worse}"
