"""Pool the studies of one outcome, and say what the result can bear."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import nhpf
from nhpf.errors import CannotTell, InvalidInput
from nhpf.evidence.measures import Measure
from nhpf.evidence.studies import Effect, Study
from nhpf.evidence.study_tables import SourceFile, StudyTable
from nhpf.methods import meta_analysis
from nhpf.numerics import Estimate
from nhpf.numerics.estimates import in_words, percent

Method: TypeAlias = Literal["REML", "DL", "PM", "EE", "MH"]
METHODS: tuple[Method, ...] = ("REML", "DL", "PM", "EE", "MH")

SILENT = "A study has nobody, or everybody, with the event and says nothing about a ratio."
PERHAPS_NOT_LOGARITHMS = (
    "Every effect is above zero: a ratio must be given as its logarithm, in which a ratio below "
    "one is negative."
)


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
    def told_from_chance(self) -> bool:
        """Whether the interval to conclude from leaves out no effect."""
        return not self.surest.low <= self.measure.no_effect <= self.surest.high

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
            *(
                f"  From: {each.name}, {each.rows} rows, SHA-256 {each.sha256}"
                for each in self.files
            ),
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


def pool(
    table: StudyTable,
    *,
    outcome: str | None = None,
    method: str = "REML",
    hartung_knapp: bool = False,
    level: float = 0.95,
) -> PooledOutcome:
    """Pool the studies of one outcome.

    Parameters
    ----------
    table : StudyTable
    outcome : str, optional
        May be left out where the table holds one.
    method : {"REML", "DL", "PM", "EE", "MH"}
        Random effects by restricted maximum likelihood, DerSimonian and Laird or Paule and
        Mandel; equal effects; or Mantel and Haenszel's method for counts with few events.
    hartung_knapp : bool
        Allow in the interval for not knowing how far studies differ: use it with few studies.
    level : float
        Confidence level.

    Raises
    ------
    InvalidInput
        An unknown method or outcome, a method that the table cannot bear.
    CannotTell
        Fewer than two studies, or a study that says nothing about a ratio (not under MH).

    Notes
    -----
    Where studies share a cluster, ``clustered`` is the three-level model with cluster-robust
    standard errors (CR2); the result concludes from it. Methods: ``docs/methods/meta-analysis.md``.
    """
    chosen = _studies_of(table, outcome)
    _refuse_unknown(method, hartung_knapp=hartung_knapp)
    if method == "MH":
        return _mantel_haenszel(chosen, table, level=level)
    return _inverse_variance(chosen, table, method, hartung_knapp=hartung_knapp, level=level)


def pool_outcomes(
    table: StudyTable, *, method: str = "REML", hartung_knapp: bool = False, level: float = 0.95
) -> tuple[PooledOutcome | NotPooled, ...]:
    """Pool each outcome of a table; an outcome that cannot be pooled says why.

    Parameters and errors as :func:`pool`; ``CannotTell`` only where no outcome can be pooled.
    """
    found: list[PooledOutcome | NotPooled] = []
    last: CannotTell | None = None
    for outcome in table.outcomes:
        try:
            one = pool(
                table, outcome=outcome, method=method, hartung_knapp=hartung_knapp, level=level
            )
            found.append(one)
        except CannotTell as why:
            last = why
            studies = _studies_of(table, outcome)
            found.append(NotPooled(outcome, table.measure, studies, str(why)))
    if last is not None and all(isinstance(each, NotPooled) for each in found):
        raise last
    return tuple(found)


def _studies_of(table: StudyTable, outcome: str | None) -> tuple[Study, ...]:
    if outcome is None:
        if len(table.outcomes) > 1:
            raise InvalidInput(
                "The table holds several outcomes.",
                next_step=f"Choose one of: {'; '.join(table.outcomes)}.",
            )
        return table.studies
    studies = tuple(study for study in table.studies if study.outcome == outcome)
    if not studies:
        raise InvalidInput(f"No study has the outcome {outcome}.")
    return studies


def _refuse_unknown(method: str, *, hartung_knapp: bool) -> None:
    if method not in METHODS:
        raise InvalidInput(
            f"There is no method of synthesis called {method}.",
            next_step=f"Use one of {', '.join(METHODS)}.",
        )
    if method == "MH" and hartung_knapp:
        raise InvalidInput(
            "The Hartung-Knapp interval belongs to random effects, not to Mantel and Haenszel's "
            "common effect.",
            next_step="Leave one of the two out.",
        )


def _inverse_variance(
    studies: tuple[Study, ...],
    table: StudyTable,
    method: str,
    *,
    hartung_knapp: bool,
    level: float,
) -> PooledOutcome:
    effects = effects_of(studies)
    y, v = [each.value for each in effects], [each.variance for each in effects]
    found = meta_analysis.pool(y, v, method=method, hartung_knapp=hartung_knapp, level=level)
    measure = table.measure
    clusters, clustered, doubt = _allowing_for_clusters(studies, effects, measure, level=level)
    return PooledOutcome(
        outcome=studies[0].outcome,
        measure=measure,
        studies=studies,
        weights=tuple(float(each) for each in found.weights),
        estimate=measure.shown(found.estimate),
        low=measure.shown(found.low),
        high=measure.shown(found.high),
        level=level,
        method=found.method,
        se=found.se,
        p=found.p,
        tau2=found.tau2,
        i2=found.i2,
        q=found.q,
        q_p=found.q_p,
        prediction_low=_shown(measure, found.prediction_low),
        prediction_high=_shown(measure, found.prediction_high),
        clusters=clusters,
        clustered=clustered,
        files=table.files,
        caveats=(*found.caveats, *doubt, *_about_the_effects(studies, effects, measure)),
    )


def _shown(measure: Measure, limit: float | None) -> float | None:
    return None if limit is None else measure.shown(limit)


def effects_of(studies: Sequence[Study]) -> list[Effect]:
    """Return the effect of every study.

    Raises
    ------
    CannotTell
        A study says nothing about a ratio.
    """
    found = []
    for study in studies:
        if study.effect is None:
            raise CannotTell(
                SILENT,
                where=f"row {study.row}" if study.row else study.name,
                next_step="Use the method MH, or the measure RD.",
            )
        found.append(study.effect)
    return found


def _about_the_effects(
    studies: Sequence[Study], effects: Sequence[Effect], measure: Measure
) -> list[str]:
    half = sum(each.half_added for each in effects)
    caveats = []
    if half:
        caveats.append(
            f"Half an event was added to each cell of {half} "
            f"{'study' if half == 1 else 'studies'} with a zero: with few events the method MH "
            "needs none."
        )
    given = all(study.counts is None for study in studies)
    if measure.ratio and given and all(each.value > 0 for each in effects):
        caveats.append(PERHAPS_NOT_LOGARITHMS)
    return caveats


def _allowing_for_clusters(
    studies: Sequence[Study], effects: Sequence[Effect], measure: Measure, *, level: float
) -> tuple[int | None, Estimate | None, list[str]]:
    """Return how many clusters there are where some are shared, and the effect that allows."""
    # A study without a cluster is one of its own.
    labels = [study.cluster or f"row {at}" for at, study in enumerate(studies)]
    clusters = len(set(labels))
    if clusters == len(studies):
        return None, None, []
    try:
        found = meta_analysis.robust(
            [each.value for each in effects],
            [each.variance for each in effects],
            cluster=labels,
            level=level,
        )
    except CannotTell as why:
        doubt = f"The {len(studies)} effects are not independent, and the interval takes them as so"
        return clusters, None, [f"{doubt}. {why.what}"]
    one = found.pooled
    clustered = Estimate(
        estimate=measure.shown(one.estimate),
        low=measure.shown(one.low),
        high=measure.shown(one.high),
        level=level,
        method=found.method,
        caveats=found.caveats,
    )
    doubt = f"The {len(studies)} effects come from {clusters} clusters: conclude from the interval "
    return clusters, clustered, [doubt + "that allows for them.", *found.caveats]


def _mantel_haenszel(
    studies: tuple[Study, ...], table: StudyTable, *, level: float
) -> PooledOutcome:
    counts = [study.counts.cells for study in studies if study.counts is not None]
    if len(counts) < len(studies):
        raise InvalidInput(
            "Mantel and Haenszel's method needs the events and sizes of both groups.",
            next_step="Give counts, or use another method.",
        )
    if len(studies) < 2:
        raise CannotTell(
            "This needs at least 2 studies; there is one.",
            next_step="Show each study with its own interval.",
        )
    a, n_1, c, n_2 = (list(column) for column in zip(*counts, strict=True))
    measure = table.measure
    found = meta_analysis.mantel_haenszel(a, n_1, c, n_2, measure=measure.code, level=level)
    shared = len({study.cluster for study in studies if study.cluster}) < sum(
        bool(study.cluster) for study in studies
    )
    doubt = ("Some studies share a cluster, and this method takes them as independent.",)
    return PooledOutcome(
        outcome=studies[0].outcome,
        measure=measure,
        studies=studies,
        weights=_weights(counts, measure.code),
        estimate=found.estimate,
        low=found.low,
        high=found.high,
        level=level,
        method=found.method,
        se=found.se,
        p=found.p,
        tau2=None,
        i2=max(0.0, 1 - found.q_df / found.q) if found.q > 0 else 0.0,
        q=found.q,
        q_p=found.q_p,
        prediction_low=None,
        prediction_high=None,
        files=table.files,
        caveats=found.caveats + (doubt if shared else ()),
    )


def _weights(counts: Sequence[tuple[float, float, float, float]], code: str) -> tuple[float, ...]:
    """Return the shares that Mantel and Haenszel's weights give to the tables."""
    raw = [
        {"OR": (n_1 - a) * c, "RR": n_1 * c, "RD": n_1 * n_2}[code] / (n_1 + n_2)
        for a, n_1, c, n_2 in counts
    ]
    return tuple(each / sum(raw) for each in raw)
