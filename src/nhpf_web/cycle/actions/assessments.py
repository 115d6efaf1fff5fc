"""An equality assessment of the service as the record that stands in an edition's files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nhpf.framework import Aims, Assessment, Impact, Mitigation
from nhpf.framework.assessments import CHARACTERISTICS, FURTHER

WORDS = (
    "title", "owner", "focus", "decided", "affected", "evidence", "gaps", "engagement",
    "race_action_plan", "inclusion_strategy", "cumulative", "alternatives", "monitoring",
    "outcome", "outcome_reason", "standing", "review_due",
)  # fmt: skip


def assessment_record(held: Any) -> Assessment:
    """Return a signed assessment of the equality app as an edition holds it."""
    words = {name: _clean(getattr(held, name)) for name in WORDS}
    return Assessment(
        id=held.reference,
        about=f"{held.subject_kind}-{held.subject_id}",
        **words,
        impacts=_impacts(held, CHARACTERISTICS),
        further=_impacts(held, FURTHER),
        aims=Aims(
            _clean(held.eliminate_discrimination),
            _clean(held.advance_equality),
            _clean(held.foster_good_relations),
        ),
        mitigations=tuple(
            Mitigation(_clean(one.action), _clean(one.owner), one.due)
            for one in held.mitigations.all()
        ),
        author=str(held.author),
        signed_by=str(held.signed_by),
        signed_on=held.signed_at.date(),
    )


def _impacts(held: Any, groups: Sequence[str]) -> tuple[Impact, ...]:
    found = {one.characteristic: one for one in held.effects.all()}
    return tuple(
        Impact(name, found[name].effect, _clean(found[name].rationale))
        for name in groups
        if name in found
    )


def _clean(value: Any) -> Any:
    """Write words as reading an edition gives them back: one kind of line end, no blank edges."""
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value
