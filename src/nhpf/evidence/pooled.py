"""What pooling one outcome found, as a reader meets it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import nhpf
from nhpf.evidence.measures import Measure
from nhpf.evidence.studies import Study
from nhpf.evidence.study_tables import SourceFile
from nhpf.numerics import Estimate
from nhpf.numerics.estimates import in_words, percent


@dataclass(frozen=True, slots=True, kw_only=True)
class PooledOutcome(Estimate):
    """The pooled effect of one outcome; ``estimate``, ``low`` and ``high`` as the measure shows.

    Attributes
    ----------
    outcome : str
        Empty where the studies name none.
    measure : Measure
    studies : tuple of Study
    weights : tuple of float
        Share of each study in the pooled effect, adding to 1.
    se, tau2 : float
        Standard error, and variance between studies, on the pooled scale (logarithms of ratios);
        tau2 is None under Mantel and Haenszel's method, which knows none.
    p : float
    i2, q, q_p : float
        Share of the variation that is not chance, and the test of one common effect.
    prediction_low, prediction_high : float or None
        Where the effect in a new place may lie; None for a common effect.
    clusters : int or None
        Groups of studies that share people or a team; None where all are independent.
    clustered : Estimate or None
        The pooled effect that allows for clusters; None too where chance cannot be judged.
    files : tuple of SourceFile
    version : str
        Of the code that computed it.
    """

    outcome: str
    measure: Measure
    studies: tuple[Study, ...]
    weights: tuple[float, ...]
    se: float
    p: float
    tau2: float | None
    i2: float
    q: float
    q_p: float
    prediction_low: float | None
    prediction_high: float | None
    clusters: int | None = None
    clustered: Estimate | None = None
    files: tuple[SourceFile, ...] = ()
    version: str = nhpf.__version__

    @property
    def surest(self) -> Estimate:
        """The effect to conclude from: that which allows for clusters, where there are any."""
        return self.clustered or self

    @property
    def chance_judged(self) -> bool:
        """Whether there is an interval to conclude from: not where clusters were too few."""
        return self.clusters is None or self.clustered is not None

    @property
    def told_from_chance(self) -> bool:
        """Whether the interval to conclude from leaves out no effect."""
        return (
            self.chance_judged and not self.surest.low <= self.measure.no_effect <= self.surest.high
        )

    @property
    def uk_studies(self) -> int:
        """How many of the studies were done in the United Kingdom."""
        return sum(study.is_uk for study in self.studies)

    def in_a_new_place(self) -> str:
        """Return what to expect elsewhere, as a sentence; empty where nothing can be said."""
        if self.prediction_low is None or self.prediction_high is None:
            return ""
        article = "an" if self.measure.name[0] in "aeiou" else "a"
        return (
            f"In a new place like these, expect {article} {self.measure.name} from "
            f"{in_words(self.prediction_low)} to {in_words(self.prediction_high)}."
        )

    def __str__(self) -> str:
        """Return the effect, how far studies differ, what a new place may see, and the caveats."""
        told = "can" if self.told_from_chance else "cannot"
        lines = [
            f"{self.outcome or 'All studies'}: {self.measure.name} {in_words(self.estimate)} "
            f"({self.interval_in_words()}; {len(self.studies)} "
            f"{'effects' if self.clusters else 'studies'}; {self.method})",
            *self._about_clusters(),
            f"This {told} be told from chance.",
            self._about_differences(),
            *filter(None, [self.in_a_new_place()]),
            *(f"  Note: {caveat}" for caveat in self.caveats),
            *(f"  From: {file}" for file in self.files),
            f"  Computed by nhpf {self.version}",
        ]
        return "\n".join(lines)

    def _about_clusters(self) -> list[str]:
        if self.clustered is None:
            return []
        return [
            f"Allowing for {self.clusters} clusters: {in_words(self.clustered.estimate)} "
            f"({self.clustered.interval_in_words()}; {self.clustered.method})"
        ]

    def _about_differences(self) -> str:
        p = "p below 0.001" if self.q_p < 0.001 else f"p {self.q_p:.3f}"
        tau2 = "" if self.tau2 is None else f"; variance between studies {in_words(self.tau2)}"
        test = "" if math.isnan(self.q_p) else f" (Q {in_words(self.q)}, {p}{tau2})"
        return f"{percent(self.i2)} of the variation between studies is not chance{test}"


@dataclass(frozen=True, slots=True)
class NotPooled:
    """An outcome whose studies cannot be pooled, and why."""

    outcome: str
    measure: Measure
    studies: tuple[Study, ...]
    why: str
