"""The forest plot and the funnel plot of a synthesis as drawings, each with a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nhpf import evidence
from nhpf.evidence import ForestPoint, FunnelPlot, OutcomeRating, PooledOutcome
from nhpf.evidence.certainty import EGGER_ALPHA
from nhpf.numerics.estimates import in_words
from nhpf.reports.charts import draw
from nhpf.reports.charts.specs import DotWhiskers, Point, StudyFunnel, StudyPoint

SILENT = "nobody, or everybody, has the event"
# With fewer points a funnel shows nothing.
FEWEST_IN_FUNNEL = 3


@dataclass(frozen=True, slots=True)
class Plot:
    """A drawing with the sentence that reads it."""

    title: str
    reading: str
    svg: str


@dataclass(frozen=True, slots=True)
class ForestPlot:
    """A forest plot with the rows of its table."""

    plot: Plot
    rows: tuple[ForestPoint, ...]


def forest_plot(
    synthesis: evidence.Synthesis, rating: OutcomeRating, *, id: str
) -> ForestPlot | None:
    """Return the approved studies with the pooled effect below them; None where there are none."""
    measure, pooled = rating.measure, rating.pooled
    if pooled:
        rows = evidence.forest(pooled)
    else:
        rows = evidence.forest_of_single(synthesis.approved, measure)
    if not any(row.effect for row in rows):
        return None
    points = [_study_point(row) for row in rows]
    chart = DotWhiskers(
        (*points, *_pooled_points(rating)),
        unit=measure.name,
        reference=measure.no_effect,
        log=measure.ratio,
    )
    title = f"{rating.outcome}: each study and the pooled effect"
    reading = _forest_reading(rows, rating)
    return ForestPlot(
        Plot(title, reading, draw(chart, id=id, title=title, description=reading)), rows
    )


def _study_point(row: ForestPoint) -> Point:
    label = f"{row.name} (UK)" if row.is_uk else row.name
    if row.effect is None:
        return Point(label, None, note=SILENT)
    return Point(label, row.effect.estimate, row.effect.low, row.effect.high)


def _pooled_points(rating: OutcomeRating) -> list[Point]:
    """Return the effect to conclude from and where a new place may lie."""
    if rating.pooled is None or rating.effect is None:
        return []
    effect, pooled = rating.effect, rating.pooled
    points = [Point("Pooled", effect.estimate, effect.low, effect.high, emphasis=True)]
    if pooled.prediction_low is not None and pooled.prediction_high is not None:
        expected = Point(
            "Expected in a new place", pooled.estimate, pooled.prediction_low,
            pooled.prediction_high, emphasis=True,
        )  # fmt: skip
        points.append(expected)
    return points


def _forest_reading(rows: Sequence[ForestPoint], rating: OutcomeRating) -> str:
    words = f"Dots are the {len(rows)} approved studies, lines their 95% intervals."
    if rating.effect is None or rating.pooled is None:
        return words
    effect = rating.effect
    return (
        f"{words} Together: {rating.measure.name} {in_words(effect.estimate)} "
        f"({effect.interval_in_words()})."
    )


def funnel_plot(pooled: PooledOutcome, *, id: str) -> tuple[Plot, FunnelPlot] | None:
    """Return effect against standard error with Egger's test; None for fewer than three."""
    held = evidence.funnel(pooled) if len(pooled.studies) >= FEWEST_IN_FUNNEL else None
    if held is None:
        return None
    shown = pooled.measure.shown
    chart = StudyFunnel(
        tuple(StudyPoint(one.name, shown(one.effect), one.se) for one in held.points),
        shown(held.centre),
        shown(held.low),
        shown(held.high),
        unit=pooled.measure.name,
        log=pooled.measure.ratio,
    )
    title = f"{pooled.outcome}: do small studies report other effects?"
    reading = egger_words(held)
    return Plot(title, reading, draw(chart, id=id, title=title, description=reading)), held


def egger_words(held: FunnelPlot) -> str:
    """Return what Egger's test found, or why there is none."""
    if held.egger is None:
        return held.why_not
    p = held.egger.p
    found = "p below 0.001" if p < 0.001 else f"p {p:.3f}"
    if p < EGGER_ALPHA:
        return f"Egger's test: {found}. Small studies report other effects than large ones."
    return f"Egger's test: {found}. Nothing says that small studies report other effects."
