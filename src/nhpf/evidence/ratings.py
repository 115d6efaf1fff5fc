"""The rating of one outcome of an intervention: never a badge for the intervention as a whole."""

from __future__ import annotations

from dataclasses import dataclass

from nhpf.errors import CannotTell
from nhpf.evidence.certainty import Appraisal, Certainty, certainty
from nhpf.evidence.crosswalk import Category, Crosswalk, Strength, crosswalk
from nhpf.evidence.measures import Measure
from nhpf.evidence.plots import alone
from nhpf.evidence.pooled import PooledOutcome
from nhpf.evidence.synthesis import ListedStudy, Synthesis
from nhpf.numerics import Estimate
from nhpf.numerics.estimates import in_words

_STRENGTHS: dict[str, Strength] = {
    "high": "strong",
    "moderate": "moderate",
    "low": "limited",
    "very low": "limited",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeRating:
    """What is known of one outcome, with everything that a reader has to see beside it.

    Attributes
    ----------
    intervention, outcome : str
    category : {"helps", "null", "harmful", "inconclusive", "screened out"}
    why : str
        The rule that gave the category.
    effect : Estimate or None
        The effect to conclude from, as the measure shows it; None where there is none.
    measure : Measure
    pooled : PooledOutcome or None
        The synthesis, where two studies or more could be pooled.
    certainty : Certainty or None
    strength : {"none", "limited", "moderate", "strong"}
        The certainty in the framework's words.
    studies, uk_studies : int
        Approved ones.
    set_aside : tuple of ListedStudy
        Studies on hold or screened out, each with its reason.
    harms, cost_band : str
        Empty where not known.
    crosswalk : Crosswalk
    """

    intervention: str
    outcome: str
    category: Category
    why: str
    effect: Estimate | None
    measure: Measure
    pooled: PooledOutcome | None
    certainty: Certainty | None
    strength: Strength
    studies: int
    uk_studies: int
    set_aside: tuple[ListedStudy, ...]
    harms: str
    cost_band: str
    crosswalk: Crosswalk

    def __str__(self) -> str:
        """Return the finding, how certain it is, and what else has to be known."""
        lines = [f"{self.outcome}: {self.category}. {self.why}"]
        if self.effect is not None:
            lines.append(
                f"{self.measure.name.capitalize()} {in_words(self.effect.estimate)} "
                f"({self.effect.interval_in_words()})"
            )
        if self.pooled is not None:
            lines += filter(None, [self.pooled.in_a_new_place()])
        lines += [
            f"{self.studies} {'study' if self.studies == 1 else 'studies'}, "
            f"{self.uk_studies} in the United Kingdom",
            str(self.certainty) if self.certainty else "Certainty: there is no effect to judge",
            f"Harms: {self.harms or 'not known'}",
            f"Cost: {self.cost_band or 'not known'}",
        ]
        return "\n".join(lines)


def rate(synthesis: Synthesis, appraisal: Appraisal) -> OutcomeRating:
    """Rate one outcome by the fixed rules.

    Notes
    -----
    Screened out: every study listed was screened out. Null: the interval lies wholly within the
    smallest worthwhile difference. Helps, or harmful: the interval lies wholly on that side of no
    effect. Null and help also need certainty above very low; a harm does not, as a precaution.
    Inconclusive: all else.
    """
    pooled, effect, why_none = _effect(synthesis)
    measure, approved = synthesis.measured_in, synthesis.approved
    sure = None
    if effect is not None:
        least = synthesis.smallest_worthwhile
        sure = certainty(effect, approved, measure, appraisal, pooled=pooled, worthwhile=least)
    category, why = _category(synthesis, effect, sure, why_none)
    strength = _STRENGTHS[sure.level] if sure else "none"
    return OutcomeRating(
        intervention=synthesis.intervention,
        outcome=synthesis.outcome,
        category=category,
        why=why,
        effect=effect,
        measure=measure,
        pooled=pooled,
        certainty=sure,
        strength=strength,
        studies=len(approved),
        uk_studies=sum(study.is_uk for study in approved),
        set_aside=synthesis.set_aside,
        harms=appraisal.harms,
        cost_band=appraisal.cost_band,
        crosswalk=crosswalk(
            category, strength, studies=len(approved), fall=_fall(synthesis, effect)
        ),
    )


def _effect(synthesis: Synthesis) -> tuple[PooledOutcome | None, Estimate | None, str]:
    """Return the synthesis and the effect to conclude from, or why there is none."""
    approved = synthesis.approved
    if not approved:
        return None, None, "No study is approved."
    if len(approved) == 1:
        only = approved[0].effect
        if only is None:
            return None, None, "The only study says nothing about a ratio."
        return None, alone(only, synthesis.measured_in), ""
    try:
        pooled = synthesis.pooled()
    except CannotTell as why:
        return None, None, why.what
    if not pooled.chance_judged:
        return pooled, None, "The studies depend on each other, and chance cannot be judged."
    return pooled, pooled.surest, ""


def _category(
    synthesis: Synthesis, effect: Estimate | None, sure: Certainty | None, why_none: str
) -> tuple[Category, str]:
    listed = synthesis.listed
    if listed and all(each.status == "screened out" for each in listed):
        return "screened out", f"Each of {len(listed)} studies found was screened out."
    if effect is None or sure is None:
        return "inconclusive", why_none
    low, high = _improvement(synthesis, effect)
    least = synthesis.smallest_worthwhile
    is_null = least is not None and -least < low and high < least
    if high < 0 and not is_null:
        return "harmful", "The interval lies wholly on the side of harm."
    if low <= 0 and not is_null:
        return "inconclusive", "The effect cannot be told from chance."
    if sure.level == "very low":
        return "inconclusive", "The interval is clear, but its certainty is very low."
    if is_null:
        return "null", "The interval leaves no room for a difference worth having either way."
    return "helps", "The interval lies wholly on the side of help."


def _improvement(synthesis: Synthesis, effect: Estimate) -> tuple[float, float]:
    """Return the interval on the pooled scale, turned so that above zero is an improvement."""
    measure = synthesis.measured_in
    low, high = measure.pooled(effect.low), measure.pooled(effect.high)
    return (low, high) if synthesis.good == "higher" else (-high, -low)


def _fall(synthesis: Synthesis, effect: Estimate | None) -> float | None:
    """Return by what share the outcome falls; odds need the risk of those compared."""
    if effect is None or synthesis.good != "lower" or not synthesis.measured_in.ratio:
        return None
    if synthesis.measure == "RR":
        return 1 - effect.estimate
    counts = [study.counts for study in synthesis.approved if study.counts is not None]
    if len(counts) < len(synthesis.approved):
        return None
    risk = sum(each.events_control for each in counts) / sum(each.n_control for each in counts)
    return 1 - effect.estimate / (1 - risk + risk * effect.estimate)
