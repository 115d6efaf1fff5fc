"""What a forest plot and a funnel plot show, as data: points, weights, limits, Egger's test."""

from __future__ import annotations

from dataclasses import dataclass

from nhpf.errors import CannotTell
from nhpf.evidence.measures import Measure
from nhpf.evidence.pooled import PooledOutcome
from nhpf.evidence.pooling import effects_of
from nhpf.evidence.studies import Effect, Study
from nhpf.methods import meta_analysis
from nhpf.methods.meta_analysis import Egger
from nhpf.numerics import Estimate, intervals

#: With fewer studies Egger's test would miss most asymmetry.
FEWEST_FOR_EGGER = 10


@dataclass(frozen=True, slots=True)
class ForestPoint:
    """A study in a forest plot.

    Attributes
    ----------
    name : str
    effect : Estimate or None
        As the measure shows it; None where the study says nothing about a ratio.
    weight : float or None
        Share in the pooled effect; None where nothing was pooled.
    is_uk : bool
    """

    name: str
    effect: Estimate | None
    weight: float | None
    is_uk: bool


@dataclass(frozen=True, slots=True)
class FunnelPoint:
    """A study in a funnel plot: its effect on the pooled scale, and its standard error."""

    name: str
    effect: float
    se: float


@dataclass(frozen=True, slots=True)
class FunnelPlot:
    """A funnel plot, on the pooled scale (logarithms of ratios).

    Attributes
    ----------
    points : tuple of FunnelPoint
    centre : float
        The pooled effect.
    largest_se : float
    low, high : float
        Between which 95% of studies with the largest standard error would lie, if there is one
        common effect; the limits run straight from there to the centre at a standard error of 0.
    egger : Egger or None
    why_not : str
        Why there is no test; empty where there is one.
    """

    points: tuple[FunnelPoint, ...]
    centre: float
    largest_se: float
    low: float
    high: float
    egger: Egger | None
    why_not: str


def alone(effect: Effect, measure: Measure, *, level: float = 0.95) -> Estimate:
    """Return the effect of one study with its own interval, as the measure shows it."""
    reach = intervals.normal_quantile(level) * effect.variance**0.5
    return Estimate(
        estimate=measure.shown(effect.value),
        low=measure.shown(effect.value - reach),
        high=measure.shown(effect.value + reach),
        level=level,
        method="one study, normal interval",
    )


def forest(pooled: PooledOutcome) -> tuple[ForestPoint, ...]:
    """Return the studies of a pooled outcome with their intervals and weights."""
    return tuple(
        _point(study, pooled.measure, weight, level=pooled.level)
        for study, weight in zip(pooled.studies, pooled.weights, strict=True)
    )


def forest_of_single(
    studies: tuple[Study, ...], measure: Measure, *, level: float = 0.95
) -> tuple[ForestPoint, ...]:
    """Return studies with their intervals where nothing could be pooled."""
    return tuple(_point(study, measure, None, level=level) for study in studies)


def _point(study: Study, measure: Measure, weight: float | None, *, level: float) -> ForestPoint:
    effect = None if study.effect is None else alone(study.effect, measure, level=level)
    return ForestPoint(study.name, effect, weight, study.is_uk)


def funnel(pooled: PooledOutcome) -> FunnelPlot:
    """Return the funnel plot of a pooled outcome, with Egger's test for ten studies or more."""
    spoken = [study for study in pooled.studies if study.effect is not None]
    effects = effects_of(spoken)
    points = tuple(
        FunnelPoint(study.name, effect.value, effect.variance**0.5)
        for study, effect in zip(spoken, effects, strict=True)
    )
    centre = pooled.measure.pooled(pooled.estimate)
    largest = max(point.se for point in points)
    reach = intervals.normal_quantile(0.95) * largest
    egger, why_not = _egger(effects)
    return FunnelPlot(points, centre, largest, centre - reach, centre + reach, egger, why_not)


def _egger(effects: list[Effect]) -> tuple[Egger | None, str]:
    if len(effects) < FEWEST_FOR_EGGER:
        return None, "Fewer than ten studies: whether small ones report more cannot be tested."
    try:
        found = meta_analysis.egger(
            [each.value for each in effects], [each.variance for each in effects]
        )
    except CannotTell as why:
        return None, why.what
    return found, ""
