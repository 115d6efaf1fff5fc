"""Living syntheses as the evidence library pools and rates them; nothing is computed here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import QuerySet

from nhpf import evidence
from nhpf.errors import NhpfError
from nhpf.evidence import Appraisal, ListedStudy, OutcomeRating
from nhpf.evidence.synthesis import Good, Status
from nhpf.numerics import Estimate
from nhpf.numerics.estimates import in_words
from nhpf_web.what_works.models import LiveSynthesis, Study
from nhpf_web.what_works.rules.studies import DECIDED, StudyState

NO_OTHERS: Mapping[int, StudyState] = {}


@dataclass(frozen=True, slots=True)
class WouldChange:
    """The finding now and as it would be, and what differs in sentences."""

    before: OutcomeRating
    after: OutcomeRating
    sentences: tuple[str, ...]


def syntheses() -> QuerySet[LiveSynthesis]:
    """Return every synthesis: all are public."""
    return LiveSynthesis.objects.prefetch_related("studies")


def syntheses_of(intervention: str) -> QuerySet[LiveSynthesis]:
    """Return the syntheses of an intervention."""
    return syntheses().filter(intervention=intervention)


def measured(study: Study, measure: str) -> evidence.Study:
    """Return a study as the library takes it, its effect computed from what was given."""
    effect, counts = effect_from(study.given, measure)
    return evidence.Study(
        study=study.name,
        year=study.year,
        country=study.country,
        cluster=study.cluster,
        effect=effect,
        counts=counts,
        moderators=study.moderators,
        given=study.given,
    )


def effect_from(
    given: Mapping[str, float], measure: str
) -> tuple[evidence.Effect | None, evidence.Counts | None]:
    """Return the effect of the numbers that a study gave, and its counts where it gave them."""
    if "effect" in given:
        variance = given["variance"] if "variance" in given else given["se"] ** 2
        return evidence.Effect(given["effect"], variance), None
    if "events_treatment" in given:
        counts = evidence.Counts(**given)
        return evidence.effect_of_counts(counts, measure), counts
    return evidence.effect_of_means(**given), None


def _listed(study: Study, state: StudyState, measure: str) -> ListedStudy:
    why = study.reason or "Not decided yet"
    return ListedStudy(measured(study, measure), cast(Status, state.value), why)


def synthesis_of(
    live: LiveSynthesis,
    *,
    states: Mapping[int, StudyState] = NO_OTHERS,
    also: Iterable[evidence.Study] = (),
) -> evidence.Synthesis:
    """Return a synthesis as the library takes it.

    Parameters
    ----------
    live : LiveSynthesis
    states : mapping of int to StudyState, optional
        By a study's key, the state to take in place of its own.
    also : iterable of nhpf.evidence.Study, optional
        Studies to count as if they were approved already.

    Raises
    ------
    InvalidInput
        A study is listed twice without a cluster.
    """
    listed = [
        _listed(study, state, live.measure)
        for study in live.studies.all()
        if (state := states.get(study.pk, StudyState(study.state))) in DECIDED
    ]
    return evidence.Synthesis(
        intervention=live.intervention,
        outcome=live.outcome,
        measure=live.measure,
        good=cast(Good, live.good),
        source=live.source,
        listed=(*listed, *(ListedStudy(one, "approved") for one in also)),
        worthwhile=live.worthwhile,
        method=live.method,
        hartung_knapp=live.hartung_knapp,
    )


def rating_of(
    live: LiveSynthesis,
    *,
    states: Mapping[int, StudyState] = NO_OTHERS,
    also: Iterable[evidence.Study] = (),
) -> OutcomeRating:
    """Return the rating of a synthesis; parameters and errors as :func:`synthesis_of`."""
    appraisal = Appraisal(
        live.design, live.risk_of_bias, live.bias_reason, live.harms, live.cost_band
    )
    return evidence.rate(synthesis_of(live, states=states, also=also), appraisal)


def would_change(
    live: LiveSynthesis,
    *,
    states: Mapping[int, StudyState] = NO_OTHERS,
    also: Collection[evidence.Study] = (),
) -> WouldChange:
    """Return what decisions, or studies not yet put forward, would change.

    Raises
    ------
    NhpfError
        The synthesis could not bear them: its method needs counts, say.
    """
    before = rating_of(live)
    after = rating_of(live, states=states, also=also)
    return WouldChange(before, after, told(before, after))


def would_change_or_why_not(
    live: LiveSynthesis, states: Mapping[int, StudyState]
) -> tuple[WouldChange | None, str]:
    """Return what decisions would change, or why the synthesis could not bear them."""
    try:
        return would_change(live, states=states), ""
    except NhpfError as why:
        return None, str(why)


def told(before: OutcomeRating, after: OutcomeRating) -> tuple[str, ...]:
    """Return what differs between two ratings of one outcome, in sentences."""
    if facts_of(before) == facts_of(after):
        return ("The finding and its figures stay as they were.",)
    if before.pooled and after.pooled:
        figures = evidence.change(before.pooled, after.pooled).sentences()
    else:
        figures = (f"Before: {_figure(before)}.", f"After: {_figure(after)}.")
    sure = [one.certainty.level if one.certainty else "none" for one in (before, after)]
    return (
        *figures,
        _same("The category", before.category, after.category),
        _same("Certainty", *sure),
    )


def _figure(rating: OutcomeRating) -> str:
    if rating.effect is None:
        return f"no effect can be given. {rating.why.removesuffix('.')}"
    studies = f"{rating.studies} {'study' if rating.studies == 1 else 'studies'}"
    return f"{rating.measure.name} {effect_words(rating.effect)}, {studies}"


def effect_words(effect: Estimate) -> str:
    """Return an estimate with its interval."""
    return f"{in_words(effect.estimate)} ({effect.interval_in_words()})"


def _same(what: str, before: str, after: str) -> str:
    if before == after:
        return f"{what} stays “{after}”."
    return f"{what} was “{before}” and is “{after}”."


def facts_of(rating: OutcomeRating) -> dict[str, Any]:
    """Return what a rating says, as facts that are kept with a decision."""
    effect, pooled = rating.effect, rating.pooled
    return {
        "category": rating.category,
        "estimate": effect.estimate if effect else None,
        "low": effect.low if effect else None,
        "high": effect.high if effect else None,
        "prediction_low": pooled.prediction_low if pooled else None,
        "prediction_high": pooled.prediction_high if pooled else None,
        "i2": pooled.i2 if pooled else None,
        "tau2": pooled.tau2 if pooled else None,
        "studies": rating.studies,
        "uk_studies": rating.uk_studies,
        "certainty": rating.certainty.level if rating.certainty else "",
    }
