"""Our rating in the words of other libraries of evidence: our own reading across, not theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Category: TypeAlias = Literal["helps", "null", "harmful", "inconclusive", "screened out"]
CATEGORIES: tuple[Category, ...] = ("helps", "null", "harmful", "inconclusive", "screened out")
Strength: TypeAlias = Literal["none", "limited", "moderate", "strong"]

OURS = "Our own reading across. None of these bodies has given this rating."

_EMMIE = {"strong": "strong", "moderate": "moderate", "limited": "low", "none": "no information"}
_YEF = {"strong": "4 to 5", "moderate": "3", "limited": "1 to 2", "none": "none"}
_BLUEPRINTS = {
    "strong": "Model, Model Plus",
    "moderate": "Promising",
    "limited": "limited experimental",
    "none": "no credible evaluation",
}
_CRIME_SOLUTIONS = {
    "helps": "promising",
    "null": "ineffective",
    "harmful": "negative effects",
    "inconclusive": "inconclusive",
    "screened out": "screened out",
}
_NOT_CERTIFIED = {
    "null": "ineffective",
    "harmful": "harmful",
    "inconclusive": "no credible evaluation",
    "screened out": "no credible evaluation",
}
_NO_BAND = {
    "null": "no effect",
    "harmful": "harmful",
    "inconclusive": "insufficient evidence",
    "screened out": "insufficient evidence",
}
# Fall in per cent from which each band of the Youth Endowment Fund holds.
_BANDS = ((30, "high"), (10, "moderate"), (2, "low"))


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """A finding in other libraries' words.

    Attributes
    ----------
    emmie : str
        Quality of the effect, College of Policing.
    yef_evidence, yef_impact : str
        Youth Endowment Fund: evidence from 1 to 5, and the band of the impact.
    crime_solutions : str
        National Institute of Justice, with its icon for one study or several.
    blueprints : str
    note : str
    """

    emmie: str
    yef_evidence: str
    yef_impact: str
    crime_solutions: str
    blueprints: str
    note: str = OURS


def crosswalk(
    category: Category, strength: Strength, *, studies: int, fall: float | None = None
) -> Crosswalk:
    """Return a finding in the words of other libraries.

    Parameters
    ----------
    category : str
        One of ``CATEGORIES``.
    strength : str
        One of the strengths of the framework.
    studies : int
    fall : float, optional
        By what share the outcome falls, 0.3 for 30 per cent; None where the measure cannot say.
    """
    rated = _CRIME_SOLUTIONS[category]
    if category == "helps" and strength in ("moderate", "strong"):
        rated = "effective"
    if category in ("helps", "null", "harmful"):
        rated += ", multiple studies" if studies > 1 else ", one study"
    return Crosswalk(
        emmie=_EMMIE[strength],
        yef_evidence=_YEF[strength],
        yef_impact=_NO_BAND.get(category) or _band(fall),
        crime_solutions=rated,
        blueprints=_NOT_CERTIFIED.get(category) or _BLUEPRINTS[strength],
    )


def _band(fall: float | None) -> str:
    if fall is None:
        return "not converted: the measure does not say by how much the outcome falls"
    percentage = round(100 * fall)
    return next((name for least, name in _BANDS if percentage >= least), "no effect")
