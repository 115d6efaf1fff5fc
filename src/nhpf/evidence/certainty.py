"""How certain a finding is: our own rule in the manner of GRADE, each step with its reason.

GRADE (Guyatt and others 2011) starts high for randomised trials and low for other studies, and
lowers for risk of bias, inconsistency, indirectness, imprecision and publication bias. Our limits
are stated in the steps below; they are a fixed rule, so that two readers reach the same words. It
is not GRADE: no panel judged it, and nothing is ever raised.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from nhpf.errors import InvalidInput
from nhpf.evidence.measures import Measure
from nhpf.evidence.plots import funnel
from nhpf.evidence.pooled import PooledOutcome
from nhpf.evidence.studies import Study
from nhpf.numerics import Estimate
from nhpf.numerics.estimates import in_words, percent

Level: TypeAlias = Literal["very low", "low", "moderate", "high"]
LEVELS: tuple[Level, ...] = ("very low", "low", "moderate", "high")
OURS = "Our own rule in the manner of GRADE, not a GRADE assessment."

STARTS: dict[str, tuple[Level, str]] = {
    "randomised": ("high", "The effect rests on randomised trials."),
    "comparison group": ("low", "The effect rests on comparisons without random allocation."),
    "no comparison group": ("very low", "The effect rests on studies without a comparison."),
}
BIAS = {
    "low": (0, "Assessed as low."),
    "some": (-1, "Assessed as of some concern."),
    "high": (-2, "Assessed as high."),
    "not assessed": (-1, "Nobody has assessed it, which counts as some concern."),
}

I2_SUBSTANTIAL = 0.5
I2_LARGE = 0.75
# A rule of thumb of GRADE's guidance on imprecision.
FEWEST_EVENTS = 300
EGGER_ALPHA = 0.1


@dataclass(frozen=True, slots=True)
class Appraisal:
    """What people judged of the studies that count, and what else a reader has to know.

    Attributes
    ----------
    design : {"randomised", "comparison group", "no comparison group"}
        That of the studies that carry most of the weight.
    risk_of_bias : {"low", "some", "high", "not assessed"}
    why : str
        The reason for the risk of bias; needed where it was assessed.
    harms : str
        What is known of harms; empty where nobody has looked.
    cost_band : {"low", "medium", "high", ""}
        Empty where not known.
    """

    design: str
    risk_of_bias: str = "not assessed"
    why: str = ""
    harms: str = ""
    cost_band: str = ""

    def __post_init__(self) -> None:
        """Refuse words that the rule does not know, and a judgement without its reason."""
        for value, known in (
            (self.design, tuple(STARTS)),
            (self.risk_of_bias, tuple(BIAS)),
            (self.cost_band, ("low", "medium", "high", "")),
        ):
            if value not in known:
                raise InvalidInput(
                    f"{value} is not one of the words of an appraisal.",
                    next_step=f"Use one of {', '.join(filter(None, known))}.",
                )
        if self.risk_of_bias != "not assessed" and not self.why.strip():
            raise InvalidInput("A risk of bias that was assessed needs its reason.")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the rule: what it looked at, by how many levels it lowered, and why."""

    domain: str
    moved: int
    reason: str


@dataclass(frozen=True, slots=True)
class Certainty:
    """How certain a finding is, and the steps that led there."""

    level: Level
    start: Level
    steps: tuple[Step, ...]
    note: str = OURS

    def __str__(self) -> str:
        """Return the level and each step with its reason."""
        head = f"Certainty: {self.level} (starts {self.start})"
        steps = (
            f"  {each.domain}, {each.moved or 'not lowered'}: {each.reason}" for each in self.steps
        )
        return "\n".join([head, *steps, f"  Note: {self.note}"])


