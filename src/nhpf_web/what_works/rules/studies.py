"""Studies of a synthesis: their states, who decides on them, and the words that describe them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from nhpf.errors import NotPermitted


class StudyState(StrEnum):
    """What was decided about a study, or that nobody has decided yet."""

    PUT_FORWARD = "put forward"
    APPROVED = "approved"
    SCREENED_OUT = "screened out"
    ON_HOLD = "on hold"


class StudyAct(StrEnum):
    """What somebody who decides can do to a study; each act has a reason."""

    APPROVE = "approve"
    SCREEN_OUT = "screen out"
    HOLD = "put on hold"
    REOPEN = "reopen"


# From each state, what can be done and where it leads.
STUDY_MOVES: Mapping[StudyState, Mapping[StudyAct, StudyState]] = {
    StudyState.PUT_FORWARD: {
        StudyAct.APPROVE: StudyState.APPROVED,
        StudyAct.SCREEN_OUT: StudyState.SCREENED_OUT,
        StudyAct.HOLD: StudyState.ON_HOLD,
    },
    StudyState.APPROVED: {StudyAct.REOPEN: StudyState.PUT_FORWARD},
    StudyState.SCREENED_OUT: {StudyAct.REOPEN: StudyState.PUT_FORWARD},
    StudyState.ON_HOLD: {StudyAct.REOPEN: StudyState.PUT_FORWARD},
}
# What an editor does to a synthesis as a whole: judge its studies together, as these fields say.
APPRAISE = "appraise"
JUDGED = ("design", "risk_of_bias", "bias_reason", "harms", "cost", "cost_band")
DECIDED = (StudyState.APPROVED, StudyState.SCREENED_OUT, StudyState.ON_HOLD)
STUDY_STATE_WORDS: Mapping[StudyState, str] = {
    StudyState.PUT_FORWARD: "Put forward: nobody has decided yet, and it does not count",
    StudyState.APPROVED: "Approved: it counts",
    StudyState.SCREENED_OUT: "Screened out: it does not count",
    StudyState.ON_HOLD: "On hold: it does not count yet",
}


class SynthesisStanding(StrEnum):
    """Where the figures of a synthesis come from; said on each page, table and download."""

    TRANSCRIBED = "transcribed from the review"
    SYNTHETIC = "synthetic, for demonstration"


DESIGN_WORDS: Mapping[str, str] = {
    "randomised": "Randomised trial",
    "comparison group": "Comparison group, not by lot",
    "no comparison group": "No comparison group",
}
BIAS_WORDS: Mapping[str, str] = {
    "low": "Low",
    "some": "Some concern",
    "high": "High",
    "not assessed": "Nobody has assessed it",
}
COST_WORDS: Mapping[str, str] = {
    "low": "Low",
    "medium": "Medium",
    "high": "High",
    "": "Not known",
}
MEASURE_WORDS: Mapping[str, str] = {
    "OR": "Odds ratio",
    "RR": "Risk ratio",
    "RD": "Risk difference",
    "SMD": "Standardised mean difference",
    "": "Effect as given",
}
METHOD_WORDS: Mapping[str, str] = {
    "REML": "Random effects, restricted maximum likelihood (REML)",
    "DL": "Random effects, DerSimonian and Laird (DL)",
    "PM": "Random effects, Paule and Mandel (PM)",
    "EE": "Equal effects (EE)",
    "MH": "Mantel and Haenszel, for counts with few events (MH)",
}
GOOD_WORDS: Mapping[str, str] = {"lower": "Lower is better", "higher": "Higher is better"}
CATEGORY_WORDS: Mapping[str, str] = {
    "helps": "Helps",
    "null": "No difference worth having",
    "harmful": "Harmful",
    "inconclusive": "Inconclusive",
    "screened out": "Screened out",
}
# The edition's directions in the same words: "no clear effect" does not say that none is there.
DIRECTION_CATEGORIES: Mapping[str, str] = {
    "favourable": "helps",
    "unfavourable": "harmful",
    "no clear effect": "inconclusive",
    "mixed": "inconclusive",
}


def check_may_decide(*, is_decider: bool, is_own: bool, has_interest: bool) -> None:
    """Refuse a decision of somebody without the right, or who gains from it.

    Parameters
    ----------
    is_decider : bool
        Whether the person decides on studies for the framework's owner or for the College.
    is_own : bool
        Whether the person put the study forward.
    has_interest : bool
        Whether an organisation of the person ran the evaluation or has declared an interest.

    Raises
    ------
    NotPermitted
    """
    if not is_decider:
        raise NotPermitted(
            "Your roles do not let you decide whether a study counts.",
            next_step="Assessors and editors of the framework’s owner and of the College decide.",
        )
    if is_own:
        raise NotPermitted("You put this study forward.", next_step="Somebody else decides on it.")
    if has_interest:
        raise NotPermitted(
            "Your organisation ran this evaluation or has an interest in it.",
            next_step="Somebody without an interest decides on it.",
        )


def study_diagram() -> str:
    """Return the table as a state diagram in Mermaid's words."""
    names = {state: state.replace(" ", "_") for state in StudyState}
    lines = [f"    [*] --> {names[StudyState.PUT_FORWARD]}"]
    lines += [
        f"    {names[state]} --> {names[to]}: {act}"
        for state, acts in STUDY_MOVES.items()
        for act, to in acts.items()
    ]
    return "\n".join(("stateDiagram-v2", *lines))
