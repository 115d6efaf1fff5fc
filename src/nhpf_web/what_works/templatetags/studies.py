"""Before and after of a synthesis in templates."""

from __future__ import annotations

from typing import Any

from django import template

from nhpf.evidence import OutcomeRating
from nhpf.numerics.estimates import in_words, percent
from nhpf_web.what_works.queries.syntheses import facts_of
from nhpf_web.what_works.rules.studies import CATEGORY_WORDS

register = template.Library()
Facts = dict[str, Any]
NONE = "None"


@register.inclusion_tag("what_works/studies/changes.html")
def changes(before: OutcomeRating | Facts, after: OutcomeRating | Facts, label: str) -> Facts:
    """Show a finding before and after, as it is now or as it was kept with a decision."""
    held = [one if isinstance(one, dict) else facts_of(one) for one in (before, after)]
    rows = zip(*(_rows(one) for one in held), strict=True)
    return {"label": label, "rows": [(name, was, now) for (name, was), (_, now) in rows]}


def _rows(facts: Facts) -> list[tuple[str, str]]:
    return [
        ("Estimate", _number(facts["estimate"])),
        ("95% interval", _range(facts["low"], facts["high"])),
        ("In a new place", _range(facts["prediction_low"], facts["prediction_high"])),
        ("Not chance (I²)", NONE if facts["i2"] is None else percent(facts["i2"])),
        ("Between studies (τ²)", _number(facts["tau2"])),
        ("Studies", f"{facts['studies']}, {facts['uk_studies']} of them in the UK"),
        ("Certainty", str(facts["certainty"] or NONE).capitalize()),
        ("Finding", CATEGORY_WORDS[facts["category"]]),
    ]


def _number(value: float | None) -> str:
    return NONE if value is None else in_words(value)


def _range(low: float | None, high: float | None) -> str:
    return NONE if low is None or high is None else f"{in_words(low)} to {in_words(high)}"


@register.filter
def shown(value: float | None) -> str:
    """Return a number as a reader sees it, or that there is none."""
    return _number(value)


@register.filter
def share(value: float | None) -> str:
    """Return a share as a percentage, or that there is none."""
    return NONE if value is None else percent(value)