def certainty(
    effect: Estimate,
    studies: Sequence[Study],
    measure: Measure,
    appraisal: Appraisal,
    *,
    pooled: PooledOutcome | None = None,
    worthwhile: float | None = None,
) -> Certainty:
    """Judge how certain a finding is by the fixed rule.

    Parameters
    ----------
    effect : Estimate
        As the measure shows it: the pooled one to conclude from, or that of the only study.
    studies : sequence of Study
    measure : Measure
    appraisal : Appraisal
    pooled : PooledOutcome, optional
        Where several studies were pooled.
    worthwhile : float, optional
        The smallest difference worth having, on the pooled scale.
    """
    start, why = STARTS[appraisal.design]
    lowered, reason = BIAS[appraisal.risk_of_bias]
    steps = (
        Step("design", 0, why),
        Step("risk of bias", lowered, f"{reason} {appraisal.why}".strip()),
        _inconsistency(pooled),
        _imprecision(effect, studies, measure, worthwhile),
        _indirectness(studies),
        _small_studies(pooled),
    )
    at = LEVELS.index(start) + sum(each.moved for each in steps)
    return Certainty(LEVELS[max(0, at)], start, steps)


def _inconsistency(pooled: PooledOutcome | None) -> Step:
    """Lower by one at half of the variation beyond chance, by two if a new place may see none."""
    domain = "inconsistency"
    if pooled is None:
        return Step(domain, -1, "One study: nobody has repeated it.")
    share = f"{percent(pooled.i2)} of the variation between studies is not chance"
    if pooled.i2 < I2_SUBSTANTIAL:
        return Step(domain, 0, f"{share}.")
    low, high = pooled.prediction_low, pooled.prediction_high
    spans = low is not None and high is not None and low <= pooled.measure.no_effect <= high
    if pooled.i2 >= I2_LARGE and spans:
        return Step(domain, -2, f"{share}, and a new place may see no effect or the opposite.")
    return Step(domain, -1, f"{share}.")


def _imprecision(
    effect: Estimate, studies: Sequence[Study], measure: Measure, worthwhile: float | None
) -> Step:
    """Lower by one for an interval with no effect in it, by two if both ways are worthwhile."""
    domain = "imprecision"
    low, high = measure.pooled(effect.low), measure.pooled(effect.high)
    words = effect.interval_in_words()
    if worthwhile is not None and low <= -worthwhile and high >= worthwhile:
        return Step(domain, -2, f"The {words} leaves open a worthwhile benefit and as much harm.")
    is_narrow = worthwhile is not None and -worthwhile < low and high < worthwhile
    if low <= 0 <= high and not is_narrow:
        return Step(domain, -1, f"The {words} leaves open no effect.")
    counts = [study.counts for study in studies if study.counts is not None]
    events = sum(each.events_treatment + each.events_control for each in counts)
    if len(counts) == len(studies) and events < FEWEST_EVENTS:
        return Step(
            domain, -1, f"{in_words(events)} events in all studies, fewer than {FEWEST_EVENTS}."
        )
    return Step(domain, 0, f"{words[0].upper()}{words[1:]}.")


def _indirectness(studies: Sequence[Study]) -> Step:
    """Lower by one where no study is known to be of the United Kingdom."""
    domain = "indirectness"
    at_home = sum(study.is_uk for study in studies)
    if at_home:
        return Step(domain, 0, f"{at_home} of {len(studies)} studies done in the United Kingdom.")
    if any(study.country for study in studies):
        return Step(domain, -1, "No study was done in the United Kingdom.")
    return Step(domain, -1, "Where the studies were done is not recorded.")


def _small_studies(pooled: PooledOutcome | None) -> Step:
    """Lower by one where Egger's test, from ten studies on, has p below 0.1."""
    domain = "small-study effects"
    if pooled is None:
        return Step(domain, 0, "One study: cannot be tested.")
    plot = funnel(pooled)
    if plot.egger is None:
        return Step(domain, 0, plot.why_not)
    found = f"Egger's test p {plot.egger.p:.3f}"
    if plot.egger.p < EGGER_ALPHA:
        return Step(domain, -1, f"{found}: small studies report other effects than large ones.")
    return Step(domain, 0, f"{found}.")
