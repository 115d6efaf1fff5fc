"""Pool the studies of one outcome, and say what the result can bear."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from nhpf.errors import CannotTell, InvalidInput
from nhpf.evidence.measures import Measure
from nhpf.evidence.pooled import NotPooled, PooledOutcome
from nhpf.evidence.studies import Effect, Study
from nhpf.evidence.study_tables import StudyTable
from nhpf.methods import meta_analysis
from nhpf.numerics import Estimate

Method: TypeAlias = Literal["REML", "DL", "PM", "EE", "MH"]
METHODS: tuple[Method, ...] = ("REML", "DL", "PM", "EE", "MH")

SILENT = "A study has nobody, or everybody, with the event and says nothing about a ratio."
PERHAPS_NOT_LOGARITHMS = (
    "Every effect is above zero: a ratio must be given as its logarithm, in which a ratio below "
    "one is negative."
)


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


def _clusters(studies: Sequence[Study]) -> list[str]:
    """Return the cluster of each study; one without is a cluster of its own."""
    return [f"of {study.cluster}" if study.cluster else f"{at}" for at, study in enumerate(studies)]


def _allowing_for_clusters(
    studies: Sequence[Study], effects: Sequence[Effect], measure: Measure, *, level: float
) -> tuple[int | None, Estimate | None, list[str]]:
    """Return how many clusters there are where some are shared, and the effect that allows."""
    labels = _clusters(studies)
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
    if len(set(_clusters(studies))) < len(studies):
        raise InvalidInput(
            "Mantel and Haenszel's method takes studies as independent, and some share a cluster.",
            next_step="Use REML, which allows for clusters.",
        )
    a, n_1, c, n_2 = (list(column) for column in zip(*counts, strict=True))
    measure = table.measure
    found = meta_analysis.mantel_haenszel(a, n_1, c, n_2, measure=measure.code, level=level)
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
        caveats=found.caveats,
    )


def _weights(counts: Sequence[tuple[float, float, float, float]], code: str) -> tuple[float, ...]:
    """Return the shares that Mantel and Haenszel's weights give to the tables."""
    raw = [
        {"OR": (n_1 - a) * c, "RR": n_1 * c, "RD": n_1 * n_2}[code] / (n_1 + n_2)
        for a, n_1, c, n_2 in counts
    ]
    return tuple(each / sum(raw) for each in raw)
