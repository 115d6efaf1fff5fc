"""Equality impact assessments: the record that stands beside an edition or a disparity.

The sections are those of the assessments that public bodies publish under section 149 of the
Equality Act 2010.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

#: The nine protected characteristics of the Equality Act 2010, in the Act's order.
CHARACTERISTICS = (
    "age",
    "disability",
    "gender reassignment",
    "marriage and civil partnership",
    "pregnancy and maternity",
    "race",
    "religion or belief",
    "sex",
    "sexual orientation",
)
#: Groups that the Act does not name and many public bodies ask for.
FURTHER = ("socio-economic disadvantage", "care-experienced people", "Welsh language")
EFFECTS = ("+", "neutral", "-")
OUTCOMES = ("no change", "adjust", "continue with justification", "stop")


@dataclass(frozen=True, slots=True)
class Impact:
    """What the thing assessed does for people who share one characteristic, and why."""

    characteristic: str
    effect: str
    rationale: str


@dataclass(frozen=True, slots=True)
class Aims:
    """How each of the three aims of section 149 was considered."""

    eliminate_discrimination: str
    advance_equality: str
    foster_good_relations: str


@dataclass(frozen=True, slots=True)
class Mitigation:
    """What will be done about an effect, by which desk and by when."""

    action: str
    owner: str
    due: date


@dataclass(frozen=True, slots=True)
class Assessment:
    """One equality impact assessment.

    ``about`` names what is assessed: an edition (``edition-2026``) or a section of a profile
    (``profile-ethnicity``). ``signed_by`` and ``signed_on`` are empty until another desk than the
    author's has signed. What an assessment of the first form did not hold is empty in it:
    ``owner``, ``race_action_plan``, ``inclusion_strategy``, ``monitoring`` and ``further`` groups.
    """

    id: str
    title: str
    about: str
    focus: str
    decided: str
    affected: str
    evidence: str
    gaps: str
    engagement: str
    impacts: tuple[Impact, ...]
    cumulative: str
    aims: Aims
    mitigations: tuple[Mitigation, ...]
    alternatives: str
    outcome: str
    outcome_reason: str
    standing: str
    author: str
    review_due: date
    signed_by: str = ""
    signed_on: date | None = None
    owner: str = ""
    race_action_plan: str = ""
    inclusion_strategy: str = ""
    monitoring: str = ""
    further: tuple[Impact, ...] = ()
    where: str = field(default="", compare=False)

    def is_published(self, *, on: date) -> bool:
        """Say whether another desk than the author's signed it, and its review is not overdue."""
        return (
            self.signed_on is not None
            and self.signed_on <= on <= self.review_due
            and bool(self.signed_by)
            and self.signed_by != self.author
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the assessment as plain values for JSON; dates in ISO form."""
        fields = asdict(self)
        del fields["where"]
        for mitigation in fields["mitigations"]:
            mitigation["due"] = mitigation["due"].isoformat()
        fields["signed_on"] = self.signed_on.isoformat() if self.signed_on else None
        return fields | {"review_due": self.review_due.isoformat()}
