"""An equality assessment of the service as the record that stands in an edition's files."""

from __future__ import annotations

from typing import Any

from nhpf.framework import Aims, Assessment, Impact, Mitigation

WORDS = (
    "title", "focus", "decided", "affected", "evidence", "gaps", "engagement", "cumulative",
    "alternatives", "outcome", "outcome_reason", "standing", "review_due",
)  # fmt: skip


def assessment_record(held: Any) -> Assessment:
    """Return a signed assessment of the equality app as an edition holds it."""
    words = {name: _clean(getattr(held, name)) for name in WORDS}
    return Assessment(
        id=held.reference,
        about=f"{held.subject_kind}-{held.subject_id}",
        **words,
        impacts=tuple(
            Impact(one.characteristic, one.effect, _clean(one.rationale))
            for one in held.effects.all()
        ),
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


def _clean(value: Any) -> Any:
    """Write words as reading an edition gives them back: one kind of line end, no blank edges."""
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value
