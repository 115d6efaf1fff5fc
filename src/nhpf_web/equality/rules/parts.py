"""What an assessment asks, part by part, and what it still lacks.

The parts are those of the assessments that public bodies publish under section 149 of the Equality
Act 2010, with the two plans to which the strategy's last objective ties the framework.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from nhpf.framework.assessments import CHARACTERISTICS, FURTHER
from nhpf_web.core.rules import FormPage

GROUPS = (*CHARACTERISTICS, *FURTHER)

EFFECTS = {"+": "Better", "neutral": "Neutral", "-": "Worse"}

OUTCOMES = {
    "no change": "No change is needed",
    "adjust": "Adjust what is planned",
    "continue with justification": "Continue, and say why that is justified",
    "stop": "Stop",
}

PARTS = (
    FormPage(
        "decision",
        "What is being decided",
        "An assessment is made before a decision and for it, not afterwards.",
        ("title", "owner", "focus", "decided"),
    ),
    FormPage(
        "people",
        "Who is affected",
        "Name the groups, and those who are often left out of the data.",
        ("affected",),
    ),
    FormPage(
        "evidence",
        "Evidence, gaps and engagement",
        "Say what is known, what is not, and who was asked.",
        ("evidence", "gaps", "engagement"),
    ),
    FormPage(
        "effects",
        "Effect on each protected characteristic",
        "The Equality Act 2010 names nine. “No difference” needs a reason too.",
        (),
    ),
    FormPage(
        "aims",
        "The three aims of the equality duty",
        "Section 149 of the Equality Act 2010 asks for due regard to each.",
        ("eliminate_discrimination", "advance_equality", "foster_good_relations"),
    ),
    FormPage(
        "plans",
        "The two national plans",
        "The homicide prevention strategy asks to stay aligned with both. Say what this does for"
        " each, or that it does nothing and why.",
        ("race_action_plan", "inclusion_strategy"),
    ),
    FormPage(
        "together",
        "Effects together and alternatives",
        "A person has several characteristics, and meets several decisions.",
        ("cumulative", "alternatives"),
    ),
    FormPage(
        "monitoring",
        "Monitoring",
        "What will show whether the effects are those expected.",
        ("monitoring",),
    ),
    FormPage(
        "outcome",
        "Outcome and review",
        "After the review date nothing counts as published until it is signed again.",
        ("outcome", "outcome_reason", "standing", "review_due"),
    ),
)
OPTIONAL = frozenset({"standing"})
# Asked since the second form of the assessment. What was signed before stands until its review.
ADDED = frozenset({"owner", "race_action_plan", "inclusion_strategy", "monitoring"})
# A screen says why equality is not relevant; where it is, a full assessment is made.
SCREEN = ("decision", "people", "aims", "outcome")
SCREENED_OUT = "no change"


def parts_of(*, is_screen: bool) -> tuple[FormPage, ...]:
    """Return the parts of an assessment, or those few of a screen."""
    return tuple(held for held in PARTS if not is_screen or held.slug in SCREEN)


def part(slug: str) -> FormPage | None:
    """Return the part with this slug, or None."""
    return next((held for held in PARTS if held.slug == slug), None)


def unanswered(
    answers: Mapping[str, object],
    *,
    effects: Iterable[str],
    is_mitigated: bool,
    is_screen: bool = False,
) -> tuple[str, ...]:
    """Return the titles of the parts that are not complete.

    The nine characteristics of the Act are needed; the further groups are asked, and left open
    where nobody knows.

    Parameters
    ----------
    answers : mapping
        The value of each field.
    effects : iterable of str
        The characteristics that have an effect with a reason.
    is_mitigated : bool
        Whether every worse effect stands beside at least one mitigation.
    is_screen : bool
        Whether it only says why equality is not relevant, with no change as its outcome.
    """
    missing = [
        held.title
        for held in parts_of(is_screen=is_screen)
        if any(not answers.get(name) for name in held.fields if name not in OPTIONAL)
        or (held.slug == "effects" and not set(CHARACTERISTICS) <= set(effects))
    ]
    if is_screen and answers.get("outcome") not in ("", None, SCREENED_OUT):
        missing.append("A full assessment, as the outcome is not that no change is needed")
    return (*missing, *(() if is_mitigated else ("Mitigations",)))
